"""Uploads by the day of a year (UTC days), and what can be read from them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta

STEPS = (1, 3, 5, 7)
"""Uploads from which a day is one shade stronger (help centre, Activity): 1-2, 3-4, 5-6, 7+."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class UploadedTrack:
    """A track uploaded on a day; `created_at` is UTC."""

    id: int
    name: str | None = None
    image: str | None = None
    created_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UploadDay:
    """The uploads of one day (`YYYY-MM-DD`, UTC).

    `tracks` are some of them; None when the server sent none.
    """

    day: str
    count: int
    tracks: tuple[UploadedTrack, ...] | None = None


@dataclass(frozen=True, slots=True)
class UploadYear:
    """A contribution graph: the days of a year on which something was uploaded."""

    year: int | None = None
    total: int | None = None
    days: tuple[UploadDay, ...] | None = None


def intensity(count: int, steps: Collection[int] = STEPS) -> int:
    """How strong a day with so many uploads stands out: 0 to the number of steps."""
    return sum(count >= step for step in steps)


def longest_streak(days: Collection[date]) -> int:
    """The largest number of days on end among `days`."""
    longest = 0
    for first in days:
        if first - _DAY not in days:
            longest = max(longest, _run(days, first, _DAY))
    return longest


def current_streak(days: Collection[date], today: date) -> int:
    """How many days on end there are up to today, or up to yesterday while today is not over."""
    last = today if today in days else today - _DAY
    return _run(days, last, -_DAY)


def _run(days: Collection[date], start: date, step: timedelta) -> int:
    length = 0
    while start + length * step in days:
        length += 1
    return length
