"""The window used wholly by keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import ARTISTS, StockedApp, running, stock

from beatpass_desktop.domain import links
from beatpass_desktop.domain.resources import Page

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, artists=ARTISTS)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        qtbot.waitUntil(found.window.isActiveWindow)
        qtbot.waitUntil(found.has_shortcuts)
        yield found


def press(qtbot: QtBot, found: StockedApp, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
    qtbot.keyClick(QApplication.focusWidget() or found.window, key, modifier)


def to_tracks(qtbot: QtBot, found: StockedApp) -> None:
    press(qtbot, found, Qt.Key.Key_3, CTRL)
    assert found.window.page is Page.TRACKS


def test_that_number_keys_show_pages_and_ask_for_what_they_need(
    qtbot: QtBot, shown: StockedApp
) -> None:
    assert shown.window.page is Page.HOME
    to_tracks(qtbot, shown)
    press(qtbot, shown, Qt.Key.Key_1, CTRL)
    assert shown.window.page is Page.HOME
    pages = [wish for wish in shown.port.asked if wish[0] == "show"]
    assert pages == [("show", Page.HOME), ("show", Page.TRACKS), ("show", Page.HOME)]


def test_that_refresh_keys_ask_for_the_page_in_view_or_for_everything(
    qtbot: QtBot, shown: StockedApp
) -> None:
    to_tracks(qtbot, shown)
    shown.port.asked.clear()
    press(qtbot, shown, Qt.Key.Key_F5, Qt.KeyboardModifier.NoModifier)
    press(qtbot, shown, Qt.Key.Key_R, CTRL)
    press(qtbot, shown, Qt.Key.Key_R, CTRL | SHIFT)
    assert shown.port.asked == [
        ("refresh", Page.TRACKS),
        ("refresh", Page.TRACKS),
        ("refresh all",),
    ]


def test_that_tab_reaches_every_control_and_comes_round(qtbot: QtBot, shown: StockedApp) -> None:
    to_tracks(qtbot, shown)
    reached: list[QWidget] = []
    for _ in range(60):
        press(qtbot, shown, Qt.Key.Key_Tab, Qt.KeyboardModifier.NoModifier)
        focused = QApplication.focusWidget()
        assert focused is not None
        if focused in reached:
            break
        reached.append(focused)
    wanted = {
        widget
        for widget in shown.window.findChildren(QWidget)
        if isinstance(widget, QAbstractButton | QLineEdit)
        and widget.isVisible()
        and widget.isEnabled()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    }
    assert {widget.accessibleName() for widget in wanted} <= {w.accessibleName() for w in reached}
    assert shown.tracks_page.catalogue.search_field in reached
    assert shown.tracks_page.table in reached


def test_that_typing_filters_and_escape_brings_everything_back(
    qtbot: QtBot, shown: StockedApp
) -> None:
    to_tracks(qtbot, shown)
    table = shown.tracks_page.table
    table.setFocus()
    press(qtbot, shown, Qt.Key.Key_W, Qt.KeyboardModifier.NoModifier)
    for letter in "ave 01":
        qtbot.keyClicks(QApplication.focusWidget(), letter)
    assert shown.tracks_page.catalogue.search_field.text().lower() == "wave 01"
    qtbot.waitUntil(lambda: table.model().rowCount() == 5)
    press(qtbot, shown, Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier)
    qtbot.waitUntil(lambda: table.model().rowCount() == 60)


def test_that_arrows_move_enter_opens_and_copy_gives_tab_separated_text(
    qtbot: QtBot, shown: StockedApp
) -> None:
    to_tracks(qtbot, shown)
    shown.tracks_page.table.setFocus()
    for _ in range(2):
        press(qtbot, shown, Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier)
    row = shown.tracks_page.table.currentIndex().row()
    press(qtbot, shown, Qt.Key.Key_Down, SHIFT)
    press(qtbot, shown, Qt.Key.Key_C, CTRL)
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0].split("\t")[:3] == ["Name", "Artists", "Plays"]
    assert [line.split("\t")[0] for line in lines[1:]] == [
        _name(60 - row),
        _name(60 - row - 1),
    ]
    assert {len(line.split("\t")) for line in lines} == {12}
    press(qtbot, shown, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    assert shown.links == [links.track(60 - row - 1)]


def _name(number: int) -> str:
    return f"<b>Beat</b> {number:03}" if number % 2 else f"Wave {number:03}"


def test_that_the_account_menu_offers_every_artist_literally(
    qtbot: QtBot, shown: StockedApp
) -> None:
    (account,) = [
        button
        for button in shown.window.findChildren(QAbstractButton)
        if button.accessibleName().startswith("Account:")
    ]
    account.setFocus()
    press(qtbot, shown, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text().replace("&&", "&") for action in menu.actions()]
    assert [artist.name for artist in ARTISTS] == texts[:2]
    assert [action.isChecked() for action in menu.actions()[:2]] == [True, False]
    menu.actions()[1].trigger()
    assert shown.port.asked[-1] == ("switch", 8)
    menu.close()
