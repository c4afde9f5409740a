"""A plain store becomes an encrypted one, whole or not at all.

SQLite writes an encrypted copy beside the file; when it is on the disk and was read back, it takes
the file's name. Killed before that, the plain store is as it was; after it, the encrypted one is
complete. What the plain file held may stay on the disk's free blocks until they are used again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw

from beatpass_desktop.store import backups, cipher, schema
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.connection import copy_encrypted, open_for_reading
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    translated,
)

_SPARE = 1.2
_LOG = ("-wal", "-shm")


def copy_beside(path: Path) -> Path:
    """Where the encrypted copy of a store lies until it takes its place."""
    return path.with_name(path.name + ".encrypting")


def make_copy(
    connection: apsw.Connection,
    path: Path,
    key: StoreKey,
    given_up: Callable[[], bool] = lambda: False,
) -> None:
    """Write the encrypted copy of the plain store that `connection` writes.

    From now on nothing may be written until `put_in_place` or `give_up`. Runs outside a
    transaction. Raises StoreError; StoreBusy while somebody reads what is only in the log yet.
    """
    (is_held,) = [held for held, *_ in connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")]
    if is_held:
        raise StoreBusy("The stored data is in use: it could not be encrypted yet.")
    _copy(path, copy_beside(path), key, given_up)


def put_in_place(path: Path) -> None:
    """Give the copy the name of the store, which nobody may have open. Raises StoreError."""
    try:
        # All of it is in the main file, and the log of a plain store must not meet the copy.
        for member in _LOG:
            path.with_name(path.name + member).unlink(missing_ok=True)
        copy_beside(path).replace(path)
        backups.sync(path.parent)
    except OSError as error:
        raise StoreError("The stored data could not be encrypted.", str(error)) from error


def give_up(path: Path) -> None:
    """Remove what is left of a copy that did not become the store."""
    copy_beside(path).unlink(missing_ok=True)


def encrypt_backups(path: Path, key: StoreKey) -> None:
    """Encrypt the plain backups too. One that cannot be read whole is of no use and goes."""
    for backup in backups.listed(path):
        if cipher.identity_of(backup.path) is not None:
            continue
        part = backup.path.with_suffix(".part")
        try:
            _copy(backup.path, part, key)
            part.replace(backup.path)
        except StoreDamaged:
            backup.path.unlink(missing_ok=True)
        except OSError as error:
            raise StoreError("A backup could not be encrypted.", str(error)) from error
        finally:
            part.unlink(missing_ok=True)


def _copy(
    source: Path, copy: Path, key: StoreKey, given_up: Callable[[], bool] = lambda: False
) -> None:
    """Write `source` to `copy`, encrypted, have it on the disk, and read it back."""
    try:
        copy.unlink(missing_ok=True)
        if shutil.disk_usage(copy.parent).free < _SPARE * source.stat().st_size:
            raise StoreFull("There is no room to encrypt the stored data.", str(copy.parent))
        # SQLite writes into an empty file that is there, which gives it its rights.
        os.close(os.open(copy, os.O_CREAT | os.O_EXCL, 0o600))
        copy_encrypted(source, copy, key, given_up)
        backups.sync(copy)
    except OSError as error:
        raise StoreError("The stored data could not be encrypted.", str(error)) from error
    cipher.have(key)
    with translated(str(source)), closing(open_for_reading(copy, immutable=True)) as connection:
        schema.version_of(connection)
        if connection.execute("PRAGMA quick_check(1)").get != "ok":
            raise StoreDamaged("The encrypted copy of the stored data is not sound.")
