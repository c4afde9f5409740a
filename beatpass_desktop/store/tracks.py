"""Queries of the catalogue table: how many, in which order, and the rows in view.

Rows are named by their store row number. Unknown values sort last in both directions.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime

import apsw

from beatpass_desktop.domain.text import folded
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackRow, TrackSort
from beatpass_desktop.store.times import optional_time

_KEYS = {
    TrackColumn.NAME: "name_key",
    TrackColumn.ARTISTS: "artists_key",
    TrackColumn.PLAYS: "plays",
    TrackColumn.CREATED: "created_at",
    TrackColumn.DURATION: "duration",
    TrackColumn.BPM: "bpm",
    TrackColumn.KEY: "key_key",
    TrackColumn.GENRES: "genres_key",
    TrackColumn.PRICE: "price_key",
    TrackColumn.LICENCE: "licensing_type",
    TrackColumn.COMPLETENESS: "completeness",
}

_RARE = 2_000
"""A filter with fewer hits is looked up whole before anything is shown."""

_LONGEST = 500
"""Characters of a search text that count; SQLite bounds how many conditions a query may have."""

_GLANCED = 1_000
_PROMISING = 32
"""As many matches among the first rows promise a first screenful not far along the order."""

_SHOWN = "account = ? AND artist = ? AND gone_at IS NULL"

_ROW = """row, id, name, artists, album, plays, created_at, duration, bpm, key, scale, genres,
    tags, price, currency, licensing_type, completeness, image"""


def total(connection: apsw.Connection, account: int, artist: int) -> int:
    """How many tracks are shown without a filter."""
    row = connection.execute(
        """SELECT rows FROM catalogues
           WHERE account = ? AND artist = ? AND resource = 'tracks'""",
        (account, artist),
    ).fetchone()
    return 0 if row is None else int(row[0])


def changed_at(connection: apsw.Connection, account: int, artist: int) -> datetime | None:
    """When a walk last changed a row; None before the first complete one."""
    row = connection.execute(
        """SELECT changed_at FROM catalogues
           WHERE account = ? AND artist = ? AND resource = 'tracks'""",
        (account, artist),
    ).fetchone()
    return None if row is None else optional_time(row[0])


def order(
    connection: apsw.Connection, account: int, artist: int, sort: TrackSort, wanted: TrackFilter
) -> array[int]:
    """The row numbers of the whole table, filtered and in order."""
    everything = _walk(connection, account, artist, sort, "", (), -1)
    like, patterns = _matching(wanted)
    if not like:
        return everything
    matches = set(_scan(connection, account, artist, like, patterns, -1))
    return array("q", filter(matches.__contains__, everything))


def first(
    connection: apsw.Connection,
    account: int,
    artist: int,
    sort: TrackSort,
    wanted: TrackFilter,
    limit: int,
) -> tuple[array[int], bool]:
    """The first `limit` row numbers of the table, and whether these are all.

    Quick for every filter: walking along the sort order finds common words at once, but would
    cross the whole table for rare ones. A glance at the first rows tells which it is.
    """
    like, patterns = _matching(wanted)
    if like:
        found = _glance(connection, account, artist, sort, like, patterns, limit)
        if len(found) == limit:
            return found, False
        if len(found) < _PROMISING:
            matches = _scan(connection, account, artist, like, patterns, _RARE)
            if len(matches) < _RARE:
                return _sorted(connection, sort, matches), True
    rows = _walk(connection, account, artist, sort, like, patterns, limit)
    return rows, len(rows) < limit


def rows(connection: apsw.Connection, numbers: Sequence[int]) -> dict[int, TrackRow]:
    """The rows with these numbers; one that was erased meanwhile is left out."""
    marks = ",".join("?" * len(numbers))
    return {
        number: TrackRow(
            track,
            name,
            artists,
            album,
            plays,
            optional_time(created_at),
            *rest,
        )
        for number, track, name, artists, album, plays, created_at, *rest in connection.execute(
            f"SELECT {_ROW} FROM tracks WHERE row IN ({marks})", tuple(numbers)
        )
    }


def _walk(
    connection: apsw.Connection,
    account: int,
    artist: int,
    sort: TrackSort,
    like: str,
    patterns: tuple[str, ...],
    limit: int,
) -> array[int]:
    rows = array("q")
    for known in ("IS NOT NULL", "IS NULL"):
        left = limit - len(rows) if limit >= 0 else -1
        if left == 0:
            break
        key = _KEYS[sort.column]
        rows.extend(
            row
            for (row,) in connection.execute(
                f"""SELECT row FROM tracks WHERE {_SHOWN} AND {key} {known}{like}
                    ORDER BY {_by(sort)} LIMIT ?""",
                (account, artist, *patterns, left),
            )
        )
    return rows


def _glance(
    connection: apsw.Connection,
    account: int,
    artist: int,
    sort: TrackSort,
    like: str,
    patterns: tuple[str, ...],
    limit: int,
) -> array[int]:
    """The matches among the first rows of the table, at most `limit`."""
    key = _KEYS[sort.column]
    return array(
        "q",
        (
            row
            for (row,) in connection.execute(
                f"""SELECT row FROM (
                        SELECT row, search FROM tracks WHERE {_SHOWN} AND {key} IS NOT NULL
                        ORDER BY {_by(sort)} LIMIT {_GLANCED})
                    WHERE true{like} LIMIT ?""",
                (account, artist, *patterns, limit),
            )
        ),
    )


def _scan(
    connection: apsw.Connection,
    account: int,
    artist: int,
    like: str,
    patterns: tuple[str, ...],
    limit: int,
) -> list[int]:
    return [
        row
        for (row,) in connection.execute(
            f"""SELECT row FROM tracks INDEXED BY tracks_by_search
                WHERE {_SHOWN}{like} LIMIT ?""",
            (account, artist, *patterns, limit),
        )
    ]


def _sorted(connection: apsw.Connection, sort: TrackSort, numbers: list[int]) -> array[int]:
    marks = ",".join("?" * len(numbers))
    return array(
        "q",
        (
            row
            for (row,) in connection.execute(
                f"""SELECT row FROM tracks WHERE row IN ({marks})
                    ORDER BY {_KEYS[sort.column]} IS NULL, {_by(sort)}""",
                tuple(numbers),
            )
        ),
    )


def _by(sort: TrackSort) -> str:
    direction = "DESC" if sort.descending else "ASC"
    return f"{_KEYS[sort.column]} {direction}, row {direction}"


def _matching(wanted: TrackFilter) -> tuple[str, tuple[str, ...]]:
    words = folded(wanted.text[:_LONGEST])[:_LONGEST].split()
    literal = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
    return (
        " AND search LIKE ? ESCAPE '\\'" * len(words),
        tuple(f"%{word.translate(literal)}%" for word in words),
    )
