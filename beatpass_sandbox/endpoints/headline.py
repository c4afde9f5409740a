"""Headline figures of the signed-in user's artist."""

from __future__ import annotations

from beatpass_sandbox import rules
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import COUNT, IDENTIFIER, NUMBER, TEXT, enveloped, nullable, record


def dashboard_stats(context: Context) -> Json:
    """``GET /artist/dashboard-stats`` (developer guide)."""
    figures = context.row("SELECT * FROM artist_figures WHERE artist_id = ?", context.own_artist())
    assert figures is not None
    stats: Json = {
        "total_tracks": figures["tracks"],
        "total_plays": figures["plays"],
        "total_contribution": round(figures["contribution"], 2),
        "recent_uploads": figures["recent_uploads"],
        "play_growth_percentage": rules.growth_percentage(
            figures["plays_30"], figures["plays_previous_30"]
        ),
        "average_plays_per_track": round(figures["plays"] / max(1, figures["tracks"]), 2),
        "tracks_with_plays": figures["tracks_with_plays"],
    }
    top = context.row(
        "SELECT t.id, t.name, f.plays, f.contribution FROM track_figures f"
        " JOIN tracks t ON t.id = f.track_id WHERE t.id = ?",
        figures["top_track_id"],
    )
    if top is not None:
        stats["top_track"] = {
            "id": top["id"],
            "name": top["name"],
            "plays": top["plays"],
            "contribution_value": round(top["contribution"], 4),
        }
    return {"success": True, "data": stats}


STATS = record(
    {
        "total_tracks": COUNT,
        "total_plays": COUNT,
        "total_contribution": NUMBER,
        "recent_uploads": COUNT,
        "play_growth_percentage": nullable(NUMBER),
        "average_plays_per_track": NUMBER,
        "tracks_with_plays": COUNT,
    },
    {
        "top_track": record(
            {"id": IDENTIFIER, "name": TEXT, "plays": COUNT, "contribution_value": NUMBER}
        )
    },
)

OPERATIONS = (
    Operation(
        "GET",
        "/artist/dashboard-stats",
        dashboard_stats,
        "Headline figures",
        Source.GUIDE,
        enveloped(STATS),
        refusals=(404,),
    ),
)
