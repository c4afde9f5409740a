"""Activity: years and periods come when they are looked at, each with an age of its own."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from backend import BROKEN, HTML, Asked, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.store import documents, downloads, figures, uploads

ANALYTICS = "artists/1/downloads-analytics"
GRAPH = "producer-intelligence/artist/1/contribution-graph"
PLATFORM = "producer-intelligence/platform/contribution-graph"
PAGE = 3


def analytics(total: int) -> Any:
    """Downloads 1 to `total`, the latest first, three a page, the same in each period."""

    def answer(asked: Asked) -> Said:
        numbers = list(range(total, 0, -1))
        start = (asked.page - 1) * PAGE
        rows = [
            {"id": n, "downloaded_at": f"2026-11-{n:02}T10:00:00Z", "track": {"id": n}}
            for n in numbers[start : start + PAGE]
        ]
        body = {"period": asked.query["period"], "total_downloads": total, "recent": rows}
        return Said({**body, "has_more": start + PAGE < total})

    return answer


def graph(count: int) -> Any:
    return lambda asked: Said(
        {
            "year": int(asked.query["year"]),
            "days": [{"date": f"{asked.query['year']}-03-14", "count": count}],
        }
    )


def key(resource: Resource, params: str, artist: int = 1) -> ResourceKey:
    return ResourceKey(resource, 1, artist, params)


def listed(desk: Desk, params: str = "30d") -> list[int]:
    found = downloads.recent(desk.store.reading, key(Resource.DOWNLOADS, params), 100)
    return [row.id for row in found]


async def want(desk: Desk, resource: Resource, params: str) -> None:
    desk.engine.want(resource, params)
    await desk.settled(Page.ACTIVITY)


async def test_that_the_page_itself_asks_for_its_cards_alone(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.ACTIVITY)
        assert backend.count(ANALYTICS) == backend.count(GRAPH) == backend.count(PLATFORM) == 0
        assert backend.count("producer/earnings") == 1
        assert desk.figures()[Figure.PLATFORM_SHARE] == 0.5
        read = desk.store.reading
        assert documents.body(read, desk.key(Resource.EARNINGS)) == {
            "contribution": 1.5,
            "platform_share": 0.5,
        }


async def test_that_each_year_has_an_age_of_its_own(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(GRAPH, graph(2))
        await desk.shown(Page.ACTIVITY)
        await want(desk, Resource.UPLOAD_DAYS, "2026")
        desk.clock.advance(minutes=10)
        await want(desk, Resource.UPLOAD_DAYS, "2025")
        await want(desk, Resource.UPLOAD_DAYS, "2026")
        assert [asked.query["year"] for asked in backend.asked if asked.path == GRAPH] == [
            "2026",
            "2025",
        ]
        desk.clock.advance(minutes=6)
        await want(desk, Resource.UPLOAD_DAYS, "2025")
        await want(desk, Resource.UPLOAD_DAYS, "2026")
        assert backend.count(GRAPH) == 3
        found = uploads.counts(desk.store.reading, key(Resource.UPLOAD_DAYS, "2025"))
        assert found == {date(2025, 3, 14): 2}


async def test_that_the_platform_is_kept_once_for_all_artists_of_the_account(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PLATFORM, graph(40))
        await desk.shown(Page.ACTIVITY)
        await want(desk, Resource.PLATFORM_DAYS, "2026")
        stored = uploads.counts(desk.store.reading, key(Resource.PLATFORM_DAYS, "2026", artist=0))
        assert stored == {date(2026, 3, 14): 40}


async def test_that_all_time_is_what_home_shows_and_a_period_is_not(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(
            ANALYTICS, lambda asked: analytics(9 if asked.query["period"] == "all" else 4)(asked)
        )
        await desk.shown(Page.HOME)
        assert desk.figures()[Figure.DOWNLOADS] == 9
        await desk.shown(Page.ACTIVITY)
        await want(desk, Resource.DOWNLOADS, "30d")
        assert desk.figures()[Figure.DOWNLOADS] == 9
        await want(desk, Resource.DOWNLOADS, "")
        periods = [asked.query["period"] for asked in backend.asked if asked.path == ANALYTICS]
        assert periods == ["all", "30d"]
        assert listed(desk, "") == [9, 8, 7]
        assert listed(desk) == [4, 3, 2]


async def test_that_an_unchanged_period_confirms_no_figure_of_all_time(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(ANALYTICS, analytics(4))
        await desk.shown(Page.HOME)
        await desk.shown(Page.ACTIVITY)
        await want(desk, Resource.DOWNLOADS, "30d")
        desk.clock.advance(days=1)
        await want(desk, Resource.DOWNLOADS, "30d")
        history = figures.history(desk.store.reading, 1, 1, Figure.DOWNLOADS)
        assert history == [("2026-11-23", 4)]
        await want(desk, Resource.DOWNLOADS, "")
        history = figures.history(desk.store.reading, 1, 1, Figure.DOWNLOADS)
        assert history == [("2026-11-23", 4), ("2026-11-24", 4)]


async def test_that_further_pages_are_asked_for_one_by_one_and_never_doubled(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(ANALYTICS, analytics(8))
        await desk.shown(Page.ACTIVITY)
        await want(desk, Resource.DOWNLOADS, "30d")
        backend.say(ANALYTICS, analytics(10))
        for page in (2, 3, 4):
            await want(desk, Resource.DOWNLOADS_PAGE, f"30d/{page}")
        assert listed(desk) == [8, 7, 6, 5, 4, 3, 2, 1]
        assert downloads.walk(desk.store.reading, key(Resource.DOWNLOADS, "30d")).more is False
        await desk.refreshed(Page.ACTIVITY)
        await want(desk, Resource.DOWNLOADS, "30d")
        assert listed(desk) == [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]


@pytest.mark.parametrize("said", [HTML, BROKEN, Said({}), Said({"period": "7d"})])
async def test_that_a_failed_page_keeps_the_list_and_says_why(path: Path, said: Said) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(ANALYTICS, analytics(8))
        await desk.shown(Page.ACTIVITY)
        await want(desk, Resource.DOWNLOADS, "30d")
        backend.say(ANALYTICS, said)
        await want(desk, Resource.DOWNLOADS_PAGE, "30d/2")
        assert listed(desk) == [8, 7, 6]
        age = documents.age(desk.store.reading, key(Resource.DOWNLOADS_PAGE, "30d/2"))
        assert age.attempt is Attempt.FAILED
        assert age.reason
        backend.say(ANALYTICS, analytics(8))
        await want(desk, Resource.DOWNLOADS_PAGE, "30d/2")
        assert listed(desk) == [8, 7, 6, 5, 4, 3]
