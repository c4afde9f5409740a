"""The Albums page in the window: cards, states, refreshing, export, what is remembered."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from albums_page import (
    LEFT,
    MARKUP,
    SOME,
    WEB,
    album,
    cards,
    menu_texts,
    names,
    opened,
    put,
    select,
)
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QFileDialog
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock

from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    AlbumSort,
    ReleaseState,
)
from beatpass_desktop.domain.catalogue import Album
from beatpass_desktop.domain.events import CatalogueShrank
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.models.page import PageState
from beatpass_desktop.views.pages.list_news import ListNews
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.toast import Toast


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 11)
    with running(tmp_path) as found:
        yield found


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
