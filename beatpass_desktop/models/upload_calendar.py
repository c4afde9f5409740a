"""The uploads of a year, day by day, of the artist and of the whole platform."""

from __future__ import annotations

from datetime import UTC, date
from typing import NamedTuple

from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.uploads import UploadDay, current_streak, longest_streak
from beatpass_desktop.models.part import Sources
from beatpass_desktop.models.wished import WishedModel
from beatpass_desktop.store import uploads

_MOST_YEARS = 30


class Streaks(NamedTuple):
    """Days on end with uploads (UTC): up to now, and at most in the year shown.

    None where the days are not known.
    """

    current: int | None
    longest: int | None


class UploadCalendarModel(WishedModel):
    """One year of uploads. Days are those of the API: UTC.

    Signals: see WishedModel.

    Attributes:
        year: the year shown.
        days: the days with uploads; None while the year has not come.
        total: the uploads of the year; None while unknown.
        with_platform: whether the platform's uploads are shown too (X-Ray).
        platform: the platform's uploads by day; None while they are not shown or have not come.
        streaks: days on end with uploads.
    """

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.year = self.today.year
        self.with_platform = False
        self.days: dict[date, UploadDay] | None = None
        self.total: int | None = None
        self.platform: dict[date, int] | None = None
        self.streaks = Streaks(None, None)
        self.reload()

    @property
    def today(self) -> date:
        """The current day, UTC."""
        return self._sources.now().astimezone(UTC).date()

    @property
    def years(self) -> list[int]:
        """The years that can be shown, the latest first: from the artist's first one."""
        account, artist = self._whom
        own = self._sources.key(Resource.STATS) is not None
        first = uploads.first_year(self._store.reading, account, artist, own=own)
        latest = self.today.year
        first = latest if first is None else min(latest, max(first, latest - _MOST_YEARS + 1))
        return list(range(latest, first - 1, -1))

    @property
    def platform_key(self) -> ResourceKey | None:
        """The platform's instance for the year shown."""
        return self._instance(Resource.PLATFORM_DAYS, str(self.year))

    def show_year(self, year: int) -> None:
        """Show another year."""
        if year != self.year:
            self.year = year
            self.reload()
            self.freshness_changed.emit()
            self.ask()

    def show_platform(self, shown: bool) -> None:
        """Show the platform's uploads too, or not."""
        if shown is not self.with_platform:
            self.with_platform = shown
            self.reload()
            self.freshness_changed.emit()
            self.ask()

    def instances(self) -> list[ResourceKey]:
        keys = [self._instance(Resource.UPLOAD_DAYS, str(self.year))]
        if self.with_platform:
            keys.append(self.platform_key)
        return [key for key in keys if key is not None]

    def reload(self) -> None:
        connection = self._store.reading
        key = self._instance(Resource.UPLOAD_DAYS, str(self.year))
        self.days = None if key is None else uploads.days(connection, key)
        self.total = None if key is None else uploads.total(connection, key)
        platform = self.platform_key if self.with_platform else None
        self.platform = None if platform is None else uploads.counts(connection, platform)
        longest = None if self.days is None else longest_streak(_active(self._counts(self.year)))
        self.streaks = Streaks(self._current_streak(), longest)
        self.changed.emit()

    def _current_streak(self) -> int | None:
        latest = self.today.year
        counts = self._counts(latest)
        if counts is None:
            return None
        # A streak may have begun last year, which is known when it has been looked at.
        return current_streak(_active(counts) | _active(self._counts(latest - 1)), self.today)

    def _counts(self, year: int) -> dict[date, int] | None:
        key = self._instance(Resource.UPLOAD_DAYS, str(year))
        return None if key is None else uploads.counts(self._store.reading, key)

    def _concerns(self, key: ResourceKey) -> bool:
        if key.resource in (Resource.PROFILE, Resource.TRACKS):
            # They tell the first year.
            return key.account == self._whom[0]
        return super()._concerns(key)

    def _on_who_changed(self) -> None:
        if self._whom[1] and self.year not in self.years:
            self.year = self.today.year
        super()._on_who_changed()


def _active(counts: dict[date, int] | None) -> set[date]:
    return {day for day, count in (counts or {}).items() if count}
