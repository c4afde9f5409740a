"""Pictures on the disk, with an upper bound; they can all be fetched again."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path

LIMIT = 200 * 1024 * 1024
"""bytes"""
_SHARE_KEPT = 0.8
"""of the limit, when room is made"""


class PictureCache:
    """One folder. Implements `domain.pictures.PictureShelf`.

    `origin` keeps apart what two servers mean by the same relative address.
    """

    def __init__(self, folder: Path, origin: str, limit: int = LIMIT) -> None:
        self._folder = folder
        self._origin = origin
        self._limit = limit
        self._size: int | None = None
        self._changing = threading.Lock()

    def find(self, address: str) -> Path | None:
        """The file of a picture, which counts as used now; None when it is not here."""
        path = self._path(address)
        try:
            os.utime(path)
        except OSError:
            return None
        return path

    def keep(self, address: str, data: bytes) -> bool:
        """Put a picture there; the least used ones make room. False when it could not be."""
        path = self._path(address)
        fresh = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}.part")
        with self._changing, contextlib.suppress(OSError):
            try:
                self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
                with os.fdopen(
                    os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb"
                ) as file:
                    file.write(data)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
            self._size = self.size() if self._size is None else self._size + len(data)
            if self._size > self._limit:
                self._make_room()
            return True
        return False

    def discard(self, address: str) -> None:
        """Remove a picture whose file turned out to be none."""
        with self._changing, contextlib.suppress(OSError):
            self._path(address).unlink(missing_ok=True)

    def size(self) -> int:
        """Bytes on the disk."""
        return sum(size for _, size, _ in self._files())

    def clear(self) -> None:
        """Remove every picture."""
        with self._changing:
            for _, _, path in self._files():
                path.unlink(missing_ok=True)
            self._size = 0

    def _path(self, address: str) -> Path:
        # On the decoding thread: the window does not wait for OpenSSL.
        from hashlib import blake2b

        name = blake2b(f"{self._origin}\n{address}".encode("utf-8", "replace"), digest_size=16)
        return self._folder / name.hexdigest()

    def _files(self) -> list[tuple[float, int, Path]]:
        """(last used, bytes, path) of every file."""
        found = []
        with contextlib.suppress(OSError):
            for entry in os.scandir(self._folder):
                with contextlib.suppress(OSError):
                    if entry.is_file(follow_symlinks=False):
                        stat = entry.stat()
                        found.append((stat.st_mtime, stat.st_size, Path(entry.path)))
        return found

    def _make_room(self) -> None:
        files = sorted(self._files())
        self._size = sum(size for _, size, _ in files)
        for _, size, path in files:
            if self._size <= self._limit * _SHARE_KEPT:
                break
            path.unlink(missing_ok=True)
            self._size -= size
