"""What the page in view needs besides its own data sets: fetched once, given up when it is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from backend import BROKEN, HTML, MISSING, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.domain.events import AccountChanged, FetchEnded
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.insights import Insights
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.requests import Requests
from beatpass_desktop.store import collaboration, documents, insights, performance

MONTH = "tracks/1001/30-days"
PATH = "producer-intelligence/insights/tracks/1001"


def answer(backend: Backend, number: int = 1001, plays: int = 5) -> None:
    path = f"producer-intelligence/insights/tracks/{number}"
    backend.say(path, Said({"plays": {"total": plays, "period": 1}}))
    backend.say(f"{path}/charts", Said({"labels": ["2026-11-01"], "plays": [plays]}))


def key(
    params: str = MONTH, resource: Resource = Resource.INSIGHTS, artist: int = 1
) -> ResourceKey:
    return ResourceKey(resource, 1, artist, params)


def stored(desk: Desk, params: str = MONTH) -> Insights | None:
    return insights.insights(desk.store.reading, key(params))


async def test_that_a_wish_is_stored_with_its_params_and_asked_for_once(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        await desk.shown(Page.TRACKS)
        for _ in range(3):
            desk.engine.want(Resource.INSIGHTS, MONTH)
            desk.engine.want(Resource.CHART, MONTH)
        await desk.settled(Page.TRACKS)
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await desk.settled(Page.TRACKS)
        assert backend.count(PATH) == backend.count(f"{PATH}/charts") == 1
        assert stored(desk) == Insights(plays=5, plays_in_period=1)
        read = desk.store.reading
        assert insights.points(read, key(resource=Resource.CHART)) == [("2026-11-01", 5)]
        assert {key(), key(resource=Resource.CHART)} <= desk.changed()


async def test_that_a_wish_is_renewed_when_it_is_old_or_the_page_is_refreshed(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        await desk.shown(Page.TRACKS)
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await desk.settled(Page.TRACKS)
        await desk.refreshed(Page.TRACKS)
        assert backend.count(PATH) == 2
        desk.clock.advance(minutes=16)
        await desk.shown(Page.TRACKS)
        assert backend.count(PATH) == 3


async def test_that_a_later_wish_gives_up_the_earlier(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend, 1001)
        answer(backend, 1002)
        await desk.shown(Page.TRACKS)
        backend.gate.clear()
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await backend.until(PATH)
        desk.engine.want(Resource.INSIGHTS, "tracks/1002/30-days")
        await desk.told(FetchEnded, lambda event: event.key == key())
        backend.gate.set()
        await desk.settled(Page.TRACKS)
        assert stored(desk) is None
        assert stored(desk, "tracks/1002/30-days") is not None
        await desk.refreshed(Page.TRACKS)
        assert backend.count(PATH) == 1


async def test_that_leaving_the_page_gives_up_its_wishes(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        await desk.shown(Page.TRACKS)
        backend.gate.clear()
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await backend.until(PATH)
        desk.engine.show_page(Page.HOME)
        ended = await desk.told(FetchEnded, lambda event: event.key == key())
        assert ended.failure is None
        backend.gate.set()
        await desk.settled(Page.HOME)
        await desk.shown(Page.TRACKS)
        assert stored(desk) is None
        assert backend.count(PATH) == 1


@pytest.mark.parametrize("said", [HTML, BROKEN, MISSING, Said({}), Said({"plays": "many"})])
async def test_that_a_failed_wish_keeps_what_is_stored_and_says_why(path: Path, said: Said) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        await desk.shown(Page.TRACKS)
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await desk.settled(Page.TRACKS)
        backend.say(PATH, said)
        await desk.refreshed(Page.TRACKS)
        assert stored(desk) == Insights(plays=5, plays_in_period=1)
        age = documents.age(desk.store.reading, key())
        assert age.attempt is Attempt.FAILED
        assert age.reason
        assert desk.age(Resource.TRACKS).attempt is Attempt.SUCCEEDED


async def test_that_a_garbled_field_keeps_its_stored_value(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        await desk.shown(Page.TRACKS)
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await desk.settled(Page.TRACKS)
        backend.say(PATH, Said({"plays": {"total": [], "period": 9}}))
        await desk.refreshed(Page.TRACKS)
        assert stored(desk) == Insights(plays=5, plays_in_period=9)


async def test_that_wishes_end_with_the_artist_they_were_for(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        await desk.shown(Page.TRACKS)
        backend.gate.clear()
        desk.engine.want(Resource.INSIGHTS, MONTH)
        await backend.until(PATH)
        desk.engine.switch_artist(2)
        await desk.told(AccountChanged, lambda event: event.artist == 2)
        backend.gate.set()
        await desk.settled(Page.TRACKS)
        await desk.refreshed(Page.TRACKS)
        assert backend.count(PATH) == 1
        assert insights.insights(desk.store.reading, key(artist=2)) is None


async def test_that_the_sections_of_tracks_come_with_the_page(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("artist/upload-insights", Said({"message": "No upload access."}, 403))
        await desk.shown(Page.TRACKS)
        read = desk.store.reading
        network = collaboration.network(read, desk.key(Resource.NETWORK))
        assert network is not None
        assert network.total_collaborators == 1
        assert collaboration.opportunities(read, desk.key(Resource.OPPORTUNITIES))
        uploads = performance.upload_insights(read, desk.key(Resource.UPLOAD_INSIGHTS))
        assert uploads is not None
        assert uploads.permitted is False
        assert desk.failures() == {}
        desk.clock.advance(minutes=16)
        await desk.shown(Page.TRACKS)
        assert backend.count("producer-intelligence/collaboration-network") == 2
        assert backend.count("producer-intelligence/collaboration-opportunities") == 1


async def test_that_sections_of_another_artist_are_not_asked_for(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        desk.engine.switch_artist(2)
        await desk.told(AccountChanged, lambda event: event.artist == 2)
        await desk.shown(Page.TRACKS)
        assert backend.count("producer-intelligence/collaboration-network") == 0
        assert backend.count("artist/2/collaborative-tracks") == 1


async def test_that_wishes_from_before_the_engine_are_passed_on(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        answer(backend)
        requests = Requests()
        requests.show_page(Page.HOME)
        requests.want(Resource.CHART, MONTH)
        requests.show_page(Page.TRACKS)
        requests.want(Resource.INSIGHTS, MONTH)
        requests.want_growth([1001])
        requests.follow(9)
        requests.connect(desk.engine)
        await desk.settled(Page.TRACKS)
        assert stored(desk) is not None
        assert backend.count(f"{PATH}/charts") == 0
        assert backend.count("artists/9/follow") == 0
