"""A ranking of producers as a table for a file."""

from __future__ import annotations

import json
from datetime import date

import apsw

from beatpass_desktop.domain.leaderboards import Entry, Ranking
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.source import about, fetched_at
from beatpass_desktop.exports.table import Column, Kind, Row, Table
from beatpass_desktop.store import accounts, leaderboards

_COLUMNS = (
    Column("category", "Category", width=14),
    Column("period", "Period", width=10),
    Column("rank", "Rank", Kind.WHOLE, 8),
    Column("artist_id", "Artist ID", Kind.WHOLE, 12),
    Column("name", "Producer", width=30),
    Column("verified", "Verified", width=10),
    Column("score", "Score", Kind.NUMBER, 12),
    Column("score_label", "Score as shown", width=24),
    Column("tier", "Tier", width=12),
    Column("metadata", "Behind the score", width=60),
)
_WORDS = {True: "yes", False: "no", None: None}


def leaderboard_table(
    connection: apsw.Connection,
    account: int,
    artist: int,
    first: date | None = None,
    last: date | None = None,
) -> Table:
    """The stored ranking of all time overall; the one fetched last when that never came.

    BeatPass tells the present alone: the dates choose nothing.
    """
    owner = accounts.get(connection, account)
    # Rankings come for the account's own artist, whichever is shown.
    own = owner.own_artist if owner and owner.own_artist else artist
    stored = leaderboards.stored(connection, account, own)
    ranking = Ranking() if Ranking() in stored else (stored or [Ranking()])[0]
    key = ResourceKey(Resource.LEADERBOARD, account, own, ranking.params)
    board = leaderboards.read(connection, key)
    rows = [_row(ranking, entry) for entry in (board.entries if board else None) or ()]
    return Table(
        "leaderboard",
        "Leaderboard",
        _COLUMNS,
        rows,
        len(rows),
        about(connection, account, artist),
        fetched_at(connection, key),
    )


def _row(ranking: Ranking, entry: Entry) -> Row:
    return (
        ranking.category.value,
        ranking.period,
        entry.rank,
        entry.artist,
        entry.name,
        _WORDS[entry.verified],
        entry.score,
        entry.score_label,
        entry.tier,
        json.dumps(_plain(entry), ensure_ascii=False) if entry.metadata else None,
    )


def _plain(entry: Entry) -> dict[str, float | int | str]:
    """The figures behind a score, whole ones without decimals."""
    return {
        name: int(value) if isinstance(value, float) and value.is_integer() else value
        for name, value in entry.metadata
    }
