"""The simulated platform as a whole: the order in which its history is made."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from beatpass_sandbox import database
from beatpass_sandbox.simulation import listeners
from beatpass_sandbox.simulation.catalogue import Catalogue
from beatpass_sandbox.simulation.earning import earn_achievements
from beatpass_sandbox.simulation.money import simulate_money
from beatpass_sandbox.simulation.producers import DAY, Cast, Producer, found_producers
from beatpass_sandbox.simulation.profiles import Profile
from beatpass_sandbox.simulation.quirks import distort
from beatpass_sandbox.simulation.roster import store_habits, store_producers
from beatpass_sandbox.simulation.settlement import settle
from beatpass_sandbox.simulation.uploads import SESSION_SIZES

OWN_USER_ID = 2_048
_MOST_SESSIONS = 0.5
_LATE_FOLLOWERS = 1.4


def simulate(connection: sqlite3.Connection, profile: Profile, seed: int, moment: datetime) -> None:
    """Fill an empty database with the platform's history up to ``moment``."""
    now = int(moment.timestamp())
    database.create_schema(connection)
    connection.execute("BEGIN")
    with connection:
        cast = found_producers(seed, now, profile)
        store_producers(connection, cast.producers)
        Catalogue(connection, seed, now).simulate(cast.producers)
        database.create_late_indexes(connection)
        _join(connection, now, cast)
        _listen(connection, profile, seed, now, cast)
        store_habits(connection, cast.producers)
        settle(connection, now)
        earn_achievements(connection, seed, now)
        quirky = [producer for producer, artist in cast.own if artist.quirky]
        for producer in quirky:
            distort(connection, producer.id)
        if quirky:
            settle(connection, now)
        connection.execute(
            "INSERT INTO origin VALUES (?,?,?,?)", (profile.name, seed, profile.uploads, now)
        )
        simulate_money(connection, profile, seed, now)
    connection.execute("ANALYZE")


def _join(connection: sqlite3.Connection, now: int, cast: Cast) -> None:
    """Sign the user up, shortly before the first of the user's artists joins."""
    joined_at = min((producer.joined_at - 3_600 for producer, _ in cast.own), default=now - DAY)
    connection.execute(
        "INSERT INTO users VALUES (?,?,?,?)",
        (OWN_USER_ID, "Sam Rivers", f"/storage/avatars/{OWN_USER_ID}.png", joined_at),
    )
    connection.executemany(
        "INSERT INTO memberships VALUES (?,?,?,?)",
        [
            (OWN_USER_ID, position, producer.id, "owner")
            for position, (producer, _) in enumerate(cast.own)
        ],
    )


def _listen(
    connection: sqlite3.Connection, profile: Profile, seed: int, now: int, cast: Cast
) -> None:
    """Let listeners follow and download, and note how much of that an average day brings."""
    people = listeners.settle_listeners(connection, seed, now, profile.listeners)
    wanted = {producer.id: artist.followers for producer, artist in cast.own}
    listeners.follow_artists(connection, seed, now, cast.producers, people, wanted)
    followers = dict(
        connection.execute("SELECT artist_id, COUNT(*) FROM follows GROUP BY artist_id").fetchall()
    )
    downloads = listeners.download_beats(connection, seed, now, list(wanted), people)
    for producer in cast.producers:
        producer.downloads = downloads.get(producer.id, 0.0)
        days = max(1.0, (now - producer.joined_at) / DAY)
        producer.sessions = _sessions_a_day(producer, days)
        producer.followers = followers.get(producer.id, 0) / days * _LATE_FOLLOWERS


def _sessions_a_day(producer: Producer, days: float) -> float:
    tracks_a_session = sum(SESSION_SIZES) / len(SESSION_SIZES)
    return min(_MOST_SESSIONS, producer.uploads / days / tracks_a_session)
