"""What has been chosen in the catalogue's filters, in the words of the person who chose."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Any, NamedTuple

from beatpass_desktop.domain.track_table import TrackFilter


class Added(StrEnum):
    """When a track was added, seen from today."""

    ANY = "any"
    WEEK = "7 days"
    MONTH = "30 days"
    QUARTER = "90 days"
    YEAR = "this year"
    BETWEEN = "between"


_DAYS = {Added.WEEK: 7, Added.MONTH: 30, Added.QUARTER: 90}


class TrackChoice(NamedTuple):
    """The catalogue's filters besides the text.

    `first` and `last` are local dates, both inclusive, for `Added.BETWEEN`; either may be open.
    """

    genres: frozenset[str] = frozenset()
    licences: frozenset[str] = frozenset()
    added: Added = Added.ANY
    first: date | None = None
    last: date | None = None
    together: bool | None = None
    incomplete: bool = False

    def wanted(self, text: str, today: date) -> TrackFilter:
        """The filter for the store, with `today` as the local date."""
        first, last = self._dates(today)
        return TrackFilter(
            text,
            self.genres,
            self.licences,
            None if first is None else _midnight(first),
            None if last is None or last == date.max else _midnight(last + timedelta(days=1)),
            self.together,
            self.incomplete,
        )

    def to_json(self) -> str:
        """The choice as text, to be remembered."""
        import json

        return json.dumps(
            {
                "genres": sorted(self.genres),
                "licences": sorted(self.licences),
                "added": self.added.value,
                "first": self.first and self.first.isoformat(),
                "last": self.last and self.last.isoformat(),
                "together": self.together,
                "incomplete": self.incomplete,
            }
        )

    @classmethod
    def from_json(cls, text: str) -> TrackChoice:
        """The choice remembered as `text`. Raises ValueError."""
        import json

        found: dict[str, Any] = json.loads(text)
        try:
            return cls(
                frozenset(map(str, found["genres"])),
                frozenset(map(str, found["licences"])),
                Added(found["added"]),
                _date(found["first"]),
                _date(found["last"]),
                None if found["together"] is None else bool(found["together"]),
                bool(found["incomplete"]),
            )
        except (KeyError, TypeError, AttributeError) as error:
            raise ValueError("not a remembered filter") from error

    def _dates(self, today: date) -> tuple[date | None, date | None]:
        if self.added is Added.BETWEEN:
            return self.first, self.last
        if self.added is Added.YEAR:
            return today.replace(month=1, day=1), None
        days = _DAYS.get(self.added)
        return (None if days is None else today - timedelta(days=days - 1)), None


def _date(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _midnight(day: date) -> datetime:
    """When a local day begins, UTC."""
    try:
        return datetime.combine(day, time()).astimezone().astimezone(UTC)
    except (OverflowError, OSError, ValueError):
        return datetime.combine(day, time(), UTC)
