"""The sidebar: choosing pages, collapsing, the account box."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.account_button import AccountButton
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.nav_button import NavButton, NavEntry
from beatpass_desktop.views.widgets.sidebar import Sidebar

ENTRIES = [
    NavEntry("home", "house", "Home", Hue.HOME, "Ctrl+1"),
    NavEntry("tracks", "music", "Tracks", Hue.TRACKS, "Ctrl+2"),
    NavEntry("albums", "disc-3", "Albums", Hue.ALBUMS),
]


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


@pytest.fixture
def sidebar(qtbot: QtBot, theme: Theme) -> Sidebar:
    sidebar = Sidebar(theme, ENTRIES)
    qtbot.addWidget(sidebar)
    sidebar.resize(sidebar.width(), 600)
    sidebar.show()
    qtbot.waitExposed(sidebar)
    return sidebar


def test_that_a_press_asks_for_a_page_and_leaves_the_marking_to_the_owner(
    qtbot: QtBot, sidebar: Sidebar
) -> None:
    sidebar.set_current("home")
    tracks = sidebar.findChildren(NavButton)[1]
    with qtbot.waitSignal(sidebar.page_requested) as asked:
        qtbot.mouseClick(tracks, Qt.MouseButton.LeftButton)
    assert asked.args == ["tracks"]
    assert sidebar.current() == "home"
    sidebar.set_current("tracks")
    assert sidebar.current() == "tracks"
    assert tracks.accessibleDescription() == "Current page"
    sidebar.set_current(None)
    assert sidebar.current() is None


def test_that_arrow_keys_move_between_pages_and_enter_opens_one(
    qtbot: QtBot, sidebar: Sidebar
) -> None:
    home, tracks, albums = sidebar.findChildren(NavButton)
    sidebar.activateWindow()
    qtbot.waitUntil(sidebar.isActiveWindow)
    home.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(home, Qt.Key.Key_Down)
    assert tracks.hasFocus()
    assert tracks.shows_focus_ring()
    qtbot.keyClick(tracks, Qt.Key.Key_Up)
    qtbot.keyClick(home, Qt.Key.Key_Up)
    assert albums.hasFocus()
    with qtbot.waitSignal(sidebar.page_requested) as asked:
        qtbot.keyClick(albums, Qt.Key.Key_Return)
    assert asked.args == ["albums"]


def test_that_entries_say_their_name_and_their_keys(sidebar: Sidebar) -> None:
    home, _, albums = sidebar.findChildren(NavButton)
    assert home.accessibleName() == "Home"
    assert home.toolTip() == "Home (Ctrl+1)"
    assert albums.toolTip() == "Albums"
    assert QAccessible.queryAccessibleInterface(home).role() is QAccessible.Role.Button


def test_that_the_sidebar_collapses_to_icons_and_says_so(qtbot: QtBot, sidebar: Sidebar) -> None:
    wide = sidebar.width()
    toggle = sidebar.findChild(IconButton)
    with qtbot.waitSignal(sidebar.collapsed_changed) as changed:
        qtbot.mouseClick(toggle, Qt.MouseButton.LeftButton)
    assert changed.args == [True]
    assert sidebar.is_collapsed()
    assert sidebar.width() < wide / 2
    assert toggle.accessibleName() == "Expand sidebar"
    with qtbot.assertNotEmitted(sidebar.collapsed_changed):
        sidebar.set_collapsed(False)
    assert sidebar.width() == wide


def test_that_the_account_box_shows_the_artist_and_opens_the_menu(
    qtbot: QtBot, sidebar: Sidebar
) -> None:
    image = QImage(80, 80, QImage.Format.Format_RGB32)
    image.fill(QColor("#336699"))
    sidebar.set_account("Ana <b>Lima</b>", "Level 14", image)
    assert sidebar.account_texts() == ["Ana <b>Lima</b>", "Level 14"]
    box = sidebar.findChild(AccountButton)
    assert box.accessibleName() == "Account: Ana <b>Lima</b>, Level 14"
    with qtbot.waitSignal(sidebar.account_menu_requested) as asked:
        qtbot.mouseClick(box, Qt.MouseButton.LeftButton)
    assert asked.args[0] == box.mapToGlobal(box.rect().topLeft())
    assert not sidebar.grab().isNull()
    sidebar.set_account("")
    assert sidebar.account_texts() == ["Not signed in"]


@pytest.mark.parametrize("collapsed", [False, True])
@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_that_the_page_in_view_is_marked_at_the_reading_side(
    sidebar: Sidebar, collapsed: bool, direction: Qt.LayoutDirection
) -> None:
    sidebar.setLayoutDirection(direction)
    sidebar.set_collapsed(collapsed)
    sidebar.set_current("home")
    home = sidebar.findChildren(NavButton)[0]
    image = home.grab().toImage()
    x = 1 if direction is Qt.LayoutDirection.LeftToRight else image.width() - 2
    opposite = image.width() - 1 - x
    middle = image.height() // 2
    assert image.pixelColor(x, middle) != image.pixelColor(opposite, middle)


def test_that_at_200_percent_all_entries_fit_into_a_low_window(qtbot: QtBot, theme: Theme) -> None:
    theme.set_scale(2.0)
    entries = [NavEntry(i, "house", f"Page {i}", Hue.HOME) for i in range(7)]
    sidebar = Sidebar(theme, entries)
    qtbot.addWidget(sidebar)
    assert sidebar.minimumSizeHint().height() <= 600
