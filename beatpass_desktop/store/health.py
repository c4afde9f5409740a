"""Whether a store file is sound and what it holds, found out without writing a byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import apsw

from beatpass_desktop.store import schema
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreDamaged, StoreReadOnly, translated
from beatpass_desktop.store.times import from_ms, optional_time

_COMPLAINTS = 20


class StoredAccount(NamedTuple):
    """One account; `used_at` is when it was last signed in with, UTC."""

    account: int
    origin: str
    name: str | None
    artists: int
    used_at: datetime


class StoredDataSet(NamedTuple):
    """One data set of one artist (0: of the account), with all its instances.

    `fetched_at` is when the newest was fetched (None: never), `attempt` and `reason` how the latest
    attempt ended. Times are UTC.
    """

    account: int
    artist: int
    resource: str
    instances: int
    fetched_at: datetime | None
    attempt: str
    reason: str


class Health(NamedTuple):
    """What a store file is like. `complaints` are SQLite's, empty for a sound file."""

    version: int
    complaints: tuple[str, ...]
    rows: dict[str, int]
    accounts: tuple[StoredAccount, ...]
    data_sets: tuple[StoredDataSet, ...]


@contextmanager
def looking_at(path: Path) -> Iterator[apsw.Connection]:
    """A connection to a store of any known version, also while the app has it open.

    Raises StoreError; StoreTooNew for a version that is not known.
    """
    connection = _opened(path)
    try:
        with translated(str(path)):
            if schema.version_of(connection) == 0:
                raise StoreDamaged(f"{path} is not a store of this app.")
            yield connection
    finally:
        connection.close()


def examine(path: Path) -> Health:
    """Check the file and count what it holds. Raises what `looking_at` raises."""
    was_open = _is_open(path)
    health = _examined(path)
    if health.complaints and not was_open and _is_open(path):
        # The app was started meanwhile and wrote to what was taken to be at rest.
        return _examined(path)
    return health


def _opened(path: Path) -> apsw.Connection:
    """A connection that leaves no log beside a file that nobody has open."""
    if not _is_open(path):
        return open_for_reading(path, immutable=True)
    try:
        return open_for_reading(path)
    except StoreReadOnly:
        return open_for_reading(path, immutable=True)


def _is_open(path: Path) -> bool:
    return path.with_name(path.name + "-wal").exists()


def _examined(path: Path) -> Health:
    with looking_at(path) as connection:
        connection.execute("BEGIN")
        found = connection.execute(f"PRAGMA quick_check({_COMPLAINTS})").fetchall()
        complaints = tuple(str(text) for (text,) in found if text != "ok")
        return Health(
            schema.version_of(connection),
            complaints,
            _rows(connection),
            tuple(_accounts(connection)),
            tuple(_data_sets(connection)),
        )


def _rows(connection: apsw.Connection) -> dict[str, int]:
    names = connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite\\_%' "
        "ESCAPE '\\' ORDER BY name"
    ).fetchall()
    return {
        str(name): int(connection.execute(f'SELECT count(*) FROM "{name}"').get)
        for (name,) in names
    }


def _accounts(connection: apsw.Connection) -> Iterator[StoredAccount]:
    # The columns of the first version: an older file is looked at too.
    for account, origin, name, artists, used_at in connection.execute(
        """SELECT account, origin, name,
               (SELECT count(*) FROM artists b WHERE b.account = a.account AND managed), used_at
           FROM accounts a ORDER BY used_at DESC"""
    ):
        yield StoredAccount(account, origin, name, artists, from_ms(used_at))


def _data_sets(connection: apsw.Connection) -> Iterator[StoredDataSet]:
    # Of the columns beside a single max() SQLite takes the row that has it.
    for account, artist, resource, instances, fetched_at, attempt, reason, _ in connection.execute(
        """SELECT account, artist, resource, count(*),
               (SELECT max(fetched_at) FROM documents n WHERE n.account = d.account
                    AND n.artist = d.artist AND n.resource = d.resource),
               attempt, reason, max(coalesce(attempted_at, 0))
           FROM documents d GROUP BY account, artist, resource ORDER BY account, artist, resource"""
    ):
        yield StoredDataSet(
            account, artist, resource, instances, optional_time(fetched_at), attempt, reason
        )
