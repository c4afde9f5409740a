"""The growth of tracks, kept in columns of their own beside the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

import apsw

from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.store.times import optional_time, to_ms

_COLUMNS = {
    "growth_rate": "growth",
    "plays_this_period": "plays_period",
    "plays_previous_period": "plays_previous",
}

_SHOWN = "account = ? AND artist = ? AND gone_at IS NULL"


def ages(
    connection: apsw.Connection, account: int, artist: int, track_ids: Sequence[int]
) -> dict[int, datetime | None]:
    """When the server last told the growth of these tracks (UTC); tracks not shown are left out."""
    marks = ",".join("?" * len(track_ids))
    found = connection.execute(
        f"SELECT id, growth_at FROM tracks WHERE {_SHOWN} AND id IN ({marks})",
        (account, artist, *track_ids),
    )
    return {track: optional_time(at) for track, at in found}


def oldest(
    connection: apsw.Connection, account: int, artist: int, limit: int
) -> list[tuple[int, datetime | None]]:
    """The tracks whose growth is oldest, those without first, with its time (UTC)."""
    found = connection.execute(
        f"""SELECT id, growth_at FROM tracks INDEXED BY tracks_by_growth_at WHERE {_SHOWN}
            ORDER BY growth_at, row LIMIT ?""",
        (account, artist, limit),
    )
    return [(track, optional_time(at)) for track, at in found]


def keep(
    connection: apsw.Connection,
    account: int,
    artist: int,
    asked: Iterable[int],
    rows: Iterable[Decoded[TrackGrowth]],
    at: datetime,
) -> None:
    """Store what a reply said of the tracks `asked` for.

    A field that it did not carry validly, and a track that it left out, keep what is stored.
    """
    who = (account, artist)
    connection.executemany(
        "UPDATE tracks SET growth_at = ? WHERE account = ? AND artist = ? AND id = ?",
        [(to_ms(at), *who, track) for track in asked],
    )
    for row in rows:
        carried = [name for name in _COLUMNS if name in row.carried]
        if carried:
            updates = ", ".join(f"{_COLUMNS[name]} = ?" for name in carried)
            values = [getattr(row.value, name) for name in carried]
            connection.execute(
                f"UPDATE tracks SET {updates} WHERE account = ? AND artist = ? AND id = ?",
                (*values, *who, row.value.track_id),
            )
