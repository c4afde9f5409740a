"""A single album.

Documented: the path and that `with=tracks` adds the tracks. Assumed: that these carry plays and
durations as in the artist's catalogue.
"""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import Refused
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.replies import fetched, require_rows
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.album_tracks import AlbumTrack, AlbumTracks
from beatpass_desktop.domain.replies import Decoded, Fetched


async def fetch_album_tracks(
    session: Session,
    album: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[AlbumTracks]:
    """`GET /albums/{id}?with=tracks`. Raises `ApiError`; `Refused` when it is another album."""
    reply = await session.get(f"albums/{album}", {"with": "tracks"}, etag=etag, urgent=urgent)
    return fetched(reply, lambda document: _tracks(document, album))


def _tracks(document: object, album: int) -> Decoded[AlbumTracks]:
    fields = Fields(object_in(document, "album"))
    told = fields.id()
    if told is not None and told != album:
        raise Refused(
            "BeatPass sent another album than the one asked for.", f"{told} instead of {album}"
        )
    rows = require_rows(fields, "tracks", fields.many("tracks", _track))
    return Decoded(AlbumTracks(rows), frozenset({"tracks"}), tuple(fields.notes))


def _track(fields: Fields) -> AlbumTrack | None:
    number = fields.required_id()
    if number is None:
        return None
    return AlbumTrack(
        id=number,
        name=fields.text("name"),
        plays=fields.integer("plays"),
        duration=fields.integer("duration"),
    )
