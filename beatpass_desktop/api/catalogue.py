"""An artist's tracks and albums, page by page.

The published document shows seven fields of a track and the guide the rest; which come is not
promised. Assumed here: every field that stands in the wire contract may come.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from beatpass_desktop.api.envelope import page_in
from beatpass_desktop.api.errors import Unauthorised
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.identity import artist_ref
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.catalogue import Album, AlbumRef, Track
from beatpass_desktop.domain.replies import Decoded, Slice

T = TypeVar("T")

_MINIMAL = frozenset({"id", "name", "image", "artists", "album"})
"""domain fields that anybody may see"""


async def fetch_tracks(
    session: Session,
    artist: int,
    page: int,
    *,
    per_page: int = 100,
    urgent: Callable[[], bool] = always,
) -> Slice[Track]:
    """Page `page` (from 1) of `GET /artists/{id}/tracks`.

    When a signed-in session gets only what anybody may see, on every row, the token was not taken:
    Unauthorised, rather than a catalogue of zeros. Raises `ApiError`.
    """
    query = {"perPage": per_page, "page": page}
    reply = await session.get(f"artists/{artist}/tracks", query, urgent=urgent)
    tracks = slice_of(reply.document, page, _track)
    if session.signed_in and tracks.rows and all(row.carried <= _MINIMAL for row in tracks.rows):
        raise Unauthorised(
            "BeatPass sent only what anybody may see, so it does not accept this access token."
            " Please sign in again.",
            "only minimal fields",
        )
    return tracks


async def fetch_albums(
    session: Session,
    artist: int,
    page: int,
    *,
    per_page: int = 100,
    urgent: Callable[[], bool] = always,
) -> Slice[Album]:
    """Page `page` (from 1) of `GET /artists/{id}/albums`. Raises `ApiError`."""
    query = {"perPage": per_page, "page": page}
    reply = await session.get(f"artists/{artist}/albums", query, urgent=urgent)
    return slice_of(reply.document, page, _album)


def slice_of(document: object, asked: int, decode: Callable[[Fields], T | None]) -> Slice[T]:
    """The page in a reply; rows that `decode` finds to be nothing are counted as dropped.

    Raises `Undecodable` when there is none.
    """
    page = page_in(document)
    rows: list[Decoded[T]] = []
    for raw in page.rows:
        fields = Fields(raw) if isinstance(raw, dict) else None
        value = None if fields is None else decode(fields)
        if fields is not None and value is not None:
            rows.append(fields.decoded(value))
    return Slice(
        rows=tuple(rows),
        page=asked if page.page is None else page.page,
        per_page=page.per_page,
        last_page=page.last_page,
        total=page.total,
        dropped=len(page.rows) - len(rows),
    )


def _track(fields: Fields) -> Track | None:
    number = fields.id()
    if number is None:
        return None
    return Track(
        id=number,
        name=fields.text("name"),
        image=fields.text("image"),
        created_at=fields.time("created_at"),
        release_date=fields.day("release_date"),
        duration=fields.integer("duration"),
        price=fields.money("price"),
        exclusive_price=fields.money("exclusive_price"),
        bpm=fields.integer("bpm"),
        key=fields.text("key"),
        scale=fields.text("scale"),
        plays=fields.integer("plays"),
        licensing_type=fields.text("licensing_type"),
        exclusive_status=fields.text("exclusive_status"),
        reposts=fields.integer("reposts_count", "reposts"),
        likes=fields.integer("likes_count", "likes"),
        description=fields.text("description"),
        tags=fields.names("tags"),
        genres=fields.names("genres"),
        artists=fields.many("artists", artist_ref),
        album=fields.one("album", _album_ref),
    )


def _album_ref(fields: Fields) -> AlbumRef | None:
    number = fields.required_id()
    return None if number is None else AlbumRef(number, fields.text("name"))


def _album(fields: Fields) -> Album | None:
    number = fields.id()
    if number is None:
        return None
    return Album(
        id=number,
        name=fields.text("name"),
        image=fields.text("image"),
        release_date=fields.day("release_date"),
        created_at=fields.time("created_at"),
        description=fields.text("description"),
        plays=fields.integer("plays"),
        track_ids=fields.many("tracks", Fields.required_id, "track_ids"),
        artists=fields.many("artists", artist_ref),
    )
