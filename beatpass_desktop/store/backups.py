"""Copies of the store: one a day and one before each change of its layout, few and bounded.

A copy is made by SQLite itself (`VACUUM INTO`), so that it is whole while the store is written to,
gets its name only when it is on the disk, and carries the page checksums of its source.
"""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import NamedTuple

import apsw

from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreError, StoreFull, translated

EVERY = timedelta(hours=24)
KEPT_DAILY = 3
KEPT_VERSIONS = 2
MAX_BYTES = 512 * 1024 * 1024
"""All copies together take at most this much; the newest stays whatever its size."""

_NAME = re.compile(r"store-(daily|v\d+)-(\d{8}T\d{6}Z)\.db")
_STAMP = "%Y%m%dT%H%M%SZ"


class Backup(NamedTuple):
    """One copy. `kind` is "daily", or "v" and the version it had before a migration; UTC."""

    path: Path
    kind: str
    at: datetime


def folder_of(store: Path) -> Path:
    """Where the copies of a store lie."""
    return store.parent / "backups"


def listed(store: Path) -> list[Backup]:
    """The copies there are, the newest first."""
    found = []
    for path in folder_of(store).glob("store-*.db"):
        if matched := _NAME.fullmatch(path.name):
            at = datetime.strptime(matched[2], _STAMP).replace(tzinfo=UTC)
            found.append(Backup(path, matched[1], at))
    return sorted(found, key=lambda backup: backup.at, reverse=True)


def is_due(store: Path, now: datetime) -> bool:
    """Whether the day's copy is still to be made. One dated in the future does not count."""
    return not any(
        backup.kind == "daily" and timedelta() <= now - backup.at < EVERY
        for backup in listed(store)
    )


def make(connection: apsw.Connection, store: Path, kind: str, now: datetime) -> Path:
    """Copy what `connection` reads to a file of its own and drop the copies beyond the bounds.

    Runs outside a transaction. Raises StoreError, StoreFull when there is no room to spare.
    """
    folder = folder_of(store)
    final = folder / f"store-{kind}-{now.astimezone(UTC).strftime(_STAMP)}.db"
    part = final.with_suffix(".part")
    try:
        folder.mkdir(mode=0o700, exist_ok=True)
        for left in folder.glob("*.part*"):
            left.unlink()
        size = connection.pragma("page_count") * connection.pragma("page_size")
        if shutil.disk_usage(folder).free < 2 * size:
            raise StoreFull("There is no room for a backup of the stored data.", str(folder))
        # SQLite writes into an empty file that is there, which gives it its rights.
        os.close(os.open(part, os.O_CREAT | os.O_EXCL, 0o600))
        with translated(str(part)):
            # The source stays as it is, but SQLite counts the copy as a write.
            connection.pragma("query_only", False)
            connection.execute("VACUUM INTO ?", (str(part),))
        sync(part)
        part.replace(final)
        sync(folder)
    except OSError as error:
        raise StoreError("The stored data could not be backed up.", str(error)) from error
    finally:
        part.unlink(missing_ok=True)
    prune(store)
    return final


def prune(store: Path) -> None:
    """Remove the oldest copies beyond the bounds."""
    taken, counts = 0, {"daily": 0, "v": 0}
    for number, backup in enumerate(listed(store)):
        family = backup.kind[0:1] if backup.kind != "daily" else "daily"
        counts[family] += 1
        taken += backup.path.stat().st_size
        bound = KEPT_DAILY if family == "daily" else KEPT_VERSIONS
        if number and (counts[family] > bound or taken > MAX_BYTES):
            backup.path.unlink(missing_ok=True)


def good(store: Path) -> Iterator[Path]:
    """The copies that SQLite and their checksums find nothing wrong with, the newest first."""
    for backup in listed(store):
        try:
            connection = open_for_reading(backup.path, immutable=True)
        except StoreError:
            continue
        try:
            if connection.execute("PRAGMA quick_check(1)").get == "ok":
                yield backup.path
        except apsw.Error:
            continue
        finally:
            connection.close()


def remove_all(store: Path) -> None:
    """Delete every copy."""
    for path in folder_of(store).glob("store-*"):
        path.unlink(missing_ok=True)


def sync(path: Path) -> None:
    """Have a file, or the names in a folder, on the disk. Raises OSError."""
    if path.is_dir() and os.name == "nt":
        return
    descriptor = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
