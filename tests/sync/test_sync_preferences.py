"""Refreshing only by hand, and clearing the cache."""

from __future__ import annotations

from pathlib import Path

from backend import BROKEN, Backend, Said
from desk import at_desk

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.requests import Requests
from beatpass_desktop.store import figures
from beatpass_desktop.sync.resources import fetched_for


async def test_that_without_automatic_refresh_only_what_was_never_loaded_is_fetched(
    path: Path,
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        desk.engine.set_automatic(False)
        backend.routes["artists/1/albums"] = lambda asked: BROKEN
        await desk.shown(Page.HOME)
        assert desk.figures()[Figure.PLAYS] == 6
        assert desk.age(Resource.ALBUMS).fetched_at is None
        desk.clock.advance(days=2)
        asked = len(backend.asked)
        await desk.shown(Page.HOME)
        assert [one.path for one in backend.asked[asked:]] == ["artists/1/albums"]


async def test_that_by_hand_everything_is_still_fetched(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        desk.engine.set_automatic(False)
        await desk.shown(Page.HOME)
        before = desk.clock.now
        desk.clock.advance(days=2)
        await desk.refreshed(Page.HOME)
        for data_set in fetched_for(Page.HOME):
            assert desk.age(data_set.resource).fetched_at != before


async def test_that_switching_it_on_renews_the_page_in_view(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        desk.engine.set_automatic(False)
        await desk.shown(Page.HOME)
        desk.clock.advance(days=2)
        desk.engine.set_automatic(True)
        await desk.settled(Page.HOME)
        assert desk.age(Resource.STATS).fetched_at == desk.clock.now


async def test_that_growth_that_was_loaded_is_not_renewed_by_itself(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        desk.engine.set_automatic(False)
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([1001, 1002])
        await desk.settled(Page.TRACKS)
        first = [one for one in backend.asked if one.path.endswith("growth-batch")]
        assert first
        desk.clock.advance(days=2)
        desk.engine.want_growth([1001, 1002])
        await desk.settled(Page.TRACKS)
        assert [one for one in backend.asked if one.path.endswith("growth-batch")] == first


async def test_that_a_wish_made_before_there_is_an_engine_holds(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        desk.clock.advance(days=2)
        asked = len(backend.asked)
        port = Requests()
        port.set_automatic(False)
        port.show_page(Page.HOME)
        port.connect(desk.engine)
        await desk.settled(Page.HOME)
        assert len(backend.asked) == asked


async def test_that_a_cleared_cache_fills_again_and_history_stays(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        await desk.shown(Page.HOME)
        desk.clock.advance(days=1)
        desk.events.clear()
        backend.routes["artist/dashboard-stats"] = lambda asked: Said({"total_plays": 99})
        desk.engine.clear_cache()
        cleared = await desk.told(ResourcesChanged)
        assert {desk.key(Resource.STATS), desk.key(Resource.TRACKS)} <= cleared.keys
        await desk.told(ResourcesChanged, lambda event: event is not cleared)
        await desk.settled(Page.HOME)
        assert desk.figures()[Figure.PLAYS] == 99
        assert desk.track_names() == []
        history = figures.history(desk.store.reading, 1, 1, Figure.PLAYS)
        assert history == [("2026-11-23", 6), ("2026-11-24", 99)]
        await desk.shown(Page.TRACKS)
        assert desk.track_names() == ["Track 1001", "Track 1002", "Track 1003"]


async def test_that_clearing_during_a_walk_leaves_a_whole_catalogue(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        desk.engine.show_page(Page.TRACKS)
        await desk.session_tick()
        desk.engine.clear_cache()
        await desk.told(ResourcesChanged, lambda event: desk.key(Resource.TRACKS) in event.keys)
        await desk.settled(Page.TRACKS)
        assert desk.track_names() == ["Track 1001", "Track 1002", "Track 1003"]
        assert desk.failures() == {}
