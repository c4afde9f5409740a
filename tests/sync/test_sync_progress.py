"""Progress from a real server into the store: how long it stays fresh, and what stays as it was."""

from __future__ import annotations

from pathlib import Path

from backend import BROKEN, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.progress import Progress
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import progress

COMBINED = "producer-intelligence/progress-data"
LEVEL = {"number": 4, "title": "Rising", "xp": 420, "xp_to_next": 80}
ITEMS = [{"id": 1, "name": "First", "unlocked": True}, {"id": 2, "name": "Second"}]


def asked(backend: Backend) -> int:
    return sum(one.path == COMBINED for one in backend.asked)


def stored(desk: Desk) -> Progress:
    found = progress.read(desk.store.reading, desk.key(Resource.PROGRESS))
    assert found is not None
    return found


async def test_that_progress_is_renewed_each_minute_on_its_own_page_alone(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.PROGRESS)
        desk.clock.advance(seconds=59)
        await desk.shown(Page.PROGRESS)
        assert asked(backend) == 1
        desk.clock.advance(seconds=1)
        await desk.shown(Page.PROGRESS)
        assert asked(backend) == 2
        desk.clock.advance(minutes=14)
        await desk.shown(Page.HOME)
        assert asked(backend) == 2
        desk.clock.advance(minutes=1)
        await desk.shown(Page.HOME)
        assert asked(backend) == 3


async def test_that_the_page_asks_for_nothing_else(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.PROGRESS)
        identity = {"users/me", "artist/profile"}
        assert {one.path for one in backend.asked} - identity == {COMBINED}


async def test_that_a_minute_that_brings_nothing_changes_the_age_alone(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.PROGRESS)
        before = stored(desk), desk.figures()
        backend.routes[COMBINED] = lambda asked: BROKEN
        desk.clock.advance(minutes=1)
        await desk.shown(Page.PROGRESS)
        assert (stored(desk), desk.figures()) == before
        assert desk.age(Resource.PROGRESS).attempt is Attempt.FAILED


async def test_that_a_partly_bent_reply_replaces_only_what_it_carried(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.routes[COMBINED] = lambda asked: Said(
            {"level": LEVEL, "achievements": {"unlocked": 1, "total": 2, "items": ITEMS}}
        )
        await desk.shown(Page.PROGRESS)
        bent = {
            "level": {**LEVEL, "title": 8, "xp": 430},
            "achievements": {"unlocked": "2", "total": None, "items": [{"id": "x", "name": 1}]},
        }
        backend.routes[COMBINED] = lambda asked: Said(bent)
        await desk.refreshed(Page.PROGRESS)
        found = stored(desk)
        assert (found.level_title, found.xp) == ("Rising", 430)
        assert (found.achievements_unlocked, found.achievements_total) == (1, None)
        assert [one.name for one in found.achievements or ()] == ["First", "Second"]
        figures = desk.figures()
        assert (figures[Figure.XP], figures[Figure.LEVEL_TITLE]) == (430, "Rising")
        assert Figure.ACHIEVEMENTS_TOTAL not in figures


async def test_that_the_parts_are_stored_as_the_whole_is(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        whole = {
            "level": LEVEL,
            "xp_sources": [{"source": "track_plays", "xp": 9, "count": 9}],
            "achievements": {"unlocked": 1, "total": 2, "xp_earned": 5, "items": ITEMS},
        }
        backend.routes[COMBINED] = lambda asked: Said(whole)
        await desk.shown(Page.PROGRESS)
        before = stored(desk), desk.figures()
        backend.routes[COMBINED] = lambda asked: Said({}, 404)
        parts = {
            "dashboard": {"level": 4, "xp": 420, "achievements": ITEMS, "stats": {}},
            "producer-level": LEVEL,
            "xp-sources": whole["xp_sources"],
            "achievements": whole["achievements"],
        }
        for name, body in parts.items():
            backend.routes[f"producer-intelligence/{name}"] = lambda asked, body=body: Said(body)
        await desk.refreshed(Page.PROGRESS)
        assert (stored(desk), desk.figures()) == before
        assert desk.age(Resource.PROGRESS).attempt is Attempt.SUCCEEDED
