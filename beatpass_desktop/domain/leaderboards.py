"""Producers ranked against each other, by category and period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from beatpass_desktop.domain.figures import Figure

ALL_TIME = "all-time"
MONTH = "30d"
WEEK = "7d"


class Category(StrEnum):
    """What producers are ranked by, in the order of the page."""

    OVERALL = "overall"
    QUALITY = "quality"
    UPLOADS = "uploads"
    PLAYS = "plays"
    POINTS = "points"
    EARNINGS = "earnings"
    COLLABORATION = "collaboration"

    @property
    def figure(self) -> Figure:
        """The headline figure that an artist's all-time rank is kept as."""
        return Figure(f"rank_{self.value}")

    @property
    def has_periods(self) -> bool:
        """Points are ranked for all time alone."""
        return self is not Category.POINTS


class Ranking(NamedTuple):
    """Which ranking. `period` is `ALL_TIME`, `MONTH`, `WEEK` or a half-year, `YYYY-H1`."""

    category: Category = Category.OVERALL
    period: str = ALL_TIME

    @property
    def params(self) -> str:
        """Tells this ranking from the others in the key of its data set."""
        return f"{self.category}/{self.period}"

    @classmethod
    def of(cls, params: str) -> Ranking:
        """The ranking that `params` says; without any, all time overall. Raises ValueError."""
        category, _, period = params.partition("/")
        return cls(Category(category or Category.OVERALL), period or ALL_TIME)


class Entry(NamedTuple):
    """One producer's place. `metadata` holds the figures behind the score by the names sent."""

    rank: int | None = None
    artist: int | None = None
    name: str | None = None
    image: str | None = None
    verified: bool | None = None
    score: float | None = None
    score_label: str | None = None
    tier: str | None = None
    metadata: tuple[tuple[str, float | str], ...] = ()


class Standing(NamedTuple):
    """Where the account's own artist stands."""

    rank: int | None = None
    score: float | None = None


@dataclass(frozen=True, slots=True)
class Leaderboard:
    """The ranking of a category and a period, best first.

    `me` is None when BeatPass named no place of the own artist; `updated_at` (UTC) is when BeatPass
    ranked.
    """

    category: str | None = None
    period: str | None = None
    total_producers: int | None = None
    updated_at: datetime | None = None
    entries: tuple[Entry, ...] | None = None
    me: Standing | None = None

    def row_of(self, artist: int) -> Entry | None:
        """The row of an artist, when it is in the list."""
        return next((entry for entry in self.entries or () if entry.artist == artist), None)


def half_years(today: date, count: int) -> list[str]:
    """The half-year of a day and those before it, newest first."""
    latest = today.year * 2 + (today.month > 6)
    return [f"{number // 2}-H{number % 2 + 1}" for number in range(latest, latest - count, -1)]
