"""The daily history of the headline figures as a table for a file."""

from __future__ import annotations

from datetime import date

import apsw

from beatpass_desktop.exports.source import about
from beatpass_desktop.exports.table import Column, Kind, Table
from beatpass_desktop.store import sheets

_COLUMNS = (
    Column("day", "Day (UTC)", Kind.DATE, 12),
    Column("figure", "Figure", width=22),
    Column("value", "Value", Kind.NUMBER, 14),
)


def history_table(
    connection: apsw.Connection,
    account: int,
    artist: int,
    first: date | None = None,
    last: date | None = None,
) -> Table:
    """One row a day and figure, from this computer's own record; both dates are inclusive."""
    rows = [
        (date.fromisoformat(day), figure, value)
        for day, figure, value in sheets.history(connection, account, artist, first, last)
    ]
    return Table(
        "history", "History", _COLUMNS, rows, len(rows), about(connection, account, artist)
    )
