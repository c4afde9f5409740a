"""The keys do what the list says, and typing stays typing."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.views.shortcut_list import Keys, ShortcutList
from beatpass_desktop.views.shortcuts import Action, shortcut_groups

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
_TYPED = ("Shift+?", "Shift+/")
"""the same characters on keyboards that need Shift for them"""
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        qtbot.waitUntil(found.window.isActiveWindow)
        qtbot.waitUntil(found.has_shortcuts)
        yield found


def press(
    qtbot: QtBot, found: StockedApp, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE
) -> None:
    qtbot.keyClick(QApplication.focusWidget() or found.window, key, modifier)


def lists(found: StockedApp) -> list[ShortcutList]:
    return [one for one in found.window.findChildren(ShortcutList) if one.isVisible()]


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_Question, SHIFT), (Qt.Key.Key_Question, NONE), (Qt.Key.Key_F1, NONE)],
)
def test_that_the_list_opens_by_key_and_escape_closes_it(
    qtbot: QtBot, shown: StockedApp, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    press(qtbot, shown, key, modifier)
    (dialog,) = lists(shown)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not lists(shown))


def test_that_a_question_mark_and_a_slash_can_be_typed(qtbot: QtBot, shown: StockedApp) -> None:
    press(qtbot, shown, Qt.Key.Key_3, CTRL)
    press(qtbot, shown, Qt.Key.Key_F, CTRL)
    field = shown.tracks_page.catalogue.search_field
    assert field.hasFocus()
    qtbot.keyClicks(field, "why?/")
    assert field.text() == "why?/"
    assert lists(shown) == []


@pytest.mark.parametrize(
    ("key", "modifier"),
    [(Qt.Key.Key_F, CTRL), (Qt.Key.Key_Slash, NONE), (Qt.Key.Key_Slash, SHIFT)],
)
def test_that_search_is_one_key_away(
    qtbot: QtBot, shown: StockedApp, key: Qt.Key, modifier: Qt.KeyboardModifier
) -> None:
    press(qtbot, shown, Qt.Key.Key_3, CTRL)
    field = shown.tracks_page.catalogue.search_field
    field.setText("wave")
    shown.tracks_page.table.setFocus()
    press(qtbot, shown, key, modifier)
    assert field.hasFocus()
    assert field.selectedText() == "wave"


def test_that_searching_where_nothing_can_be_searched_does_nothing(
    qtbot: QtBot, shown: StockedApp
) -> None:
    assert shown.window.page is Page.HOME
    before = QApplication.focusWidget()
    press(qtbot, shown, Qt.Key.Key_F, CTRL)
    assert QApplication.focusWidget() is before


def test_that_quit_closes_the_window(qtbot: QtBot, shown: StockedApp) -> None:
    with qtbot.waitSignal(shown.window.closed):
        press(qtbot, shown, Qt.Key.Key_Q, CTRL)


def test_that_what_the_list_shows_is_what_is_installed(qtbot: QtBot, shown: StockedApp) -> None:
    groups = shortcut_groups(shown.app.places)
    told = {
        tuple(QKeySequence(keys).toString() for keys in shortcut.keys)
        for group in groups
        for shortcut in group.shortcuts
        if shortcut.does is not None
    }
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    installed = [
        tuple(text for text in map(QKeySequence.toString, shortcut.keys()) if text not in _TYPED)
        for shortcut in shown.window.findChildren(QShortcut, options=direct)
    ]
    assert set(installed) == told
    assert len(installed) == len(told)
    does = {shortcut.does for group in groups for shortcut in group.shortcuts} - {None}
    assert does == {*Action, *(place.page for place in shown.app.places)}
    shown.window.show_shortcuts()
    (dialog,) = lists(shown)
    listed = [(keys.split(" / "), meaning) for keys, meaning in dialog.entries()]
    assert listed == [
        ([QKeySequence(key).toString() or key for key in shortcut.keys], shortcut.text)
        if "…" not in shortcut.keys[0]
        else (list(shortcut.keys), shortcut.text)
        for group in groups
        for shortcut in group.shortcuts
    ]


@pytest.mark.parametrize("percent", [80, 200])
def test_that_no_key_cap_is_cut_off(qtbot: QtBot, shown: StockedApp, percent: int) -> None:
    shown.window.resize(960, 600)
    shown.app.theme.set_scale(percent / 100)
    shown.window.show_shortcuts()
    (dialog,) = lists(shown)
    for keys in dialog.findChildren(Keys):
        assert keys.width() == keys.sizeHint().width()
        right = keys.mapTo(dialog, keys.rect().topRight()).x()
        assert right < dialog.width()
