"""Whole rows for files, read in blocks so that no export holds everything in memory."""

from __future__ import annotations

from array import array
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

import apsw

from beatpass_desktop.store.times import to_ms

_BLOCK = 500

TRACK_FIELDS = (
    "id", "name", "artists", "album", "plays", "growth", "created_at", "release_date", "duration",
    "bpm", "key", "scale", "genres", "tags", "price", "currency", "exclusive_price",
    "exclusive_currency", "licensing_type", "exclusive_status", "likes", "reposts", "completeness",
    "description",
)  # fmt: skip
"""What `tracks` gives of each row; `created_at` in ms (UTC), `duration` in ms, money as sent."""

ALBUM_FIELDS = (
    "id", "name", "artists", "plays", "release_date", "created_at", "track_ids", "description",
)  # fmt: skip
"""What `albums` gives of each row; `track_ids` as JSON, `created_at` in ms (UTC)."""


def tracks(connection: apsw.Connection, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The stored tracks with these row numbers, in this order; erased ones are left out."""
    for start in range(0, len(numbers), _BLOCK):
        wanted = numbers[start : start + _BLOCK]
        marks = ",".join("?" * len(wanted))
        found = {
            row: values
            for row, *values in connection.execute(
                f"SELECT row, {', '.join(TRACK_FIELDS)} FROM tracks WHERE row IN ({marks})",
                tuple(wanted),
            )
        }
        yield from (tuple(found[row]) for row in wanted if row in found)


def album_numbers(
    connection: apsw.Connection,
    account: int,
    artist: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> array[int]:
    """The row numbers of the albums shown that were created in `since` <= t < `until`, newest
    first."""
    return array(
        "q",
        (
            row
            for (row,) in connection.execute(
                """SELECT row FROM albums
                   WHERE account = ? AND artist = ? AND gone_at IS NULL
                     AND (? IS NULL OR created_at >= ?) AND (? IS NULL OR created_at < ?)
                   ORDER BY created_at DESC, row DESC""",
                (account, artist, *_twice(since), *_twice(until)),
            )
        ),
    )


def albums(connection: apsw.Connection, numbers: Sequence[int]) -> Iterator[tuple[Any, ...]]:
    """The stored albums with these row numbers, in this order."""
    for number in numbers:
        row = connection.execute(
            f"SELECT {', '.join(ALBUM_FIELDS)} FROM albums WHERE row = ?", (number,)
        ).fetchone()
        if row is not None:
            yield row


DownloadLine = tuple[
    int, int | None, int | None, str | None, int | None, str | None, str | None, str | None
]
"""Id, time in ms (UTC), user, track, artists as JSON and licence of a download."""


def downloads(
    connection: apsw.Connection,
    account: int,
    artist: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[DownloadLine]:
    """The downloads kept of `since` <= t < `until`, newest first; those without a time last."""
    return list(
        connection.execute(
            """SELECT id, at, user_id, user, track_id, track, artists, license_uuid FROM downloads
               WHERE account = ? AND artist = ?
                 AND (? IS NULL OR at >= ?) AND (? IS NULL OR at < ?)
               ORDER BY at DESC, id DESC""",
            (account, artist, *_twice(since), *_twice(until)),
        )
    )


def history(
    connection: apsw.Connection,
    account: int,
    artist: int,
    first: date | None = None,
    last: date | None = None,
) -> list[tuple[str, str, Any]]:
    """The daily values of all headline figures as (day, figure, value), oldest first; both dates
    (UTC) are inclusive."""
    return list(
        connection.execute(
            """SELECT day, figure, value FROM history
               WHERE account = ? AND artist = ? AND day BETWEEN ? AND ? ORDER BY day, figure""",
            (
                account,
                artist,
                "" if first is None else first.isoformat(),
                "9999-99-99" if last is None else last.isoformat(),
            ),
        )
    )


def _twice(moment: datetime | None) -> tuple[int | None, int | None]:
    value = None if moment is None else to_ms(moment)
    return value, value
