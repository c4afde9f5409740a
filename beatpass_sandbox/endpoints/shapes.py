"""JSON schemas of the forms in `resources`.

What is nullable or absent in some profile is so here; a client has to bear all of it.
"""

from __future__ import annotations

from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import (
    COUNT,
    FLAG,
    IDENTIFIER,
    INSTANT,
    INTEGER,
    NUMBER,
    PLAIN_INSTANT,
    TEXT,
    array,
    nullable,
    record,
)

LABELS: Json = array(record({"id": IDENTIFIER, "name": TEXT}))
"""Genres or tags."""

USER_FIELDS: Json = {
    "id": IDENTIFIER,
    "display_name": TEXT,
    "avatar": nullable(TEXT),
    "model_type": {"const": "user"},
}
USER: Json = record(USER_FIELDS)

MINIMAL_ARTIST_FIELDS: Json = {
    "id": IDENTIFIER,
    "name": TEXT,
    "image_small": nullable(TEXT),
    "model_type": {"const": "artist"},
}
ARTIST_FIELDS: Json = {**MINIMAL_ARTIST_FIELDS, "verified": FLAG}
ARTIST: Json = record(ARTIST_FIELDS)

MINIMAL_TRACK: Json = record(
    {"id": IDENTIFIER, "name": TEXT, "image": nullable(TEXT), "model_type": {"const": "track"}}
)
TRACK: Json = record(
    {
        **MINIMAL_TRACK["properties"],
        "release_date": nullable(TEXT),
        "bpm": nullable(INTEGER),
        "key": nullable(TEXT),
        "scale": nullable(TEXT),
        "exclusive_status": nullable(TEXT),
        "exclusive_price": nullable(NUMBER),
        "description": nullable(TEXT),
    },
    {
        "created_at": INSTANT,
        "duration": nullable(COUNT),
        "price": nullable(NUMBER),
        "currency": nullable(TEXT),
        "plays": COUNT,
        "licensing_type": nullable(TEXT),
        "reposts_count": COUNT,
        "likes_count": COUNT,
        "album": nullable(record({"id": IDENTIFIER, "name": TEXT})),
        "tags": LABELS,
        "genres": LABELS,
        "artists": array(ARTIST),
    },
)

_ALBUM_TRACK: Json = record(
    {
        **MINIMAL_TRACK["properties"],
        "release_date": nullable(TEXT),
        "duration": nullable(COUNT),
        "description": nullable(TEXT),
        "plays": COUNT,
        "artists": array(ARTIST),
    }
)
MINIMAL_ALBUM: Json = record(
    {"id": IDENTIFIER, "name": TEXT, "image": nullable(TEXT), "model_type": {"const": "album"}}
)
ALBUM_FIELDS: Json = {
    **MINIMAL_ALBUM["properties"],
    "release_date": nullable(TEXT),
    "created_at": PLAIN_INSTANT,
    "description": nullable(TEXT),
    "plays": COUNT,
}
ALBUM: Json = record({**ALBUM_FIELDS, "tracks": array(_ALBUM_TRACK), "artists": array(ARTIST)})
