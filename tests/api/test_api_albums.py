"""A single album with its tracks over real HTTP."""

from __future__ import annotations

from typing import Any

import pytest
from fault_server import replies, served

from beatpass_desktop.api import errors
from beatpass_desktop.api.albums import fetch_album_tracks
from beatpass_desktop.domain.album_tracks import AlbumTrack, AlbumTracks

TRACK = {"id": 7, "name": "Night", "plays": 12, "duration": 185_000, "bpm": 140}
NIGHT = AlbumTrack(7, "Night", 12, 185_000)


async def fetched(body: object, status: int = 200) -> Any:
    async with served(replies(status, body)) as (server, session):
        found = await fetch_album_tracks(session, 3)
    assert server.seen[0].target.endswith("/albums/3?with=tracks")
    return found.decoded


@pytest.mark.parametrize(
    "body",
    [
        {"status": "success", "album": {"id": 3, "tracks": [TRACK]}},
        {"success": True, "data": {"id": 3, "tracks": [TRACK]}},
        {"id": 3, "tracks": [TRACK]},
        {"tracks": [TRACK, {"name": "without an id"}, "junk"]},
    ],
)
async def test_that_the_tracks_are_read_in_every_envelope(body: object) -> None:
    decoded = await fetched(body)
    assert decoded.value == AlbumTracks((NIGHT,))
    assert decoded.carried == {"tracks"}


async def test_that_what_was_not_sent_or_does_not_fit_is_unknown() -> None:
    decoded = await fetched({"id": 3, "tracks": [{"id": 7}, {**TRACK, "id": 8, "plays": "many"}]})
    assert decoded.value.tracks == (AlbumTrack(7), AlbumTrack(8, "Night", None, 185_000))
    assert [note.where for note in decoded.notes] == ["tracks[1].plays"]


@pytest.mark.parametrize("tracks", [[], None])
async def test_that_an_album_without_tracks_is_read(tracks: object) -> None:
    assert (await fetched({"id": 3, "tracks": tracks})).value.tracks in ((), None)


@pytest.mark.parametrize(
    "body",
    [
        "<html>Sign in to this network</html>",
        [],
        {"status": "success", "album": {"id": 3, "name": "Nuit", "model_type": "album"}},
        {"id": 3, "tracks": "many"},
        {"id": 3, "tracks": [{"name": "no id"}]},
    ],
)
async def test_that_a_reply_without_tracks_is_refused(body: object) -> None:
    with pytest.raises(errors.Undecodable):
        await fetched(body)


async def test_that_another_album_than_the_one_asked_for_is_refused() -> None:
    with pytest.raises(errors.Refused, match="another album"):
        await fetched({"status": "success", "album": {"id": 4, "tracks": [TRACK]}})


async def test_that_an_album_that_is_gone_is_a_failure() -> None:
    with pytest.raises(errors.ApiError):
        await fetched({"message": "Not found."}, 404)
