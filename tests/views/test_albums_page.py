"""The Albums page in the window: cards, table, covers, tracks, all of it by keyboard."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest
from PySide6.QtCore import QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QAction, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock

from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    AlbumSort,
    ReleaseState,
)
from beatpass_desktop.domain.album_tracks import AlbumTrack, AlbumTracks
from beatpass_desktop.domain.catalogue import Album
from beatpass_desktop.domain.events import CatalogueShrank, ResourcesChanged
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.models.album_table import COLUMNS
from beatpass_desktop.models.page import PageState
from beatpass_desktop.store import catalogue, documents, figures
from beatpass_desktop.store.catalogue import ALBUMS
from beatpass_desktop.views.pages.albums.catalogue import AlbumCatalogue
from beatpass_desktop.views.pages.albums.page import AlbumsPage
from beatpass_desktop.views.pages.list_news import ListNews
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.menu import Menu
from beatpass_desktop.views.widgets.toast import Toast

WEB = "https://open.beatpass.ca"
MARKUP = "<b>Bold</b> & Sons"
LEFT = Qt.MouseButton.LeftButton


def album(number: int, **values: Any) -> Album:
    return Album(
        number,
        **{
            "name": f"Album {number:02}",
            "release_date": f"{2015 + number % 5}-03-01",
            "created_at": datetime(2020, 1, number, 12, tzinfo=UTC),
            "plays": number * 100,
            "track_ids": (number,),
            **values,
        },
    )


SOME = [album(number) for number in range(1, 13)]


def put(stocked: StockedApp, albums: list[Album]) -> None:
    """A complete walk over the albums."""
    key = stocked.key(Resource.ALBUMS)
    carried = frozenset(field.name for field in fields(Album))

    def job(connection: apsw.Connection) -> None:
        at = datetime.now(UTC)
        generation = catalogue.begin(connection, ALBUMS, key)
        rows = [Decoded(album, carried) for album in albums]
        catalogue.stage(connection, ALBUMS, key, generation, rows)
        shown = catalogue.replace(connection, ALBUMS, key, generation, at)
        figures.record(connection, key.account, key.artist, {Figure.ALBUMS: shown}, at)
        documents.succeeded(connection, key, at)

    stocked.write(job, Resource.ALBUMS)


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 11)
    with running(tmp_path) as found:
        yield found


def opened(qtbot: QtBot, stocked: StockedApp, albums: list[Album] = SOME) -> AlbumsPage:
    """The page with these albums."""
    put(stocked, albums)
    stocked.app.show()
    stocked.window.show_page(Page.ALBUMS)
    stocked.window.activateWindow()
    qtbot.waitUntil(stocked.window.isActiveWindow)
    qtbot.waitUntil(stocked.has_shortcuts)
    page = stocked.window.page_widget(Page.ALBUMS)
    assert isinstance(page, AlbumsPage)
    return page


def names(catalogue: AlbumCatalogue) -> list[str]:
    model = catalogue.table.model()
    return [model.data(model.index(row, 0)) for row in range(model.rowCount())]


def menu_texts(stocked: StockedApp) -> list[QAction]:
    menu = next(m for m in stocked.window.findChildren(Menu) if m.isVisible())
    return [action for action in menu.actions() if action.text()]


def cards(page: AlbumsPage) -> dict[str, tuple[str, str]]:
    return {card.title(): (card.value(), card.detail()) for card in page.cards}


def test_that_the_cards_say_what_the_albums_come_to(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, [*SOME[:3], album(4, name=MARKUP, created_at=datetime.now(UTC))])
    assert cards(page) == {
        "Total Albums": ("4", "+1 this month"),
        "Album Tracks": ("4", "1.0 per album on average"),
        "Album Plays": ("1,000", "Growth —"),
        "Top Album": (MARKUP, "400 plays"),
    }


def test_that_nothing_is_summed_up_of_what_was_not_sent(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, [album(1), Album(2), Album(3)])
    assert cards(page) == {
        "Total Albums": ("3", ""),
        "Album Tracks": ("—", ""),
        "Album Plays": ("—", "2 albums came without plays"),
        "Top Album": ("Album 01", "100 plays, as far as sent"),
    }
    put(stocked, [Album(2), album(1, plays=0)])
    assert cards(page)["Top Album"] == ("—", "")


def test_that_an_empty_page_leads_to_the_first_album(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, [])
    assert page.state is PageState.EMPTY
    state = next(s for s in page.findChildren(EmptyState) if s.isVisible())
    qtbot.mouseClick(state.findChild(Button), LEFT)
    assert stocked.links == [f"{WEB}/backstage/upload"]
    new = [b for b in page.findChildren(Button) if b.label() == "New album" and b.isVisible()]
    assert len(new) == 1


def test_that_a_new_album_is_begun_in_backstage(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    button = next(b for b in page.findChildren(Button) if b.label() == "New album")
    qtbot.mouseClick(button, LEFT)
    assert stocked.links == [f"{WEB}/backstage/upload"]


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


def select(catalogue: AlbumCatalogue, *rows: int) -> None:
    flags = QItemSelectionModel.SelectionFlag
    for row in rows:
        index = catalogue.table.model().index(row, 0)
        catalogue.table.selectionModel().select(index, flags.Select | flags.Rows)


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


def test_that_space_opens_the_tracks_and_escape_closes_them(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    table = page.catalogue.table
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert page.are_tracks_shown()
    assert page.tracks is not None
    shown = page.tracks.table
    assert [shown.model().data(shown.model().index(0, at)) for at in (0, 2)] == [
        "<b>Beat</b> 011",
        "2:05",
    ]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert shown.model().data(shown.model().index(0, 0)) == "Wave 010"
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not page.are_tracks_shown()
    assert table.hasFocus()


def test_that_the_arrow_keys_lead_into_the_tracks_and_back(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    table = page.catalogue.table
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert page.tracks is not None
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    tracks = page.tracks.table
    qtbot.waitUntil(tracks.hasFocus)
    QTest.keyClick(tracks, Qt.Key.Key_Return)
    assert stocked.links == [f"{WEB}/track/11"]
    QTest.keyClick(tracks, Qt.Key.Key_Left)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert not page.are_tracks_shown()


def test_that_the_pane_leads_to_backstage(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    page.catalogue.table.selectRow(0)
    page.show_tracks()
    assert page.tracks is not None
    for button in page.tracks.findChildren(Button):
        if button.isVisible():
            qtbot.mouseClick(button, LEFT)
    assert stocked.links == [
        f"{WEB}/album/12",
        f"{WEB}/backstage/albums/12/insights",
        f"{WEB}/backstage/albums/12/edit",
    ]


def test_that_tracks_that_are_not_stored_are_asked_for_and_shown_when_they_come(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    page.catalogue.table.selectRow(0)
    page.show_tracks()
    wish = ("want", Resource.ALBUM_TRACKS, "12")
    qtbot.waitUntil(lambda: wish in stocked.port.asked)
    assert page.tracks is not None
    model = page.tracks.table.model()
    assert model.data(model.index(0, 0)) == "—"
    key = stocked.key(Resource.ALBUM_TRACKS)._replace(params="12")
    sent = AlbumTracks((AlbumTrack(12, MARKUP, 7),))

    def come(connection: apsw.Connection) -> None:
        documents.merge(connection, key, sent, ["tracks"])
        documents.succeeded(connection, key, datetime.now(UTC))

    stocked.app.store.write(come).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({key})))
    assert [model.data(model.index(0, at)) for at in (0, 1)] == [MARKUP, "7"]


def test_that_an_album_without_tracks_says_so(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, [album(1, track_ids=()), album(2, track_ids=None)])
    page.show_tracks()
    assert page.tracks is not None

    def said() -> str:
        assert page.tracks is not None
        state = page.tracks.findChild(EmptyState)
        return state._title.text() if state.isVisible() else ""

    assert said() == "No album is selected"
    page.catalogue.table.selectRow(1)
    assert said() == "No tracks yet"
    page.catalogue.table.selectRow(0)
    assert said() == "The tracks are loading"


def test_that_a_failed_refresh_keeps_albums_selection_and_place(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    catalogue = opened(
        qtbot, stocked, [album(n % 28 + 1, name=f"A{n}") for n in range(28)]
    ).catalogue
    catalogue.table.selectRow(20)
    before = catalogue.current_album()
    assert before is not None
    bar = catalogue.table.verticalScrollBar()
    bar.setValue(bar.maximum())
    place = bar.value()
    key = stocked.key(Resource.ALBUMS)
    stocked.write(lambda c: fail(c, key, Attempt.FAILED, "No."), Resource.ALBUMS)
    assert catalogue.current_album() == before
    put(stocked, [album(n % 28 + 1, name=f"B{n}") for n in range(28)])
    after = catalogue.current_album()
    assert after is not None
    assert (after.id, after.name != before.name) == (before.id, True)
    assert catalogue.table.selected_rows() == [20]
    assert bar.value() == place > 0


def test_that_a_list_that_shrank_is_asked_about(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    news = page.findChild(ListNews)
    assert news is not None
    assert not news.isVisible()
    key = stocked.key(Resource.ALBUMS)
    stocked.app.feed.tell(CatalogueShrank(key, 12, 2))
    text = "BeatPass now lists 2 of your 12 albums. The earlier list is kept."
    assert (news.isVisible(), news.questions()) == (True, [text])
    news._questions.action_requested.emit("shrank")
    assert stocked.port.asked[-1] == ("accept", key)
    assert not news.isVisible()


def test_that_a_long_list_is_counted_and_may_be_given_up(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    news = page.findChild(ListNews)
    assert news is not None
    page.model.progressed.emit(100, 3_000)
    assert news.isVisible()
    page.model.long_fetch = stocked.key(Resource.ALBUMS)
    news._progress.cancel_requested.emit()
    assert stocked.port.asked[-1] == ("cancel", stocked.key(Resource.ALBUMS))
    page.model.progressed.emit(0, 0)
    assert not news.isVisible()


def test_that_the_growth_of_album_tracks_is_asked_for(qtbot: QtBot, stocked: StockedApp) -> None:
    opened(qtbot, stocked, SOME[:3])
    put(stocked, [*SOME[:3], album(4, name="Renamed", track_ids=(1,))])
    key = stocked.key(Resource.GROWTH)
    stocked.write(lambda c: fail(c, key, Attempt.FAILED, "No."), Resource.GROWTH)
    asked = [ids for what, *ids in stocked.port.asked if what == "want growth"]
    assert asked == [[(1, 2, 3)], [(1, 2, 3, 1)]]


def test_that_albums_are_written_as_they_are_filtered(
    qtbot: QtBot, stocked: StockedApp, tmp_path: Path
) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    catalogue.filters.set_wanted(AlbumFilter("album 1"))
    catalogue.set_sort(AlbumSort(AlbumColumn.NAME, False))
    menus = catalogue.exporting.button
    qtbot.mouseClick(menus, LEFT)
    actions = menu_texts(stocked)
    next(action for action in actions if "JSON" in action.text()).trigger()
    dialog = catalogue.exporting.findChild(QFileDialog)
    assert dialog is not None
    assert dialog.selectedFiles()[0].rpartition("/")[2].startswith("beatpass-albums-")
    path = tmp_path / "out.json"
    with qtbot.waitSignal(stocked.app.exporting.finished, timeout=10_000):
        dialog.fileSelected.emit(str(path))
        dialog.close()
    rows = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert [row["id"] for row in rows] == [1, 10, 11, 12]
    said = " ".join(toast.text() for toast in stocked.window.findChildren(Toast))
    assert "4 albums written" in said
    assert "tracks written" not in said


def test_that_selected_albums_alone_can_be_written(
    qtbot: QtBot, stocked: StockedApp, tmp_path: Path
) -> None:
    catalogue = opened(qtbot, stocked).catalogue
    select(catalogue, 1, 3)
    catalogue.table.context_menu_requested.emit(1, QPoint(5, 5))
    actions = menu_texts(stocked)
    assert [action.text() for action in actions][-2:] == [
        "Copy 2 albums",
        "Export the selected albums…",
    ]
    actions[-1].trigger()
    dialog = catalogue.exporting.findChild(QFileDialog)
    assert dialog is not None
    path = tmp_path / "two.csv"
    with qtbot.waitSignal(stocked.app.exporting.finished, timeout=10_000):
        dialog.fileSelected.emit(str(path))
        dialog.close()
    with path.open(encoding="utf-8-sig", newline="") as file:
        assert [line["Album ID"] for line in csv.DictReader(file)] == ["11", "9"]


def test_that_what_was_chosen_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 3)
    with running(tmp_path) as first:
        page = opened(qtbot, first)
        page.catalogue.filters.set_wanted(AlbumFilter("album", 2015, ReleaseState.RELEASED))
        page.catalogue.table.sort_requested.emit(0, Qt.SortOrder.AscendingOrder)
        page.catalogue.set_view("covers")
        page.catalogue.table.setColumnHidden(3, True)
        page.show_tracks()
    with running(tmp_path) as second:
        page = opened(qtbot, second)
        catalogue = page.catalogue
        assert catalogue.filters.wanted == AlbumFilter("album", 2015, ReleaseState.RELEASED)
        assert catalogue.filters.year.currentText() == "2015"
        assert names(catalogue) == ["Album 05", "Album 10"]
        assert catalogue.grid.isVisible()
        assert catalogue.order.currentText() == "Name, A to Z"
        assert catalogue.table.isColumnHidden(3)
        assert page.are_tracks_shown()


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


def test_that_large_text_leaves_no_bar_below_the_page(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    stocked.app.theme.set_scale(2.0)
    stocked.window.resize(960, 700)
    for view in ("table", "covers"):
        page.catalogue.set_view(view)
        bar = page.scroll_area.horizontalScrollBar()
        qtbot.waitUntil(lambda: page.catalogue.width() < 800)
        qtbot.waitUntil(lambda at=bar: at.maximum() == 0)


def test_that_every_control_has_a_name(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    page.catalogue.table.selectRow(0)
    page.show_tracks()
    buttons = [b for b in page.findChildren(QAbstractButton) if b.isVisible()]
    assert all(button.accessibleName() for button in buttons)
    named = (page.catalogue.table, page.catalogue.grid, page.catalogue.filters.year)
    assert all(widget.accessibleName() for widget in named)


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
