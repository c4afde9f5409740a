"""The growth of tracks. Assumed body (marked P in the wire contract)."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from beatpass_desktop.api.envelope import object_with
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.replies import require_rows
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.replies import Decoded

BATCH = 100
"""tracks that one request may name"""


async def fetch_growth(
    session: Session, track_ids: Sequence[int], *, urgent: Callable[[], bool] = always
) -> tuple[Decoded[TrackGrowth], ...]:
    """`POST /producer-intelligence/tracks/growth-batch` for at most `BATCH` tracks.

    What comes of tracks that were not asked for is left out. Raises `ApiError`.
    """
    reply = await session.post(
        "producer-intelligence/tracks/growth-batch",
        {"track_ids": list(track_ids)},
        urgent=urgent,
        group="growth",
    )
    fields = Fields(object_with(reply.document, "growth"))
    asked = frozenset(track_ids)
    rows = require_rows(fields, "growth", fields.many("growth", _growth))
    return tuple(row for row in rows or () if row.value.track_id in asked)


def _growth(fields: Fields) -> Decoded[TrackGrowth] | None:
    number = fields.required_id("track_id")
    if number is None:
        return None
    growth = TrackGrowth(
        track_id=number,
        growth_rate=fields.number("growth_rate"),
        plays_this_period=fields.integer("plays_this_period"),
        plays_previous_period=fields.integer("plays_previous_period"),
    )
    return Decoded(growth, frozenset(fields.carried))
