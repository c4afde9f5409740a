"""The downloads of a period: their figures, their days, and the latest of them."""

from __future__ import annotations

from datetime import date

from beatpass_desktop.domain.downloads import Download, DownloadPeriod, Downloads
from beatpass_desktop.domain.events import FetchEnded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.models.part import Sources
from beatpass_desktop.models.wished import WishedModel
from beatpass_desktop.store import documents, downloads

FIRST = 5
_STEP = 20
_MOST_PAGES_A_WISH = 3
"""pages that are read on when those before brought nothing new"""


class DownloadsModel(WishedModel):
    """The downloads of one period; each period has an age of its own.

    Signals: see WishedModel.

    Attributes:
        period: how far back is looked.
        figures: what the server counts; its fields are None while unknown.
        is_known: whether the period has ever come.
        recent: the latest downloads, as many as were asked for and are here.
        more_failure: why no more of them could be had; empty when nothing failed.
    """

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.period = DownloadPeriod.MONTH
        self.figures = Downloads()
        self.is_known = False
        self.recent: list[Download] = []
        self.more_failure = ""
        self._walk = downloads.Walk()
        self._limit = FIRST
        self._pages_left = 0
        self.reload()

    @property
    def daily(self) -> list[tuple[date, int]]:
        """The downloads of each day (as sent), oldest first."""
        points = self.figures.daily or ()
        return sorted((date.fromisoformat(day), count) for day, count in points)

    @property
    def has_more(self) -> bool:
        """Whether more downloads can be shown than are."""
        return len(self._walk.listed) > len(self.recent) or self._follow

    @property
    def is_loading_more(self) -> bool:
        """Whether further downloads are being fetched."""
        return self.is_fetching(self._next_key)

    def show_period(self, period: DownloadPeriod) -> None:
        """Look so far back from now on."""
        if period is not self.period:
            self.period = period
            self._begin()
            self.ask()

    def load_more(self) -> None:
        """Show more of the latest downloads, fetched if need be."""
        self._limit = max(_STEP, self._limit + _STEP if self._limit >= _STEP else 0)
        self._pages_left = _MOST_PAGES_A_WISH
        self.more_failure = ""
        self.reload()
        self._read_on()

    def instances(self) -> list[ResourceKey]:
        key = self._instance(Resource.DOWNLOADS, self.period.params)
        return [] if key is None else [key]

    def reload(self) -> None:
        connection = self._store.reading
        key = next(iter(self.instances()), None)
        found = None if key is None else downloads.summary(connection, key)
        self.figures, self.is_known = found or Downloads(), found is not None
        self._walk = downloads.Walk() if key is None else downloads.walk(connection, key)
        self.recent = [] if key is None else downloads.recent(connection, key, self._limit)
        self.changed.emit()

    @property
    def _follow(self) -> bool:
        """Whether the server has more than has been read."""
        if self._walk.more is None:
            return (self.figures.total_downloads or 0) > len(self._walk.listed) > 0
        return self._walk.more

    @property
    def _next_key(self) -> ResourceKey | None:
        params = downloads.page_params(self.period.params, self._walk.pages + 1)
        return self._instance(Resource.DOWNLOADS_PAGE, params)

    def _read_on(self) -> None:
        """Wish for the next page while fewer are here than are to be shown."""
        key = self._next_key
        missing = len(self.recent) < self._limit and self._follow
        if key is not None and missing and self._pages_left:
            self._pages_left -= 1
            self.wanted.emit(key.resource, key.params)

    def _begin(self) -> None:
        self._limit = FIRST
        self._pages_left = 0
        self.more_failure = ""
        self.reload()
        self.freshness_changed.emit()

    def _concerns(self, key: ResourceKey) -> bool:
        if key.resource is not Resource.DOWNLOADS_PAGE:
            return super()._concerns(key)
        mine = self._instance(Resource.DOWNLOADS_PAGE, key.params)
        return key == mine and downloads.page_of(key.params)[0] == self.period.params

    def _on_fetch_ended(self, event: FetchEnded) -> None:
        super()._on_fetch_ended(event)
        if event.key.resource is Resource.DOWNLOADS_PAGE and self._concerns(event.key):
            age = documents.age(self._store.reading, event.key)
            self.more_failure = age.reason if event.failure is not None else ""
            self.changed.emit()
            if event.failure is None:
                self._read_on()

    def _on_who_changed(self) -> None:
        self._begin()
        self.ask()
