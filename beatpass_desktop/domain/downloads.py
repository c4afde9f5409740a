"""Who downloaded an artist's tracks, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class DownloadPeriod(StrEnum):
    """How far back downloads are counted, in the wire's words."""

    WEEK = "7d"
    MONTH = "30d"
    QUARTER = "90d"
    ALL = "all"

    @property
    def params(self) -> str:
        """The form that stands in a ResourceKey: all time is the instance without parameters,
        whose total is a headline figure."""
        return "" if self is DownloadPeriod.ALL else self.value

    @classmethod
    def of(cls, params: str) -> DownloadPeriod:
        """The inverse of `params`. Raises ValueError."""
        return cls(params) if params else cls.ALL


@dataclass(frozen=True, slots=True)
class TopDownload:
    """The most downloaded track of a period."""

    id: int | None = None
    name: str | None = None
    downloads: int | None = None


@dataclass(frozen=True, slots=True)
class Download:
    """One download. `at` is UTC; `license_uuid` names the licence that came with it, if any."""

    id: int
    at: datetime | None = None
    user_id: int | None = None
    user: str | None = None
    avatar: str | None = None
    track_id: int | None = None
    track: str | None = None
    image: str | None = None
    artists: tuple[str, ...] | None = None
    license_uuid: str | None = None


@dataclass(frozen=True, slots=True)
class Downloads:
    """`GET /artists/{id}/downloads-analytics` for one period.

    `this_week` counts seven days whatever the period, `daily` holds (`YYYY-MM-DD`, downloads) in
    the order in which they came, `recent` the newest downloads, of which `has_more` follow.
    """

    total_downloads: int | None = None
    unique_users: int | None = None
    this_week: int | None = None
    top_track: TopDownload | None = None
    daily: tuple[tuple[str, int], ...] | None = None
    recent: tuple[Download, ...] | None = None
    has_more: bool | None = None


@dataclass(frozen=True, slots=True)
class DownloadsPage:
    """A further page of the recent downloads of a period."""

    recent: tuple[Download, ...] | None = None
    has_more: bool | None = None
