"""Queries of the catalogue table: how many, in which order, and the rows in view.

Rows are named by their store row number. Unknown values sort last in both directions.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import NamedTuple

import apsw

from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.domain.text import words
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackRow, TrackSort
from beatpass_desktop.store.times import optional_time, to_ms

_KEYS = {
    TrackColumn.NAME: "name_key",
    TrackColumn.ARTISTS: "artists_key",
    TrackColumn.PLAYS: "plays",
    TrackColumn.GROWTH: "growth",
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

_FILTERED = "search, created_at, licensing_type, completeness, together, genres_json"

_ROW = """row, id, name, artists, album, plays, growth, plays_period, plays_previous, duration, bpm,
    key, scale, genres, tags, price, currency, licensing_type, completeness, image, created_at"""


class _Matching(NamedTuple):
    """Conditions to be added to a query over `_FILTERED`, and what they compare with."""

    sql: str
    bindings: tuple[str | int, ...]
    by: str = "tracks_by_search"


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
    everything = _along(connection, account, artist, sort)
    matching = _matching(wanted)
    if not matching.sql:
        return array("q", everything)
    matches = set(_scan(connection, account, artist, matching, -1))
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
    cross the whole table for rare ones, and for those that stand together far along it. A glance
    at the first rows tells which it is.
    """
    matching = _matching(wanted)
    if matching.sql:
        found = _glance(connection, account, artist, sort, matching, limit)
        if len(found) == limit:
            return found, False
        if len(found) < _PROMISING:
            matches = _scan(connection, account, artist, matching, -1)
            if len(matches) < _RARE:
                return _sorted(connection, sort, matches), True
            everything = _along(connection, account, artist, sort)
            rows = array("q", islice(filter(set(matches).__contains__, everything), limit))
            return rows, len(rows) == len(matches)
    rows = _walk(connection, account, artist, sort, matching, limit)
    return rows, len(rows) < limit


def named(
    connection: apsw.Connection, account: int, artist: int, sort: TrackSort, text: str, limit: int
) -> array[int]:
    """The first `limit` row numbers of the tracks with every word of `text` in their names."""
    matching = _holding("name_key", text)
    matches = [
        row
        for (row,) in connection.execute(
            f"""SELECT row FROM tracks INDEXED BY tracks_by_name_key
                WHERE {_SHOWN}{matching.sql}""",
            (account, artist, *matching.bindings),
        )
    ]
    if len(matches) < _RARE:
        return _sorted(connection, sort, matches)[:limit]
    along = _along(connection, account, artist, sort)
    return array("q", islice(filter(set(matches).__contains__, along), limit))


def rows(connection: apsw.Connection, numbers: Sequence[int]) -> dict[int, TrackRow]:
    """The rows with these numbers; one that was erased meanwhile is left out."""
    return {
        number: TrackRow._make((*values, optional_time(created_at)))
        for number, *values, created_at in connection.execute(
            f"SELECT {_ROW} FROM tracks WHERE row IN ({_marks(numbers)})", tuple(numbers)
        )
    }


def genres(connection: apsw.Connection, account: int, artist: int) -> list[tuple[str, int]]:
    """The genres of the tracks shown and how many have each, the most frequent first."""
    import json

    # Counted here: grouping in the store would sort every row.
    alike = Counter(
        connection.execute(
            f"""SELECT genres_json FROM tracks INDEXED BY tracks_by_search
                WHERE {_SHOWN} AND genres_json IS NOT NULL""",
            (account, artist),
        )
    )
    counts: Counter[str] = Counter()
    for (names,), count in alike.items():
        for name in set(json.loads(names)):
            counts[name] += count
    return sorted(counts.items(), key=lambda item: (-item[1], item[0]))


def licences(connection: apsw.Connection, account: int, artist: int) -> list[tuple[str, int]]:
    """The licence types of the tracks shown and how many have each, by name."""
    return [
        (code, count)
        for code, count in connection.execute(
            f"""SELECT licensing_type, count(*) FROM tracks
                WHERE {_SHOWN} AND licensing_type IS NOT NULL
                GROUP BY licensing_type ORDER BY licensing_type""",
            (account, artist),
        )
    ]


def _walk(
    connection: apsw.Connection,
    account: int,
    artist: int,
    sort: TrackSort,
    matching: _Matching,
    limit: int,
) -> array[int]:
    rows = array("q")
    for known in ("IS NOT NULL", "IS NULL"):
        left = limit - len(rows)
        if left == 0:
            break
        key = _KEYS[sort.column]
        rows.extend(
            row
            for (row,) in connection.execute(
                f"""SELECT row FROM tracks WHERE {_SHOWN} AND {key} {known}{matching.sql}
                    ORDER BY {_by(sort)} LIMIT ?""",
                (account, artist, *matching.bindings, left),
            )
        )
    return rows


def _along(
    connection: apsw.Connection, account: int, artist: int, sort: TrackSort
) -> Iterator[int]:
    """The row numbers of the whole table in order, one by one."""
    key = _KEYS[sort.column]
    for known in ("IS NOT NULL", "IS NULL"):
        for (row,) in connection.execute(
            f"""SELECT row FROM tracks WHERE {_SHOWN} AND {key} {known} ORDER BY {_by(sort)}""",
            (account, artist),
        ):
            yield row


def _glance(
    connection: apsw.Connection,
    account: int,
    artist: int,
    sort: TrackSort,
    matching: _Matching,
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
                        SELECT row, {_FILTERED} FROM tracks WHERE {_SHOWN} AND {key} IS NOT NULL
                        ORDER BY {_by(sort)} LIMIT {_GLANCED})
                    WHERE true{matching.sql} LIMIT ?""",
                (account, artist, *matching.bindings, limit),
            )
        ),
    )


def _scan(
    connection: apsw.Connection,
    account: int,
    artist: int,
    matching: _Matching,
    limit: int,
) -> list[int]:
    return [
        row
        for (row,) in connection.execute(
            f"""SELECT row FROM tracks INDEXED BY {matching.by}
                WHERE {_SHOWN}{matching.sql} LIMIT ?""",
            (account, artist, *matching.bindings, limit),
        )
    ]


def _sorted(connection: apsw.Connection, sort: TrackSort, numbers: list[int]) -> array[int]:
    return array(
        "q",
        (
            row
            for (row,) in connection.execute(
                f"""SELECT row FROM tracks WHERE row IN ({_marks(numbers)})
                    ORDER BY {_KEYS[sort.column]} IS NULL, {_by(sort)}""",
                tuple(numbers),
            )
        ),
    )


def _by(sort: TrackSort) -> str:
    direction = "DESC" if sort.descending else "ASC"
    return f"{_KEYS[sort.column]} {direction}, row {direction}"


def _holding(column: str, text: str) -> _Matching:
    """That a folded column holds every word of a text. Both have one case, which GLOB compares as
    it is and therefore a fifth faster than LIKE."""
    # Folding can make a text longer.
    searched = " ".join(words(text[:_LONGEST]))[:_LONGEST].split()
    literal = str.maketrans({sign: f"[{sign}]" for sign in "*?["})
    sql = [f" AND {column} GLOB ?"] * len(searched)
    return _Matching("".join(sql), tuple(f"*{word.translate(literal)}*" for word in searched))


def _matching(wanted: TrackFilter) -> _Matching:
    held = _holding("search", wanted.text)
    if wanted.parts == 0:
        return held._replace(by="tracks_by_text")
    sql: list[str] = [held.sql]
    bindings: list[str | int] = [*held.bindings]
    if wanted.since is not None:
        sql.append(" AND created_at >= ?")
        bindings.append(to_ms(wanted.since))
    if wanted.until is not None:
        sql.append(" AND created_at < ?")
        bindings.append(to_ms(wanted.until))
    if wanted.licences:
        sql.append(f" AND licensing_type IN ({_marks(wanted.licences)})")
        bindings.extend(sorted(wanted.licences))
    if wanted.together is not None:
        sql.append(" AND together = ?")
        bindings.append(int(wanted.together))
    if wanted.incomplete:
        sql.append(f" AND completeness < {len(METADATA_FIELDS)}")
    if wanted.genres:
        import json

        # A genre is looked for in its quotes, so that "Trap" does not find "Trap Soul".
        sql.append(f" AND ({' OR '.join(['instr(genres_json, ?)'] * len(wanted.genres))})")
        bindings.extend(json.dumps(name, ensure_ascii=False) for name in sorted(wanted.genres))
    return _Matching("".join(sql), tuple(bindings))


def _marks(values: Collection[object]) -> str:
    return ",".join("?" * len(values))
