"""Where an artist's XP come from."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from beatpass_sandbox import rules
from beatpass_sandbox.achievements import Achievement
from beatpass_sandbox.replies import Json


def sources(figures: sqlite3.Row, unlocked: Sequence[Achievement]) -> list[Json]:
    """XP and number of events of each source, from a row of ``artist_figures``."""
    earned = sum(achievement.xp for achievement in unlocked)
    return [
        _source("track_uploads", figures["tracks"], rules.XP_PER_TRACK),
        _source("track_plays", figures["plays"], rules.XP_PER_PLAY),
        _source("metadata_completion", figures["complete_tracks"], rules.XP_PER_COMPLETE_TRACK),
        {"source": "achievements", "xp": earned, "count": len(unlocked)},
        _source("collaborations", figures["collaborative_tracks"], rules.XP_PER_COLLABORATION),
    ]


def total(figures: sqlite3.Row, unlocked: Sequence[Achievement]) -> int:
    """XP of all sources together."""
    return sum(source["xp"] for source in sources(figures, unlocked))


def _source(name: str, count: int, xp_each: int) -> Json:
    return {"source": name, "xp": count * xp_each, "count": count}
