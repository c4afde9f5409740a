"""How artists, tracks, albums and users look in replies.

Documented fields stand in the published OpenAPI file; those of tracks beyond its seven come
from the developer guide. ``model_type`` and the minimal forms are assumptions.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from beatpass_sandbox.clock import iso_instant, plain_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.replies import Json


def _marks(values: Sequence[int]) -> str:
    return ",".join("?" * len(values))


def artist_card(row: sqlite3.Row) -> Json:
    """The short form of an artist that other objects carry."""
    return {
        "id": row["id"],
        "name": row["name"],
        "image_small": row["image_small"],
        "verified": bool(row["verified"]),
        "model_type": "artist",
    }


def user_card(row: sqlite3.Row) -> Json:
    """A user as others see it."""
    return {
        "id": row["id"],
        "display_name": row["display_name"],
        "avatar": row["avatar"],
        "model_type": "user",
    }


def minimal_tracks(context: Context, track_ids: Sequence[int]) -> list[Json]:
    """All that a caller without a token sees of tracks, in the order of ``track_ids``."""
    names = {
        row["id"]: row
        for row in context.rows(
            f"SELECT id, name, image FROM tracks WHERE id IN ({_marks(track_ids)})", *track_ids
        )
    }
    return [
        {
            "id": track_id,
            "name": names[track_id]["name"],
            "image": names[track_id]["image"],
            "model_type": "track",
        }
        for track_id in track_ids
    ]


def credited_artists(context: Context, track_ids: Sequence[int]) -> dict[int, list[Json]]:
    """The credited artists of each track, the primary one first."""
    found: dict[int, list[Json]] = {track_id: [] for track_id in track_ids}
    for row in context.rows(
        "SELECT c.track_id, a.id, a.name, a.image_small, a.verified"
        " FROM credits c JOIN artists a ON a.id = c.artist_id"
        f" WHERE c.track_id IN ({_marks(track_ids)}) ORDER BY c.track_id, c.position",
        *track_ids,
    ):
        found[row["track_id"]].append(artist_card(row))
    return found


def _labels(context: Context, label: str, track_ids: Sequence[int]) -> dict[int, list[Json]]:
    """The genres or tags of each track; ``label`` is ``genre`` or ``tag``."""
    found: dict[int, list[Json]] = {track_id: [] for track_id in track_ids}
    for row in context.rows(
        f"SELECT l.track_id, n.id, n.name FROM track_{label}s l"
        f" JOIN {label}s n ON n.id = l.{label}_id"
        f" WHERE l.track_id IN ({_marks(track_ids)}) ORDER BY l.track_id, l.position",
        *track_ids,
    ):
        found[row["track_id"]].append({"id": row["id"], "name": row["name"]})
    return found


def tracks(context: Context, track_ids: Sequence[int]) -> list[Json]:
    """The full form of tracks, in the order of ``track_ids``."""
    if not track_ids:
        return []
    rows = context.rows(
        "SELECT t.*, f.plays, a.name AS album_name FROM tracks t"
        " JOIN track_figures f ON f.track_id = t.id LEFT JOIN albums a ON a.id = t.album_id"
        f" WHERE t.id IN ({_marks(track_ids)})",
        *track_ids,
    )
    credited = credited_artists(context, track_ids)
    genres = _labels(context, "genre", track_ids)
    tags = _labels(context, "tag", track_ids)
    found: dict[int, Json] = {}
    for row in rows:
        track = _track(row)
        track["tags"] = tags[row["id"]]
        track["genres"] = genres[row["id"]]
        track["artists"] = credited[row["id"]]
        for field in (row["withheld"] or "").split(","):
            track.pop(field, None)
        found[row["id"]] = track
    return [found[track_id] for track_id in track_ids]


def _track(row: sqlite3.Row) -> Json:
    album = None
    if row["album_id"] is not None:
        album = {"id": row["album_id"], "name": row["album_name"]}
    return {
        "id": row["id"],
        "name": row["name"],
        "model_type": "track",
        "image": row["image"],
        "created_at": iso_instant(row["created_at"]),
        "release_date": row["release_date"],
        "duration": row["duration_ms"],
        "price": row["price"],
        "currency": row["currency"],
        "bpm": row["bpm"],
        "key": row["key"],
        "scale": row["scale"],
        "plays": row["plays"],
        "licensing_type": row["licensing_type"],
        "exclusive_status": row["exclusive_status"],
        "exclusive_price": row["exclusive_price"],
        "reposts_count": row["reposts"],
        "likes_count": row["likes"],
        "description": row["description"],
        "album": album,
    }


def albums(context: Context, rows: Sequence[sqlite3.Row]) -> list[Json]:
    """The full form of albums with their tracks; plays are the sum of the tracks' plays."""
    if not rows:
        return []
    album_ids = [row["id"] for row in rows]
    members = context.rows(
        "SELECT t.id, t.name, t.image, t.release_date, t.duration_ms, t.description, t.album_id,"
        " f.plays FROM tracks t JOIN track_figures f ON f.track_id = t.id"
        f" WHERE t.album_id IN ({_marks(album_ids)}) ORDER BY t.album_id, t.id",
        *album_ids,
    )
    credited = credited_artists(context, [member["id"] for member in members])
    contents: dict[int, list[Json]] = {album_id: [] for album_id in album_ids}
    for member in members:
        contents[member["album_id"]].append(
            {
                "id": member["id"],
                "name": member["name"],
                "model_type": "track",
                "image": member["image"],
                "release_date": member["release_date"],
                "duration": member["duration_ms"],
                "description": member["description"],
                "plays": member["plays"],
                "artists": credited[member["id"]],
            }
        )
    owners = {
        row["id"]: artist_card(row)
        for row in context.rows(
            f"SELECT * FROM artists WHERE id IN ({_marks(album_ids)})",
            *[row["artist_id"] for row in rows],
        )
    }
    return [
        {
            "id": row["id"],
            "name": row["name"],
            "model_type": "album",
            "image": row["image"],
            "release_date": row["release_date"],
            "created_at": plain_instant(row["created_at"]),
            "description": row["description"],
            "plays": sum(track["plays"] for track in contents[row["id"]]),
            "tracks": contents[row["id"]],
            "artists": [owners[row["artist_id"]]],
        }
        for row in rows
    ]
