"""A store made, brought up to date, or begun anew in the place of a damaged one."""

from __future__ import annotations

import os
import re
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path

from beatpass_desktop.store import backups, checksums, rescue, schema
from beatpass_desktop.store.connection import open_for_writing
from beatpass_desktop.store.errors import StoreReadOnly, translated

_KEPT_ASIDE = 3
_STAMP = "%Y%m%dT%H%M%S%fZ"
_MEMBERS = ("", "-wal", "-shm", "-journal")


def bring_up_to_date(path: Path) -> None:
    """Create or migrate the store. A new file gets its name when it is complete; an older one is
    backed up first. Raises StoreError."""
    if not os.access(path.parent, os.W_OK):
        raise StoreReadOnly(f"The data folder {path.parent} cannot be written.")
    is_new = not path.exists()
    target = path.with_name(path.name + ".new") if is_new else path
    if is_new:
        for member in _MEMBERS:
            for left in (path, target):
                left.with_name(left.name + member).unlink(missing_ok=True)
    with translated(str(path)):
        connection = open_for_writing(target, create=is_new)
        try:
            if not is_new:
                version = schema.version_of(connection)
                backups.make(connection, path, f"v{version}", datetime.now(UTC))
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
    aside = path.with_name(f"{path.name}.corrupt-{now.strftime(_STAMP)}")
    earlier = _set_aside_before(path)
    try:
        for member in _MEMBERS:
            part = path.with_name(path.name + member)
            if part.exists():
                part.rename(aside.with_name(aside.name + member))
        path.with_name(path.name + ".damaged").unlink(missing_ok=True)
    except OSError as error:
        raise StoreReadOnly("The damaged store could not be set aside.", str(error)) from error
    bring_up_to_date(path)
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


def _set_aside_before(path: Path) -> list[Path]:
    """The damaged stores set aside so far, the newest first."""
    pattern = re.compile(re.escape(path.name) + r"\.corrupt-\w+Z")
    found = [file for file in path.parent.iterdir() if pattern.fullmatch(file.name)]
    return sorted(found, reverse=True)


def _forget(path: Path, earlier: list[Path], aside: Path, now: datetime) -> None:
    """Keep one damaged store a day and a few in all, so that damage does not fill the disk."""
    yesterday = (now - timedelta(hours=24)).strftime(_STAMP)
    is_second = bool(earlier) and earlier[0].name > f"{path.name}.corrupt-{yesterday}"
    too_many = earlier[_KEPT_ASIDE - 1 :]
    for file in [aside] * is_second + too_many:
        for member in _MEMBERS:
            file.with_name(file.name + member).unlink(missing_ok=True)
