"""An engine on a store of its own, with everything it told."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from backend import TOKEN, Backend

from beatpass_desktop.api.budget import GROUPS, Budget
from beatpass_desktop.api.retries import RetryPolicy
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.events import (
    AccountChanged,
    Event,
    FetchEnded,
    FetchStarted,
    ResourcesChanged,
)
from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.freshness import Age
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.store import documents, figures
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.engine import Engine
from beatpass_desktop.sync.resources import TABLE

ORIGIN = "https://open.beatpass.example"
E = TypeVar("E", bound=Event)


class Clock:
    """The present, as the test says."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 23, 10, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def advance(self, **delta: float) -> None:
        self.now += timedelta(**delta)


class Desk:
    """One run of the engine."""

    def __init__(
        self,
        store: Store,
        base_url: str,
        *,
        token: str = TOKEN,
        account: int = 0,
        listener: Callable[[Event], None] | None = None,
        growth_pace: float = 0.0,
    ) -> None:
        self.store = store
        self.clock = Clock()
        self.events: list[Event] = []
        self._listener = listener
        self._told = asyncio.Event()
        self.session = Session(
            base_url,
            token,
            user_agent="test",
            budget=Budget(overall=100_000, groups=dict.fromkeys(GROUPS, 100_000)),
            retries=RetryPolicy(tries=1),
            deadline=5,
            on_pause=lambda until: self.engine.paused(until),
        )
        self.engine = Engine(
            store,
            self.session,
            origin=ORIGIN,
            token=token,
            announce=self._tell,
            account=account,
            now=self.clock,
            growth_pace=growth_pace,
        )

    def _tell(self, event: Event) -> None:
        self.events.append(event)
        self._told.set()
        if self._listener is not None:
            self._listener(event)

    async def told(self, kind: type[E], so: Callable[[E], bool] = lambda event: True) -> E:
        """The first event of a kind; waits until it is told."""
        while True:
            self._told.clear()
            for event in self.events:
                if isinstance(event, kind) and so(event):
                    return event
            await self._told.wait()

    async def shown(self, page: Page) -> None:
        """Show a page and wait until nothing of it is being fetched."""
        self.engine.show_page(page)
        await self.settled(page)

    async def refreshed(self, page: Page) -> None:
        self.engine.refresh_page(page)
        await self.settled(page)

    async def session_tick(self) -> None:
        """Let everything that is ready run once."""
        await asyncio.sleep(0.001)

    async def settled(self, page: Page) -> None:
        while self.engine.is_busy(page):
            await asyncio.sleep(0.001)

    def key(self, resource: Resource, artist: int = 1, account: int = 1) -> ResourceKey:
        found = TABLE[resource].data_set.key(account, 1, artist)
        assert found is not None
        return found

    def age(self, resource: Resource, artist: int = 1) -> Age:
        return documents.age(self.store.reading, self.key(resource, artist))

    def figures(self, artist: int = 1, account: int = 1) -> dict[Figure, FigureValue]:
        found = figures.read(self.store.reading, account, artist)
        return {figure: reading.value for figure, reading in found.items()}

    def track_names(self, artist: int = 1) -> list[str]:
        return [
            name
            for (name,) in self.store.reading.execute(
                "SELECT name FROM tracks WHERE artist = ? AND gone_at IS NULL ORDER BY id",
                (artist,),
            )
        ]

    def of(self, kind: type[E]) -> list[E]:
        return [event for event in self.events if isinstance(event, kind)]

    def changed(self) -> set[ResourceKey]:
        return {key for event in self.of(ResourcesChanged) for key in event.keys}

    def failures(self) -> dict[Resource, str]:
        ended = [event for event in self.of(FetchEnded) if event.failure is not None]
        return {event.key.resource: event.failure.kind.value for event in ended if event.failure}

    def last_account(self) -> AccountChanged:
        return self.of(AccountChanged)[-1]

    def starts(self, resource: Resource) -> int:
        return sum(event.key.resource is resource for event in self.of(FetchStarted))


@asynccontextmanager
async def at_desk(backend: Backend | str, path: Path, **options: object) -> AsyncIterator[Desk]:
    """A desk whose engine and store are closed afterwards."""
    store = Store(path)
    url = backend if isinstance(backend, str) else backend.base_url
    desk = Desk(store, url, **options)  # type: ignore[arg-type]
    try:
        yield desk
    finally:
        await desk.engine.close()
        store.close()
