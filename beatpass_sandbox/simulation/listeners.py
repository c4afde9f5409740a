"""Listeners: who follows which artist and who downloaded which beat."""

from __future__ import annotations

import random
import sqlite3
import uuid
from bisect import bisect
from collections.abc import Sequence
from itertools import accumulate
from operator import itemgetter
from typing import NamedTuple

from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.producers import DAY, Producer

_FIRST_ID = 2_090
_PLATFORM_AGE_DAYS = 1_500
_FIRST_DOWNLOAD = 7_001
_DOWNLOADS_PER_PLAY = 0.055
_MOST_DOWNLOADS = 5_000
_LICENSED_SHARE = 0.85
_MEAN_DELAY_DAYS = 110
_DEFAULT_AVATAR = "/storage/defaults/avatar.png"

DownloadRow = tuple[int, int, int, str | None]


class Listener(NamedTuple):
    """A user who follows artists and downloads beats."""

    id: int
    joined_at: int


def sign_up(
    connection: sqlite3.Connection, source: random.Random, first_id: int, dates: Sequence[int]
) -> list[Listener]:
    """Create the account of one listener for each of the dates of joining."""
    namer = Namer(source)
    listeners: list[Listener] = []
    identifier = first_id
    for joined_at in dates:
        identifier += source.randint(1, 9)
        avatar = _DEFAULT_AVATAR
        if source.random() < 0.6:
            avatar = f"/storage/avatars/{identifier}.png"
        connection.execute(
            "INSERT INTO users VALUES (?,?,?,?)",
            (identifier, namer.listener(), avatar, joined_at),
        )
        listeners.append(Listener(identifier, joined_at))
    return listeners


def settle_listeners(
    connection: sqlite3.Connection, seed: int, now: int, count: int
) -> list[Listener]:
    """Create the accounts of all listeners so far, in the order in which they joined."""
    source = random.Random(f"{seed}/listeners")
    dates = [now - source.randrange(DAY, _PLATFORM_AGE_DAYS * DAY) for _ in range(count)]
    return sign_up(connection, source, _FIRST_ID, sorted(dates))


def follow_artists(
    connection: sqlite3.Connection,
    seed: int,
    now: int,
    producers: Sequence[Producer],
    listeners: Sequence[Listener],
    own_followers: dict[int, int],
) -> None:
    """Let listeners follow artists, more of them lately, never before either of them joined.

    ``own_followers`` holds how many the user's own artists have, by artist.
    """
    source = random.Random(f"{seed}/follows")
    rows: list[tuple[int, int, int]] = []
    for producer in producers:
        wanted = own_followers.get(producer.id)
        if wanted is None:
            wanted = int(source.lognormvariate(3.6, 1.0))
        for listener in source.sample(listeners, min(wanted, len(listeners))):
            start = max(producer.joined_at, listener.joined_at)
            followed_at = start + int((now - start) * source.random() ** 0.7)
            rows.append((producer.id, followed_at, listener.id))
    rows.sort()
    connection.executemany("INSERT INTO follows VALUES (?,?,?)", rows)


def download_beats(
    connection: sqlite3.Connection,
    seed: int,
    now: int,
    artist_ids: Sequence[int],
    listeners: Sequence[Listener],
) -> dict[int, float]:
    """Turn a share of artists' plays into downloads; returns the downloads for each play."""
    rates: dict[int, float] = {}
    rows: list[DownloadRow] = []
    for artist_id in artist_ids:
        source = random.Random(f"{seed}/downloads/{artist_id}")
        played = connection.execute(
            "SELECT t.id, t.created_at, SUM(p.count) FROM credits c"
            " JOIN tracks t ON t.id = c.track_id JOIN plays p ON p.track_id = t.id"
            " WHERE c.artist_id = ? GROUP BY t.id ORDER BY t.id",
            (artist_id,),
        ).fetchall()
        plays = sum(row[2] for row in played)
        downloads = _downloads(source, now, played, plays, listeners) if plays else []
        rates[artist_id] = len(downloads) / plays if plays else _DOWNLOADS_PER_PLAY
        rows += downloads
    rows.sort(key=itemgetter(2, 0, 1))
    store_downloads(connection, _FIRST_DOWNLOAD, rows)
    return rates


def _downloads(
    source: random.Random,
    now: int,
    played: Sequence[sqlite3.Row],
    plays: int,
    listeners: Sequence[Listener],
) -> list[DownloadRow]:
    weights = list(accumulate(row[2] for row in played))
    joined = [listener.joined_at for listener in listeners]
    # A few keen listeners come back often, most take one beat.
    regulars = source.sample(listeners, max(1, len(listeners) // 12))
    regulars.sort(key=lambda listener: listener.joined_at)
    regulars_joined = [listener.joined_at for listener in regulars]
    rows: list[DownloadRow] = []
    for _ in range(min(_MOST_DOWNLOADS, int(plays * _DOWNLOADS_PER_PLAY))):
        track_id, created_at, _plays = played[bisect(weights, source.randrange(plays))]
        age = max(1, now - created_at)
        moment = created_at + int(source.expovariate(1 / (_MEAN_DELAY_DAYS * DAY))) % age
        people, dates = listeners, joined
        if source.random() < 0.45 and regulars_joined[0] <= moment:
            people, dates = regulars, regulars_joined
        there = bisect(dates, moment)
        if there:
            user_id = people[source.randrange(there)].id
            rows.append((track_id, user_id, moment, license_uuid(source)))
    return rows


def license_uuid(source: random.Random) -> str | None:
    """The number of a licence, which comes with most downloads."""
    if source.random() >= _LICENSED_SHARE:
        return None
    return str(uuid.UUID(int=source.getrandbits(128), version=4))


def store_downloads(
    connection: sqlite3.Connection, first_id: int, rows: Sequence[DownloadRow]
) -> None:
    """Write downloads (track, user, instant, licence) in the order of time."""
    connection.executemany(
        "INSERT INTO downloads (id,track_id,user_id,downloaded_at,license_uuid) VALUES (?,?,?,?,?)",
        [(first_id + place, *row) for place, row in enumerate(rows)],
    )
