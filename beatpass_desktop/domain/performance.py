"""How uploads did: by track, by month, and as BeatPass sums them up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class TrackPerformance:
    """One of the up to 20 tracks of `GET /artist/track-performance`.

    `contribution_value` is in contribution points, times are UTC.
    """

    track_id: int
    track_name: str | None = None
    plays: int | None = None
    contribution_value: float | None = None
    months_since_upload: int | None = None
    upload_date: datetime | None = None
    last_updated: datetime | None = None


@dataclass(frozen=True, slots=True)
class Performance:
    """`GET /artist/track-performance`."""

    tracks: tuple[TrackPerformance, ...] | None = None


@dataclass(frozen=True, slots=True)
class BestMonth:
    """The month whose uploads did best; `month` is `YYYY-MM`."""

    month: str | None = None
    total_plays: int | None = None
    track_count: int | None = None


@dataclass(frozen=True, slots=True)
class UploadInsights:
    """`GET /artist/upload-insights`.

    `upload_frequency_days` is the mean distance of uploads; `recommended_upload_time` is the
    server's own words. `permitted` is False when the account may not upload.
    """

    total_uploads: int | None = None
    uploads_this_month: int | None = None
    uploads_last_month: int | None = None
    average_plays_per_upload: float | None = None
    best_performing_month: BestMonth | None = None
    upload_frequency_days: float | None = None
    recommended_upload_time: str | None = None
    permitted: bool | None = None


class MonthPlays(NamedTuple):
    """The tracks uploaded in a month (`YYYY-MM`, UTC) and the plays they have had since.

    `plays` is None when the server told none of theirs.
    """

    month: str
    plays: int | None
    tracks: int


class RankedTrack(NamedTuple):
    """A track among the most played; `growth` is percent."""

    id: int
    name: str | None
    plays: int
    growth: float | None
