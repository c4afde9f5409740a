"""From a wish to stored figures and the news of them."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from backend import BROKEN, HTML, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.api.budget import CONCURRENT
from beatpass_desktop.domain.events import (
    AccountChanged,
    ConnectionChanged,
    Event,
    FetchEnded,
    FetchStarted,
    RequestsPaused,
    ResourcesChanged,
)
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import figures, tracks
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.resources import fetched_for

FIRST = {
    Figure.TRACKS: 3,
    Figure.PLAYS: 6,
    Figure.LEVEL: 4,
    Figure.LEVEL_TITLE: "Rising",
    Figure.XP: 420,
    Figure.XP_TO_NEXT: 80,
    Figure.ACHIEVEMENTS: 2,
    Figure.ACHIEVEMENTS_TOTAL: 9,
    Figure.FOLLOWERS: 5,
    Figure.DOWNLOADS: 7,
    Figure.ALBUMS: 1,
}


async def test_that_the_first_sync_stores_what_the_page_shows(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        assert desk.figures() == FIRST
        assert desk.figures(artist=2) == {}
        by_identity = {desk.key(Resource.PROFILE)}
        shown = {desk.key(data_set.resource) for data_set in fetched_for(Page.HOME)}
        assert desk.changed() == shown - by_identity
        assert desk.last_account() == AccountChanged(1, 1, None)
        assert desk.of(ConnectionChanged) == [ConnectionChanged(True, desk.clock.now)]
        assert desk.failures() == {}
        for data_set in fetched_for(Page.HOME):
            assert desk.age(data_set.resource).fetched_at == desk.clock.now
        await desk.shown(Page.TRACKS)
        assert desk.track_names() == ["Track 1001", "Track 1002", "Track 1003"]
        assert desk.figures()[Figure.TRACKS_LISTED] == 3
        history = figures.history(desk.store.reading, 1, 1, Figure.PLAYS)
        assert history == [("2026-11-23", 6)]
        assert tracks.total(desk.store.reading, 1, 1) == 3


async def test_that_news_come_after_the_commit(path: Path) -> None:
    seen: dict[Figure, object] = {}
    desk: Desk

    def listener(event: Event) -> None:
        if isinstance(event, ResourcesChanged):
            seen.update(desk.figures())
            for key in event.keys:
                assert desk.age(key.resource).attempt is Attempt.SUCCEEDED

    async with Backend() as backend, at_desk(backend, path, listener=listener) as desk:
        await desk.shown(Page.HOME)
    assert seen == FIRST


async def test_that_a_data_set_in_flight_is_asked_for_once(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        backend.asked.clear()
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        desk.engine.show_page(Page.HOME)
        desk.engine.refresh_page(Page.HOME)
        await backend.until("artist/dashboard-stats")
        for _ in range(5):
            desk.engine.refresh_page(Page.HOME)
        desk.engine.refresh_all()
        while len(backend.asked) < CONCURRENT:
            await desk.session_tick()
        backend.gate.set()
        for page in Page:
            await desk.settled(page)
        data_sets = {data_set.resource for page in Page for data_set in fetched_for(page)}
        assert len(backend.paths) == len(set(backend.paths)) == len(data_sets)


async def test_that_fresh_data_is_not_asked_for_again_until_it_is_old(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        asked = len(backend.asked)
        desk.clock.advance(minutes=14, seconds=59)
        await desk.shown(Page.HOME)
        assert len(backend.asked) == asked
        desk.clock.advance(seconds=1)
        await desk.shown(Page.HOME)
        assert len(backend.asked) == asked + len(fetched_for(Page.HOME))
        assert backend.count("users/me") == 1


async def test_that_a_wish_to_refresh_asks_again_whatever_the_age(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        backend.say("artist/dashboard-stats", Said({"total_tracks": 4, "total_plays": 60}))
        desk.clock.advance(seconds=1)
        await desk.refreshed(Page.HOME)
        assert desk.figures()[Figure.PLAYS] == 60
        assert backend.count("artist/dashboard-stats") == 2
        assert desk.age(Resource.STATS).fetched_at == desk.clock.now


async def test_that_an_unchanged_reply_renews_the_age_alone(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        first = backend.asked[-1]
        before = desk.figures()
        desk.clock.advance(hours=1)
        await desk.refreshed(Page.HOME)
        assert "if-none-match" not in first.headers
        again = [a for a in backend.asked if a.path == "artist/dashboard-stats"][1]
        assert again.headers["if-none-match"].startswith('"')
        assert desk.figures() == before
        assert desk.age(Resource.STATS).fetched_at == desk.clock.now
        desk.clock.advance(hours=1)
        backend.say("artist/dashboard-stats", Said({"total_plays": 61}))
        await desk.refreshed(Page.HOME)
        assert desk.figures()[Figure.PLAYS] == 61
        assert desk.figures()[Figure.TRACKS] == 3


async def test_that_an_unchanged_reply_still_counts_for_the_day(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        desk.clock.advance(days=1)
        await desk.refreshed(Page.HOME)
        assert figures.history(desk.store.reading, 1, 1, Figure.PLAYS) == [
            ("2026-11-23", 6),
            ("2026-11-24", 6),
        ]


async def test_that_leaving_a_page_gives_up_what_only_it_waited_for(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        desk.clock.advance(hours=1)
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        await backend.until("artists/1/followers")
        await backend.until("artist/dashboard-stats", 2)
        desk.engine.show_page(Page.TRACKS)
        ended = await desk.told(FetchEnded, lambda e: e.key.resource is Resource.FOLLOWERS)
        assert ended.failure is None
        backend.gate.set()
        await desk.settled(Page.TRACKS)
        assert desk.age(Resource.FOLLOWERS).fetched_at is None
        assert desk.age(Resource.STATS).fetched_at == desk.clock.now


async def test_that_a_page_left_before_the_identity_came_asks_for_nothing(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        await backend.until("users/me")
        desk.engine.show_page(Page.TRACKS)
        backend.gate.set()
        await desk.settled(Page.TRACKS)
        await desk.settled(Page.HOME)
        assert backend.count("artists/1/followers") == 0
        assert desk.track_names() == ["Track 1001", "Track 1002", "Track 1003"]


async def test_that_coming_back_at_once_still_fetches_everything(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        await backend.until("artists/1/followers")
        desk.engine.show_page(Page.TRACKS)
        desk.engine.show_page(Page.HOME)
        backend.gate.set()
        await desk.settled(Page.HOME)
        assert desk.figures().items() >= FIRST.items()


async def test_that_a_catalogue_walk_goes_on_after_its_page_was_left(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        backend.gate.clear()
        desk.engine.show_page(Page.TRACKS)
        await backend.until("artists/1/tracks")
        desk.engine.show_page(Page.HOME)
        backend.gate.set()
        await desk.told(FetchEnded, lambda e: e.key.resource is Resource.TRACKS)
        assert len(desk.track_names()) == 3


async def test_that_a_single_data_set_can_be_given_up(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.engine.identified()
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        await backend.until("artists/1/followers")
        desk.engine.cancel(desk.key(Resource.FOLLOWERS))
        desk.engine.cancel(desk.key(Resource.TRACKS))
        backend.gate.set()
        await desk.settled(Page.HOME)
        assert desk.failures() == {}
        assert set(FIRST) - set(desk.figures()) == {Figure.FOLLOWERS}


async def test_that_a_server_that_is_gone_costs_no_data(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        fetched = desk.clock.now
        await backend.stop()
        desk.clock.advance(hours=1)
        await desk.shown(Page.HOME)
        assert desk.figures() == FIRST
        for data_set in fetched_for(Page.HOME):
            age = desk.age(data_set.resource)
            assert (age.attempt, age.fetched_at) == (Attempt.UNREACHED, fetched)
            assert age.attempted_at == desk.clock.now
            assert age.reason == "BeatPass cannot be reached."
        assert [event.online for event in desk.of(ConnectionChanged)] == [True, False]
        await backend.start(backend.port)
        await desk.shown(Page.HOME)
        assert [event.online for event in desk.of(ConnectionChanged)] == [True, False, True]
        assert desk.age(Resource.STATS).attempt is Attempt.SUCCEEDED


async def test_that_the_page_in_view_is_tried_again_after_a_while(path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("beatpass_desktop.sync.reachability.PROBE_SECONDS", 0.01)
    async with Backend() as backend, at_desk(backend, path) as desk:
        await backend.stop()
        await desk.shown(Page.HOME)
        assert desk.last_account().failure is not None
        await backend.start(backend.port)
        await desk.told(ConnectionChanged, lambda event: event.online)
        await desk.settled(Page.HOME)
        assert desk.figures() == FIRST
        assert desk.last_account() == AccountChanged(1, 1, None)


async def test_that_a_web_page_instead_of_data_costs_no_data(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        fetched = desk.clock.now
        for said, kind in ((HTML, "undecodable"), (Said("{"), "undecodable"), (BROKEN, "server")):
            backend.say_everywhere(said)
            desk.clock.advance(hours=1)
            await desk.refreshed(Page.HOME)
            assert set(desk.failures().values()) == {kind}
            assert desk.figures() == FIRST
            age = desk.age(Resource.STATS)
            assert (age.attempt, age.fetched_at) == (Attempt.FAILED, fetched)
            assert age.reason
            desk.events.clear()


async def test_that_one_rubbish_reply_does_not_stop_the_others(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("artist/dashboard-stats", Said({"total_plays": "many", "nothing": 1}))
        await desk.shown(Page.HOME)
        assert desk.failures() == {Resource.STATS: "undecodable"}
        assert set(FIRST) - set(desk.figures()) == {Figure.TRACKS, Figure.PLAYS}


async def test_that_a_reply_about_another_artist_is_refused(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("artists/1", backend.routes["artists/2"])
        await desk.shown(Page.HOME)
        assert desk.failures() == {Resource.ARTIST: "refused"}


async def test_that_a_full_disk_is_told_and_old_figures_stay(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        backend.say("artist/dashboard-stats", Said({"total_plays": 61}))

        def fill(connection) -> None:  # type: ignore[no-untyped-def]
            connection.execute("CREATE TABLE ballast(x)")
            pages = connection.pragma("page_count")
            connection.pragma("max_page_count", pages)

        desk.store.write(fill).result(10)
        long = "x" * 200_000
        backend.say("artist/profile", Said({"id": 1, "name": "Ada", "bio": long}))
        await desk.refreshed(Page.HOME)
        assert desk.failures() == {Resource.PROFILE: "storage"}
        assert desk.figures().items() >= {Figure.TRACKS: 3}.items()


async def test_that_an_identity_that_cannot_be_stored_is_told(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        pages = desk.store.write(lambda c: c.pragma("page_count")).result(10)
        desk.store.write(lambda c: c.pragma("max_page_count", pages)).result(10)
        desk.store.write(_use_up).result(10)
        backend.say(
            "users/me",
            Said({"user": {"id": 7, "display_name": "x" * 200_000, "artists": []}}),
        )
        await desk.shown(Page.HOME)
        failure = desk.last_account().failure
        assert failure is not None
        assert failure.kind.value == "storage"
        assert backend.paths == ["users/me"]


def _use_up(connection) -> None:  # type: ignore[no-untyped-def]
    assert connection.pragma("page_count") > 1


async def test_that_a_pause_of_the_session_is_passed_on(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        first = Said({"message": "Too Many Attempts."}, 429, {"Retry-After": "1"})
        said = [first]
        normal = backend.routes["artists/1/followers"]
        backend.say("artists/1/followers", lambda a: said.pop() if said else normal(a))
        await desk.shown(Page.HOME)
        until = [event.until for event in desk.of(RequestsPaused)]
        assert until[0] is not None
        assert until[-1] is None
        assert desk.figures() == FIRST


async def test_that_a_visit_begins_when_the_artist_is_known(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        opened = desk.clock.now
        await desk.shown(Page.HOME)
        assert figures.visit_before(desk.store.reading, 1, 1, opened) is None
    async with Backend() as backend, at_desk(backend, path) as desk:
        desk.clock.advance(days=2)
        visit = figures.visit_before(desk.store.reading, 1, 1, desk.clock.now)
        assert visit == figures.Visit(opened, FIRST)
        backend.say("artist/dashboard-stats", Said({"total_tracks": 3, "total_plays": 60}))
        await desk.shown(Page.HOME)
        visit = figures.visit_before(desk.store.reading, 1, 1, desk.clock.now)
        assert visit is not None
        assert visit.figures[Figure.PLAYS] == 6
        later = desk.clock.now + timedelta(seconds=1)
        visit = figures.visit_before(desk.store.reading, 1, 1, later)
        assert visit is not None
        assert visit.figures[Figure.PLAYS] == 60


async def test_that_every_fetch_that_starts_also_ends(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.gate.clear()
        desk.engine.show_page(Page.HOME)
        await backend.until("users/me")
        backend.gate.set()
        await backend.until("artists/1/followers")
        backend.gate.clear()
        desk.engine.refresh_all()
        await desk.engine.close()
        started = [event.key for event in desk.of(FetchStarted)]
        ended = [event.key for event in desk.of(FetchEnded)]
        assert sorted(map(str, started)) == sorted(map(str, ended))


async def test_that_closing_in_the_middle_is_quick_and_leaves_a_sound_store(path: Path) -> None:
    for asked in ("users/me", "artist/profile", "artists/1/followers", "artists/1/tracks"):
        async with Backend() as backend:
            hold = asked

            def gated(a, route, hold=hold, backend=backend):  # type: ignore[no-untyped-def]
                if a.path == hold:
                    backend.gate.clear()
                return route(a)

            for name, route in list(backend.routes.items()):
                backend.say(name, lambda a, route=route: gated(a, route))
            async with at_desk(backend, path) as desk:
                desk.clock.advance(hours=1)
                desk.engine.show_page(Page.HOME)
                desk.engine.refresh_all()
                while backend.gate.is_set() and (
                    desk.engine.is_busy(Page.HOME) or desk.engine.is_busy(Page.TRACKS)
                ):
                    await desk.session_tick()
        store = Store(path)
        assert store.notice == ""
        assert store.reading.pragma("integrity_check") == "ok"
        store.close()
