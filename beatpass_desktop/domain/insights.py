"""The insights of one track, album or artist."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class InsightPeriod(StrEnum):
    """How far back insights look, in the wire's words."""

    WEEK = "7-days"
    MONTH = "30-days"
    QUARTER = "90-days"
    YEAR = "1-year"

    @property
    def timeframe(self) -> str:
        """The same period in the words of charts."""
        return {"7-days": "7d", "30-days": "30d", "90-days": "90d", "1-year": "1y"}[self.value]


class InsightSubject(StrEnum):
    """What insights are about, in the wire's words."""

    TRACK = "tracks"
    ALBUM = "albums"
    ARTIST = "artists"


class InsightQuery(NamedTuple):
    """Which insights: of what, and how far back."""

    subject: InsightSubject
    id: int
    period: InsightPeriod

    @property
    def params(self) -> str:
        """The form that stands in a ResourceKey, such as `tracks/7/30-days`."""
        return f"{self.subject.value}/{self.id}/{self.period.value}"

    @classmethod
    def of(cls, params: str) -> InsightQuery:
        """The inverse of `params`. Raises ValueError."""
        subject, number, period = params.split("/")
        return cls(InsightSubject(subject), int(number), InsightPeriod(period))


@dataclass(frozen=True, slots=True)
class Insights:
    """`GET /producer-intelligence/insights/{subject}/{id}`.

    `plays` and `listeners` cover all time, `plays_in_period` the period asked for; changes are
    percent against the period before.
    """

    plays: int | None = None
    plays_in_period: int | None = None
    listeners: int | None = None
    unique_listeners: int | None = None
    likes: int | None = None
    reposts: int | None = None
    plays_change: float | None = None
    listeners_change: float | None = None


@dataclass(frozen=True, slots=True)
class Chart:
    """`GET …/charts`: plays by day (`YYYY-MM-DD`), in the order in which they came."""

    points: tuple[tuple[str, int], ...] | None = None
