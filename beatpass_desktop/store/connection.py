"""The one place that opens the SQLite file."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from urllib.parse import quote

import apsw

from beatpass_desktop.store import checksums, cipher
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.errors import StoreError, translated

MINIMUM_SQLITE = (3, 51, 3)
"""Earlier versions can corrupt a WAL database that two connections use."""

_STEPS = 10_000
"""of SQLite's machine between two looks whether a copy is given up"""
_READ_KIB = 16_384
"""kept of what a connection has read: the search texts of 100,000 tracks, so that they are
verified, or decrypted, once and not with every letter typed"""
_SHARED = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"


def open_for_writing(
    path: Path, *, create: bool = False, key: StoreKey | None = None
) -> apsw.Connection:
    """A connection that may write, with every commit on the disk before it returns. With `create`
    a new file is encrypted with `key`; a file that is there is opened as what it is.

    Raises StoreError; StoreLocked when the key is not at hand.
    """
    flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
    with translated(str(path)):
        connection = _opened(path, str(path), flags, key)
        _set(connection, _SHARED + "PRAGMA synchronous=FULL; PRAGMA fullfsync=ON;")
        if create:
            from beatpass_desktop.store.places import is_shared

            # The file remembers it.
            connection.pragma("journal_mode", "DELETE" if is_shared(path.parent) else "WAL")
        return connection


def open_for_reading(path: Path, *, immutable: bool = False) -> apsw.Connection:
    """A connection that cannot write. `immutable` is for a folder that cannot be written either.

    Raises StoreError; StoreLocked when the key is not at hand.
    """
    name, flags = str(path), apsw.SQLITE_OPEN_READONLY
    if immutable:
        name, flags = f"file:{quote(name)}?immutable=1", flags | apsw.SQLITE_OPEN_URI
    with translated(str(path)):
        connection = _opened(path, name, flags)
        _set(connection, _SHARED + f"PRAGMA cache_size=-{_READ_KIB}; PRAGMA query_only=ON;")
        return connection


def copy_encrypted(
    path: Path, copy: Path, key: StoreKey, given_up: Callable[[], bool] = lambda: False
) -> None:
    """Have SQLite write what the plain file at `path` holds to the new file `copy`, encrypted,
    unless it is `given_up`.

    Raises StoreError, without SQLite's own words, which would quote the key.
    """
    failure: StoreError | None = None
    try:
        with translated(str(path)):
            checksums.load()
            flags = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
            connection = apsw.Connection(f"file:{quote(str(path.absolute()))}", flags=flags)
            try:
                _set(connection, _SHARED)
                connection.set_progress_handler(given_up, _STEPS)
                connection.execute("VACUUM INTO ?", (cipher.address(copy, key),))
            finally:
                connection.close()
    except StoreError as error:
        failure = type(error)(error.sentence)
    except apsw.Error:
        failure = StoreError("The stored data could not be encrypted.")
    if failure is not None:
        raise failure


def check_library() -> None:
    """Raise RuntimeError when the bundled SQLite is older than is safe."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if version < MINIMUM_SQLITE:
        raise RuntimeError(f"SQLite {apsw.sqlite_lib_version()} is too old to keep data safe")


def _opened(path: Path, name: str, flags: int, key: StoreKey | None = None) -> apsw.Connection:
    """A connection that verifies what it reads: by the cipher's tags, or by checksums."""
    identity = cipher.identity_of(path)
    if identity is not None:
        key = cipher.key_at_hand(identity)
    elif key is None or path.exists():
        checksums.load()
        return apsw.Connection(name, flags=flags)
    connection = apsw.Connection(name, flags=flags, vfs=cipher.VFS)
    cipher.apply(connection, key)
    return connection


def _set(connection: apsw.Connection, pragmas: str) -> None:
    """Run all of `pragmas`: a statement that answers holds up the next until its row is read."""
    connection.execute(pragmas).fetchall()
