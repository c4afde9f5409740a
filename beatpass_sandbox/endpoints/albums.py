"""A single album and a single track."""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.clock import plain_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Query, Source
from beatpass_sandbox.endpoints import resources, shapes
from beatpass_sandbox.replies import Json, not_found
from beatpass_sandbox.schemas import array, record, succeeded


def album(context: Context) -> Json:
    """``GET /albums/{id}?with=tags,genres,artists,tracks``: the lists only as asked for.

    Genres and tags are those of the album's tracks, the most frequent first.
    """
    row = context.row("SELECT * FROM albums WHERE id = ?", context.identifier())
    if row is None:
        raise not_found("The requested album could not be found.")
    card: Json = {
        "id": row["id"],
        "name": row["name"],
        "model_type": "album",
        "image": row["image"],
    }
    if context.session is not None:
        card |= _details(context, row)
    return {"status": "success", "album": card}


def _details(context: Context, row: sqlite3.Row) -> Json:
    wanted = context.includes()
    members = context.rows(
        "SELECT t.id, f.plays FROM tracks t JOIN track_figures f ON f.track_id = t.id"
        " WHERE t.album_id = ? ORDER BY t.id",
        row["id"],
    )
    details: Json = {
        "release_date": row["release_date"],
        "created_at": plain_instant(row["created_at"]),
        "description": row["description"],
        "plays": sum(member["plays"] for member in members),
    }
    if "tracks" in wanted:
        details["tracks"] = resources.tracks(context, [member["id"] for member in members])
    if "artists" in wanted:
        artists = context.rows("SELECT * FROM artists WHERE id = ?", row["artist_id"])
        details["artists"] = [resources.artist_card(artist) for artist in artists]
    for label in ("genre", "tag"):
        if f"{label}s" in wanted:
            details[f"{label}s"] = [
                dict(name)
                for name in context.rows(
                    "SELECT n.id, n.name FROM tracks t"
                    f" JOIN track_{label}s l ON l.track_id = t.id"
                    f" JOIN {label}s n ON n.id = l.{label}_id WHERE t.album_id = ?"
                    " GROUP BY n.id ORDER BY COUNT(*) DESC, n.id",
                    row["id"],
                )
            ]
    return details


def track(context: Context) -> Json:
    """``GET /tracks/{id}``; signed-in callers get everything, whatever ``with`` names.

    As published, the album of a single track is an object; there is no null one.
    """
    row = context.row("SELECT id FROM tracks WHERE id = ?", context.identifier())
    if row is None:
        raise not_found("The requested track could not be found.")
    form = resources.minimal_tracks if context.session is None else resources.tracks
    card = form(context, [row["id"]])[0]
    if card.get("album") is None:
        card.pop("album", None)
    return {"status": "success", "track": card}


_ALBUM = record(
    shapes.ALBUM_FIELDS,
    {
        "tracks": array(shapes.TRACK),
        "artists": array(shapes.ARTIST),
        "genres": shapes.LABELS,
        "tags": shapes.LABELS,
    },
)


def _inclusion(*names: str) -> tuple[Query, ...]:
    """The query ``with``: any of ``names``, separated by commas."""
    name = "(?:" + "|".join(names) + ")"
    return (Query("with", {"type": "string", "pattern": f"^(?: *{name} *(?:, *{name} *)*)?$"}),)


OPERATIONS = (
    Operation(
        "GET",
        "/albums/{id}",
        album,
        "An album",
        Source.DOCUMENTED,
        succeeded(album=_ALBUM),
        query=_inclusion("tags", "genres", "artists", "tracks"),
        public=True,
        refusals=(404,),
        anonymous_reply=succeeded(album=shapes.MINIMAL_ALBUM),
    ),
    Operation(
        "GET",
        "/tracks/{id}",
        track,
        "A track",
        Source.DOCUMENTED,
        succeeded(track=shapes.TRACK),
        query=_inclusion("tags", "genres", "artists", "album"),
        public=True,
        refusals=(404,),
        anonymous_reply=succeeded(track=shapes.MINIMAL_TRACK),
    ),
)
