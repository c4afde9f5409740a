"""From a path to a store that can be used: created, migrated, set aside when damaged."""

from __future__ import annotations

import contextlib
import os
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

import apsw

from beatpass_desktop.store import checksums, cipher, schema
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreLocked,
    StoreReadOnly,
    translated,
)

_CHECKED_UP_TO = 16 * 1024 * 1024
"""bytes; a larger file is read whole after the first paint (`upkeep`)"""
_MAGIC = b"SQLite format 3\0"
_NEXT_VERSIONS = 10_000
"""A version beyond that is not one of ours but damage."""


class Opened(NamedTuple):
    """A read connection to a current store. `notice` tells people what had to be done."""

    reading: apsw.Connection
    writable: bool
    notice: str = ""


def open_store(path: Path, *, create: bool = True, key: StoreKey | None = None) -> Opened:
    """Open the store at `path`, creating or migrating it when needed; a new one is encrypted with
    `key`.

    A damaged file is renamed to `*.corrupt-<time>` and a new one takes over what only this computer
    had, from the newest good backup and from the damaged file as far as it can be read. An older
    file is backed up before it is brought up to date. A store that cannot be written is opened as
    it is. With `create` off nothing is written. Raises StoreTooNew, StoreReadOnly, StoreBusy,
    StoreFull, and StoreLocked for an encrypted store without its key, which is left alone.
    """
    if key is not None:
        cipher.have(key)
    try:
        if not create:
            try:
                return Opened(_reading(path), writable=False)
            except StoreDamaged:
                _refuse_misfit(path)
                raise
        _make_folder(path.parent)
        if path.exists():
            try:
                reading = _verified(path)
                if schema.version_of(reading) == schema.VERSION:
                    return Opened(reading, writable=True)
                reading.close()
            except StoreDamaged:
                _refuse_misfit(path)
                from beatpass_desktop.store.renewing import renew

                notice = renew(path)
                return Opened(_reading(path), writable=True, notice=notice)
        from beatpass_desktop.store.renewing import bring_up_to_date

        bring_up_to_date(path, key)
        return Opened(_reading(path), writable=True)
    except StoreReadOnly:
        if not path.exists():
            raise
        return Opened(
            _reading(path, immutable=True),
            writable=False,
            notice=f"The data folder {path.parent} cannot be written: "
            "what is stored is shown, new figures are not kept.",
        )


def _refuse_misfit(path: Path) -> None:
    """Tell a key that is not the file's from damage: it only has the name of the right one.

    Raises StoreLocked.
    """
    identity = cipher.identity_of(path)
    if identity is None or not cipher.is_at_hand(identity):
        return
    if not cipher.key_at_hand(identity).is_genuine:
        cipher.forget(identity)
        raise StoreLocked("What is stored here is encrypted with another key.", f"key {identity}")


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
    if (identity := cipher.identity_of(path)) is None:
        _refuse_newer(path)
    else:
        cipher.key_at_hand(identity)
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


def _refuse_newer(path: Path) -> None:
    """Look at the version before anything else: a newer layout may also be checked otherwise.

    Raises StoreTooNew; StoreDamaged where a flipped bit makes it look newer, and the page does not
    bear its checksum.
    """
    with path.open("rb") as file:
        head = file.read(64)
    version = int.from_bytes(head[60:64], "big")
    if not head.startswith(_MAGIC) or not schema.VERSION < version < _NEXT_VERSIONS:
        return
    is_flipped = any((version ^ known).bit_count() == 1 for known in range(1, schema.VERSION + 1))
    if is_flipped and head[20] == checksums.RESERVED:
        with translated(str(path)), closing(open_for_reading(path, immutable=True)) as connection:
            connection.pragma("user_version")
    schema.refuse(version)


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


__all__ = ["Opened", "StoreBusy", "mark_damaged", "open_store"]
