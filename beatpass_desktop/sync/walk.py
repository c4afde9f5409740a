"""A catalogue walk: every page of a long list, taken over only when complete and consistent."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.replies import Slice
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import catalogue, documents, figures
from beatpass_desktop.store.catalogue import Shrink
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.sources import Listing, Urgent
from beatpass_desktop.sync.writing import commit

_AT_ONCE = 4
_WALKS = 2


class Inconsistent(Exception):
    """The pages of a list do not fit together: it changed while it was read, or never ends."""

    def __init__(self, details: str) -> None:
        super().__init__(details)
        self.failure = Failure(
            FailureKind.INCONSISTENT,
            "The list changed while it was being read, so the earlier one is still shown.",
            details,
            reached=True,
        )


@dataclass
class _Seen:
    """What one walk has brought so far."""

    total: int | None
    ids: set[int] = field(default_factory=set)
    dropped: int = 0

    def add(self, part: Slice[Any], asked: int) -> None:
        if part.page != asked:
            raise Inconsistent(f"asked for page {asked}, got page {part.page}")
        if part.total != self.total:
            raise Inconsistent(f"the total went from {self.total} to {part.total}")
        if self.repeats(part):
            raise Inconsistent(f"page {asked} repeats earlier rows")
        self.ids.update(row.value.id for row in part.rows)
        self.dropped += part.dropped

    def repeats(self, part: Slice[Any]) -> bool:
        """Whether a page brings nothing but what has come already."""
        return bool(part.rows) and self.ids.issuperset(row.value.id for row in part.rows)

    @property
    def count(self) -> int:
        return len(self.ids) + self.dropped


async def walk(
    session: Session,
    store: Store,
    listing: Listing,
    key: ResourceKey,
    *,
    now: Callable[[], datetime],
    visit: int | None,
    progressed: Callable[[int, int], None],
    urgent: Urgent,
) -> Shrink | None:
    """Read all pages and take them over; a list that shrank by a fifth is held back and returned.

    `progressed` hears how many of how many rows have come. Raises ApiError, StoreError and, when
    two walks in a row did not fit together, Inconsistent.
    """
    for attempt in range(_WALKS):
        generation = await commit(store, lambda c: catalogue.begin(c, listing.table, key))
        try:
            seen = await _read(session, store, listing, key, generation, progressed, urgent)
            break
        except Inconsistent:
            if attempt + 1 == _WALKS:
                raise

    def take(connection: apsw.Connection) -> Shrink | None:
        shrink = catalogue.shrink(connection, listing.table, key, generation)
        if shrink is not None and not seen.dropped:
            catalogue.hold_back(connection, key, generation)
            return shrink
        hide_missing = not seen.dropped
        take_over(connection, listing, key, generation, now(), visit, hide_missing=hide_missing)
        return None

    return await commit(store, take)


def take_over(
    connection: apsw.Connection,
    listing: Listing,
    key: ResourceKey,
    generation: int,
    at: datetime,
    visit: int | None,
    *,
    hide_missing: bool = True,
) -> None:
    """Show a complete walk's rows, with the figures that follow from them, seen at `visit`."""
    shown = catalogue.replace(
        connection, listing.table, key, generation, at, hide_missing=hide_missing
    )
    counted: dict[Figure, FigureValue | None] = {listing.count: shown}
    if key.resource is Resource.TRACKS:
        found = catalogue.collaboration(connection, key)
        counted[Figure.COLLABORATORS] = found[0] if found else None
        counted[Figure.COLLABORATIONS] = found[1] if found else None
    figures.record(connection, key.account, key.artist, counted, at)
    if visit is not None:
        figures.continue_visit(connection, visit, at)
    documents.succeeded(connection, key, at)


def accept(
    connection: apsw.Connection,
    listing: Listing,
    key: ResourceKey,
    at: datetime,
    visit: int | None,
) -> None:
    """Show the shorter list that was held back, if there still is one."""
    generation = catalogue.held_back(connection, key)
    if generation is not None:
        take_over(connection, listing, key, generation, at, visit)


async def _read(
    session: Session,
    store: Store,
    listing: Listing,
    key: ResourceKey,
    generation: int,
    progressed: Callable[[int, int], None],
    urgent: Urgent,
) -> _Seen:
    first: Slice[Any] = await listing.fetch(session, key.artist, 1, urgent=urgent)
    seen = _Seen(first.total)

    async def keep(part: Slice[Any], asked: int) -> None:
        seen.add(part, asked)
        await commit(store, lambda c: catalogue.stage(c, listing.table, key, generation, part.rows))
        progressed(seen.count, max(seen.count, first.total or 0))

    async def fetch(page: int) -> tuple[int, Slice[Any]]:
        return page, await listing.fetch(session, key.artist, page, urgent=urgent)

    await keep(first, 1)
    last = _last_page(first)
    page = 2
    while page <= last if last is not None else (first.rows or first.dropped):
        upto = min(page + _AT_ONCE, last + 1) if last is not None else page + 1
        parts = await _together([fetch(number) for number in range(page, upto)])
        if last is None and first.per_page is None and seen.repeats(parts[0][1]):
            # A list without pages is the same whatever page is asked for, and has come whole.
            break
        for number, part in parts:
            await keep(part, number)
        if not (parts[-1][1].rows or parts[-1][1].dropped):
            break
        page = upto
    if first.total is not None and seen.count != first.total:
        raise Inconsistent(f"{seen.count} rows came of {first.total}")
    return seen


async def _together(coroutines: list[Any]) -> list[tuple[int, Slice[Any]]]:
    tasks = [asyncio.ensure_future(coroutine) for coroutine in coroutines]
    try:
        return list(await asyncio.gather(*tasks))
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def _last_page(first: Slice[Any]) -> int | None:
    """The number of the last page; None when the server gave nothing to tell it by."""
    if first.last_page is not None:
        return first.last_page
    if first.total is not None:
        per_page = first.per_page or len(first.rows) or 1
        return -(-first.total // per_page)
    return None
