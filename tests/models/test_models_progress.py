"""Progress and achievements as the page's models tell them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from stage import UNREACHED, Stage

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.progress import Achievement, Progress
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.models import achievement_words as words
from beatpass_desktop.models.achievements import (
    AchievementColumn,
    AchievementFilter,
    AchievementTableModel,
    UnlockState,
)
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.progress import ProgressModel
from beatpass_desktop.store import accounts, documents
from beatpass_desktop.sync.resources import TABLE, shown_by

NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
DATA_SET = TABLE[Resource.PROGRESS].data_set
ITEMS = (
    Achievement("1", "Old", rarity="rare", category="upload", unlocked=True,
                unlocked_at=NOW - timedelta(days=59), xp_reward=150),
    Achievement("2", "Locked", rarity="mythic", category="genre", unlocked=False, progress=50),
    Achievement("3", "New", rarity="common", category="upload", unlocked=True,
                unlocked_at=NOW - timedelta(days=1), xp_reward=0),
    Achievement("4", "Unknown"),
)  # fmt: skip


@pytest.fixture
def model(stage: Stage) -> ProgressModel:
    who = stage.sign_in()
    return ProgressModel(shown_by(Page.PROGRESS), stage.store, stage.feed, who, stage.clock)


def send(stage: Stage, value: Progress, *carried: str) -> None:
    """A reply with these fields, told as the engine would."""
    key = stage.key(DATA_SET)
    names = carried or tuple(Progress.__dataclass_fields__)
    stage.write(lambda c: documents.merge(c, key, value, names))
    stage.write(lambda c: documents.succeeded(c, key, stage.now))
    stage.feed.tell(ResourcesChanged(frozenset({key})))


def names(table: AchievementTableModel) -> list[object]:
    return [table.index(row, 0).data() for row in range(table.rowCount())]


def test_that_the_page_waits_for_its_first_reply(model: ProgressModel) -> None:
    assert model.state is PageState.LOADING
    assert (model.unlocked, model.total, model.locked) == (None, None, None)
    assert model.next_refresh is None


def test_that_a_reply_is_shown_and_renewed_a_minute_later(
    stage: Stage, model: ProgressModel
) -> None:
    send(stage, Progress(level=4, xp=420, achievements_unlocked=2, achievements_total=9))
    assert model.state is PageState.READY
    assert (model.progress.level, model.unlocked, model.locked) == (4, 2, 7)
    assert model.next_refresh == stage.now + timedelta(seconds=60)


def test_that_a_failed_attempt_keeps_what_is_shown_and_puts_off_the_next(
    stage: Stage, model: ProgressModel
) -> None:
    send(stage, Progress(level=4, xp=420, achievements=ITEMS))
    shown = model.progress
    stage.advance(seconds=60)
    stage.failed(DATA_SET, UNREACHED)
    assert model.progress == shown
    assert names(model.achievements) == ["New", "Old", "Locked", "Unknown"]
    assert model.next_refresh == stage.now + timedelta(seconds=60)


def test_that_what_was_not_counted_is_counted_only_when_every_state_is_known(
    stage: Stage, model: ProgressModel
) -> None:
    send(stage, Progress(level=1, achievements=ITEMS[:3]))
    assert (model.unlocked, model.total, model.locked) == (2, 3, 1)
    send(stage, Progress(level=1, achievements=ITEMS))
    assert (model.unlocked, model.total, model.locked) == (None, 4, None)


def test_that_counts_that_contradict_each_other_are_shown_but_not_subtracted(
    stage: Stage, model: ProgressModel
) -> None:
    send(stage, Progress(achievements_unlocked=9, achievements_total=4, achievements=ITEMS))
    assert (model.unlocked, model.total, model.locked) == (9, 4, None)


def test_that_a_reply_that_holds_nothing_is_an_empty_page(
    stage: Stage, model: ProgressModel
) -> None:
    send(stage, Progress(xp_sources=(), achievements=()))
    assert model.state is PageState.EMPTY
    assert not model.is_of_another


def test_that_another_artist_is_not_shown_the_progress_of_the_main_one(
    stage: Stage, model: ProgressModel
) -> None:
    send(stage, Progress(level=4, xp=420, achievements=ITEMS))
    stage.write(lambda c: accounts.set_current_artist(c, 1, 2))
    stage.identified(1, 2)
    assert model.is_of_another
    assert model.state is PageState.EMPTY
    assert model.progress == Progress()


def test_that_only_two_zeros_are_a_beginning(stage: Stage, model: ProgressModel) -> None:
    assert not model.is_beginning
    send(stage, Progress(level=1, xp=0, achievements_unlocked=0))
    assert model.is_beginning
    send(stage, Progress(xp=1), "xp")
    assert not model.is_beginning


@pytest.mark.parametrize(("level", "at_maximum"), [(None, False), (99, False), (100, True)])
def test_that_level_100_is_the_maximum(
    stage: Stage, model: ProgressModel, level: int | None, at_maximum: bool
) -> None:
    send(stage, Progress(level=level, xp=5))
    assert model.is_at_maximum is at_maximum


@pytest.fixture
def table(qtbot: object) -> AchievementTableModel:
    table = AchievementTableModel(lambda: NOW)
    table.show(ITEMS)
    return table


@pytest.mark.parametrize(
    ("wanted", "listed"),
    [
        (AchievementFilter(), ["New", "Old", "Locked", "Unknown"]),
        (AchievementFilter(UnlockState.UNLOCKED), ["New", "Old"]),
        (AchievementFilter(UnlockState.LOCKED), ["Locked"]),
        (AchievementFilter(rarity="mythic"), ["Locked"]),
        (AchievementFilter(category="upload"), ["New", "Old"]),
        (AchievementFilter(UnlockState.LOCKED, "rare"), []),
    ],
)
def test_that_filters_list_what_they_say(
    table: AchievementTableModel, wanted: AchievementFilter, listed: list[str]
) -> None:
    table.set_filter(wanted)
    assert names(table) == listed
    assert table.total == 4


def test_that_choices_are_those_there_are_with_unknown_rarities_last(
    table: AchievementTableModel,
) -> None:
    assert table.rarities() == ["common", "rare", "mythic"]
    assert table.categories() == ["upload", "genre"]


def test_that_the_same_list_changes_in_place(table: AchievementTableModel) -> None:
    told = []
    table.modelReset.connect(lambda: told.append("reset"))
    table.dataChanged.connect(lambda *_: told.append("changed"))
    table.show([replace(one, progress=60) if one.id == "2" else one for one in ITEMS])
    assert told == ["changed"]
    table.show(ITEMS[:2])
    assert told == ["changed", "reset"]


def test_that_every_column_has_a_title_and_says_what_was_not_sent(
    table: AchievementTableModel,
) -> None:
    row = table.row_of("4")
    assert row is not None
    told = [str(table.index(row, column).data()) for column in AchievementColumn]
    assert told == ["Unknown", "—", "—", "—", "—", "—", "—"]
    across = Qt.Orientation.Horizontal
    assert all(table.headerData(column, across) for column in AchievementColumn)


def test_that_an_achievement_is_read_out_whole(table: AchievementTableModel) -> None:
    spoken = table.index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Old, Rare, Unlocked Sep 25, 2026 · 59 days ago, +150 XP"


@pytest.mark.parametrize(
    ("days", "text"),
    [
        (0, "Unlocked Nov 23, 2026 · today"),
        (1, "Unlocked Nov 22, 2026 · yesterday"),
        (59, "Unlocked Sep 25, 2026 · 59 days ago"),
        (1_200, "Unlocked Aug 11, 2023 · 1,200 days ago"),
        (-40_000, "Unlocked May 30, 2136"),
    ],
)
def test_that_an_unlocked_one_says_when_and_how_long_ago(days: int, text: str) -> None:
    one = Achievement("1", unlocked=True, unlocked_at=NOW - timedelta(days=days))
    assert words.way_text(one, NOW) == text


@pytest.mark.parametrize(
    ("one", "text"),
    [
        (Achievement("1", unlocked=True), "Unlocked"),
        (Achievement("1", unlocked=False), ""),
        (Achievement("1", unlocked=False, progress=0), "0\N{NO-BREAK SPACE}% of the way"),
        (Achievement("1", unlocked=False, progress=12.5), "12.5\N{NO-BREAK SPACE}% of the way"),
    ],
)
def test_that_nothing_is_made_up_about_the_way(one: Achievement, text: str) -> None:
    assert words.way_text(one, NOW) == text


@pytest.mark.parametrize(("xp", "text"), [(150, "+150 XP"), (0, "0 XP"), (None, "—")])
def test_that_no_points_are_points_too(xp: int | None, text: str) -> None:
    assert words.xp_text(Achievement("1", xp_reward=xp)) == text


def test_that_unknown_words_are_shown_as_they_came() -> None:
    markup = "<b>mythic</b>"
    assert words.rarity_text(markup) == markup
    assert words.category_text(markup) == markup
    assert words.rarity_text("legendary") == "Legendary"
    assert words.rarity_text(None) == "—"
