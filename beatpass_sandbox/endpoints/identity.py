"""Who is signed in, and the artist profile behind it."""

from __future__ import annotations

from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Query, Source
from beatpass_sandbox.endpoints import shapes
from beatpass_sandbox.endpoints.resources import artist_card, user_card
from beatpass_sandbox.replies import Json, not_found
from beatpass_sandbox.schemas import (
    COUNT,
    FLAG,
    IDENTIFIER,
    INSTANT,
    TEXT,
    array,
    nullable,
    record,
    succeeded,
)

_SOCIAL_NETWORKS = ("twitter", "instagram", "soundcloud", "youtube")


def user(context: Context) -> Json:
    """``GET /users/{id}``, where ``me`` is the signed-in user; ``?with=artists`` is assumed."""
    session = context.signed_in()
    is_me = context.parameters["id"] == "me"
    user_id = session.user_id if is_me else context.identifier()
    row = context.row("SELECT * FROM users WHERE id = ?", user_id)
    if row is None:
        raise not_found("The requested user could not be found.")
    card = user_card(row)
    if "artists" in context.includes():
        card["artists"] = [
            {**artist_card(artist), "role": artist["role"]}
            for artist in context.rows(
                "SELECT a.*, m.role FROM memberships m JOIN artists a ON a.id = m.artist_id"
                " WHERE m.user_id = ? ORDER BY m.position",
                user_id,
            )
        ]
    return {"status": "success", "user": card}


def artist_profile(context: Context) -> Json:
    """``GET /artist/profile`` (developer guide): a bare object."""
    artist_id = context.own_artist()
    row = context.row(
        "SELECT a.*, f.tracks, f.plays FROM artists a"
        " JOIN artist_figures f ON f.artist_id = a.id WHERE a.id = ?",
        artist_id,
    )
    assert row is not None
    links = context.rows("SELECT network, url FROM artist_links WHERE artist_id = ?", artist_id)
    social = {link["network"]: link["url"] for link in links}
    return {
        "id": artist_id,
        "name": row["name"],
        "upload_access": bool(row["upload_access"]),
        "total_tracks": row["tracks"],
        "total_plays": row["plays"],
        "member_since": iso_instant(row["joined_at"]),
        "bio": row["bio"],
        "website": row["website"],
        "social_links": {name: social[name] for name in _SOCIAL_NETWORKS if name in social},
    }


_LINKED_ARTIST = record({**shapes.ARTIST_FIELDS, "role": TEXT})
_PROFILE = record(
    {
        "id": IDENTIFIER,
        "name": TEXT,
        "upload_access": FLAG,
        "total_tracks": COUNT,
        "total_plays": COUNT,
        "member_since": INSTANT,
        "bio": nullable(TEXT),
        "website": nullable(TEXT),
        "social_links": record({}, dict.fromkeys(_SOCIAL_NETWORKS, TEXT)),
    }
)

OPERATIONS = (
    Operation(
        "GET",
        "/users/{id}",
        user,
        "A user; `me` is the signed-in one",
        Source.DOCUMENTED,
        succeeded(user=record(shapes.USER_FIELDS, {"artists": array(_LINKED_ARTIST)})),
        query=(Query("with", TEXT),),
        path_parameters={"id": {"anyOf": [IDENTIFIER, {"const": "me"}]}},
    ),
    Operation(
        "GET",
        "/artist/profile",
        artist_profile,
        "The signed-in user's artist",
        Source.GUIDE,
        _PROFILE,
        refusals=(404,),
    ),
)
