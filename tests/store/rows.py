"""Catalogue rows as a reply carries them, and short ways to write and read a store."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from typing import Any, TypeVar

import apsw

from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import catalogue
from beatpass_desktop.store.catalogue import TRACKS, CatalogueTable
from beatpass_desktop.store.store import Store
from beatpass_desktop.store.threads import Job

T = TypeVar("T")

DAY = datetime(2026, 11, 23, tzinfo=UTC)
EVERYTHING = frozenset(field.name for field in fields(Track))


def track(number: int, carried: Iterable[str] = EVERYTHING, **values: Any) -> Decoded[Track]:
    """A row that carried every field unless told otherwise."""
    return Decoded(Track(number, **values), frozenset(carried))


class Desk:
    """One account's view of a store."""

    def __init__(self, store: Store, account: int = 0) -> None:
        self.store = store
        self.account = account

    def write(self, job: Job[T]) -> T:
        return self.store.write(job).result(10)

    def key(self, artist: int = 1, resource: Resource = Resource.TRACKS) -> ResourceKey:
        return ResourceKey(resource, self.account, artist)

    def list(
        self,
        rows: Iterable[Decoded[Any]],
        *,
        artist: int = 1,
        table: CatalogueTable[Any] = TRACKS,
        at: datetime = DAY,
        hide_missing: bool = True,
    ) -> int:
        """A complete walk; how many rows are shown now."""
        key = self.key(artist, table.resource)

        def walk(connection: apsw.Connection) -> int:
            generation = catalogue.begin(connection, table, key)
            catalogue.stage(connection, table, key, generation, rows)
            return catalogue.replace(
                connection, table, key, generation, at, hide_missing=hide_missing
            )

        return self.write(walk)

    def column(self, column: str, *, artist: int = 1, table: str = "tracks") -> dict[int, Any]:
        """A stored column of the rows shown, by id."""
        return dict(
            self.store.reading.execute(
                f"""SELECT id, {column} FROM {table}
                    WHERE account = ? AND artist = ? AND gone_at IS NULL ORDER BY id""",
                (self.account, artist),
            )
        )
