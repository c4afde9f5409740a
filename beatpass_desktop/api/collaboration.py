"""Who makes tracks with whom.

Assumed bodies (marked P in the wire contract): `collaboration-network` and
`collaboration-opportunities`.
"""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in, object_with
from beatpass_desktop.api.fields import Fields, Unfit, as_integer, as_text, kind_of
from beatpass_desktop.api.identity import artist_ref
from beatpass_desktop.api.replies import fetched, require_known, require_rows
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.collaboration import (
    CollaborativeTrack,
    CollaborativeTracks,
    Collaborator,
    Credit,
    Network,
    Opportunities,
    Opportunity,
)
from beatpass_desktop.domain.replies import Decoded, Fetched


async def fetch_network(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Network]:
    """`GET /producer-intelligence/collaboration-network`. Raises `ApiError`."""
    path = "producer-intelligence/collaboration-network"
    return fetched(await session.get(path, etag=etag, urgent=urgent, group="social"), _network)


async def fetch_opportunities(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Opportunities]:
    """`GET /producer-intelligence/collaboration-opportunities`. Raises `ApiError`."""
    path = "producer-intelligence/collaboration-opportunities"
    reply = await session.get(path, etag=etag, urgent=urgent, group="social")
    return fetched(reply, _opportunities)


async def fetch_collaborative_tracks(
    session: Session,
    artist: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[CollaborativeTracks]:
    """`GET /artist/{id}/collaborative-tracks`. Raises `ApiError`."""
    path = f"artist/{artist}/collaborative-tracks"
    reply = await session.get(path, etag=etag, urgent=urgent, group="social")
    return fetched(reply, _collaborative_tracks)


def _network(document: object) -> Decoded[Network]:
    fields = Fields(object_in(document, "network"))
    network = Network(
        total_collaborators=fields.integer("total_collaborators"),
        total_collaborations=fields.integer("total_collaborations"),
        collaborators=fields.many("collaborators", _collaborator),
    )
    return require_known(fields.decoded(network))


def _collaborator(fields: Fields) -> Collaborator | None:
    number = fields.required_id()
    if number is None:
        return None
    return Collaborator(
        id=number,
        name=fields.text("name"),
        image=fields.text("image_small", "image"),
        verified=fields.boolean("verified"),
        track_count=fields.integer("track_count"),
        following=fields.boolean("following"),
    )


def _opportunities(document: object) -> Decoded[Opportunities]:
    fields = Fields(object_with(document, "recommendations"))
    rows = require_rows(fields, "recommendations", fields.many("recommendations", _opportunity))
    return fields.decoded(Opportunities(rows))


def _opportunity(fields: Fields) -> Opportunity | None:
    artist = fields.one("artist", artist_ref)
    if artist is None:
        return None
    return Opportunity(
        artist=artist,
        track_count=fields.integer("track_count"),
        match_score=fields.read("match_score", _score, "score from 0 to 100"),
        common_genres=fields.names("common_genres") or (),
    )


def _score(raw: object) -> int:
    number = as_integer(raw)
    if not 0 <= number <= 100:
        raise Unfit("number out of range")
    return number


def _collaborative_tracks(document: object) -> Decoded[CollaborativeTracks]:
    fields = Fields(object_with(document, "tracks"))
    rows = require_rows(fields, "tracks", fields.many("tracks", _collaborative_track))
    return fields.decoded(CollaborativeTracks(rows))


def _collaborative_track(fields: Fields) -> CollaborativeTrack | None:
    number = fields.required_id("track_id")
    if number is None:
        return None
    return CollaborativeTrack(
        track_id=number,
        title=fields.text("title"),
        primary_artist=fields.read("primary_artist", _name, "name"),
        collaborators=_credits(fields),
        plays=fields.integer("plays"),
    )


def _credits(fields: Fields) -> tuple[Credit, ...] | None:
    """The collaborators, each an object or a plain name; others are left out with a note."""
    items = fields.items("collaborators")
    if items is None:
        return None
    found: list[Credit] = []
    for place, item in items:
        if isinstance(item, dict):
            one = fields.inner(place, item)
            credit = Credit(one.id(), one.text("name"), one.text("image_small", "image"))
            if credit.id is not None or credit.name:
                found.append(credit)
        elif isinstance(item, str):
            found.append(Credit(name=as_text(item)))
        else:
            fields.note(place, "name or object", kind_of(item))
    return tuple(found)


def _name(raw: object) -> str:
    """A name as plain text or as an object's."""
    return as_text(raw.get("name") if isinstance(raw, dict) else raw)
