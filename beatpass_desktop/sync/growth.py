"""The growth of tracks: of the rows in view first, then of the rest of the catalogue."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

import apsw

from beatpass_desktop.api.budget import always, never
from beatpass_desktop.api.errors import Limited
from beatpass_desktop.api.growth import BATCH, fetch_growth
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.failures import Failure
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents, growth
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.resources import TABLE
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.sync.writing import commit

PACE = 2.0
"""s between requests for what nobody looks at: at most 30 of the 300 requests a minute"""
_FRESH_IN_VIEW = TABLE[Resource.GROWTH].data_set.fresh_for
_FRESH_OUT_OF_VIEW = timedelta(hours=24)
_TRIES = 3
"""A 429 says that nothing was done, so the request is sent again when the pause is over."""

Work = Callable[[], Awaitable[None]]


class _Wish(NamedTuple):
    """Rows in view; `force` wants them whatever their age."""

    track_ids: tuple[int, ...]
    force: bool = False


class Growth:
    """Asks for growth in batches, each stored and told by itself.

    A wish goes before everything else, and the newest wins. Then the rest of the catalogue follows,
    oldest first, on its own when nobody looks any more, until something fails. `whom` tells the key
    to store under (None: nobody to ask for), `attempt` does a piece of work on the network and
    brings its failure.

    Attributes:
        automatic: whether growth is renewed by itself; else only what was never loaded is fetched.
    """

    def __init__(
        self,
        session: Session,
        store: Store,
        tasks: Tasks,
        whom: Callable[[], Awaitable[ResourceKey | None]],
        attempt: Callable[[ResourceKey, Work], Awaitable[Failure | None]],
        now: Callable[[], datetime],
        *,
        pace: float = PACE,
    ) -> None:
        self._session = session
        self._store = store
        self._tasks = tasks
        self._whom = whom
        self._attempt = attempt
        self._now = now
        self._pace = pace
        self.automatic = True
        self._in_view: tuple[int, ...] = ()
        self._wish: _Wish | None = None
        self._first: asyncio.Task[None] | None = None
        self._rest: asyncio.Task[None] | None = None
        self._asked: set[int] = set()

    @property
    def is_busy(self) -> bool:
        """Whether growth of rows in view is being fetched."""
        return _runs(self._first)

    def want(self, track_ids: Sequence[int], *, force: bool = False) -> None:
        """These rows are in view."""
        self._in_view = tuple(track_ids)
        if self._in_view:
            self._wish = _Wish(self._in_view, force)
            if not _runs(self._first):
                self._first = self._tasks.start(self._bring_wished(), "growth in view")

    def renew(self, *, force: bool) -> None:
        """Ask again for the rows in view."""
        self.want(self._in_view, force=force)

    def leave(self) -> None:
        """Nobody looks any more; the rest goes on."""
        self._in_view, self._wish = (), None
        if self._first is not None:
            self._first.cancel()

    def stop(self) -> None:
        """Give everything up."""
        self.leave()
        if self._rest is not None:
            self._rest.cancel()

    async def _bring_wished(self) -> None:
        key = await self._whom()
        if key is None:
            return
        while (wish := self._take_wish()) is not None:
            due = self._due(key, wish)
            if due:
                # A request for a screenful has room for what would be asked for next.
                due += self._out_of_date(key, -len(due) % BATCH, besides=due)
            for start in range(0, len(due), BATCH):
                if not await self._bring(key, due[start : start + BATCH], in_view=True):
                    return
                if self._wish is not None:
                    break
        if not _runs(self._rest):
            self._rest = self._tasks.start(self._bring_rest(key), "growth out of view")

    def _take_wish(self) -> _Wish | None:
        wish, self._wish = self._wish, None
        return wish

    async def _bring_rest(self, key: ResourceKey) -> None:
        while track_ids := self._out_of_date(key, BATCH):
            if self._first is not None and not self._first.done():
                await asyncio.wait({self._first})
                continue
            if not await self._bring(key, track_ids, in_view=False):
                return
            await asyncio.sleep(self._pace)

    def _due(self, key: ResourceKey, wish: _Wish) -> list[int]:
        """The rows of a wish that are this artist's and not fresh, in the order of the wish."""
        ages = growth.ages(self._store.reading, key.account, key.artist, wish.track_ids)
        return [
            track
            for track in dict.fromkeys(wish.track_ids)
            if track in ages
            and track not in self._asked
            and (wish.force or not self._is_fresh(ages[track], _FRESH_IN_VIEW))
        ]

    def _out_of_date(
        self, key: ResourceKey, limit: int, *, besides: Sequence[int] = ()
    ) -> list[int]:
        """At most `limit` other rows whose growth is older than a day, oldest first."""
        taken = self._asked.union(besides)
        reach = limit + len(taken) if limit else 0
        found = growth.oldest(self._store.reading, key.account, key.artist, reach)
        return [
            track
            for track, at in found
            if track not in taken and not self._is_fresh(at, _FRESH_OUT_OF_VIEW)
        ][:limit]

    def _is_fresh(self, at: datetime | None, fresh_for: timedelta) -> bool:
        if at is None:
            return False
        return not self.automatic or timedelta(0) <= self._now() - at < fresh_for

    async def _bring(self, key: ResourceKey, track_ids: Sequence[int], *, in_view: bool) -> bool:
        """Fetch and store one batch; False when that failed."""

        async def work() -> None:
            rows = await self._fetched(track_ids, in_view)
            at = self._now()

            def keep(connection: apsw.Connection) -> None:
                growth.keep(connection, key.account, key.artist, track_ids, rows, at)
                documents.succeeded(connection, key, at)

            await commit(self._store, keep)

        self._asked.update(track_ids)
        try:
            return await self._attempt(key, work) is None
        finally:
            self._asked.difference_update(track_ids)

    async def _fetched(
        self, track_ids: Sequence[int], in_view: bool
    ) -> tuple[Decoded[TrackGrowth], ...]:
        for _ in range(_TRIES - 1 if in_view else 0):
            try:
                return await fetch_growth(self._session, track_ids, urgent=always)
            except Limited:
                continue
        return await fetch_growth(self._session, track_ids, urgent=always if in_view else never)


def _runs(task: asyncio.Task[None] | None) -> bool:
    return task is not None and not task.done() and not task.cancelling()
