"""Level, points and achievements over real HTTP: combined, in parts, and bent."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fault_server import replies, served
from test_api_endpoints import PROGRESS

from beatpass_desktop.api import errors
from beatpass_desktop.api.progress import fetch_progress
from beatpass_desktop.domain.progress import Achievement, Progress, XpSource
from beatpass_desktop.domain.replies import Decoded, Fetched, Note

PARTS = ["dashboard", "producer-level", "xp-sources", "achievements"]
DASHBOARD = {"xp": 5400, "level": 12, "achievements": [{"id": 1, "name": "A"}], "stats": {}}
LEVEL = {"number": 12, "title": "Beatsmith", "xp": 5400, "xp_to_next": 600}
SOURCES = [{"source": "track_uploads", "xp": 1800, "count": 180}]
UNLOCKED = {"unlocked": 1, "total": 2, "xp_earned": 0, "items": [{"id": 1, "name": "First"}]}


def decoded(fetched: Fetched[Progress]) -> Decoded[Progress]:
    assert fetched.decoded is not None
    return fetched.decoded


async def read(body: object) -> Decoded[Progress]:
    async with served(replies(200, body)) as (_, session):
        return decoded(await fetch_progress(session))


async def test_that_the_combined_progress_is_read() -> None:
    async with served(replies(200, {"success": True, "data": PROGRESS})) as (server, session):
        found = decoded(await fetch_progress(session))
    assert server.paths == ["producer-intelligence/progress-data"]
    assert found.value == Progress(
        level=12,
        level_title="Beatsmith",
        xp=5400,
        xp_to_next=600,
        level_progress=90.0,
        xp_sources=(XpSource("track_uploads", 1800, 180),),
        achievements_unlocked=1,
        achievements_total=2,
        achievements_xp=50,
        achievements=(
            Achievement("first", "First", "d", "uploads", "mythic", 50, True,
                        datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC), 1.0),
            Achievement("4", unlocked=False),
        ),
        updated_at=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC),
    )  # fmt: skip
    assert found.carried == set(Progress.__dataclass_fields__)


async def test_that_of_a_level_with_a_bent_field_the_others_are_carried() -> None:
    found = await read({"level": {**LEVEL, "title": 7, "xp": "many"}})
    assert found.value == Progress(level=12, xp_to_next=600)
    assert found.carried == {"level", "xp_to_next"}
    assert found.notes == (
        Note("level.title", "text", "number"),
        Note("level.xp", "whole number", "text"),
    )


@pytest.mark.parametrize("level", ["twelve", True, {}, []])
async def test_that_a_level_that_is_none_is_not_carried(level: object) -> None:
    found = await read({"level": level, "xp_sources": []})
    assert found.value.level is None
    assert found.carried == {"xp_sources"}


async def test_that_null_says_that_there_is_no_value() -> None:
    found = await read({"level": None, "achievements": None})
    assert found.value == Progress()
    assert found.carried == {
        "level",
        "level_title",
        "xp",
        "xp_to_next",
        "level_progress",
        "achievements",
        "achievements_unlocked",
        "achievements_total",
        "achievements_xp",
    }


@pytest.mark.parametrize("items", [[{"id": "a", "name": 5}], [{"name": "no id"}], ["x"], "none"])
async def test_that_a_list_without_one_usable_achievement_replaces_nothing(items: object) -> None:
    found = await read({"level": LEVEL, "achievements": {"unlocked": 1, "items": items}})
    assert found.value.achievements is None
    assert "achievements" not in found.carried
    assert "achievements_unlocked" in found.carried
    assert found.notes


async def test_that_unknown_words_are_kept_as_sent() -> None:
    markup = "<b>mythic</b> \N{ARABIC LETTER ALEF}"
    one = {"id": 9, "name": markup, "rarity": markup, "category": markup, "xp_reward": 0}
    found = await read({"achievements": {"items": [one]}})
    assert found.value.achievements == (Achievement("9", markup, None, markup, markup, 0),)


@pytest.mark.parametrize("body", [{}, {"stats": 1}, [], "text", {"xp_sources": [1]}])
async def test_that_nothing_known_is_no_progress(body: object) -> None:
    with pytest.raises(errors.Undecodable):
        await read(body)


async def test_that_the_parts_stand_in_for_missing_progress() -> None:
    answers = (
        replies(404, {}),
        replies(200, DASHBOARD),
        replies(200, {"status": "success", "data": LEVEL}),
        replies(200, {"status": "success", "data": SOURCES}),
        replies(200, {"status": "success", "data": UNLOCKED}),
    )
    async with served(*answers) as (server, session):
        fetched = await fetch_progress(session, etag='"old"')
    assert server.paths == [
        "producer-intelligence/progress-data",
        *(f"producer-intelligence/{part}" for part in PARTS),
    ]
    assert fetched.etag is None
    assert decoded(fetched).value == Progress(
        level=12,
        level_title="Beatsmith",
        xp=5400,
        xp_to_next=600,
        xp_sources=(XpSource("track_uploads", 1800, 180),),
        achievements_unlocked=1,
        achievements_total=2,
        achievements_xp=0,
        achievements=(Achievement("1", "First"),),
    )


@pytest.mark.parametrize(
    ("sources", "achievements"),
    [
        ({"xp_sources": SOURCES}, {"achievements": UNLOCKED}),
        (SOURCES, UNLOCKED["items"]),
        ({"success": True, "data": {"xp_sources": SOURCES}}, {"success": True, "data": UNLOCKED}),
    ],
)
async def test_that_the_parts_may_come_in_other_envelopes(
    sources: object, achievements: object
) -> None:
    answers = [(404, {}), (404, {}), (404, {}), (200, sources), (200, achievements)]
    async with served(*(replies(*answer) for answer in answers)) as (_, session):
        found = decoded(await fetch_progress(session))
    assert found.value.xp_sources == (XpSource("track_uploads", 1800, 180),)
    assert found.value.achievements == (Achievement("1", "First"),)


async def test_that_a_part_that_is_missing_or_rubbish_is_left_out_with_a_note() -> None:
    answers: list[tuple[int, Any]] = [
        (404, {}), (200, DASHBOARD), (404, {}), (200, {"data": "rubbish"}), (200, UNLOCKED),
    ]  # fmt: skip
    async with served(*(replies(*answer) for answer in answers)) as (_, session):
        found = decoded(await fetch_progress(session))
    assert (found.value.level, found.value.xp, found.value.achievements_total) == (12, 5400, 2)
    assert found.value.level_title is None
    assert "level_title" not in found.carried
    assert "xp_sources" not in found.carried
    assert [note.where for note in found.notes] == ["producer-level", "xp-sources"]


async def test_that_progress_without_any_part_is_not_found() -> None:
    async with served(*[replies(404, {})] * 5) as (server, session):
        with pytest.raises(errors.NotFound):
            await fetch_progress(session)
    assert len(server.paths) == 5


async def test_that_a_part_that_is_refused_ends_it_all() -> None:
    answers: list[tuple[int, Any]] = [(404, {}), (200, DASHBOARD), (401, {"message": "no"})]
    async with served(*(replies(*answer) for answer in answers)) as (server, session):
        with pytest.raises(errors.Unauthorised):
            await fetch_progress(session)
    assert len(server.paths) == 3
