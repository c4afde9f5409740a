"""Downloads as a table for a file: all that have ever been seen, newest first."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime

import apsw

from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.source import about, fetched_at, moment
from beatpass_desktop.exports.table import Column, Kind, Row, Table
from beatpass_desktop.store import sheets

_COLUMNS = (
    Column("id", "Download ID", Kind.WHOLE, 12),
    Column("downloaded_at", "Downloaded (UTC)", Kind.INSTANT, 19),
    Column("user_id", "User ID", Kind.WHOLE, 12),
    Column("user", "User", width=28),
    Column("track_id", "Track ID", Kind.WHOLE, 12),
    Column("track", "Track", width=36),
    Column("artists", "Artists", width=28),
    Column("license_uuid", "Licence", width=38),
)


def downloads_table(
    connection: apsw.Connection,
    account: int,
    artist: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Table:
    """The downloads kept here of `since` <= t < `until`, also those BeatPass no longer lists."""
    rows = sheets.downloads(connection, account, artist, since, until)
    return Table(
        "downloads",
        "Downloads",
        _COLUMNS,
        _rows(rows),
        len(rows),
        about(connection, account, artist),
        fetched_at(connection, ResourceKey(Resource.DOWNLOADS, account, artist)),
    )


def _rows(found: list[sheets.DownloadLine]) -> Iterator[Row]:
    for number, at, user_id, user, track_id, track, artists, licence in found:
        names = None if artists is None else ", ".join(json.loads(artists))
        yield number, moment(at), user_id, user, track_id, track, names, licence
