"""Themes, text sizes, directions, languages and names for assistive technology."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QAccessible, QFont
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QLineEdit, QTableView, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.app import utc_now
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import figures
from beatpass_desktop.views.theme.theme import ThemeMode
from beatpass_desktop.views.widgets.shortcut_card import ShortcutCard
from beatpass_desktop.views.widgets.sidebar import Sidebar
from beatpass_desktop.views.widgets.stat_card import LinkStatCard, StatCard

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

PAGES = (Page.HOME, Page.TRACKS)
FRENCH = QLocale(QLocale.Language.French, QLocale.Country.France)
NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        yield found
    QApplication.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def cards(stocked: StockedApp) -> dict[str, str]:
    """The figures in view."""
    return {
        card.title(): card.value()
        for card in stocked.window.current_page.findChildren(QWidget)
        if isinstance(card, StatCard | LinkStatCard) and card.isVisible()
    }


def is_dark(stocked: StockedApp) -> bool:
    """Whether the ground of the page, just above its title, is dark."""
    picture = stocked.window.grab().toImage()
    return picture.pixelColor(picture.width() - 5, 5).lightness() < 128


class WindowsShown(QObject):
    """Notes every widget that is shown as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.shown: list[QObject] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.shown.append(watched)
        return False


def test_that_no_window_flashes_up_beside_the_main_one(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    stock(tmp_path)
    windows = WindowsShown()
    qapp.installEventFilter(windows)
    try:
        with running(tmp_path) as found:
            found.app.show()
            qtbot.waitExposed(found.window)
            for page in PAGES:
                found.window.show_page(page)
            assert windows.shown == [found.window]
    finally:
        qapp.removeEventFilter(windows)


def test_that_a_change_of_theme_shows_at_once_and_changes_no_figure(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    for page in PAGES:
        stocked.window.show_page(page)
        qtbot.waitUntil(stocked.window.current_page.is_settled)
        pictures, figures = [], []
        for mode in (ThemeMode.DARK, ThemeMode.LIGHT, ThemeMode.DARK):
            stocked.app.theme.set_mode(mode)
            qtbot.waitUntil(lambda: is_dark(stocked) is stocked.app.theme.is_dark)
            pictures.append(stocked.window.grab().toImage())
            figures.append(cards(stocked))
        assert pictures[0] != pictures[1]
        assert pictures[0] == pictures[2]
        assert figures[0] == figures[1] == figures[2]


def test_that_a_change_of_the_systems_font_changes_no_figure(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    font = QApplication.font()
    larger = QFont(font)
    larger.setPixelSize(2 * font.pixelSize())
    try:
        for page in PAGES:
            stocked.window.show_page(page)
            qtbot.waitUntil(stocked.window.current_page.is_settled)
            figures = cards(stocked)
            QApplication.setFont(larger)
            stocked.window.grab()
            assert cards(stocked) == figures
            QApplication.setFont(font)
    finally:
        QApplication.setFont(font)


@pytest.mark.parametrize("scale", [0.8, 2.0])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_that_every_text_size_and_direction_keeps_cards_within_the_window(
    qtbot: QtBot, stocked: StockedApp, scale: float, direction: Qt.LayoutDirection
) -> None:
    QApplication.setLayoutDirection(direction)
    stocked.app.theme.set_scale(scale)
    stocked.window.resize(1280, 832)
    for page in PAGES:
        stocked.window.show_page(page)
        qtbot.waitUntil(lambda: cards_outside(stocked) == [])
        assert stocked.window.current_page.scroll_area.horizontalScrollBar().maximum() == 0
        stocked.window.grab()


def cards_outside(stocked: StockedApp) -> list[str]:
    """The cards that stick out of the page that scrolls."""
    column = stocked.window.current_page.scroll_area.widget()
    return [
        card.title()
        for card in column.findChildren(StatCard)
        if card.isVisible()
        and not column.rect().contains(
            card.rect().translated(card.mapTo(column, card.rect().topLeft()))
        )
    ]


def test_that_a_collapsed_sidebar_still_names_its_pages(qtbot: QtBot, stocked: StockedApp) -> None:
    width = stocked.window.current_page.width()
    (toggle,) = buttons(stocked.window, "Collapse sidebar")
    toggle.click()
    qtbot.waitUntil(lambda: stocked.window.current_page.width() > width)
    assert {button.accessibleName() for button in buttons(stocked.window)} >= {"Home", "Tracks"}
    (toggle,) = buttons(stocked.window, "Expand sidebar")
    toggle.click()
    qtbot.waitUntil(lambda: stocked.window.current_page.width() == width)


def buttons(window: QWidget, name: str = "") -> list[QAbstractButton]:
    """The visible buttons, or the one with a name."""
    return [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and (not name or button.accessibleName() == name)
    ]


def test_that_large_text_in_a_small_window_leaves_the_sidebar_its_icons(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    window, theme = stocked.app.window, stocked.app.theme
    sidebar = window.findChild(Sidebar)
    window.resize(1280, 832)
    theme.set_scale(2.0)
    qtbot.waitUntil(sidebar.is_collapsed)
    theme.set_scale(1.0)
    qtbot.waitUntil(lambda: not sidebar.is_collapsed())


def test_that_every_control_has_a_name_and_a_role(stocked: StockedApp) -> None:
    for page in PAGES:
        stocked.window.show_page(page)
        interactive = [
            widget
            for widget in stocked.window.findChildren(QWidget)
            if widget.isVisible()
            and isinstance(widget, QAbstractButton | QLineEdit | QTableView | StatCard)
        ]
        assert len(interactive) >= 8
        for widget in interactive:
            interface = QAccessible.queryAccessibleInterface(widget)
            assert interface.text(QAccessible.Text.Name).strip(), widget
            assert interface.role() is not QAccessible.Role.NoRole


def test_that_figures_are_spoken_with_their_names(stocked: StockedApp) -> None:
    names = {
        card.accessibleName()
        for card in stocked.window.current_page.findChildren(StatCard)
        if card.isVisible()
    }
    assert "Total Plays: 1,234,567, −3.3\N{NO-BREAK SPACE}% this period" in names
    assert "Followers: 6,789" in names


def test_that_a_shortcut_says_what_its_figure_counts(stocked: StockedApp) -> None:
    def shown() -> set[str]:
        found = stocked.window.current_page.findChildren(ShortcutCard)
        return {card.figure() for card in found if card.figure()}

    def one_album(connection: apsw.Connection) -> None:
        figures.record(connection, stocked.app.who.account, 7, {Figure.ALBUMS: 1}, utc_now())

    assert {"345 downloads", "1,234 tracks", "12 albums", "Level 42"} <= shown()
    stocked.write(one_album, Resource.ALBUMS)
    assert "1 album" in shown()


def test_that_names_with_markup_stand_literally_in_labels_and_cells(stocked: StockedApp) -> None:
    stocked.window.show_page(Page.TRACKS)
    table = stocked.tracks_page.table
    assert table.model().index(1, 0).data() == "<b>Beat</b> 059"
    stocked.window.show_page(Page.HOME)
    titles = [label.text() for label in stocked.window.current_page.findChildren(QLabel)]
    assert any("Nova <b>Rain</b>" in title for title in titles)
    assert cards(stocked)["View Profile"] == "Nova <b>Rain</b>"


def test_that_numbers_and_dates_follow_a_french_locale(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path)
    with running(tmp_path) as found:
        QLocale.setDefault(FRENCH)
        found.app.home.reload()
        found.app.show()
        figures = cards(found)
        assert figures["Total Plays"] == f"1{NARROW_SPACE}234{NARROW_SPACE}567"
        assert figures["Growth"] == "−3,3\N{NO-BREAK SPACE}%"
        months = [FRENCH.monthName(month) for month in range(1, 13)]
        subtitle = found.window.current_page.heading.subtitle()
        assert any(month in subtitle for month in months)
        found.window.show_page(Page.TRACKS)
        row = [
            found.tracks_page.table.model().index(0, column).data()
            for column in found.tracks_page.table.visible_columns()
        ]
        assert f"60{NARROW_SPACE}000" in row
        assert "16 mars 2025" in row or "17 mars 2025" in row
        assert "$29,99" in row
