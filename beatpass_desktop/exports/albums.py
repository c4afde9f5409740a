"""Albums as a table for a file."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence

import apsw

from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.source import about, day, fetched_at, moment
from beatpass_desktop.exports.table import Column, Kind, Row, Table
from beatpass_desktop.store import sheets

_COLUMNS = (
    Column("id", "Album ID", Kind.WHOLE, 12),
    Column("name", "Name", width=36),
    Column("artists", "Artists", width=28),
    Column("tracks", "Tracks", Kind.WHOLE, 8),
    Column("plays", "Plays", Kind.WHOLE, 10),
    Column("release_date", "Release date", Kind.DATE, 12),
    Column("created_at", "Created (UTC)", Kind.INSTANT, 19),
    Column("description", "Description", width=40),
)


def albums_table(
    connection: apsw.Connection, account: int, artist: int, numbers: Sequence[int]
) -> Table:
    """The stored albums with these row numbers, in this order."""
    return Table(
        "albums",
        "Albums",
        _COLUMNS,
        _rows(connection, numbers),
        len(numbers),
        about(connection, account, artist),
        fetched_at(connection, ResourceKey(Resource.ALBUMS, account, artist)),
    )


def _rows(connection: apsw.Connection, numbers: Sequence[int]) -> Iterator[Row]:
    for found in sheets.albums(connection, numbers):
        album, name, artists, plays, released, created_at, track_ids, description = found
        yield (
            album,
            name,
            artists,
            None if track_ids is None else len(json.loads(track_ids)),
            plays,
            day(released),
            moment(created_at),
            description,
        )
