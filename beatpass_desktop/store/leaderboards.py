"""Stored rankings: a document for each category and period."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.domain.leaderboards import Entry, Leaderboard, Ranking, Standing
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents


def read(connection: apsw.Connection, key: ResourceKey) -> Leaderboard | None:
    """The stored ranking; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    fields: dict[str, Any] = dict(body)
    entries, me, moment = (fields.pop(name, None) for name in ("entries", "me", "updated_at"))
    return Leaderboard(
        **fields,
        updated_at=datetime.fromisoformat(moment) if moment else None,
        entries=None if entries is None else tuple(_entry(row) for row in entries),
        me=None if me is None else Standing(*me),
    )


def stored(connection: apsw.Connection, account: int, artist: int) -> list[Ranking]:
    """The rankings of an artist's account that are stored, the latest first."""
    rows = connection.execute(
        """SELECT params FROM documents WHERE account = ? AND artist = ? AND resource = ?
           AND body IS NOT NULL ORDER BY fetched_at DESC, params""",
        (account, artist, Resource.LEADERBOARD.value),
    )
    return [Ranking.of(params) for (params,) in rows]


def _entry(row: list[Any]) -> Entry:
    *plain, metadata = row
    return Entry._make((*plain, tuple((name, value) for name, value in metadata)))
