"""The achievements on the Progress page: filters, cards, light, keyboard."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from progress_page import (
    FULL,
    ITEMS,
    MARKUP,
    opened,
    section,
    send,
    texts,
)
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import ARTISTS, StockedApp, running, stock

from beatpass_desktop.domain.progress import Achievement, Progress
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.models.achievements import UnlockState
from beatpass_desktop.views.pages.progress.page import ProgressPage

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


def test_that_filters_narrow_the_list_and_can_be_cleared(qtbot: QtBot, stocked: StockedApp) -> None:
    found = section(opened(qtbot, stocked))
    model = found.grid.model()
    assert found.states.texts() == ["All 6", "Unlocked 3", "Locked 2"]
    found.states.set_current(UnlockState.LOCKED)
    assert model.rowCount() == 2
    found.rarities.setCurrentIndex(found.rarities.findData(MARKUP))
    assert model.rowCount() == 1
    assert "Showing 1 of 6" in texts(found)
    found.categories.setCurrentIndex(found.categories.findData("upload"))
    assert not found.grid.isVisible()
    assert "No achievement matches" in texts(found)
    qtbot.mouseClick(found.clear_button, Qt.MouseButton.LeftButton)
    assert (model.rowCount(), found.grid.isVisible()) == (6, True)
    assert not found.clear_button.isVisible()


def test_that_a_new_reply_keeps_the_filters_and_the_place(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    found = section(page)
    found.states.set_current(UnlockState.LOCKED)
    assert found.grid.reach("4")
    more = (Achievement("0", "First", unlocked=False, category="new"), *ITEMS)
    send(stocked, Progress(achievements=more, level=1))
    assert found.states.current() is UnlockState.LOCKED
    assert found.grid.model().rowCount() == 3
    assert found.grid.currentIndex().data() == "N" * 300
    assert found.categories.findData("new") > 0


def test_that_tab_and_arrows_reach_everything_and_the_page_follows(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    items = tuple(Achievement(str(n), f"A {n}", unlocked=False) for n in range(60))
    page = opened(qtbot, stocked, Progress(level=2, achievements=items))
    found = section(page)
    reached: list[QWidget] = []
    for _ in range(40):
        qtbot.keyClick(QApplication.focusWidget() or stocked.window, Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        if reached[-1] is found.grid:
            break
    for widget in (
        page.status.guide_button,
        page.status.refresh_button,
        found.rarities,
        found.categories,
        found.grid,
    ):
        assert widget in reached
        assert widget.accessibleName()
    grid = found.grid
    assert grid.currentIndex().row() == 0
    qtbot.keyClick(grid, Qt.Key.Key_Right)
    assert grid.currentIndex().row() == 1
    qtbot.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() == 1 + grid.column_count()
    qtbot.keyClick(grid, Qt.Key.Key_End)
    assert grid.currentIndex().row() == 59

    def is_in_view() -> bool:
        body = page.scroll_area
        card = grid.card_at(59)
        top = grid.mapTo(body, card.topLeft()).y()
        return top >= 0 and top + card.height() <= body.height()

    qtbot.waitUntil(is_in_view)


def test_that_the_keyboard_leaves_a_ring_on_the_card(qtbot: QtBot, stocked: StockedApp) -> None:
    found = section(opened(qtbot, stocked))
    before = found.grid.grab().toImage()
    found.grid.setFocus(Qt.FocusReason.TabFocusReason)
    after = found.grid.grab().toImage()
    assert before != after
    found.grid.clearFocus()
    found.grid.setFocus(Qt.FocusReason.MouseFocusReason)
    assert found.grid.grab().toImage() == before


def test_that_every_card_stands_in_its_own_place(qtbot: QtBot, stocked: StockedApp) -> None:
    items = tuple(Achievement(str(n), f"A {n}", unlocked=False) for n in range(23))
    page = opened(qtbot, stocked, Progress(level=2, achievements=items))
    grid = section(page).grid
    for width in (960, 1013, 1280, 1601, 2560):
        stocked.window.resize(width, 832)
        qtbot.waitUntil(lambda w=width: stocked.window.width() == w)
        qtbot.waitUntil(lambda: grid.height() == grid.card_at(22).bottom() + 1)
        columns = grid.column_count()
        for row in range(23):
            # What Qt takes for the card and what is painted are in the same place.
            index = grid.model().index(row, 0)
            assert grid.visualRect(index).contains(grid.card_at(row).center()), (width, row)
        assert columns == {960: 2, 1013: 2, 1280: 3, 1601: 4, 2560: 4}[width]


def test_that_right_to_left_mirrors_the_cards(qtbot: QtBot, stocked: StockedApp) -> None:
    grid = section(opened(qtbot, stocked)).grid
    left = grid.card_at(0)
    stocked.window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert grid.card_at(0).right() == grid.viewport().width() - 1 - left.left()
    qtbot.waitUntil(
        lambda: grid.visualRect(grid.model().index(0, 0)).contains(grid.card_at(0).center())
    )


def test_that_locked_ones_are_tinted_red(qtbot: QtBot, stocked: StockedApp) -> None:
    items = (
        Achievement("1", "Open", rarity="common", unlocked=True),
        Achievement("2", "Shut", rarity="common", unlocked=False),
    )
    grid = section(opened(qtbot, stocked, Progress(level=2, achievements=items))).grid
    image = grid.grab().toImage()

    def ground(row: int) -> QColor:
        card = grid.card_at(row)
        return image.pixelColor(card.center().x(), card.bottom() - 6)

    opened_one, shut = ground(0), ground(1)
    assert shut.red() - shut.blue() > opened_one.red() - opened_one.blue() + 4


def test_that_legendary_cards_shimmer_unless_motion_is_reduced(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    grid = section(opened(qtbot, stocked)).grid
    assert grid.is_shimmering()
    grid._pause.timeout.emit()
    qtbot.waitUntil(lambda: 0.2 < (grid._light.currentValue() or 0) < 0.9)
    lit = grid.grab(grid.card_at(1)).toImage()
    stocked.app.theme.set_reduced_motion(True)
    assert not grid.is_shimmering()
    assert grid.grab(grid.card_at(1)).toImage() != lit
    stocked.app.theme.set_reduced_motion(False)
    assert grid.is_shimmering()


def test_that_without_an_unlocked_legendary_one_nothing_moves(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    items = (Achievement("1", "A", rarity="legendary", unlocked=False),)
    grid = section(opened(qtbot, stocked, Progress(level=1, achievements=items))).grid
    assert not grid.is_shimmering()


def test_that_a_search_stands_on_its_achievement_even_when_filtered_out(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    found = section(page)
    found.states.set_current(UnlockState.LOCKED)
    page.reveal(Hit(HitKind.ACHIEVEMENT, "Oracle", "", "1"))
    assert found.grid.currentIndex().data() == "Oracle"
    assert found.states.current() is UnlockState.ALL


def test_that_a_search_before_the_page_was_built_is_not_lost(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    send(stocked, FULL)
    stocked.window.show_page(Page.PROGRESS)
    page = stocked.window.current_page
    assert isinstance(page, ProgressPage)
    page.reveal(Hit(HitKind.ACHIEVEMENT, "Oracle", "", "1"))
    qtbot.waitUntil(page.is_settled, timeout=10_000)
    assert section(page).grid.currentIndex().data() == "Oracle"


def test_that_a_thousand_achievements_stay_quick(qtbot: QtBot, stocked: StockedApp) -> None:
    items = tuple(
        Achievement(str(n), f"A {n}", "What it takes " * 4, "upload", "rare", n, n % 2 == 0)
        for n in range(1_000)
    )
    page = opened(qtbot, stocked, Progress(level=2, achievements=items))
    found = section(page)
    begin = time.perf_counter()
    found.states.set_current(UnlockState.LOCKED)
    page.grab()
    assert time.perf_counter() - begin < 0.5
    assert found.grid.model().rowCount() == 500
