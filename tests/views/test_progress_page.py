"""The Progress page in the window: figures, states, refreshing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from progress_page import (
    ARABIC,
    FULL,
    MARKUP,
    figures,
    indexes,
    opened,
    section,
    send,
    texts,
)
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stocked_app import ARTISTS, StockedApp, fail, running, stock

from beatpass_desktop.commands.screen import read_page
from beatpass_desktop.domain import links
from beatpass_desktop.domain.events import AccountChanged, FetchEnded, FetchStarted
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.progress import Achievement, Progress, XpSource
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.models.achievements import UnlockState
from beatpass_desktop.models.page import PageState
from beatpass_desktop.store import accounts
from beatpass_desktop.views.pages.progress.guide import ProgressGuide
from beatpass_desktop.views.pages.progress.page import ProgressPage
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.empty_state import EmptyState

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, artists=ARTISTS)
    with running(tmp_path) as found:
        found.window.resize(1280, 832)
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        qtbot.waitUntil(found.window.isActiveWindow)
        qtbot.waitUntil(found.has_shortcuts)
        yield found


Send = Callable[..., None]


def test_that_level_points_and_counts_are_shown_as_sent(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    assert figures(page) == {
        "Total XP": ("44,365", ""),
        "XP to next level": ("954", "to level 60"),
        "Unlocked": ("3", ""),
        "Locked": ("3", ""),
        "XP earned": ("5,001", "from achievements"),
    }
    assert page.header.ring.value() == 16.9
    assert {MARKUP, "Level 59", "3 of 6 unlocked"} <= set(texts(page))
    assert any("50" in text and "%" in text for text in texts(section(page)))


def test_that_what_was_not_sent_is_a_dash(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, Progress(xp=0))
    assert figures(page) == {
        "Total XP": ("0", ""),
        "XP to next level": ("—", ""),
        "Unlocked": ("—", ""),
        "Locked": ("—", ""),
        "XP earned": ("—", ""),
    }
    assert page.header.ring.value() is None
    assert not page.header.begin_button.isVisible()
    assert "No achievements listed" in texts(page)


def test_that_level_100_is_the_maximum_whatever_else_was_sent(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked, Progress(level=100, xp=197_142, xp_to_next=0))
    assert page.header.ring.value() == 100.0
    assert figures(page)["XP to next level"] == ("0", "Maximum level")
    assert "Maximum level" in page.header.ring.accessibleName()


def test_that_who_begins_is_shown_the_first_step(qtbot: QtBot, stocked: StockedApp) -> None:
    zeros = Progress(
        level=1, level_title="Novice", xp=0, xp_to_next=100, level_progress=0.0,
        xp_sources=(XpSource("track_uploads", 0, 0),), achievements_unlocked=0,
        achievements_total=1, achievements=(Achievement("1", "A", unlocked=False),),
    )  # fmt: skip
    page = opened(qtbot, stocked, zeros)
    assert any("+100" in text for text in texts(page.header))
    qtbot.mouseClick(page.header.begin_button, Qt.MouseButton.LeftButton)
    assert stocked.links == [links.upload()]
    assert page.experience is not None
    assert page.experience.chart.data.count == 0
    send(stocked, Progress(level=1, xp=100, achievements_unlocked=0))
    assert not page.header.begin_button.isVisible()


def test_that_another_artist_is_led_to_the_one_whose_progress_is_sent(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    account = stocked.app.who.account
    stocked.app.store.write(lambda c: accounts.set_current_artist(c, account, 8)).result(10)
    stocked.app.feed.tell(AccountChanged(account, 8))
    assert page.state is PageState.EMPTY
    assert any("Rain" in text for text in texts(page))
    page.findChild(EmptyState).action_requested.emit()
    assert stocked.port.asked[-1] == ("switch", 7)


def test_that_the_chart_has_the_values_sent_with_unknown_sources_as_they_came(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    assert page.experience is not None
    data = page.experience.chart.data
    assert list(data.labels) == ["Uploads", MARKUP]
    assert list(data.series[0].values) == [18_000, 5]
    assert data.text(0, 0) == "18,000 XP, counted 180 times"


def test_that_the_tour_reads_cards_and_every_achievement(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    record = read_page(stocked.window)
    assert [card["title"] for card in record["cards"]] == [card.title() for card in page.cards]
    [table] = [one for one in record["tables"] if one["name"] == "Achievements"]
    assert table["row_count"] == 6
    assert table["columns"][:5] == ["Name", "State", "Rarity", "Category", "XP"]
    by_name = {row[0]: row for row in table["rows"]}
    assert by_name["Oracle"][1:5] == ["Unlocked", "Common", "Profile", "0 XP"]
    assert by_name["Oracle"][5].endswith("59 days ago")
    assert by_name[MARKUP][1:5] == ["Locked", MARKUP, MARKUP, "—"]
    assert by_name[ARABIC][1:4] == ["—", "—", "—"]
    assert {"+100 XP", "+1 XP", "+50 XP", "+25 XP"} <= set(record["texts"])


def test_that_a_refresh_in_flight_or_failed_changes_nothing_but_the_age(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    found = section(page)
    found.states.set_current(UnlockState.LOCKED)
    shown = figures(page), found.grid.model().rowCount(), page.header.ring.value()
    key = stocked.key(Resource.PROGRESS)
    stocked.app.feed.tell(FetchStarted(key))
    assert "refreshing now" in page.status.text()
    assert (figures(page), found.grid.model().rowCount(), page.header.ring.value()) == shown
    for attempt in (Attempt.FAILED, Attempt.UNREACHED):
        stocked.write(lambda c, a=attempt: fail(c, key, a, "No."), Resource.PROGRESS)
        stocked.app.feed.tell(FetchEnded(key, None))
        assert (figures(page), found.grid.model().rowCount(), page.header.ring.value()) == shown
        assert "trying again in" in page.status.text()
    assert page.status.text().startswith("Offline")


def test_that_the_status_counts_down_and_asks_when_it_is_time(
    qtbot: QtBot, stocked: StockedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, stocked)
    begin = datetime.now(UTC)
    send(stocked, FULL, begin)
    clock = [begin]
    monkeypatch.setattr(page.status, "_now", lambda: clock[0])

    def at(seconds: float) -> list[Any]:
        clock[0] = begin + timedelta(seconds=seconds)
        stocked.port.asked.clear()
        page.status._timer.timeout.emit()
        return stocked.port.asked

    space = "\N{NO-BREAK SPACE}"
    assert at(12) == []
    assert page.status.text() == (f"Updated 12{space}s ago  ·  next refresh in 48{space}s")
    assert at(59.5) == []
    assert at(60) == [("show", Page.PROGRESS)]
    # Once, although nothing has come yet.
    assert at(61) == []
    assert at(119) == []
    assert at(120) == [("show", Page.PROGRESS)]
    stocked.port.asked.clear()
    stocked.app.feed.tell(FetchStarted(stocked.key(Resource.PROGRESS)))
    assert at(200) == []
    assert "refreshing now" in page.status.text()


def test_that_without_automatic_refresh_there_is_no_countdown(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    stocked.app.requests.set_automatic(False)
    page.status.show_age()
    assert page.status.text().startswith("Updated")
    assert "refresh in" not in page.status.text()


def test_that_a_page_out_of_view_counts_no_longer(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    assert page.status._timer.isActive()
    stocked.window.show_page(Page.HOME)
    assert not page.status._timer.isActive()
    assert not section(page).grid.is_shimmering()


def test_that_offline_the_page_is_the_same_and_says_so(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        page = opened(qtbot, found)
        online = figures(page), [one.data() for one in indexes(section(page).grid)]
    with running(tmp_path, offline=True) as found:
        found.app.show()
        found.window.show_page(Page.PROGRESS)
        page = found.window.current_page
        assert isinstance(page, ProgressPage)
        qtbot.waitUntil(page.is_settled, timeout=10_000)
        assert (figures(page), [one.data() for one in indexes(section(page).grid)]) == online
        assert page.status.text().startswith("Offline · Updated")
        assert "refresh in" not in page.status.text()


def test_that_refresh_asks_once_while_one_is_under_way(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    stocked.port.asked.clear()
    qtbot.mouseClick(page.status.refresh_button, Qt.MouseButton.LeftButton)
    stocked.app.feed.tell(FetchStarted(stocked.key(Resource.PROGRESS)))
    qtbot.mouseClick(page.status.refresh_button, Qt.MouseButton.LeftButton)
    assert stocked.port.asked == [("refresh", Page.PROGRESS)]


def test_that_the_guide_tells_actions_formula_and_titles(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    qtbot.keyClick(page.status.guide_button, Qt.Key.Key_Return)
    guide = page.findChild(ProgressGuide)
    assert isinstance(guide, Dialog)
    told = "\n".join(texts(guide))
    for expected in ("+100 XP", "+1 XP", "+50 XP", "+25 XP", "estimate", "about 2,700 XP"):
        assert expected in told
    for title in ("Novice", "Legendary Producer", "levels 50 to 100"):
        assert title in told
    qtbot.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(ProgressGuide) is None)


@pytest.mark.parametrize("scale", [0.8, 2.0])
def test_that_nothing_is_wider_than_the_page_at_any_text_size(
    qtbot: QtBot, stocked: StockedApp, scale: float
) -> None:
    page = opened(qtbot, stocked)
    stocked.window.resize(960, 600)
    stocked.app.theme.set_scale(scale)
    qtbot.waitUntil(lambda: page.scroll_area.horizontalScrollBar().maximum() == 0)
    grid = section(page).grid
    assert grid.card_at(0).width() <= grid.width()
