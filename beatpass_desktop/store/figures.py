"""Headline figures, their daily history, and what they were at each visit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

import apsw

from beatpass_desktop.domain.figures import Figure, FigureReading, FigureValue
from beatpass_desktop.store.times import from_ms, to_ms


class Visit(NamedTuple):
    """The figures as they stood when the artist's pages were last seen (UTC)."""

    seen_at: datetime
    figures: Mapping[Figure, FigureValue]


def read(connection: apsw.Connection, account: int, artist: int) -> dict[Figure, FigureReading]:
    """Every stored headline figure of an artist. One short query: the first paint waits for it."""
    return {
        Figure(figure): FigureReading(value, from_ms(fetched_at))
        for figure, value, fetched_at in connection.execute(
            "SELECT figure, value, fetched_at FROM figures WHERE account = ? AND artist = ?",
            (account, artist),
        )
        if figure in _KNOWN
    }


def record(
    connection: apsw.Connection,
    account: int,
    artist: int,
    values: Mapping[Figure, FigureValue | None],
    at: datetime,
) -> None:
    """Store figures and today's (UTC) entry of their history.

    None means that the server says there is no value: the figure is unknown from now on, its
    history stays.
    """
    day = at.astimezone(UTC).date().isoformat()
    for figure, value in values.items():
        if value is None:
            connection.execute(
                "DELETE FROM figures WHERE account = ? AND artist = ? AND figure = ?",
                (account, artist, figure.value),
            )
            continue
        row = (account, artist, figure.value, value, to_ms(at))
        connection.execute("INSERT OR REPLACE INTO figures VALUES(?, ?, ?, ?, ?)", row)
        connection.execute(
            """INSERT OR REPLACE INTO history(account, artist, figure, day, value, fetched_at)
               VALUES(?, ?, ?, ?, ?, ?)""",
            (account, artist, figure.value, day, value, to_ms(at)),
        )


def confirm(
    connection: apsw.Connection,
    account: int,
    artist: int,
    names: Iterable[Figure],
    at: datetime,
) -> None:
    """Note that the stored values of these figures are still the server's, today (UTC) as well."""
    known = read(connection, account, artist)
    record(connection, account, artist, {n: known[n].value for n in names if n in known}, at)


def history(
    connection: apsw.Connection, account: int, artist: int, figure: Figure
) -> list[tuple[str, FigureValue]]:
    """The daily values of a figure as (`YYYY-MM-DD` UTC, last value of that day), oldest first."""
    rows = connection.execute(
        """SELECT day, value FROM history WHERE account = ? AND artist = ? AND figure = ?
           ORDER BY day""",
        (account, artist, figure.value),
    )
    return [(str(day), value) for day, value in rows]


def begin_visit(connection: apsw.Connection, account: int, artist: int, at: datetime) -> int:
    """Start a visit and return its number; it remembers the figures as they are now."""
    visit = connection.execute(
        "INSERT INTO visits(account, artist, begun_at, seen_at) VALUES(?, ?, ?, ?) RETURNING visit",
        (account, artist, to_ms(at), to_ms(at)),
    ).get
    continue_visit(connection, visit, at)
    connection.execute(
        """DELETE FROM visits WHERE account = ? AND artist = ? AND visit NOT IN (
               SELECT visit FROM visits WHERE account = ? AND artist = ?
               ORDER BY visit DESC LIMIT 20)""",
        (account, artist, account, artist),
    )
    return int(visit)


def continue_visit(connection: apsw.Connection, visit: int, at: datetime) -> None:
    """Note that the artist's figures were seen as they are now."""
    connection.execute("UPDATE visits SET seen_at = ? WHERE visit = ?", (to_ms(at), visit))
    connection.execute(
        """INSERT OR REPLACE INTO visit_figures(visit, figure, value)
           SELECT v.visit, f.figure, f.value FROM visits v
           JOIN figures f ON f.account = v.account AND f.artist = v.artist WHERE v.visit = ?""",
        (visit,),
    )


def visit_before(
    connection: apsw.Connection, account: int, artist: int, moment: datetime
) -> Visit | None:
    """The latest visit begun before `moment` at which at least one figure was known."""
    row = connection.execute(
        """SELECT visit, seen_at FROM visits v WHERE account = ? AND artist = ? AND begun_at < ?
           AND EXISTS (SELECT 1 FROM visit_figures f WHERE f.visit = v.visit)
           ORDER BY visit DESC LIMIT 1""",
        (account, artist, to_ms(moment)),
    ).fetchone()
    if row is None:
        return None
    figures = connection.execute(
        "SELECT figure, value FROM visit_figures WHERE visit = ?", (row[0],)
    )
    return Visit(
        from_ms(row[1]), {Figure(name): value for name, value in figures if name in _KNOWN}
    )


_KNOWN = frozenset(figure.value for figure in Figure)
