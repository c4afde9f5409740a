"""How the stored tracks of an artist did."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import apsw

from beatpass_desktop.domain.performance import BestMonth, MonthPlays, RankedTrack, UploadInsights
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store import documents
from beatpass_desktop.store.times import from_ms, to_ms

_SHOWN = "account = ? AND artist = ? AND gone_at IS NULL"


def months(connection: apsw.Connection, account: int, artist: int) -> list[MonthPlays]:
    """Plays and tracks by month of upload (UTC), oldest first, without empty months.

    Goes from month to month along an index that holds the plays: ten milliseconds for a hundred
    thousand tracks, where grouping them takes a hundred.
    """
    found: list[MonthPlays] = []
    first = _uploaded_from(connection, account, artist, 0)
    while first is not None:
        start, end = _month_of(from_ms(first))
        plays, tracks = connection.execute(
            f"""SELECT sum(plays), count(*) FROM tracks INDEXED BY tracks_by_month
                WHERE {_SHOWN} AND created_at >= ? AND created_at < ?""",
            (account, artist, to_ms(start), to_ms(end)),
        ).get
        found.append(MonthPlays(f"{start:%Y-%m}", plays, tracks))
        first = _uploaded_from(connection, account, artist, to_ms(end))
    return found


def most_played(
    connection: apsw.Connection, account: int, artist: int, limit: int
) -> list[RankedTrack]:
    """The most played tracks whose plays are known, most plays first."""
    rows = connection.execute(
        f"""SELECT id, name, plays, growth FROM tracks WHERE {_SHOWN} AND plays IS NOT NULL
            ORDER BY plays DESC, row DESC LIMIT ?""",
        (account, artist, limit),
    )
    return [RankedTrack(*row) for row in rows]


def upload_insights(connection: apsw.Connection, key: ResourceKey) -> UploadInsights | None:
    """The stored upload insights; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    fields: dict[str, Any] = dict(body)
    best = fields.pop("best_performing_month", None)
    return UploadInsights(**fields, best_performing_month=BestMonth(**best) if best else None)


def _uploaded_from(
    connection: apsw.Connection, account: int, artist: int, moment: int
) -> int | None:
    found: int | None = connection.execute(
        f"""SELECT min(created_at) FROM tracks INDEXED BY tracks_by_month
            WHERE {_SHOWN} AND created_at >= ?""",
        (account, artist, moment),
    ).get
    return found


def _month_of(moment: datetime) -> tuple[datetime, datetime]:
    """The beginning of the month of `moment` and of the next one."""
    year, month = moment.year, moment.month
    following = (year + 1, 1) if month == 12 else (year, month + 1)
    return datetime(year, month, 1, tzinfo=UTC), datetime(*following, 1, tzinfo=UTC)
