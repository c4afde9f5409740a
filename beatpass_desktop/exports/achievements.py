"""Achievements as a table for a file."""

from __future__ import annotations

from datetime import UTC, date

import apsw

from beatpass_desktop.domain.progress import Achievement
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.source import about, fetched_at
from beatpass_desktop.exports.table import Column, Kind, Row, Table
from beatpass_desktop.store import progress

_COLUMNS = (
    Column("id", "Achievement ID", width=16),
    Column("name", "Name", width=28),
    Column("category", "Category", width=16),
    Column("rarity", "Rarity", width=12),
    Column("state", "State", width=10),
    Column("unlocked_at", "Unlocked (UTC)", Kind.INSTANT, 19),
    Column("progress", "Progress (%)", Kind.NUMBER, 12),
    Column("xp_reward", "XP", Kind.WHOLE, 10),
    Column("description", "Description", width=48),
)
_STATES = {True: "unlocked", False: "locked", None: None}


def achievements_table(
    connection: apsw.Connection,
    account: int,
    artist: int,
    first: date | None = None,
    last: date | None = None,
) -> Table:
    """All stored achievements as BeatPass lists them; with a date (UTC, inclusive), only those
    unlocked from the first day to the last."""
    key = ResourceKey(Resource.PROGRESS, account, artist)
    stored = progress.read(connection, key)
    listed = (stored.achievements if stored else None) or ()
    rows = [_row(one) for one in listed if _is_within(one, first, last)]
    return Table(
        "achievements",
        "Achievements",
        _COLUMNS,
        rows,
        len(rows),
        about(connection, account, artist),
        fetched_at(connection, key),
    )


def _is_within(one: Achievement, first: date | None, last: date | None) -> bool:
    if first is None and last is None:
        return True
    if not one.unlocked or one.unlocked_at is None:
        return False
    day = one.unlocked_at.astimezone(UTC).date()
    return (first is None or first <= day) and (last is None or day <= last)


def _row(one: Achievement) -> Row:
    return (
        one.id,
        one.name,
        one.category,
        one.rarity,
        _STATES[one.unlocked],
        one.unlocked_at,
        one.progress,
        one.xp_reward,
        one.description,
    )
