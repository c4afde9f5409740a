"""Listeners: who follows which artist and who downloaded which beat."""

from __future__ import annotations

import random
import sqlite3
import uuid
from bisect import bisect
from itertools import accumulate

from beatpass_sandbox.simulation.names import Namer
from beatpass_sandbox.simulation.producers import DAY, Producer

_LISTENERS = 1_900
_DOWNLOADS_PER_PLAY = 0.055
_MOST_DOWNLOADS = 5_000
_LICENSED_SHARE = 0.85
_MEAN_DELAY_DAYS = 110
_DEFAULT_AVATAR = "/storage/defaults/avatar.png"


def settle_listeners(connection: sqlite3.Connection, seed: int, now: int) -> list[int]:
    """Create the listeners' accounts and return their ids."""
    source = random.Random(f"{seed}/listeners")
    namer = Namer(source)
    identifier = 2_090
    ids: list[int] = []
    rows: list[tuple[int, str, str, int]] = []
    for _ in range(_LISTENERS):
        identifier += source.randint(1, 9)
        ids.append(identifier)
        avatar = _DEFAULT_AVATAR
        if source.random() < 0.6:
            avatar = f"/storage/avatars/{identifier}.png"
        joined_at = now - source.randrange(DAY, 1_500 * DAY)
        rows.append((identifier, namer.listener(), avatar, joined_at))
    connection.executemany("INSERT INTO users VALUES (?,?,?,?)", rows)
    return ids


def follow_artists(
    connection: sqlite3.Connection,
    seed: int,
    now: int,
    producers: list[Producer],
    listeners: list[int],
    own_followers: int,
) -> None:
    """Let listeners follow artists, more of them lately, never before the artist joined."""
    source = random.Random(f"{seed}/follows")
    rows: list[tuple[int, int, int]] = []
    for producer in producers:
        wanted = own_followers if producer.own else int(source.lognormvariate(3.6, 1.0))
        span = max(1, now - producer.joined_at)
        for user_id in source.sample(listeners, min(wanted, len(listeners))):
            followed_at = producer.joined_at + int(span * source.random() ** 0.7)
            rows.append((producer.id, followed_at, user_id))
    rows.sort()
    connection.executemany("INSERT INTO follows VALUES (?,?,?)", rows)


def download_beats(
    connection: sqlite3.Connection, seed: int, now: int, artist_id: int, listeners: list[int]
) -> None:
    """Turn a share of an artist's plays into downloads, most of them with a licence."""
    source = random.Random(f"{seed}/downloads/{artist_id}")
    played = connection.execute(
        "SELECT t.id, t.created_at, SUM(p.count) FROM credits c JOIN tracks t ON t.id = c.track_id"
        " JOIN plays p ON p.track_id = t.id WHERE c.artist_id = ? GROUP BY t.id ORDER BY t.id",
        (artist_id,),
    ).fetchall()
    if not played:
        return
    weights = list(accumulate(row[2] for row in played))
    count = min(_MOST_DOWNLOADS, int(weights[-1] * _DOWNLOADS_PER_PLAY))
    events: list[tuple[int, int, int, str | None]] = []
    # A few keen listeners come back often, most take one beat.
    regulars = source.sample(listeners, max(1, len(listeners) // 12))
    for _ in range(count):
        track_id, created_at, _plays = played[bisect(weights, source.randrange(weights[-1]))]
        age = max(1, now - created_at)
        delay = int(source.expovariate(1 / (_MEAN_DELAY_DAYS * DAY))) % age
        user_id = source.choice(regulars if source.random() < 0.45 else listeners)
        license_uuid = None
        if source.random() < _LICENSED_SHARE:
            license_uuid = str(uuid.UUID(int=source.getrandbits(128), version=4))
        events.append((created_at + delay, track_id, user_id, license_uuid))
    events.sort()
    connection.executemany(
        "INSERT INTO downloads (id,downloaded_at,track_id,user_id,license_uuid) VALUES (?,?,?,?,?)",
        [(7_001 + place, *event) for place, event in enumerate(events)],
    )
