"""Headline figures of an artist."""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.replies import Decoded, Fetched
from beatpass_desktop.domain.stats import DashboardStats, TopTrack


async def fetch_stats(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[DashboardStats]:
    """`GET /artist/dashboard-stats`. Raises `ApiError`."""
    reply = await session.get(
        "artist/dashboard-stats", etag=etag, urgent=urgent, group="authenticated"
    )
    return fetched(reply, _stats)


def _stats(document: object) -> Decoded[DashboardStats]:
    fields = Fields(object_in(document, "stats"))
    stats = DashboardStats(
        total_tracks=fields.integer("total_tracks"),
        total_plays=fields.integer("total_plays"),
        total_contribution=fields.number("total_contribution"),
        recent_uploads=fields.integer("recent_uploads"),
        play_growth_percentage=fields.number("play_growth_percentage"),
        top_track=fields.one("top_track", _top_track),
        average_plays_per_track=fields.number("average_plays_per_track"),
        tracks_with_plays=fields.integer("tracks_with_plays"),
    )
    return require_known(fields.decoded(stats))


def _top_track(fields: Fields) -> TopTrack | None:
    track = TopTrack(
        id=fields.id(),
        name=fields.text("name"),
        plays=fields.integer("plays"),
        contribution=fields.number("contribution_value", "contribution"),
    )
    return track if fields.carried else None
