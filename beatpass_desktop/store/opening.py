"""From a path to a store that can be used: created, migrated, set aside when damaged."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

import apsw

from beatpass_desktop.store import schema
from beatpass_desktop.store.connection import open_for_reading, open_for_writing
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreReadOnly,
    translated,
)

_CHECKED_UP_TO = 16 * 1024 * 1024
_MEMBERS = ("", "-wal", "-shm", "-journal")


class Opened(NamedTuple):
    """A read connection to a current store. `notice` tells people what had to be done."""

    reading: apsw.Connection
    writable: bool
    notice: str = ""


def open_store(path: Path, *, create: bool = True) -> Opened:
    """Open the store at `path`, creating or migrating it when needed.

    A damaged file is renamed to `*.corrupt-<time>` and a new one takes over its daily history as
    far as that can be read. A store that cannot be written is opened as it is. With `create` off
    nothing is written. Raises StoreTooNew, StoreReadOnly, StoreBusy.
    """
    try:
        if not create:
            return Opened(_reading(path), writable=False)
        _make_folder(path.parent)
        notice = ""
        if path.exists():
            try:
                reading = _verified(path)
                if schema.version_of(reading) == schema.VERSION:
                    return Opened(reading, writable=True)
                reading.close()
            except StoreDamaged:
                notice = _renew(path)
        _create(path)
        return Opened(_reading(path), writable=True, notice=notice)
    except StoreReadOnly:
        if not path.exists():
            raise
        return Opened(
            _reading(path, immutable=True),
            writable=False,
            notice=f"The data folder {path.parent} cannot be written: "
            "what is stored is shown, new figures are not kept.",
        )


def mark_damaged(path: Path) -> None:
    """Have the next start set the store aside."""
    with contextlib.suppress(OSError):
        path.with_name(path.name + ".damaged").touch(mode=0o600)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise StoreReadOnly(
            f"The data folder {folder} could not be created.", str(error)
        ) from error


def _verified(path: Path) -> apsw.Connection:
    """A read connection to a file that is a sound store, perhaps of an older version.

    Raises StoreDamaged, StoreTooNew, StoreReadOnly.
    """
    if path.with_name(path.name + ".damaged").exists():
        raise StoreDamaged("The stored data was found damaged.")
    size = path.stat().st_size
    if size == 0:
        raise StoreDamaged("The stored data is an empty file.")
    if not os.access(path, os.W_OK) or not os.access(path.parent, os.W_OK):
        raise StoreReadOnly("The data folder cannot be written.")
    with translated(str(path)):
        connection = open_for_reading(path)
        try:
            schema.version_of(connection)
            if size <= _CHECKED_UP_TO:
                verdict = connection.execute("PRAGMA quick_check(1)").get
                if verdict != "ok":
                    raise StoreDamaged("The stored data is damaged.", str(verdict))
        except BaseException:
            connection.close()
            raise
        return connection


def _create(path: Path) -> None:
    """Bring the file up to date; a new one gets its name when it is complete."""
    if not os.access(path.parent, os.W_OK):
        raise StoreReadOnly(f"The data folder {path.parent} cannot be written.")
    is_new = not path.exists()
    target = path.with_name(path.name + ".new") if is_new else path
    if is_new:
        for member in _MEMBERS:
            for left in (path, target):
                left.with_name(left.name + member).unlink(missing_ok=True)
    with translated(str(path)):
        connection = open_for_writing(target)
        try:
            schema.migrate(connection)
        finally:
            connection.close()
    target.chmod(0o600)
    target.replace(path)


def _reading(path: Path, *, immutable: bool = False) -> apsw.Connection:
    with translated(str(path)):
        connection = open_for_reading(path, immutable=immutable)
        if schema.version_of(connection) < schema.VERSION:
            connection.close()
            cure = (
                "cannot be brought up to date here, because its folder cannot be written."
                if immutable
                else "has to be brought up to date first: please start the program once."
            )
            raise StoreError(f"The stored data was written by an older version and {cure}")
        return connection


def _renew(path: Path) -> str:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.name}.corrupt-{stamp}")
    try:
        for member in _MEMBERS:
            part = path.with_name(path.name + member)
            if part.exists():
                part.rename(aside.with_name(aside.name + member))
        path.with_name(path.name + ".damaged").unlink(missing_ok=True)
    except OSError as error:
        raise StoreReadOnly("The damaged store could not be set aside.", str(error)) from error
    _create(path)
    rescued = _rescue(aside, path)
    kept = " Your daily history was kept." if rescued else ""
    return (
        f"The stored data was damaged. It was set aside as {aside.name}; "
        f"everything is fetched again from BeatPass.{kept}"
    )


def _rescue(damaged: Path, fresh: Path) -> int:
    """Copy accounts and daily history as far as they can be read; return the days copied."""
    copied = 0
    target = open_for_writing(fresh)
    try:
        source = apsw.Connection(str(damaged), flags=apsw.SQLITE_OPEN_READONLY)
        target.execute("BEGIN IMMEDIATE")
        for table in ("meta", "accounts", "artists", "history"):
            with contextlib.suppress(apsw.Error):
                # An older file has fewer columns.
                columns = [row[1] for row in source.execute(f"PRAGMA table_info({table})")]
                names, marks = ", ".join(columns), ", ".join("?" * len(columns))
                for row in source.execute(f"SELECT {names} FROM {table}"):
                    target.execute(f"INSERT OR REPLACE INTO {table}({names}) VALUES({marks})", row)
                    copied += table == "history"
        target.execute("COMMIT")
        source.close()
    finally:
        target.close()
    return copied


__all__ = ["Opened", "StoreBusy", "mark_damaged", "open_store"]
