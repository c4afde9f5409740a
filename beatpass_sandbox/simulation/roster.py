"""Producers in the database: their profiles, and the habits that drive them from day to day."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from beatpass_sandbox.simulation.genres import GENRES
from beatpass_sandbox.simulation.producers import Producer

_DEFAULT_PICTURE = "/storage/defaults/artist.png"
_GENRES = {genre.id: genre for genre in GENRES}


def store_producers(connection: sqlite3.Connection, producers: Sequence[Producer]) -> None:
    """Write the artists with their links and pictures."""
    for producer in producers:
        picture = producer.pictures[0][0] if producer.pictures else _DEFAULT_PICTURE
        connection.execute(
            "INSERT INTO artists VALUES (?,?,?,?,?,?,?,?,?,?,?,?)",
            (
                producer.id,
                producer.name,
                picture,
                producer.verified,
                producer.has_profile,
                producer.joined_at,
                producer.bio,
                producer.city[0] if producer.city else None,
                producer.city[1] if producer.city else None,
                producer.website,
                producer.has_profile,
                producer.administrator,
            ),
        )
        connection.executemany(
            "INSERT INTO artist_links VALUES (?,?,?,?,?)",
            [(producer.id, place, *link) for place, link in enumerate(producer.links)],
        )
        connection.executemany(
            "INSERT INTO artist_pictures VALUES (?,?,?,?)",
            [(producer.id, place, *shot) for place, shot in enumerate(producer.pictures)],
        )


def store_habits(connection: sqlite3.Connection, producers: Sequence[Producer]) -> None:
    """Write what `load_producers` will need."""
    for producer in producers:
        connection.execute(
            "INSERT INTO habits VALUES (?,?,?,?,?,?,?,?,?,?)",
            (
                producer.id,
                producer.own,
                producer.currency,
                producer.completeness,
                producer.collaboration_share,
                producer.popularity,
                producer.variation,
                producer.sessions,
                producer.followers,
                producer.downloads,
            ),
        )
        connection.executemany(
            "INSERT INTO styles VALUES (?,?,?)",
            [(producer.id, place, genre.id) for place, genre in enumerate(producer.genres)],
        )
        connection.executemany(
            "INSERT INTO partnerships VALUES (?,?,?)",
            [(producer.id, place, other.id) for place, other in enumerate(producer.partners)],
        )


def load_producers(connection: sqlite3.Connection) -> list[Producer]:
    """All producers in the order of joining, as far as their habits go."""
    styles: dict[int, list[int]] = {}
    for row in connection.execute("SELECT * FROM styles ORDER BY artist_id, position"):
        styles.setdefault(row["artist_id"], []).append(row["genre_id"])
    producers = {
        row["artist_id"]: Producer(
            id=row["artist_id"],
            name=row["name"],
            joined_at=row["joined_at"],
            genres=tuple(_GENRES[genre_id] for genre_id in styles[row["artist_id"]]),
            completeness=row["completeness"],
            collaboration_share=row["collaboration_share"],
            popularity=row["popularity"],
            variation=row["variation"],
            own=bool(row["own"]),
            currency=row["currency"],
            has_profile=bool(row["has_profile"]),
            sessions=row["sessions"],
            followers=row["followers"],
            downloads=row["downloads"],
        )
        for row in connection.execute(
            "SELECT h.*, a.name, a.joined_at, a.has_profile FROM habits h"
            " JOIN artists a ON a.id = h.artist_id ORDER BY a.joined_at, a.id"
        )
    }
    for row in connection.execute("SELECT * FROM partnerships ORDER BY artist_id, position"):
        producers[row["artist_id"]].partners.append(producers[row["partner_id"]])
    return list(producers.values())
