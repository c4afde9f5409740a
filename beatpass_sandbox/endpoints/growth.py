"""How the plays of several tracks have changed. The body of this group is assumed."""

from __future__ import annotations

from beatpass_sandbox import rules
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Source
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import COUNT, IDENTIFIER, INTEGER, NUMBER, array, nullable, record

_MOST_TRACKS = 100
_LARGEST_ID = 2**63 - 1


def growth_batch(context: Context) -> Json:
    """``POST /producer-intelligence/tracks/growth-batch`` with 1 to 100 ``track_ids``.

    The period is the last 30 days, the previous one the 30 days before; the rate in percent is
    null when there is nothing to compare with. Only tracks on which one of the user's artists
    is credited are answered for, each once, in the order asked for.
    """
    artist_ids = context.signed_in().artist_ids
    wanted = [
        track_id
        for track_id in dict.fromkeys(context.body["track_ids"])
        if 0 < track_id <= _LARGEST_ID
    ]
    figures = {
        row["track_id"]: row
        for row in context.rows(
            "SELECT f.track_id, f.plays_30, f.plays_previous_30 FROM track_figures f"
            f" WHERE f.track_id IN ({','.join('?' * len(wanted))}) AND EXISTS (SELECT 1"
            " FROM credits c WHERE c.track_id = f.track_id"
            f" AND c.artist_id IN ({','.join('?' * len(artist_ids))}))",
            *wanted,
            *artist_ids,
        )
    }
    return {
        "growth": [
            {
                "track_id": track_id,
                "growth_rate": rules.growth_percentage(
                    figures[track_id]["plays_30"], figures[track_id]["plays_previous_30"]
                ),
                "plays_this_period": figures[track_id]["plays_30"],
                "plays_previous_period": figures[track_id]["plays_previous_30"],
            }
            for track_id in wanted
            if track_id in figures
        ]
    }


OPERATIONS = (
    Operation(
        "POST",
        "/producer-intelligence/tracks/growth-batch",
        growth_batch,
        "Growth of up to 100 tracks",
        Source.ASSUMED,
        record(
            {
                "growth": array(
                    record(
                        {
                            "track_id": IDENTIFIER,
                            "growth_rate": nullable(NUMBER),
                            "plays_this_period": COUNT,
                            "plays_previous_period": COUNT,
                        }
                    )
                )
            }
        ),
        body=record(
            {
                "track_ids": {
                    "type": "array",
                    "items": INTEGER,
                    "minItems": 1,
                    "maxItems": _MOST_TRACKS,
                }
            }
        ),
        group=Group.GROWTH,
    ),
)
