"""The tracks of an album are fetched when they are wished for, and kept."""

from __future__ import annotations

from pathlib import Path

from backend import BROKEN, HTML, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.domain.album_tracks import AlbumTrack
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.store import albums, documents

KEY = ResourceKey(Resource.ALBUM_TRACKS, 1, 1, "5")
TRACKS = Said({"status": "success", "album": {"id": 5, "tracks": [{"id": 1, "name": "One"}]}})


def stored(desk: Desk) -> list[AlbumTrack] | None:
    return albums.album_tracks(desk.store.reading, KEY)


async def test_that_the_page_costs_one_request(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.ALBUMS)
        assert backend.paths[-1] == "artists/1/albums?page=1"
        asked = [one for one in backend.paths if one.startswith(("artists/1/", "albums/"))]
        assert asked == ["artists/1/albums?page=1"]


async def test_that_the_tracks_of_an_album_come_once_and_stay(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("albums/5", TRACKS)
        await desk.shown(Page.ALBUMS)
        for _ in range(2):
            desk.engine.want(Resource.ALBUM_TRACKS, "5")
            await desk.settled(Page.ALBUMS)
        assert backend.count("albums/5") == 1
        assert backend.asked[-1].query == {"with": "tracks"}
        assert stored(desk) == [AlbumTrack(1, "One")]
        assert KEY in desk.changed()


async def test_that_a_failure_keeps_the_tracks(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("albums/5", TRACKS)
        await desk.shown(Page.ALBUMS)
        desk.engine.want(Resource.ALBUM_TRACKS, "5")
        await desk.settled(Page.ALBUMS)
        for answer in (BROKEN, HTML, Said({"album": {"id": 6, "tracks": []}})):
            backend.say("albums/5", answer)
            await desk.refreshed(Page.ALBUMS)
            assert stored(desk) == [AlbumTrack(1, "One")]
            age = documents.age(desk.store.reading, KEY)
            assert age.attempt is Attempt.FAILED
            assert age.reason
