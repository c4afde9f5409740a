"""Growth of the rows in view first, then of the rest, within a polite share of the limits."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from backend import BROKEN, HTML, REFUSED, Asked, Backend, Said, grown, listed, track
from desk import Desk, at_desk

from beatpass_desktop.domain.events import AccountChanged, ConnectionChanged, ResourcesChanged
from beatpass_desktop.domain.failures import FailureKind
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource

PATH = "producer-intelligence/tracks/growth-batch"


def catalogue(backend: Backend, count: int, artist: int = 1) -> None:
    rows = [track(number) for number in range(1, count + 1)]
    backend.say(f"artists/{artist}/tracks", listed(rows))


def batches(backend: Backend) -> list[list[int]]:
    return [asked.body["track_ids"] for asked in backend.asked if asked.path == PATH]


def stored(desk: Desk, artist: int = 1) -> dict[int, float | None]:
    return dict(
        desk.store.reading.execute(
            "SELECT id, growth FROM tracks WHERE artist = ? AND gone_at IS NULL ORDER BY id",
            (artist,),
        )
    )


async def rested(desk: Desk) -> None:
    """Wait until nothing more is asked for."""
    await until(lambda: None not in stored(desk).values())
    await until(lambda: all("growth" not in task.get_name() for task in asyncio.all_tasks()))


async def until(so: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not so():
            await asyncio.sleep(0.002)


async def test_that_a_screenful_takes_along_what_comes_next(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 180)
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth(list(range(180, 140, -1)))
        await until(lambda: None not in stored(desk).values())
        assert [len(batch) for batch in batches(backend)] == [100, 80]
        assert batches(backend)[0][:40] == list(range(180, 140, -1))
        assert stored(desk)[7] == 0.7
        assert desk.age(Resource.GROWTH).attempt is Attempt.SUCCEEDED
        assert desk.key(Resource.GROWTH) in desk.changed()
        asked = backend.paths
        assert len(asked) <= 12


async def test_that_a_wish_goes_before_the_rest_and_the_newest_wins(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 900)
        await desk.shown(Page.TRACKS)
        backend.gate.clear()
        desk.engine.want_growth([900])
        await until(lambda: len(batches(backend)) == 1)
        desk.engine.want_growth([800, 799])
        desk.engine.want_growth([700, 699])
        backend.gate.set()
        await until(lambda: len(batches(backend)) >= 3)
        first, second, *_ = batches(backend)
        assert first[0] == 900
        assert second[:2] == [700, 699]
        desk.engine.want_growth([600])
        await until(lambda: stored(desk)[600] is not None)
        assert 800 not in first
        position = next(n for n, batch in enumerate(batches(backend)) if 600 in batch)
        assert position <= 3


async def test_that_a_long_wish_is_dropped_for_a_newer_one(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 400)
        await desk.shown(Page.TRACKS)
        backend.gate.clear()
        desk.engine.want_growth(list(range(1, 301)))
        await until(lambda: len(batches(backend)) == 1)
        desk.engine.want_growth([399])
        backend.gate.set()
        await until(lambda: len(batches(backend)) >= 2)
        assert batches(backend)[1][0] == 399


async def test_that_fresh_rows_are_not_asked_for_again(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([1001, 1002])
        await desk.settled(Page.TRACKS)
        assert batches(backend) == [[1001, 1002, 1003]]
        desk.clock.advance(minutes=4.9)
        desk.engine.want_growth([1001, 1002])
        await desk.settled(Page.TRACKS)
        assert len(batches(backend)) == 1
        desk.clock.advance(minutes=0.2)
        desk.engine.want_growth([1001, 1002])
        await desk.settled(Page.TRACKS)
        assert batches(backend)[1:] == [[1001, 1002]]
        await desk.refreshed(Page.TRACKS)
        assert batches(backend)[2:] == [[1001, 1002]]
        desk.clock.advance(hours=24)
        desk.engine.want_growth([1001])
        await desk.settled(Page.TRACKS)
        assert sorted(batches(backend)[3]) == [1001, 1002, 1003]


async def test_that_a_row_in_flight_is_not_asked_for_twice(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 250)
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([1])
        await until(lambda: len(batches(backend)) == 1)
        backend.gate.clear()
        await until(lambda: len(batches(backend)) == 2)
        desk.engine.want_growth([*batches(backend)[1][:5], 250])
        await until(lambda: len(batches(backend)) == 3)
        backend.gate.set()
        await rested(desk)
        asked = [number for batch in batches(backend) for number in batch]
        assert sorted(asked) == list(range(1, 251))


async def test_that_tracks_of_nobody_are_not_asked_for(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([2001, 5])
        desk.engine.want_growth([])
        await desk.settled(Page.TRACKS)
        await until(lambda: bool(batches(backend)))
        assert batches(backend) == [[1001, 1002, 1003]]


async def test_that_the_rest_keeps_its_pace(path: Path) -> None:
    times: list[float] = []

    def timed(asked: Asked) -> Said:
        times.append(asyncio.get_running_loop().time())
        return grown(asked)

    async with Backend() as backend, at_desk(backend, path, growth_pace=0.1) as desk:
        catalogue(backend, 450)
        backend.say(PATH, timed)
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([1])
        await until(lambda: None not in stored(desk).values())
    assert len(times) == 5
    assert all(later - before >= 0.1 for before, later in pairwise(times[1:]))


async def test_that_a_row_that_is_left_out_or_garbled_keeps_its_growth(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([1001, 1002, 1003])
        await desk.settled(Page.TRACKS)
        desk.clock.advance(minutes=6)
        backend.say(
            PATH,
            Said(
                {
                    "growth": [
                        {"track_id": 1001, "growth_rate": 3},
                        {"track_id": 1002, "growth_rate": "x"},
                    ]
                }
            ),
        )
        desk.engine.want_growth([1001, 1002, 1003])
        await desk.settled(Page.TRACKS)
        assert stored(desk) == {1001: 3, 1002: 100.2, 1003: 100.3}


@pytest.mark.parametrize("said", [HTML, BROKEN, Said({"growth": "none"}), Said(status=404)])
async def test_that_a_failure_keeps_what_is_stored_and_ends_the_asking(
    path: Path, said: Said
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 300)
        await desk.shown(Page.TRACKS)
        desk.engine.want_growth([1])
        await rested(desk)
        before = stored(desk)
        backend.say(PATH, said)
        desk.clock.advance(hours=25)
        count = len(batches(backend))
        desk.engine.want_growth([1])
        await until(lambda: desk.age(Resource.GROWTH).attempt is Attempt.FAILED)
        await desk.settled(Page.TRACKS)
        assert len(batches(backend)) == count + 1
        assert stored(desk) == before
        assert desk.age(Resource.TRACKS).attempt is Attempt.SUCCEEDED


async def test_that_a_refused_token_ends_the_asking(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 300)
        await desk.shown(Page.TRACKS)
        backend.say(PATH, REFUSED)
        desk.engine.want_growth([1])
        await desk.told(AccountChanged, lambda event: event.failure is not None)
        await desk.settled(Page.TRACKS)
        assert len(batches(backend)) == 1
        failure = desk.last_account().failure
        assert failure is not None
        assert failure.kind is FailureKind.UNAUTHORISED


async def test_that_an_unreachable_server_ends_the_asking(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 300)
        await desk.shown(Page.TRACKS)
        port = backend.port
        await backend.stop()
        desk.engine.want_growth([1])
        await desk.told(ConnectionChanged, lambda event: not event.online)
        await desk.settled(Page.TRACKS)
        assert stored(desk)[1] is None
        await backend.start(port)
        desk.engine.refresh_page(Page.TRACKS)
        await until(lambda: stored(desk)[1] is not None)


async def test_that_a_pause_is_waited_for(path: Path) -> None:
    limited = Said({"message": "Too Many Attempts."}, 429, {"Retry-After": "1"})
    answers = [limited]

    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.TRACKS)
        backend.say(PATH, lambda asked: answers.pop() if answers else grown(asked))
        desk.engine.want_growth([1001])
        await desk.settled(Page.TRACKS)
        assert len(batches(backend)) == 2
        assert stored(desk)[1001] == 100.1


async def test_that_leaving_the_page_gives_up_the_rows_in_view(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 300)
        await desk.shown(Page.TRACKS)
        backend.gate.clear()
        desk.engine.want_growth(list(range(1, 251)))
        await until(lambda: len(batches(backend)) == 1)
        desk.engine.show_page(Page.HOME)
        backend.gate.set()
        await desk.settled(Page.HOME)
        assert len(batches(backend)) == 1
        assert set(stored(desk).values()) == {None}


async def test_that_growth_of_one_artist_never_lands_with_another(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        catalogue(backend, 120)
        catalogue(backend, 120, artist=2)
        await desk.shown(Page.TRACKS)
        desk.engine.switch_artist(2)
        await desk.told(AccountChanged, lambda event: event.artist == 2)
        await desk.settled(Page.TRACKS)
        desk.engine.switch_artist(1)
        await desk.told(AccountChanged, lambda event: event is desk.last_account())
        await until(lambda: desk.last_account().artist == 1)
        backend.gate.clear()
        desk.engine.want_growth([1, 2])
        await until(lambda: len(batches(backend)) == 1)
        desk.engine.switch_artist(2)
        await until(lambda: desk.last_account().artist == 2)
        backend.gate.set()
        await desk.settled(Page.TRACKS)
        assert set(stored(desk, 1).values()) == {None}
        assert set(stored(desk, 2).values()) == {None}
        desk.engine.want_growth([3])
        await until(lambda: None not in stored(desk, 2).values())
        assert set(stored(desk, 1).values()) == {None}
        keys = [key for event in desk.of(ResourcesChanged) for key in event.keys]
        assert {key.artist for key in keys if key.resource is Resource.GROWTH} == {2}
