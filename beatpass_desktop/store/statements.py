"""What statements need beside the ledger's rows."""

from __future__ import annotations

from datetime import datetime

import apsw

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.money import amounts_in
from beatpass_desktop.domain.statements import BalanceRecord
from beatpass_desktop.store.times import from_ms, to_ms


def balance_before(
    connection: apsw.Connection,
    account: int,
    artist: int,
    moment: datetime,
    since: datetime | None = None,
) -> BalanceRecord | None:
    """The balances recorded last up to `moment` and since `since` (UTC); None without a record."""
    row = connection.execute(
        """SELECT value, fetched_at FROM history
           WHERE account = ? AND artist = ? AND figure = ? AND fetched_at <= ? AND fetched_at >= ?
           ORDER BY day DESC LIMIT 1""",
        (account, artist, Figure.BALANCE.value, to_ms(moment), to_ms(since) if since else 0),
    ).fetchone()
    if row is None:
        return None
    try:
        return BalanceRecord(amounts_in(str(row[0])), from_ms(row[1]))
    except ValueError:
        return None


def undated(connection: apsw.Connection, account: int, artist: int) -> int:
    """How many transactions have no date."""
    return int(
        connection.execute(
            """SELECT count(*) FROM transactions
               WHERE account = ? AND artist = ? AND created_at IS NULL""",
            (account, artist),
        ).get
    )


def dated_span(
    connection: apsw.Connection, account: int, artist: int
) -> tuple[datetime, datetime] | None:
    """The times (UTC) of the first and the last transaction; None when none has a date."""
    first, last = connection.execute(
        """SELECT min(created_at), max(created_at) FROM transactions
           WHERE account = ? AND artist = ?""",
        (account, artist),
    ).get
    if first is None:
        return None
    return from_ms(first), from_ms(last)
