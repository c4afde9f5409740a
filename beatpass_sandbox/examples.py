"""Values that exist in a sandbox, for the parameters in the paths of its OpenAPI document."""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.simulation.platform import OWN_USER_ID

_OWN_ARTIST = "SELECT artist_id FROM memberships WHERE user_id = :user ORDER BY position LIMIT 1"
_NEWEST_OWN_TRACK = (
    f"SELECT track_id FROM credits WHERE artist_id = ({_OWN_ARTIST}) ORDER BY sequence DESC LIMIT 1"
)
_NEWEST_OWN_ALBUM = (
    f"SELECT id FROM albums WHERE artist_id = ({_OWN_ARTIST})"
    " ORDER BY created_at DESC, id DESC LIMIT 1"
)
_NEWEST_SPLIT = (
    "SELECT l.id FROM ledger l JOIN splits s ON s.ledger_id = l.id"
    f" WHERE l.artist_id = ({_OWN_ARTIST}) ORDER BY l.created_at DESC, l.id DESC LIMIT 1"
)
_LICENSE = (
    "SELECT license_uuid FROM downloads WHERE license_uuid IS NOT NULL"
    " ORDER BY downloaded_at DESC LIMIT 1"
)
_NOT_FOLLOWED = (
    "SELECT MIN(id) FROM artists WHERE"
    " id NOT IN (SELECT artist_id FROM memberships WHERE user_id = :user)"
    " AND id NOT IN (SELECT artist_id FROM follows WHERE user_id = :user)"
)
# Where the user's artist has none, anybody's does.
_QUERIES = {
    "artist": (_OWN_ARTIST, "SELECT MIN(id) FROM artists"),
    "artists": (_OWN_ARTIST, "SELECT MIN(id) FROM artists"),
    "tracks": (_NEWEST_OWN_TRACK, "SELECT MIN(id) FROM tracks"),
    "albums": (_NEWEST_OWN_ALBUM, "SELECT MIN(id) FROM albums"),
    "subscription-payouts": (_NEWEST_SPLIT,),
    "verify-license": (_LICENSE,),
    "/artists/{id}/follow": (_NOT_FOLLOWED,),
    "/artists/{id}/unfollow": (_NOT_FOLLOWED,),
}


def path_examples(database: sqlite3.Connection) -> dict[str, object]:
    """Existing values, by a whole path or by the step of one that the parameter comes after.

    An id after ``artists``, say. Whoever is to be unfollowed is to be followed first.
    """
    found: dict[str, object] = {"users": "me"}
    for step, queries in _QUERIES.items():
        for query in queries:
            row = database.execute(query, {"user": OWN_USER_ID}).fetchone()
            if row is not None and row[0] is not None:
                found.setdefault(step, row[0])
    return found
