"""The catalogue as a table for a file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import apsw

from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.exports.source import about, amount, day, fetched_at, moment
from beatpass_desktop.exports.table import Column, Kind, Row, Table
from beatpass_desktop.store import sheets

_COLUMNS = (
    Column("id", "Track ID", Kind.WHOLE, 12),
    Column("name", "Name", width=36),
    Column("artists", "Artists", width=28),
    Column("album", "Album", width=24),
    Column("plays", "Plays", Kind.WHOLE, 10),
    Column("growth_percent", "Growth (%)", Kind.NUMBER, 10),
    Column("added_at", "Added (UTC)", Kind.INSTANT, 19),
    Column("release_date", "Release date", Kind.DATE, 12),
    Column("length_seconds", "Length (s)", Kind.NUMBER, 10),
    Column("bpm", "BPM", Kind.WHOLE, 6),
    Column("key", "Key", width=8),
    Column("scale", "Scale", width=8),
    Column("genres", "Genres", width=22),
    Column("tags", "Tags", width=28),
    Column("price", "Price", Kind.NUMBER, 10),
    Column("currency", "Currency", width=9),
    Column("exclusive_price", "Exclusive price", Kind.NUMBER, 14),
    Column("exclusive_currency", "Exclusive currency", width=17),
    Column("licence", "Licence", width=18),
    Column("exclusive_status", "Exclusive status", width=15),
    Column("likes", "Likes", Kind.WHOLE, 8),
    Column("reposts", "Reposts", Kind.WHOLE, 8),
    Column("metadata_filled", f"Metadata (of {len(METADATA_FIELDS)})", Kind.WHOLE, 14),
    Column("description", "Description", width=40),
)


def tracks_table(
    connection: apsw.Connection, account: int, artist: int, numbers: Sequence[int]
) -> Table:
    """The stored tracks with these row numbers, in this order.

    Amounts are in major units as sent, growth in percent; what BeatPass did not send is empty.
    """
    return Table(
        "tracks",
        "Tracks",
        _COLUMNS,
        _rows(connection, numbers),
        len(numbers),
        about(connection, account, artist),
        fetched_at(connection, ResourceKey(Resource.TRACKS, account, artist)),
    )


def _rows(connection: apsw.Connection, numbers: Sequence[int]) -> Iterator[Row]:
    for found in sheets.tracks(connection, numbers):
        (
            track, name, artists, album, plays, growth, created_at, released, duration, bpm, key,
            scale, genres, tags, price, currency, exclusive, exclusive_currency, licence, status,
            likes, reposts, filled, description,
        ) = found  # fmt: skip
        yield (
            track,
            name,
            artists,
            album,
            plays,
            growth,
            moment(created_at),
            day(released),
            None if duration is None else duration / 1000,
            bpm,
            key,
            scale,
            genres,
            tags,
            amount(price),
            currency,
            amount(exclusive),
            exclusive_currency,
            licence,
            status,
            likes,
            reposts,
            filled,
            description,
        )
