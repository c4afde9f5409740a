"""The albums as a table and as covers, all of it by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from albums_page import (
    LEFT,
    SOME,
    WEB,
    album,
    menu_texts,
    names,
    opened,
    select,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    ReleaseState,
)
from beatpass_desktop.models.album_table import COLUMNS
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.empty_state import EmptyState


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 11)
    with running(tmp_path) as found:
        yield found


def test_that_the_third_press_on_a_header_goes_back_to_the_default(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    default = names(catalogue)
    assert default[0] == "Album 12"
    header = catalogue.table.header
    header.setFocus()
    for _ in range(COLUMNS.index(AlbumColumn.PLAYS)):
        QTest.keyClick(header, Qt.Key.Key_Right)
    seen = []
    for _ in range(3):
        QTest.keyClick(header, Qt.Key.Key_Return)
        seen.append(names(catalogue))
    assert [rows[0] for rows in seen] == ["Album 01", "Album 12", "Album 12"]
    assert seen[2] == default
    assert header.sort_state() == (-1, None)


def test_that_albums_are_filtered_by_name_year_and_release(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    rows = [*SOME, album(13, release_date="2199-01-01"), album(14, release_date=None)]
    catalogue = opened(qtbot, stocked, rows).catalogue
    filters = catalogue.filters
    QTest.keyClicks(filters.search_field, "1")
    qtbot.waitUntil(lambda: len(names(catalogue)) == 6)
    filters.search_field.clear()
    qtbot.waitUntil(lambda: len(names(catalogue)) == 14)
    filters.year.setFocus()
    QTest.keyClick(filters.year, Qt.Key.Key_Down)
    filters.year.activated.emit(filters.year.currentIndex())
    assert names(catalogue) == ["Album 13"]
    filters.set_wanted(AlbumFilter(state=ReleaseState.UNDATED))
    assert names(catalogue) == ["Album 14"]
    assert filters.state.currentText() == "No release date"
    assert "Showing 1 of 14 albums" in [
        label.text() for label in catalogue.findChildren(type(catalogue._count))
    ]
    filters.set_wanted(AlbumFilter("no such album"))
    state = next(s for s in catalogue.findChildren(EmptyState) if s.isVisible())
    assert not catalogue.table.isVisible()
    qtbot.mouseClick(state.findChild(Button), LEFT)
    assert len(names(catalogue)) == 14
    assert catalogue.table.isVisible()


def test_that_typing_on_the_albums_looks_for_a_name(qtbot: QtBot, stocked: StockedApp) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    for view in (catalogue.table, catalogue.grid):
        catalogue.filters.set_wanted(AlbumFilter())
        view.setFocus()
        view.keyboardSearch("12")
        qtbot.waitUntil(lambda: names(catalogue) == ["Album 12"])


def test_that_enter_and_a_double_click_open_the_public_page(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    catalogue.table.selectRow(0)
    QTest.keyClick(catalogue.table, Qt.Key.Key_Return)
    catalogue.set_view("covers")
    grid = catalogue.grid
    qtbot.waitUntil(grid.isVisible)
    place = grid.visualRect(grid.model().index(1, 0)).center()
    qtbot.mouseClick(grid.viewport(), LEFT, pos=place)
    qtbot.mouseDClick(grid.viewport(), LEFT, pos=place)
    QTest.keyClick(grid, Qt.Key.Key_Enter)
    assert stocked.links == [f"{WEB}/album/12", f"{WEB}/album/11", f"{WEB}/album/11"]


@pytest.mark.parametrize("view", ["table", "covers"])
def test_that_the_menu_of_an_album_leads_to_backstage(
    qtbot: QtBot, stocked: StockedApp, view: str
) -> None:
    page = opened(qtbot, stocked)
    catalogue = page.catalogue
    catalogue.set_view(view)
    catalogue.table.selectRow(0)
    shown = catalogue.table if view == "table" else catalogue.grid
    shown.context_menu_requested.emit(0, QPoint(5, 5))
    actions = menu_texts(stocked)
    texts = [action.text() for action in actions]
    assert texts == ["Show the tracks", "Open on BeatPass", "Insights", "Edit", "Copy"]
    for action in actions[1:4]:
        action.trigger()
    assert stocked.links == [
        f"{WEB}/album/12",
        f"{WEB}/backstage/albums/12/insights",
        f"{WEB}/backstage/albums/12/edit",
    ]
    actions[0].trigger()
    assert page.are_tracks_shown()


def test_that_selected_albums_are_copied_from_both_views(qtbot: QtBot, stocked: StockedApp) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    select(catalogue, 0, 2)
    for view in ("table", "covers"):
        QGuiApplication.clipboard().clear()
        catalogue.set_view(view)
        shown = catalogue.table if view == "table" else catalogue.grid
        QTest.keyClick(shown, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        lines = QGuiApplication.clipboard().text().split("\n")
        assert lines[0].split("\t") == ["Name", "Tracks", "Plays", "Release date", "Created"]
        assert [line.split("\t")[0] for line in lines[1:]] == ["Album 12", "Album 10"]


def test_that_several_covers_are_selected_by_keyboard(qtbot: QtBot, stocked: StockedApp) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    catalogue.set_view("covers")
    grid = catalogue.grid
    qtbot.waitUntil(grid.isVisible)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Home)
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert catalogue.table.selected_rows() == [0, 1]
    QTest.keyClick(grid, Qt.Key.Key_Down)
    assert grid.currentIndex().row() > 2
    assert grid.shows_focus_on(grid.currentIndex())


def test_that_the_view_is_chosen_by_keyboard_and_keeps_the_album(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    catalogue.table.selectRow(3)
    catalogue.view.set_current("covers")
    assert catalogue.grid.isVisible()
    assert not catalogue.table.isVisible()
    assert catalogue.grid.currentIndex().row() == 3
    assert catalogue.order.isVisible()
    at = [catalogue.order.itemText(n) for n in range(catalogue.order.count())].index("Most plays")
    catalogue.order.setCurrentIndex(at)
    catalogue.order.activated.emit(at)
    assert names(catalogue)[0] == "Album 12"
    catalogue.view.set_current("table")
    assert catalogue.table.header.sort_state() == (2, Qt.SortOrder.DescendingOrder)


def test_that_covers_fill_the_width_without_a_bar_below(qtbot: QtBot, stocked: StockedApp) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    catalogue.set_view("covers")
    grid = catalogue.grid
    for width in (960, 1280, 1700):
        stocked.window.resize(width, 800)
        QApplication.processEvents()
        columns = grid.viewport().width() // grid.gridSize().width()
        top = [row for row in range(12) if grid.visualRect(grid.model().index(row, 0)).top() < 50]
        assert len(top) == min(columns, 12)
        assert grid.viewport().width() - columns * grid.gridSize().width() <= columns


def test_that_a_name_column_takes_the_width_the_others_leave(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    table = opened(qtbot, stocked).catalogue.table
    for width in (1280, 1900):
        stocked.window.resize(width, 800)
        QApplication.processEvents()
        assert table.header.length() == table.viewport().width()
    wide = table.columnWidth(0)
    table.setColumnWidth(2, table.columnWidth(2) + 60)
    assert table.columnWidth(0) == wide - 60
    stocked.window.resize(960, 700)
    QApplication.processEvents()
    assert table.columnWidth(0) >= 190


def test_that_the_albums_take_the_height_that_is_left(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    page.catalogue.table.selectRow(0)
    for with_tracks in (False, True):
        page.show_tracks(with_tracks)
        for height in (900, 1_200):
            stocked.window.resize(1_600, height)
            bottom = page.scroll_area.viewport().height()
            qtbot.waitUntil(lambda at=bottom: page.content.geometry().bottom() > at - 60)
            assert page.catalogue.height() > height - 420
