"""Level, XP and achievements. The body of this group is assumed, the rules are published."""

from __future__ import annotations

import sqlite3
from datetime import timedelta

from beatpass_sandbox import experience, rules
from beatpass_sandbox.achievements import ACHIEVEMENTS, Achievement
from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Group, Operation, Source
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import (
    COUNT,
    FLAG,
    IDENTIFIER,
    INSTANT,
    TEXT,
    array,
    choice,
    record,
    succeeded,
)

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
    sources = experience.sources(figures, unlocked)
    cached_at = int(context.now.timestamp() // _CACHED_FOR.total_seconds())
    return {
        "status": "success",
        "data": {
            "level": _level(sum(source["xp"] for source in sources)),
            "xp_sources": sources,
            "achievements": {
                "unlocked": len(unlocked),
                "total": len(ACHIEVEMENTS),
                "xp_earned": sum(achievement.xp for achievement in unlocked),
                "items": [
                    _item(achievement, states[achievement.id]) for achievement in ACHIEVEMENTS
                ],
            },
            "updated_at": iso_instant(cached_at * int(_CACHED_FOR.total_seconds())),
        },
    }


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


PERCENTAGE: Json = {"type": "number", "minimum": 0, "maximum": 100}
LEVEL = record(
    {
        "number": {"type": "integer", "minimum": 1, "maximum": rules.MAXIMUM_LEVEL},
        "title": TEXT,
        "xp": COUNT,
        "xp_to_next": COUNT,
        "progress_percentage": PERCENTAGE,
    }
)
XP_SOURCE = record(
    {
        "source": choice(
            "track_uploads", "track_plays", "metadata_completion", "achievements", "collaborations"
        ),
        "xp": COUNT,
        "count": COUNT,
    }
)
ACHIEVEMENT = record(
    {
        "id": IDENTIFIER,
        "name": TEXT,
        "description": TEXT,
        "category": TEXT,
        "rarity": choice("common", "rare", "epic", "legendary"),
        "xp_reward": COUNT,
        "unlocked": FLAG,
    },
    {"unlocked_at": INSTANT, "progress": PERCENTAGE},
)
PROGRESS = record(
    {
        "level": LEVEL,
        "xp_sources": array(XP_SOURCE),
        "achievements": record(
            {"unlocked": COUNT, "total": COUNT, "xp_earned": COUNT, "items": array(ACHIEVEMENT)}
        ),
        "updated_at": INSTANT,
    }
)

OPERATIONS = (
    Operation(
        "GET",
        "/producer-intelligence/progress-data",
        progress_data,
        "Level, XP and achievements",
        Source.ASSUMED,
        succeeded(data=PROGRESS),
        group=Group.INTELLIGENCE,
        refusals=(404,),
    ),
)
