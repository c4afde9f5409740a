"""A store made, brought up to date, or begun anew in the place of a damaged one."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from beatpass_desktop.store import backups, checksums, cipher, rescue, schema
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.connection import open_for_writing
from beatpass_desktop.store.errors import StoreReadOnly, translated

_KEPT_ASIDE = 3
_CORRUPT, _LOCKED = "corrupt", "locked"
_STAMP = "%Y%m%dT%H%M%S%fZ"
_MEMBERS = ("", "-wal", "-shm", "-journal")


def bring_up_to_date(path: Path, key: StoreKey | None = None) -> None:
    """Create or migrate the store. A new file is encrypted with `key` and gets its name when it is
    complete; an older one stays as it is and is backed up first. Raises StoreError."""
    if not os.access(path.parent, os.W_OK):
        raise StoreReadOnly(f"The data folder {path.parent} cannot be written.")
    is_new = not path.exists()
    target = path.with_name(path.name + ".new") if is_new else path
    if is_new:
        for member in _MEMBERS:
            for left in (path, target):
                left.with_name(left.name + member).unlink(missing_ok=True)
    with translated(str(path)):
        connection = open_for_writing(target, create=is_new, key=key)
        try:
            if not is_new:
                version = schema.version_of(connection)
                backups.make(connection, path, f"v{version}", datetime.now(UTC))
            if cipher.identity_of(target) is None and not (is_new and key):
                checksums.add(connection)
            schema.migrate(connection)
        finally:
            connection.close()
    target.chmod(0o600)
    if is_new:
        target.replace(path)
        with suppress(OSError):  # not every file system syncs names
            backups.sync(path.parent)


def renew(path: Path) -> str:
    """Set a damaged store aside, begin a new one with what only this computer had, and return what
    to tell people. Raises StoreError."""
    now = datetime.now(UTC)
    earlier = _set_aside_before(path, _CORRUPT)
    key = _key_of(path)
    aside = _set_aside(path, _CORRUPT, now)
    bring_up_to_date(path, key)
    newest = next(backups.good(path), None)
    rescued = rescue.rescue([file for file in (newest, aside) if file is not None], path)
    _forget(path, earlier, aside, now)
    kept = [
        name
        for count, name in (
            (rescued.days, "daily history"),
            (rescued.transactions, "list of transactions"),
        )
        if count
    ]
    return (
        f"The stored data was damaged. It was set aside as {aside.name}; "
        "everything is fetched again from BeatPass."
        + (f" Your {' and your '.join(kept)} was kept." if len(kept) == 1 else "")
        + (f" Your {' and '.join(kept)} were kept." if len(kept) > 1 else "")
    )


def begin_anew(path: Path) -> str:
    """Set a store whose key is lost aside, begin a new one with what a backup that can be read
    still has, and return what to tell people. Raises StoreError."""
    earlier = _set_aside_before(path, _LOCKED)
    aside = _set_aside(path, _LOCKED, datetime.now(UTC))
    bring_up_to_date(path, _key_of(path))
    if (newest := next(backups.good(path), None)) is not None:
        rescue.rescue([newest], path)
    for file in earlier[_KEPT_ASIDE - 1 :]:
        _remove(file)
    return (
        "The key to what was stored here is lost, and without it nobody can read it. The old file "
        f"was set aside as {aside.name}; everything that BeatPass still has is fetched again."
    )


def remove_remains(path: Path) -> None:
    """Delete every store that was set aside and every copy that was not finished."""
    remains = tuple(f"{path.name}.{why}" for why in (_CORRUPT, _LOCKED, "encrypting"))
    for file in path.parent.glob(f"{path.name}.*"):
        if file.name.startswith(remains):
            file.unlink(missing_ok=True)


def _set_aside(path: Path, why: str, now: datetime) -> Path:
    aside = path.with_name(f"{path.name}.{why}-{now.strftime(_STAMP)}")
    try:
        for member in _MEMBERS:
            part = path.with_name(path.name + member)
            if part.exists():
                part.rename(aside.with_name(aside.name + member))
        path.with_name(path.name + ".damaged").unlink(missing_ok=True)
    except OSError as error:
        raise StoreReadOnly("The stored data could not be set aside.", str(error)) from error
    return aside


def _key_of(path: Path) -> StoreKey | None:
    """The key of a store, also where its own head is damaged but a backup's is not."""
    for file in (path, *(backup.path for backup in backups.listed(path))):
        identity = cipher.identity_of(file)
        if identity is not None and cipher.is_at_hand(identity):
            return cipher.key_at_hand(identity)
    return None


def _set_aside_before(path: Path, why: str) -> list[Path]:
    """The stores set aside for this reason so far, the newest first."""
    pattern = re.compile(re.escape(path.name) + rf"\.{why}-\w+Z")
    found = [file for file in path.parent.iterdir() if pattern.fullmatch(file.name)]
    return sorted(found, reverse=True)


def _forget(path: Path, earlier: list[Path], aside: Path, now: datetime) -> None:
    """Keep one damaged store a day and a few in all, so that damage does not fill the disk."""
    yesterday = (now - timedelta(hours=24)).strftime(_STAMP)
    is_second = bool(earlier) and earlier[0].name > f"{path.name}.corrupt-{yesterday}"
    too_many = earlier[_KEPT_ASIDE - 1 :]
    for file in [aside] * is_second + too_many:
        _remove(file)


def _remove(file: Path) -> None:
    for member in _MEMBERS:
        file.with_name(file.name + member).unlink(missing_ok=True)
