"""What every page has: a state, an age, and whether it is being renewed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.figures import Figure, FigureReading, FigureValue
from beatpass_desktop.domain.freshness import UNSTORED, Freshness, combined
from beatpass_desktop.domain.resources import DataSet, Page, Part, ResourceKey
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import documents
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from beatpass_desktop.domain.events import (
        CatalogueShrank,
        FetchEnded,
        FetchProgressed,
        FetchStarted,
        ResourcesChanged,
    )


class PageState(StrEnum):
    """What a page shows in place of or besides its figures."""

    READY = "ready"
    EMPTY = "empty"
    SETUP = "setup"
    ERROR = "error"
    NO_ARTIST = "no-artist"
    SIGNED_OUT = "signed-out"
    LOADING = "loading"


class PageModel(QObject):
    """The part of a page's model that all pages share.

    Signals:
        changed: what is shown changed.
        freshness_changed: the age or the refreshing of what is shown changed.
        progressed: (done, total) rows of a long list have come; (0, 0) when it is over.
        shrank: a CatalogueShrank waits for a decision.
    """

    changed = Signal()
    freshness_changed = Signal()
    progressed = Signal(object, object)
    shrank = Signal(object)

    def __init__(
        self,
        page: Page,
        data_sets: Iterable[DataSet],
        store: Store,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
    ) -> None:
        super().__init__()
        self.page = page
        self.who = who
        self.long_fetch: ResourceKey | None = None
        self._data_sets = tuple(data_sets)
        self._store = store
        self._now = now
        self._offline = offline
        self._fetching: set[ResourceKey] = set()
        self._figures: dict[Figure, FigureReading] = {}
        feed.resources_changed.connect(self._on_resources_changed)
        feed.fetch_started.connect(self._on_fetch_started)
        feed.fetch_progressed.connect(self._on_fetch_progressed)
        feed.fetch_ended.connect(self._on_fetch_ended)
        feed.catalogue_shrank.connect(self._on_catalogue_shrank)
        who.changed.connect(self._on_who_changed)

    @property
    def is_refreshing(self) -> bool:
        """Whether something that the page shows is being fetched."""
        return not self._fetching.isdisjoint(self.keys())

    @property
    def is_offline(self) -> bool:
        """Whether this run makes no requests by choice."""
        return self._offline

    def now(self) -> datetime:
        """The present, aware, UTC."""
        return self._now()

    @property
    def state(self) -> PageState:
        """What the page shows."""
        if self.who.account == 0:
            waits = self.who.is_asking and self.who.failure is None
            return PageState.LOADING if waits else PageState.SIGNED_OUT
        can_ask = self.who.is_asking or self._offline
        if self.who.artist == 0 and not can_ask:
            return PageState.SIGNED_OUT
        if self.who.artist == 0:
            if self.who.failure is None and self.who.is_known:
                return PageState.NO_ARTIST
            return PageState.ERROR if self.who.failure else PageState.LOADING
        if self.has_data():
            return PageState.READY
        freshness = self.freshness
        if self.who.is_refused or not can_ask:
            return PageState.SIGNED_OUT
        return PageState.ERROR if freshness.reason or self._offline else PageState.LOADING

    @property
    def freshness(self) -> Freshness:
        """The page's worst word and the age of its oldest figures."""
        asked = {
            key: self._fresh_for(data_set, key)
            for data_set in self._data_sets
            if data_set.part is Part.PAGE and (key := self.who.key(data_set)) is not None
        }
        stored = documents.ages(self._store.reading, asked)
        ages = [(stored.get(key, UNSTORED), fresh_for) for key, fresh_for in asked.items()]
        return combined(ages, self._now(), offline=self._offline)

    def value(self, figure: Figure) -> FigureValue | None:
        """The stored value of a headline figure; None when BeatPass has not sent one."""
        reading = self._figures.get(figure)
        return None if reading is None else reading.value

    def has_data(self) -> bool:
        """Whether anything of this page is stored."""
        return self.freshness.updated_at is not None

    def reload(self) -> None:
        """Read again what the page shows. Subclasses emit `changed` when it differs."""

    def keys(self, *parts: Part) -> set[ResourceKey]:
        """The data sets that come with the page, for whom it shows them; only `parts` if given."""
        wanted = parts or (Part.PAGE, Part.SECTION)
        sets = (data_set for data_set in self._data_sets if data_set.part in wanted)
        return {key for data_set in sets if (key := self.who.key(data_set)) is not None}

    def _fresh_for(self, data_set: DataSet, key: ResourceKey) -> timedelta:
        """How long what is stored under `key` stays fresh."""
        return data_set.fresh_for

    def _on_resources_changed(self, event: ResourcesChanged) -> None:
        if not event.keys.isdisjoint(self.keys()):
            self.reload()
            self.freshness_changed.emit()

    def _on_who_changed(self) -> None:
        self.reload()
        self.freshness_changed.emit()

    def _on_fetch_started(self, event: FetchStarted) -> None:
        self._fetching.add(event.key)
        if event.key in self.keys():
            self.freshness_changed.emit()

    def _on_fetch_progressed(self, event: FetchProgressed) -> None:
        if event.key in self.keys():
            self.long_fetch = event.key
            self.progressed.emit(event.done, event.total)

    def _on_fetch_ended(self, event: FetchEnded) -> None:
        self._fetching.discard(event.key)
        if event.key == self.long_fetch:
            self.long_fetch = None
            self.progressed.emit(0, 0)
        if event.key in self.keys():
            self.freshness_changed.emit()

    def _on_catalogue_shrank(self, event: CatalogueShrank) -> None:
        if event.key in self.keys():
            self.shrank.emit(event)
