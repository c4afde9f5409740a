"""Headline data sets of an artist."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TopTrack:
    """The most played track. `contribution` is in contribution points."""

    id: int | None = None
    name: str | None = None
    plays: int | None = None
    contribution: float | None = None


@dataclass(frozen=True, slots=True)
class DashboardStats:
    """`GET /artist/dashboard-stats`.

    `recent_uploads` covers 30 days, growth is percent, month over month.
    """

    total_tracks: int | None = None
    total_plays: int | None = None
    total_contribution: float | None = None
    recent_uploads: int | None = None
    play_growth_percentage: float | None = None
    top_track: TopTrack | None = None
    average_plays_per_track: float | None = None
    tracks_with_plays: int | None = None


@dataclass(frozen=True, slots=True)
class Followers:
    """How many follow the artist: the `total` of `GET /artists/{id}/followers`."""

    total: int | None = None
