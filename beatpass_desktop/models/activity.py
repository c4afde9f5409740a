"""The Activity page: what an artist's music came to, when it was uploaded, who downloaded it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import DataSet, Page, Resource
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.page import PageModel
from beatpass_desktop.models.part import Sources
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import documents, figures
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from beatpass_desktop.models.downloads import DownloadsModel
    from beatpass_desktop.models.upload_calendar import UploadCalendarModel

_RECENT = timedelta(days=30)


class Gain(NamedTuple):
    """By how much a figure grew since the end of a day (UTC), by this computer's own record."""

    amount: int
    since: date


class ActivityModel(PageModel):
    """The current artist's activity. Signals: see PageModel.

    Its sections have ages of their own and are built when they are first looked at.

    Attributes:
        earnings: contribution and share of the platform; its fields are None while unknown.
        new_achievements: what was unlocked in the last 30 days, or since the local record begins;
            None while it holds one day only.
    """

    def __init__(
        self,
        data_sets: Iterable[DataSet],
        store: Store,
        feed: Feed,
        who: Who,
        now: Callable[[], datetime],
        *,
        offline: bool = False,
    ) -> None:
        super().__init__(Page.ACTIVITY, data_sets, store, feed, who, now, offline=offline)
        parts = {data_set.resource: data_set for data_set in self._data_sets}
        self._sources = Sources(parts, store, feed, who, now, offline)
        self.earnings = Earnings()
        self.new_achievements: Gain | None = None
        self.reload()

    @cached_property
    def uploads(self) -> UploadCalendarModel:
        """The uploads of a year, day by day."""
        from beatpass_desktop.models.upload_calendar import UploadCalendarModel

        return UploadCalendarModel(self._sources)

    @cached_property
    def downloads(self) -> DownloadsModel:
        """The downloads of a period."""
        from beatpass_desktop.models.downloads import DownloadsModel

        return DownloadsModel(self._sources)

    def reload(self) -> None:
        """Read the figures again."""
        connection = self._store.reading
        whom = (self.who.account, self.who.artist)
        self._figures = figures.read(connection, *whom)
        key = self._sources.key(Resource.EARNINGS)
        body = None if key is None else documents.body(connection, key)
        self.earnings = Earnings(**body) if body else Earnings()
        self.new_achievements = self._gain(Figure.ACHIEVEMENTS)
        self.changed.emit()

    def _gain(self, figure: Figure) -> Gain | None:
        """How much `figure` grew in the last 30 days."""
        now = self.value(figure)
        today = self._now().astimezone(UTC).date()
        begin = (today - _RECENT).isoformat()
        known = figures.history(self._store.reading, self.who.account, self.who.artist, figure)
        past = [(day, value) for day, value in known if day < today.isoformat()]
        # What it was at the beginning of the 30 days; the earliest known when that is later.
        before = [entry for entry in past if entry[0] <= begin][-1:] or past[:1]
        if not before or not isinstance(now, int) or not isinstance(before[0][1], int):
            return None
        since = max(before[0][0], begin)
        return Gain(now - before[0][1], date.fromisoformat(since))
