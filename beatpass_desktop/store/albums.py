"""Queries of the Albums page: the albums themselves, and what is stored of their tracks."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

import apsw

from beatpass_desktop.domain.album_table import AlbumRow
from beatpass_desktop.domain.album_tracks import AlbumTrack
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store import documents
from beatpass_desktop.store.times import optional_time

_ROW = "row, id, name, name_key, image, track_ids, plays, release_date, created_at"
_SHOWN = "account = ? AND artist = ? AND gone_at IS NULL"


class PlayGrowth(NamedTuple):
    """Plays of some tracks in this period and in the one before; `at` (UTC) is the age of the
    oldest part."""

    plays_period: int
    plays_previous: int
    at: datetime

    @property
    def rate(self) -> float | None:
        """The change in percent; None when nothing was played before."""
        if self.plays_previous <= 0:
            return None
        return (self.plays_period - self.plays_previous) / self.plays_previous * 100


def changed_at(connection: apsw.Connection, account: int, artist: int) -> datetime | None:
    """When a walk last changed an album; None before the first complete one."""
    row = connection.execute(
        """SELECT changed_at FROM catalogues
           WHERE account = ? AND artist = ? AND resource = 'albums'""",
        (account, artist),
    ).fetchone()
    return None if row is None else optional_time(row[0])


def rows(connection: apsw.Connection, account: int, artist: int) -> list[AlbumRow]:
    """All albums shown."""
    return [
        _row(*found)
        for found in connection.execute(
            f"SELECT {_ROW} FROM albums WHERE {_SHOWN}", (account, artist)
        )
    ]


def row(connection: apsw.Connection, account: int, artist: int, album: int) -> AlbumRow | None:
    """One album; None when it is not shown."""
    found = connection.execute(
        f"SELECT {_ROW} FROM albums WHERE {_SHOWN} AND id = ?", (account, artist, album)
    ).fetchone()
    return None if found is None else _row(*found)


def catalogue_tracks(
    connection: apsw.Connection, account: int, artist: int, track_ids: Iterable[int]
) -> dict[int, AlbumTrack]:
    """Those of the tracks that the artist's catalogue holds."""
    return {
        found[0]: AlbumTrack(*found)
        for found in connection.execute(
            f"""SELECT id, name, plays, duration FROM tracks WHERE {_SHOWN}
                AND id IN (SELECT value FROM json_each(?))""",
            (account, artist, json.dumps(list(track_ids))),
        )
    }


def album_tracks(connection: apsw.Connection, key: ResourceKey) -> list[AlbumTrack] | None:
    """The tracks as the album itself listed them; None before the first reply."""
    listed = (documents.body(connection, key) or {}).get("tracks")
    return None if listed is None else [AlbumTrack(**one) for one in listed]


def play_growth(
    connection: apsw.Connection, account: int, artist: int, track_ids: Iterable[int]
) -> PlayGrowth | None:
    """The growth of these tracks together; None unless BeatPass told it of every one of them."""
    wanted = set(track_ids)
    known, period, previous, at = connection.execute(
        f"""SELECT count(*), sum(plays_period), sum(plays_previous), min(growth_at)
            FROM tracks WHERE {_SHOWN} AND id IN (SELECT value FROM json_each(?))
            AND plays_period IS NOT NULL AND plays_previous IS NOT NULL
            AND growth_at IS NOT NULL""",
        (account, artist, json.dumps(sorted(wanted))),
    ).get
    moment = optional_time(at)
    if not wanted or known != len(wanted) or moment is None:
        return None
    return PlayGrowth(period, previous, moment)


def _row(
    number: int,
    album: int,
    name: str | None,
    name_key: str | None,
    image: str | None,
    track_ids: str | None,
    plays: int | None,
    release_date: str | None,
    created_at: int | None,
) -> AlbumRow:
    listed = None if track_ids is None else tuple(json.loads(track_ids))
    created = optional_time(created_at)
    return AlbumRow(number, album, name, name_key, image, listed, plays, release_date, created)
