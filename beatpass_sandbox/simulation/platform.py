"""The simulated platform as a whole: the order in which its history is made."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import datetime

from beatpass_sandbox import database
from beatpass_sandbox.simulation import listeners
from beatpass_sandbox.simulation.catalogue import Catalogue
from beatpass_sandbox.simulation.earning import earn_achievements
from beatpass_sandbox.simulation.producers import DAY, found_producers, store_producers
from beatpass_sandbox.simulation.profiles import Profile
from beatpass_sandbox.simulation.quirks import distort
from beatpass_sandbox.simulation.settlement import settle

OWN_USER_ID = 2_048


def scaled(profile: Profile, tracks: int) -> Profile:
    """The profile with a catalogue of ``tracks`` uploads and albums to match."""
    if profile.artist is None or profile.artist.uploads == 0:
        return profile
    albums = max(1, round(profile.artist.albums * (tracks / profile.artist.uploads) ** 0.5))
    return replace(profile, artist=replace(profile.artist, uploads=tracks, albums=albums))


def simulate(connection: sqlite3.Connection, profile: Profile, seed: int, moment: datetime) -> None:
    """Fill an empty database with the platform's history up to ``moment``."""
    now = int(moment.timestamp())
    own = profile.artist
    database.create_schema(connection)
    connection.execute("BEGIN")
    producers = found_producers(seed, now, own)
    store_producers(connection, producers)
    Catalogue(connection, seed, now).simulate(producers)
    database.create_late_indexes(connection)
    listener_ids = listeners.settle_listeners(connection, seed, now)
    _sign_up(connection, now)
    followers = own.followers if own is not None else 0
    listeners.follow_artists(connection, seed, now, producers, listener_ids, followers)
    for producer in producers:
        if not producer.own:
            continue
        connection.execute(
            "INSERT INTO memberships VALUES (?,?,?,?)", (OWN_USER_ID, 0, producer.id, "owner")
        )
        connection.execute(
            "UPDATE users SET joined_at = ? WHERE id = ?",
            (producer.joined_at - 3_600, OWN_USER_ID),
        )
        listeners.download_beats(connection, seed, now, producer.id, listener_ids)
    settle(connection, now)
    earn_achievements(connection, seed, now)
    if own is not None and own.quirky:
        for producer in producers:
            if producer.own:
                distort(connection, producer.id)
        settle(connection, now)
    connection.execute(
        "INSERT INTO origin VALUES (?,?,?,?)",
        (profile.name, seed, own.uploads if own is not None else 0, now),
    )
    connection.execute("COMMIT")
    connection.execute("ANALYZE")


def _sign_up(connection: sqlite3.Connection, now: int) -> None:
    connection.execute(
        "INSERT INTO users VALUES (?,?,?,?)",
        (OWN_USER_ID, "Sam Rivers", f"/storage/avatars/{OWN_USER_ID}.png", now - DAY),
    )
