"""What is stored of an artist's collaborations."""

from __future__ import annotations

import json
from typing import Any

import apsw

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.collaboration import (
    Collaborator,
    CommonTrack,
    Network,
    Opportunity,
)
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.text import folded
from beatpass_desktop.store import documents


def network(connection: apsw.Connection, key: ResourceKey) -> Network | None:
    """The stored collaboration network; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    listed = body.get("collaborators")
    return Network(
        body.get("total_collaborators"),
        body.get("total_collaborations"),
        None if listed is None else tuple(Collaborator(**one) for one in listed),
    )


def opportunities(connection: apsw.Connection, key: ResourceKey) -> list[Opportunity] | None:
    """The stored recommendations in the server's order; None before the first reply."""
    listed = (documents.body(connection, key) or {}).get("recommendations")
    return None if listed is None else [_opportunity(one) for one in listed]


def set_following(
    connection: apsw.Connection, account: int, artist: int, *, following: bool
) -> list[ResourceKey]:
    """Note with a collaborator that the account follows them, or not; the keys that changed."""
    changed = []
    owners: list[Any] = connection.execute(
        "SELECT artist, params FROM documents WHERE account = ? AND resource = ?",
        (account, Resource.NETWORK.value),
    ).fetchall()
    for owner, params in owners:
        key = ResourceKey(Resource.NETWORK, account, owner, params)
        stored = network(connection, key)
        listed = stored.collaborators if stored is not None else None
        if stored is None or not any(one.id == artist for one in listed or ()):
            continue
        body: dict[str, Any] = dict(documents.body(connection, key) or {})
        for one in body["collaborators"]:
            if one["id"] == artist:
                one["following"] = following
        connection.execute(
            """UPDATE documents SET body = ?
               WHERE account = ? AND artist = ? AND resource = ? AND params = ?""",
            (json.dumps(body, ensure_ascii=False), account, owner, key.resource.value, params),
        )
        changed.append(key)
    return changed


def common_tracks(
    connection: apsw.Connection, key: ResourceKey, other: int, name: str | None
) -> list[CommonTrack]:
    """The tracks made together with the artist `other`, most played first.

    `key` is that of the collaborative tracks, which may credit `other` by `name` alone. They are
    not promised to be all, so the credits of the catalogue count as well.
    """
    who = (key.account, key.artist)
    like = f"%{folded(name or '').translate(_LITERAL)}%"
    found = {row[0]: row for row in connection.execute(_CREDITED, (*who, like, other))}
    for row in connection.execute(_LISTED, (*who, key.resource.value, other, name)):
        found.setdefault(row[0], row)
    tracks = [CommonTrack(*row) for row in found.values()]
    return sorted(tracks, key=lambda track: (track.plays is None, -(track.plays or 0), track.id))


_LITERAL = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})

# The index narrows a large catalogue down by name before the wide rows are read.
_CREDITED = """
SELECT id, name, artists, plays FROM tracks INDEXED BY tracks_by_search
WHERE account = ? AND artist = ? AND gone_at IS NULL AND together
  AND search LIKE ? ESCAPE '\\' AND EXISTS (
    SELECT 1 FROM json_each(artists_json) c WHERE c.value ->> 'id' = ?)
"""

_LISTED = """
SELECT t.value ->> 'track_id', t.value ->> 'title',
       (SELECT group_concat(name, ', ' ORDER BY place) FROM (
            SELECT t.value ->> 'primary_artist' AS name, -1 AS place
            UNION ALL
            SELECT c.value ->> 'name', c.key FROM json_each(t.value, '$.collaborators') c
            WHERE c.value ->> 'name' IS NOT t.value ->> 'primary_artist')),
       t.value ->> 'plays'
FROM documents d, json_each(d.body, '$.tracks') t
WHERE d.account = ? AND d.artist = ? AND d.resource = ? AND EXISTS (
    SELECT 1 FROM json_each(t.value, '$.collaborators') c
    WHERE c.value ->> 'id' = ? OR (c.value ->> 'id' IS NULL AND c.value ->> 'name' = ?))
"""


def _opportunity(body: dict[str, Any]) -> Opportunity:
    # A NamedTuple is stored as a list of its fields.
    return Opportunity(
        ArtistRef(*body["artist"]),
        body["track_count"],
        body["match_score"],
        tuple(body["common_genres"]),
    )
