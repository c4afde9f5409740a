"""One running app per data folder, held by a lock of the operating system."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from beatpass_desktop.store.errors import StoreBusy, StoreReadOnly


class InstanceGuard:
    """Holds the lock file of a data folder while the app runs.

    The operating system releases the lock when the process ends, however it ends.
    """

    def __init__(self, folder: Path) -> None:
        self._path = folder / "app.lock"
        self._file = -1

    def acquire(self) -> None:
        """Take the lock. Raises StoreBusy when another process holds it, StoreReadOnly when the
        folder cannot be written."""
        try:
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreReadOnly(
                f"The data folder {self._path.parent} cannot be written.", str(error)
            ) from error
        try:
            _lock(self._file)
        except OSError as error:
            self.release()
            raise StoreBusy(
                "BeatPass Desktop is already running with this data folder.", str(error)
            ) from error

    def release(self) -> None:
        """Give the lock back."""
        if self._file >= 0:
            os.close(self._file)
            self._file = -1


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
