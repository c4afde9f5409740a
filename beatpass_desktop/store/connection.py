"""The one place that opens the SQLite file."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import apsw

from beatpass_desktop.store import checksums
from beatpass_desktop.store.errors import translated

MINIMUM_SQLITE = (3, 51, 3)
"""Earlier versions can corrupt a WAL database that two connections use."""

_SHARED = "PRAGMA busy_timeout=5000; PRAGMA foreign_keys=ON; PRAGMA temp_store=MEMORY;"


def open_for_writing(path: Path, *, create: bool = False) -> apsw.Connection:
    """A connection that may write, with every commit on the disk before it returns.

    Raises StoreError.
    """
    checksums.load()
    with translated(str(path)):
        flags = apsw.SQLITE_OPEN_READWRITE | (apsw.SQLITE_OPEN_CREATE if create else 0)
        connection = apsw.Connection(str(path), flags=flags)
        _set(connection, _SHARED + "PRAGMA synchronous=FULL; PRAGMA fullfsync=ON;")
        if create:
            from beatpass_desktop.store.places import is_shared

            # The file remembers it.
            connection.pragma("journal_mode", "DELETE" if is_shared(path.parent) else "WAL")
        return connection


def open_for_reading(path: Path, *, immutable: bool = False) -> apsw.Connection:
    """A connection that cannot write. `immutable` is for a folder that cannot be written either.

    Raises StoreError.
    """
    checksums.load()
    with translated(str(path)):
        if immutable:
            connection = apsw.Connection(
                f"file:{quote(str(path))}?immutable=1",
                flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI,
            )
        else:
            connection = apsw.Connection(str(path), flags=apsw.SQLITE_OPEN_READONLY)
        _set(connection, _SHARED + "PRAGMA query_only=ON;")
        return connection


def check_library() -> None:
    """Raise RuntimeError when the bundled SQLite is older than is safe."""
    version = tuple(int(part) for part in apsw.sqlite_lib_version().split("."))
    if version < MINIMUM_SQLITE:
        raise RuntimeError(f"SQLite {apsw.sqlite_lib_version()} is too old to keep data safe")


def _set(connection: apsw.Connection, pragmas: str) -> None:
    """Run all of `pragmas`: a statement that answers holds up the next until its row is read."""
    connection.execute(pragmas).fetchall()
