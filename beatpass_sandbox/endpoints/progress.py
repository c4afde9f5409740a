"""Level, XP and achievements. The body of this group is assumed, the rules are published."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from beatpass_sandbox import rules
from beatpass_sandbox.achievements import ACHIEVEMENTS, Achievement
from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.replies import Json

_CACHED_FOR = timedelta(minutes=5)


def progress_data(context: Context) -> Json:
    """``GET /producer-intelligence/progress-data``."""
    artist_id = context.own_artist()
    figures = context.row("SELECT * FROM artist_figures WHERE artist_id = ?", artist_id)
    assert figures is not None
    states = {
        row["achievement_id"]: row
        for row in context.rows("SELECT * FROM achievements WHERE artist_id = ?", artist_id)
    }
    unlocked = [a for a in ACHIEVEMENTS if states[a.id]["unlocked_at"] is not None]
    earned = sum(achievement.xp for achievement in unlocked)
    sources = [
        _source("track_uploads", figures["tracks"], rules.XP_PER_TRACK),
        _source("track_plays", figures["plays"], rules.XP_PER_PLAY),
        _source("metadata_completion", figures["complete_tracks"], rules.XP_PER_COMPLETE_TRACK),
        {"source": "achievements", "xp": earned, "count": len(unlocked)},
        _source("collaborations", figures["collaborative_tracks"], rules.XP_PER_COLLABORATION),
    ]
    cached_at = int(context.now.timestamp() // _CACHED_FOR.total_seconds())
    return {
        "status": "success",
        "data": {
            "level": _level(sum(source["xp"] for source in sources)),
            "xp_sources": sources,
            "achievements": {
                "unlocked": len(unlocked),
                "total": len(ACHIEVEMENTS),
                "xp_earned": earned,
                "items": [
                    _item(achievement, states[achievement.id]) for achievement in ACHIEVEMENTS
                ],
            },
            "updated_at": iso_instant(cached_at * int(_CACHED_FOR.total_seconds())),
        },
    }


def _source(name: str, count: int, xp_each: int) -> Json:
    return {"source": name, "xp": count * xp_each, "count": count}


def _level(xp: int) -> Json:
    number = rules.level_for_xp(xp)
    level: Json = {
        "number": number,
        "title": rules.title_for_level(number),
        "xp": xp,
        "xp_to_next": 0,
        "progress_percentage": 100.0,
    }
    if number < rules.MAXIMUM_LEVEL:
        begin, end = rules.xp_for_level(number), rules.xp_for_level(number + 1)
        level["xp_to_next"] = end - xp
        level["progress_percentage"] = round((xp - begin) / (end - begin) * 100, 1)
    return level


def _item(achievement: Achievement, state: sqlite3.Row) -> Json:
    item: Json = {
        "id": achievement.id,
        "name": achievement.name,
        "description": achievement.description,
        "category": achievement.category,
        "rarity": achievement.rarity,
        "xp_reward": achievement.xp,
        "unlocked": state["unlocked_at"] is not None,
    }
    if state["unlocked_at"] is not None:
        item["unlocked_at"] = iso_instant(state["unlocked_at"])
    else:
        item["progress"] = int(state["progress"] * 100)
    return item


OPERATIONS = (
    Operation(
        "GET",
        "/producer-intelligence/progress-data",
        progress_data,
        "Level, XP and achievements",
        Source.ASSUMED,
        {},
    ),
)
