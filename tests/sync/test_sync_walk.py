"""A long list, page by page, and what becomes of it when the pages do not fit together."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from backend import BROKEN, HTML, Asked, Backend, Said, listed, track
from desk import Desk, at_desk

from beatpass_desktop.domain.events import CatalogueShrank, FetchEnded, FetchProgressed
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import catalogue, tracks

PATH = "artists/1/tracks"


def _rows(first: int, last: int) -> list[dict[str, Any]]:
    return [track(number) for number in range(first, last + 1)]


def _count(desk: Desk) -> int:
    return tracks.total(desk.store.reading, 1, 1)


async def _synced(backend: Backend, desk: Desk, rows: int) -> None:
    """A first walk that brought `rows` rows; an hour has passed since."""
    backend.say(PATH, listed(_rows(1, rows)))
    await desk.shown(Page.TRACKS)
    assert _count(desk) == rows
    desk.clock.advance(hours=1)
    backend.asked.clear()
    desk.events.clear()


@pytest.mark.parametrize("count", [0, 1, 99, 100, 101, 950])
async def test_that_all_pages_are_read_and_counted(path: Path, count: int) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, listed(_rows(1, count)))
        await desk.shown(Page.TRACKS)
        assert _count(desk) == count
        assert desk.figures()[Figure.TRACKS_LISTED] == count
        assert sorted(a.page for a in backend.asked if a.path == PATH) == list(
            range(1, max(1, -(-count // 100)) + 1)
        )
        told = [(event.done, event.total) for event in desk.of(FetchProgressed)]
        assert told[-1] == (count, count)
        assert told == sorted(told)
        assert tracks.changed_at(desk.store.reading, 1, 1) == desk.clock.now


async def test_that_the_page_size_the_server_gives_is_obeyed(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, listed(_rows(1, 35), 10, last_page=None))
        await desk.shown(Page.TRACKS)
        assert _count(desk) == 35
        assert all(a.query["perPage"] == "100" for a in backend.asked if a.path == PATH)


@pytest.mark.parametrize("count", [1, 35, 40])
async def test_that_a_list_without_numbers_is_read_until_a_page_is_empty(
    path: Path, count: int
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, listed(_rows(1, count), 10, last_page=None, total=None, per_page=None))
        await desk.shown(Page.TRACKS)
        assert _count(desk) == count
        assert desk.failures() == {}


async def test_that_a_bare_list_that_knows_no_pages_is_read_whole(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, Said(_rows(1, 7)))
        await desk.shown(Page.TRACKS)
        assert _count(desk) == 7
        assert desk.failures() == {}


async def test_that_collaborators_are_counted_from_the_rows(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        me, other = {"id": 1, "name": "Me"}, {"id": 9, "name": "Other"}
        rows = [track(1, artists=[me, other]), track(2, artists=[me])]
        backend.say(PATH, listed(rows))
        await desk.shown(Page.TRACKS)
        assert desk.figures()[Figure.COLLABORATORS] == 1
        assert desk.figures()[Figure.COLLABORATIONS] == 1


async def test_that_a_list_that_changes_on_the_way_is_read_again_once(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        before, after = listed(_rows(1, 250)), listed(_rows(1, 251))

        def answer(asked: Asked) -> Any:
            return (before if backend.count(PATH) == 1 else after)(asked)

        backend.say(PATH, answer)
        await desk.shown(Page.TRACKS)
        assert _count(desk) == 251
        assert desk.failures() == {}
        assert backend.count(PATH) == 6


def _growing() -> Callable[[Asked], Said]:
    totals = iter(range(300, 10_000))

    def answer(asked: Asked) -> Said:
        return listed(_rows(1, 300), total=next(totals))(asked)  # type: ignore[return-value]

    return answer


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(_growing(), id="the total never stays"),
        pytest.param(listed(_rows(1, 250), total=260), id="fewer rows than the total"),
        pytest.param(listed(_rows(1, 250), total=240), id="more rows than the total"),
        pytest.param(listed(_rows(1, 250), last_page=2), id="fewer pages than rows"),
        pytest.param(listed(_rows(1, 250), current_page=1), id="always the first page"),
        pytest.param(listed(_rows(1, 90) * 3), id="pages that repeat rows"),
        pytest.param(
            listed(_rows(1, 100) * 5, total=None, last_page=None), id="repeats without numbers"
        ),
        pytest.param(listed(_rows(1, 50), last_page=10**9, total=5 * 10**9), id="no end"),
    ],
)
async def test_that_pages_that_do_not_fit_end_and_change_nothing(
    path: Path, answer: Callable[[Asked], Said]
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await _synced(backend, desk, 250)
        names = desk.track_names()
        backend.say(PATH, answer)
        await desk.shown(Page.TRACKS)
        assert desk.failures() == {Resource.TRACKS: "inconsistent"}
        assert desk.track_names() == names
        assert backend.count(PATH) <= 12
        age = desk.age(Resource.TRACKS)
        assert (age.attempt, age.reason[:8]) == (Attempt.FAILED, "The list")


@pytest.mark.parametrize("said", [BROKEN, HTML, Said({"message": "gone"}, 410)])
@pytest.mark.parametrize("page", [1, 2, 5])
async def test_that_a_page_that_fails_leaves_the_list_as_it_was(
    path: Path, said: Said, page: int
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await _synced(backend, desk, 450)
        changed = listed([track(n, name="New") for n in range(1, 451)])
        backend.say(PATH, lambda asked: said if asked.page == page else changed(asked))
        await desk.shown(Page.TRACKS)
        assert set(desk.failures()) == {Resource.TRACKS}
        assert _count(desk) == 450
        assert "New" not in desk.track_names()
        backend.say(PATH, changed)
        await desk.shown(Page.TRACKS)
        assert set(desk.track_names()) == {"New"}


async def test_that_an_empty_list_after_many_rows_waits_for_a_decision(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await _synced(backend, desk, 50)
        backend.say(PATH, listed(_rows(1, 10)))
        await desk.shown(Page.TRACKS)
        key = desk.key(Resource.TRACKS)
        assert desk.of(CatalogueShrank) == [CatalogueShrank(key, 50, 10)]
        assert desk.failures() == {}
        assert _count(desk) == 50
        assert desk.figures()[Figure.TRACKS_LISTED] == 50
        asked = len(backend.asked)
        desk.engine.accept_shrunken(key)
        while _count(desk) == 50:
            await desk.session_tick()
        assert _count(desk) == 10
        assert len(backend.asked) == asked
        assert desk.figures()[Figure.TRACKS_LISTED] == 10
        assert desk.age(Resource.TRACKS).fetched_at == desk.clock.now
        desk.engine.accept_shrunken(key)
        desk.engine.accept_shrunken(desk.key(Resource.STATS))


async def test_that_unreadable_rows_hide_none_that_were_there(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await _synced(backend, desk, 50)
        rows = [track(51), {"id": None, "name": "?"}, "rubbish", *_rows(1, 9)]
        backend.say(PATH, listed(rows))  # type: ignore[arg-type]
        await desk.shown(Page.TRACKS)
        assert desk.failures() == {}
        assert desk.of(CatalogueShrank) == []
        assert _count(desk) == 51


async def test_that_giving_up_on_the_way_leaves_the_list_as_it_was(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await _synced(backend, desk, 450)
        changed = listed([track(n, name="New") for n in range(1, 451)])

        def answer(asked: Asked) -> Any:
            if asked.page == 3:
                backend.gate.clear()
            return changed(asked)

        backend.say(PATH, answer)
        desk.engine.show_page(Page.TRACKS)
        await desk.told(FetchProgressed)
        desk.engine.cancel(desk.key(Resource.TRACKS))
        ended = await desk.told(FetchEnded, lambda e: e.key.resource is Resource.TRACKS)
        assert ended.failure is None
        backend.gate.set()
        await desk.settled(Page.TRACKS)
        assert "New" not in desk.track_names()
        assert _count(desk) == 450
        key = desk.key(Resource.TRACKS)
        assert catalogue.held_back(desk.store.reading, key) is None
        backend.say(PATH, changed)
        await desk.shown(Page.TRACKS)
        assert set(desk.track_names()) == {"New"}
        left = desk.store.reading.execute("SELECT count(*) FROM incoming_tracks").get
        assert left == 0


async def test_that_only_what_anybody_may_see_is_a_token_not_accepted(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await _synced(backend, desk, 5)
        backend.say(PATH, listed([{"id": n, "name": f"Track {n}"} for n in range(1, 6)]))
        await desk.shown(Page.TRACKS)
        failure = desk.last_account().failure
        assert failure is not None
        assert failure.kind.value == "unauthorised"
        assert _count(desk) == 5
