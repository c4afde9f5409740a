"""The fetches in flight: each data set once, for all the pages that wait for it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

import apsw

from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.events import (
    CatalogueShrank,
    FetchEnded,
    FetchProgressed,
    FetchStarted,
    Listener,
    ResourcesChanged,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.store import documents, insights
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.applying import apply
from beatpass_desktop.sync.sources import SOURCES, Document, Listing
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.sync.walk import Inconsistent, walk
from beatpass_desktop.sync.writing import commit

_log = logging.getLogger(__name__)


@dataclass
class _Running:
    """A fetch in flight and the pages that wait for it."""

    task: asyncio.Task[None]
    waiters: set[Page] = field(default_factory=set)


class Fetching:
    """Brings data sets into the store and tells how that goes.

    `heed` is told how each attempt went (None: well), `in_view` says which page goes first,
    `visits` has the visit at which an artist's figures count as seen.
    """

    def __init__(
        self,
        session: Session,
        store: Store,
        tasks: Tasks,
        announce: Listener,
        now: Callable[[], datetime],
        heed: Callable[[Failure | None], None],
        in_view: Callable[[], Page | None],
        visits: Mapping[tuple[int, int], int],
    ) -> None:
        self._session = session
        self._store = store
        self._tasks = tasks
        self._announce = announce
        self._now = now
        self._heed = heed
        self._in_view = in_view
        self._visits = visits
        self._running: dict[ResourceKey, _Running] = {}

    def start(self, key: ResourceKey, page: Page) -> asyncio.Task[None]:
        """Fetch `key` for `page`, or join the fetch that is under way."""
        run = self._running.get(key)
        if run is None or run.task.cancelling():
            run = _Running(self._tasks.start(self._fetch(key), f"fetch {key.resource}"))
            self._running[key] = run
        run.waiters.add(page)
        return run.task

    def is_for(self, page: Page) -> bool:
        """Whether `page` waits for something."""
        return any(page in run.waiters for run in self._running.values())

    async def ended(self, key: ResourceKey) -> None:
        """Wait until `key` is not being fetched any more."""
        while (run := self._running.get(key)) is not None:
            await asyncio.wait({run.task})

    def cancel(self, key: ResourceKey) -> None:
        """Give up fetching `key`; what is stored stays."""
        if key in self._running:
            self._running[key].task.cancel()

    def cancel_all(self) -> None:
        """Give up everything."""
        for run in self._running.values():
            run.task.cancel()

    def leave(
        self, page: Page, resource: Resource | None = None, params: str | None = None
    ) -> None:
        """Give up what only `page` waits for; a catalogue walk goes on by itself.

        With `resource` and `params` only that instance is given up.
        """
        for key, run in self._running.items():
            chosen = resource is None or (key.resource, key.params) == (resource, params)
            is_walk = isinstance(SOURCES[key.resource], Listing)
            if chosen and not is_walk and run.waiters == {page}:
                run.task.cancel()

    async def attempt(
        self, key: ResourceKey, work: Callable[[], Awaitable[None]]
    ) -> Failure | None:
        """Do a piece of work on the network for `key`, and note and return its failure."""
        try:
            await work()
        except (ApiError, Inconsistent) as error:
            await self.note([key], error.failure)
            self._heed(error.failure)
            return error.failure
        except StoreError as error:
            return Failure(FailureKind.STORAGE, error.sentence, error.details, reached=True)
        self._announce(ResourcesChanged(frozenset({key})))
        self._heed(None)
        return None

    async def note(self, keys: list[ResourceKey], failure: Failure) -> None:
        """Keep with each data set that it could not be renewed, and why."""
        attempt = Attempt.FAILED if failure.reached else Attempt.UNREACHED
        at = self._now()

        def keep(connection: apsw.Connection) -> None:
            for key in keys:
                documents.failed(connection, key, at, attempt, failure.sentence)
                if key.resource in insights.RESOURCES:
                    insights.forget_oldest(connection, key.account)

        if keys:
            try:
                await commit(self._store, keep)
            except StoreError as error:
                _log.warning("a failed attempt could not be noted: %s", error.details)
            self._announce(ResourcesChanged(frozenset(keys)))

    async def _fetch(self, key: ResourceKey) -> None:
        self._announce(FetchStarted(key))
        failure: Failure | None = None
        try:
            failure = await self.attempt(key, lambda: self._bring(key))
        finally:
            run = self._running.get(key)
            if run is not None and run.task is asyncio.current_task():
                del self._running[key]
            self._announce(FetchEnded(key, failure))

    async def _bring(self, key: ResourceKey) -> None:
        source = SOURCES[key.resource]
        visit = self._visits.get((key.account, key.artist))
        if isinstance(source, Document):
            etag = documents.etag(self._store.reading, key)
            fetched = await source.fetch(
                self._session, key, etag=etag, urgent=lambda: self._is_urgent(key)
            )
            await commit(self._store, lambda c: apply(c, key, source, fetched, self._now(), visit))
            return
        shrink = await walk(
            self._session,
            self._store,
            source,
            key,
            now=self._now,
            visit=visit,
            progressed=lambda done, total: self._announce(FetchProgressed(key, done, total)),
            urgent=lambda: self._is_urgent(key),
        )
        if shrink is not None:
            self._announce(CatalogueShrank(key, shrink.stored, shrink.listed))

    def _is_urgent(self, key: ResourceKey) -> bool:
        run = self._running.get(key)
        return run is not None and self._in_view() in run.waiters
