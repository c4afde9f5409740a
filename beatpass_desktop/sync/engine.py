"""The engine: turns wishes into fetches, fetches into stored data, and tells what happened."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import Any

import apsw

from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.events import (
    AccountChanged,
    CatalogueShrank,
    ConnectionChanged,
    FetchEnded,
    FetchProgressed,
    FetchStarted,
    Listener,
    RequestsPaused,
    ResourcesChanged,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.replies import Fetched
from beatpass_desktop.domain.resources import Page, ResourceKey
from beatpass_desktop.store import accounts, catalogue, documents, figures
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.identity import Identification, identify, remember_from
from beatpass_desktop.sync.resources import TABLE, shown_by
from beatpass_desktop.sync.sources import SOURCES, Document, Listing
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.sync.walk import Inconsistent, take_over, walk
from beatpass_desktop.sync.writing import commit

_log = logging.getLogger(__name__)

PROBE_SECONDS = 30.0
"""How long after an attempt that did not reach the server the page in view is tried again."""


def utc_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


@dataclass
class _Running:
    """A fetch in flight and the pages that wait for it."""

    task: asyncio.Task[None]
    waiters: set[Page] = field(default_factory=set)


class Engine:
    """Keeps one account's data up to date. Implements `domain.requests.RequestPort`.

    Every call returns at once and must come from the thread of the running event loop; what
    happens is told to the listener. A data set in flight is never fetched twice; a fetch that only
    a left page waited for is given up, except for a catalogue walk, which goes on by itself.
    """

    def __init__(
        self,
        store: Store,
        session: Session,
        *,
        origin: str,
        token: str,
        announce: Listener,
        account: int = 0,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._store = store
        self._session = session
        self._origin = origin
        self._token = token
        self._announce = announce
        self._now = now
        self._tasks = Tasks()
        self._running: dict[ResourceKey, _Running] = {}
        self._pages: dict[Page, asyncio.Task[None]] = {}
        self._identifying: asyncio.Task[Identification] | None = None
        self._known = Identification(account=account)
        self._page: Page | None = None
        self._online: bool | None = None
        self._told: Failure | None = None
        self._probe: asyncio.TimerHandle | None = None
        self._visits: dict[tuple[int, int], int] = {}

    def show_page(self, page: Page) -> None:
        """See RequestPort."""
        left, self._page = self._page, page
        if left is not None and left is not page:
            self._leave(left)
        self._want(page, force=False)

    def refresh_page(self, page: Page) -> None:
        """See RequestPort."""
        self._ask_again()
        self._want(page, force=True)

    def refresh_all(self) -> None:
        """See RequestPort."""
        self._ask_again()
        for page in Page:
            if shown_by(page):
                self._want(page, force=True)

    def cancel(self, key: ResourceKey) -> None:
        """See RequestPort."""
        if key in self._running:
            self._running[key].task.cancel()

    def accept_shrunken(self, key: ResourceKey) -> None:
        """See RequestPort."""
        self._tasks.start(self._accept_shrunken(key), f"accept {key.resource}")

    def switch_artist(self, artist: int) -> None:
        """See RequestPort."""
        self._tasks.start(self._switch_artist(artist), "switch artist")

    def is_busy(self, page: Page) -> bool:
        """Whether something that `page` shows is still being fetched."""
        return page in self._pages or any(page in run.waiters for run in self._running.values())

    def paused(self, until: datetime | None) -> None:
        """The session's requests wait until then."""
        self._announce(RequestsPaused(until))

    async def identified(self) -> Identification:
        """Who the token belongs to: asked once per start, and again after a failure."""
        if self._known.is_settled:
            return self._known
        if self._identifying is None:
            self._identifying = self._tasks.start(self._identify(), "identify")
        return await asyncio.shield(self._identifying)

    async def close(self) -> None:
        """Give everything up and close the session."""
        if self._probe is not None:
            self._probe.cancel()
        await self._tasks.close()
        await self._session.aclose()

    def _ask_again(self) -> None:
        """Somebody wants to know: a refused token or a missing artist is asked for once more."""
        self._known.refused = None
        self._known.answered = self._known.answered and bool(self._known.artist)

    def _want(self, page: Page, *, force: bool) -> None:
        running = self._pages.get(page)
        if running is None or running.cancelling() or force:
            self._pages[page] = self._tasks.start(self._fetch_page(page, force), f"{page}")

    async def _fetch_page(self, page: Page, force: bool) -> None:
        try:
            known = await self.identified()
            keys = [
                key
                for data_set in shown_by(page)
                if (key := data_set.key(known.account, known.own_artist, known.artist))
            ]
            if known.answered and not known.artist:
                return
            wanted = [key for key in keys if force or not self._is_fresh(key)]
            if known.unusable is not None:
                await self._note_failures(wanted, known.unusable)
                return
            runs = [self._fetch(key, page) for key in wanted]
            if runs:
                await asyncio.wait([run.task for run in runs])
        finally:
            if self._pages.get(page) is asyncio.current_task():
                del self._pages[page]

    def _is_fresh(self, key: ResourceKey) -> bool:
        age = documents.age(self._store.reading, key)
        return age.attempt is Attempt.SUCCEEDED and age.is_fresh(
            self._now(), TABLE[key.resource].data_set.fresh_for
        )

    def _fetch(self, key: ResourceKey, page: Page) -> _Running:
        run = self._running.get(key)
        if run is None or run.task.cancelling():
            run = _Running(self._tasks.start(self._fetch_one(key), f"fetch {key.resource}"))
            self._running[key] = run
        run.waiters.add(page)
        return run

    def _leave(self, page: Page) -> None:
        """Give up what only `page` waits for."""
        if page in self._pages:
            self._pages[page].cancel()
        for key, run in self._running.items():
            if run.waiters == {page} and not isinstance(SOURCES[key.resource], Listing):
                run.task.cancel()

    async def _fetch_one(self, key: ResourceKey) -> None:
        self._announce(FetchStarted(key))
        failure: Failure | None = None
        try:
            await self._bring(key)
            self._reached(True)
            if self._told is not None:
                self._tell_account(None)
        except (ApiError, Inconsistent) as error:
            failure = error.failure
            await self._note_failures([key], failure)
            if failure.kind is FailureKind.UNAUTHORISED:
                self._refuse(failure)
        except StoreError as error:
            failure = Failure(FailureKind.STORAGE, error.sentence, error.details, reached=True)
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
                self._session, key.artist, etag=etag, urgent=lambda: self._is_urgent(key)
            )
            await commit(self._store, lambda c: _apply(c, key, source, fetched, self._now(), visit))
        else:
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
        self._changed(key)

    def _is_urgent(self, key: ResourceKey) -> bool:
        run = self._running.get(key)
        return run is not None and self._page in run.waiters

    async def _note_failures(self, keys: list[ResourceKey], failure: Failure) -> None:
        """Keep with each data set that it could not be renewed, and why."""
        self._reached(failure.reached)
        attempt = Attempt.FAILED if failure.reached else Attempt.UNREACHED
        at = self._now()

        def note(connection: apsw.Connection) -> None:
            for key in keys:
                documents.failed(connection, key, at, attempt, failure.sentence)

        if keys:
            try:
                await commit(self._store, note)
            except StoreError as error:
                _log.warning("a failed attempt could not be noted: %s", error.details)
            self._changed(*keys)

    def _reached(self, online: bool) -> None:
        if online is not self._online:
            came_back = online and self._online is False
            self._online = online
            self._announce(ConnectionChanged(online, self._now()))
            if came_back and self._page is not None:
                self._want(self._page, force=False)
        if self._probe is not None:
            self._probe.cancel()
            self._probe = None
        if not online:
            self._probe = asyncio.get_running_loop().call_later(PROBE_SECONDS, self._on_probe_due)

    def _on_probe_due(self) -> None:
        self._probe = None
        if self._page is not None:
            self._want(self._page, force=False)

    def _refuse(self, failure: Failure) -> None:
        """The token is not accepted: ask for nothing more until somebody wants it."""
        if self._known.refused is None:
            self._known.refused = failure
            for run in self._running.values():
                run.task.cancel()
            self._tell_account(failure)

    async def _identify(self) -> Identification:
        try:
            known = await identify(
                self._session,
                self._store,
                origin=self._origin,
                token=self._token,
                known=self._known,
                now=self._now,
            )
            self._known = known
            await self._begin_visit()
        except StoreError as error:
            failure = Failure(FailureKind.STORAGE, error.sentence, error.details, reached=True)
            self._known = known = replace(self._known, failure=failure)
        finally:
            self._identifying = None
        self._reached(known.failure is None or known.failure.reached)
        self._tell_account(known.failure)
        return known

    async def _begin_visit(self) -> None:
        """From now on the artist's figures count as seen."""
        who = (self._known.account, self._known.artist)
        if all(who) and who not in self._visits:
            self._visits[who] = await commit(
                self._store, lambda c: figures.begin_visit(c, *who, self._now())
            )

    def _tell_account(self, failure: Failure | None) -> None:
        self._told = failure
        self._announce(AccountChanged(self._known.account, self._known.artist, failure))

    async def _accept_shrunken(self, key: ResourceKey) -> None:
        source = SOURCES[key.resource]
        if not isinstance(source, Listing):
            return

        def take(connection: apsw.Connection) -> None:
            generation = catalogue.held_back(connection, key)
            if generation is not None:
                visit = self._visits.get((key.account, key.artist))
                take_over(connection, source, key, generation, self._now(), visit)

        await commit(self._store, take)
        self._changed(key)

    async def _switch_artist(self, artist: int) -> None:
        account = self._known.account
        await commit(self._store, lambda c: accounts.set_current_artist(c, account, artist))
        self._known.artist = artist
        await self._begin_visit()
        self._tell_account(None)
        if self._page is not None:
            self._leave(self._page)
            self._want(self._page, force=False)

    def _changed(self, *keys: ResourceKey) -> None:
        self._announce(ResourcesChanged(frozenset(keys)))


def _apply(
    connection: apsw.Connection,
    key: ResourceKey,
    source: Document,
    fetched: Fetched[Any],
    at: datetime,
    visit: int | None,
) -> None:
    """Store one reply in one transaction: its fields, its figures, its age."""
    decoded = fetched.decoded
    if decoded is not None:
        documents.merge(connection, key, decoded.value, decoded.carried)
        figures.record(connection, key.account, key.artist, source.figures(decoded), at)
        remember_from(connection, key, decoded)
    else:
        figures.confirm(connection, key.account, key.artist, source.carries, at)
    if visit is not None:
        figures.continue_visit(connection, visit, at)
    documents.succeeded(connection, key, at, etag=fetched.etag, server_time=fetched.server_time)
