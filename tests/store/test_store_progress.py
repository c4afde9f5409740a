"""Progress as it is stored, and what was unlocked since a moment."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from rows import Desk

from beatpass_desktop.domain.progress import Achievement, Progress, XpSource
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import documents, progress

EVERYTHING = frozenset(Progress.__dataclass_fields__)
AT = datetime(2026, 11, 20, 12, 30, tzinfo=UTC)
FULL = Progress(
    level=5,
    level_title="Intermediate",
    xp=900,
    xp_to_next=218,
    level_progress=31.5,
    xp_sources=(XpSource("track_uploads", 900, 9), XpSource("<b>else</b>")),
    achievements_unlocked=3,
    achievements_total=4,
    achievements_xp=0,
    achievements=(
        Achievement("1", "Old", unlocked=True, unlocked_at=AT - timedelta(days=9)),
        Achievement("2", "New", "d", "c", "legendary", 0, True, AT + timedelta(hours=1)),
        Achievement("3", "Newest", unlocked=True, unlocked_at=AT + timedelta(days=1)),
        Achievement("4", "Undated", unlocked=True),
        Achievement("5", "Locked", unlocked=False, unlocked_at=AT + timedelta(days=2), progress=7),
    ),
    updated_at=AT,
)


def keep(desk: Desk, value: Progress, carried: frozenset[str] = EVERYTHING) -> ResourceKey:
    key = ResourceKey(Resource.PROGRESS, desk.account, 1)
    desk.write(lambda c: documents.merge(c, key, value, carried))
    return key


def test_that_everything_comes_back_as_it_was_stored(desk: Desk) -> None:
    key = keep(desk, FULL)
    assert progress.read(desk.store.reading, key) == FULL


def test_that_nothing_is_made_up_before_the_first_reply(desk: Desk) -> None:
    key = ResourceKey(Resource.PROGRESS, desk.account, 1)
    assert progress.read(desk.store.reading, key) is None
    assert progress.unlocked_since(desk.store.reading, key, AT) == []


def test_that_fields_that_did_not_come_stay(desk: Desk) -> None:
    keep(desk, FULL)
    key = keep(desk, Progress(xp=901), frozenset({"xp", "level_progress"}))
    found = progress.read(desk.store.reading, key)
    assert found is not None
    assert (found.xp, found.level_progress, found.level) == (901, None, 5)
    assert found.achievements == FULL.achievements


def test_that_only_dated_achievements_count_as_new_latest_first(desk: Desk) -> None:
    key = keep(desk, FULL)
    found = progress.unlocked_since(desk.store.reading, key, AT)
    assert [one.name for one in found] == ["Newest", "New"]
