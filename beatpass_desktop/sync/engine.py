"""The engine: turns wishes into fetches, fetches into stored data, and tells what happened."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.events import (
    AccountChanged,
    Listener,
    RequestsPaused,
    ResourcesChanged,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.store import accounts, cache, documents, figures
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.fetching import Fetching
from beatpass_desktop.sync.following import Following
from beatpass_desktop.sync.growth import PACE, Growth
from beatpass_desktop.sync.identity import Identification, identify
from beatpass_desktop.sync.keys import key_of, keys_for
from beatpass_desktop.sync.onboarding import Onboarding
from beatpass_desktop.sync.reachability import Reachability
from beatpass_desktop.sync.resources import TABLE, fetched_for
from beatpass_desktop.sync.sources import SOURCES, Document, Listing
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.sync.walk import accept
from beatpass_desktop.sync.writing import commit

_log = logging.getLogger(__name__)


def utc_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


class _Wish(NamedTuple):
    """What the page in view needs besides its own data sets, and the task that brings it."""

    params: str
    task: asyncio.Task[None]

    def is_for(self, params: str) -> bool:
        """Whether the same wish would bring nothing that is not on its way."""
        return self.params == params and not (self.task.done() or self.task.cancelling())


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
        growth_pace: float = PACE,
    ) -> None:
        self._store = store
        self._session = session
        self._origin = origin
        self._token = token
        self._announce = announce
        self._now = now
        self._tasks = Tasks()
        self._pages: dict[Page, asyncio.Task[None]] = {}
        self._identifying: asyncio.Task[Identification] | None = None
        self._known = Identification(account=account)
        self._page: Page | None = None
        self._told: Failure | None = None
        self._visits: dict[tuple[int, int], int] = {}
        self._wishes: dict[Resource, _Wish] = {}
        self._automatic = True
        self._reachability = Reachability(announce, now, self._renew_page)
        self._fetching = Fetching(
            session,
            store,
            self._tasks,
            announce,
            now,
            self._heed,
            in_view=lambda: self._page,
            visits=self._visits,
        )
        self._growth = Growth(
            session,
            store,
            self._tasks,
            self._whose_growth,
            self._fetching.attempt,
            now,
            pace=growth_pace,
        )
        self._following = Following(
            session,
            store,
            self._tasks,
            announce,
            self.identified,
            self._heed,
            self._fetching.ended,
        )
        self._onboarding = Onboarding(session, self._tasks, announce, self.identified, self._heed)

    @property
    def is_automatic(self) -> bool:
        """See RequestPort."""
        return self._automatic

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
            if fetched_for(page):
                self._want(page, force=True)

    def set_automatic(self, automatic: bool) -> None:
        """See RequestPort."""
        self._automatic = self._growth.automatic = automatic
        if automatic:
            self._renew_page()

    def clear_cache(self) -> None:
        """See RequestPort."""
        self._tasks.start(self._clear_cache(), "clear cache")

    def cancel(self, key: ResourceKey) -> None:
        """See RequestPort."""
        self._fetching.cancel(key)

    def accept_shrunken(self, key: ResourceKey) -> None:
        """See RequestPort."""
        self._tasks.start(self._accept_shrunken(key), f"accept {key.resource}")

    def switch_artist(self, artist: int) -> None:
        """See RequestPort."""
        self._tasks.start(self._switch_artist(artist), "switch artist")

    def want(self, resource: Resource, params: str = "") -> None:
        """See RequestPort."""
        before = self._wishes.get(resource)
        if self._page is None or (before is not None and before.is_for(params)):
            return
        page = self._page
        if before is not None:
            before.task.cancel()
            self._fetching.leave(page, resource, before.params)
        task = self._tasks.start(self._fetch_wish(page, resource, params), f"want {resource}")
        self._wishes[resource] = _Wish(params, task)

    def want_growth(self, track_ids: Sequence[int]) -> None:
        """See RequestPort."""
        self._growth.want(track_ids)

    def follow(self, artist: int) -> None:
        """See RequestPort."""
        self._following.wish(artist, followed=True)

    def unfollow(self, artist: int) -> None:
        """See RequestPort."""
        self._following.wish(artist, followed=False)

    def onboard(self, country: str | None) -> None:
        """See RequestPort."""
        self._onboarding.wish(country)

    def is_busy(self, page: Page) -> bool:
        """Whether something that `page` shows is still being fetched."""
        if page is self._page and (
            self._growth.is_busy or any(not wish.task.done() for wish in self._wishes.values())
        ):
            return True
        return page in self._pages or self._fetching.is_for(page)

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
        self._reachability.close()
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
        if page is self._page:
            self._growth.renew(force=force)

    async def _fetch_page(self, page: Page, force: bool) -> None:
        try:
            known = await self.identified()
            keys = keys_for(page, known)
            if page is self._page:
                keys += [
                    key
                    for resource, wish in self._wishes.items()
                    if (key := key_of(resource, known, wish.params))
                ]
            await self._fetch_all(known, keys, page, force=force)
        finally:
            if self._pages.get(page) is asyncio.current_task():
                del self._pages[page]

    async def _fetch_wish(self, page: Page, resource: Resource, params: str) -> None:
        known = await self.identified()
        key = key_of(resource, known, params)
        if key is not None:
            await self._fetch_all(known, [key], page, force=False)

    async def _fetch_all(
        self, known: Identification, keys: list[ResourceKey], page: Page, *, force: bool
    ) -> None:
        """Fetch for `page` those that are due, all with `force`, and wait for them."""
        if known.answered and not known.artist:
            return
        wanted = [key for key in keys if force or self._is_due(key, page)]
        if known.unusable is not None:
            await self._fetching.note(wanted, known.unusable)
            return
        tasks = [self._fetching.start(key, page) for key in wanted]
        if tasks:
            await asyncio.wait(tasks)

    def _is_due(self, key: ResourceKey, page: Page) -> bool:
        """Whether a data set is to be fetched for `page` without being asked for."""
        age = documents.age(self._store.reading, key)
        if not self._automatic:
            return age.fetched_at is None
        fresh_for = self._fresh_for(key, page)
        return age.attempt is not Attempt.SUCCEEDED or not age.is_fresh(self._now(), fresh_for)

    def _fresh_for(self, key: ResourceKey, page: Page) -> timedelta:
        """How long a data set stays fresh: as its reply said, else by the table."""
        source = SOURCES[key.resource]
        told = None
        if isinstance(source, Document) and source.fresh_for is not None:
            told = source.fresh_for(self._store.reading, key)
        return TABLE[key.resource].fresh_for(page) if told is None else told

    def _leave(self, page: Page) -> None:
        """Give up what only `page` waits for."""
        if page in self._pages:
            self._pages[page].cancel()
        for wish in self._wishes.values():
            wish.task.cancel()
        self._wishes.clear()
        self._growth.leave()
        self._fetching.leave(page)

    def _heed(self, failure: Failure | None) -> None:
        """What the outcome of a request says of the connection and of the token."""
        self._reachability.heard(failure is None or failure.reached)
        if failure is None and self._told is not None:
            self._tell_account(None)
        elif failure is not None and failure.kind is FailureKind.UNAUTHORISED:
            self._refuse(failure)

    async def _whose_growth(self) -> ResourceKey | None:
        known = await self.identified()
        return None if known.unusable is not None else key_of(Resource.GROWTH, known)

    def _renew_page(self) -> None:
        if self._page is not None:
            self._want(self._page, force=False)

    def _refuse(self, failure: Failure) -> None:
        """The token is not accepted: ask for nothing more until somebody wants it."""
        if self._known.refused is None:
            self._known.refused = failure
            self._fetching.cancel_all()
            self._growth.stop()
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
        self._reachability.heard(known.failure is None or known.failure.reached)
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
        if isinstance(source, Listing):
            visit = self._visits.get((key.account, key.artist))
            await commit(self._store, lambda c: accept(c, source, key, self._now(), visit))
            self._announce(ResourcesChanged(frozenset({key})))

    async def _clear_cache(self) -> None:
        account = self._known.account
        self._fetching.cancel_all()
        self._growth.stop()
        if self._page in self._pages:
            self._pages[self._page].cancel()
        try:
            gone = await commit(self._store, lambda c: cache.clear(c, account))
        except StoreError as error:
            _log.warning("the cache could not be cleared: %s", error.details)
            return
        self._announce(ResourcesChanged(gone))
        self._renew_page()

    async def _switch_artist(self, artist: int) -> None:
        account = self._known.account
        await commit(self._store, lambda c: accounts.set_current_artist(c, account, artist))
        if self._page is not None:
            self._leave(self._page)
        self._growth.stop()
        self._known.artist = artist
        await self._begin_visit()
        self._tell_account(None)
        self._renew_page()
