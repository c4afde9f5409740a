"""Everything found from the keyboard with Ctrl+K."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.views.search_palette import SearchPalette
from beatpass_desktop.views.theme.theme import ThemeMode

CTRL = Qt.KeyboardModifier.ControlModifier


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


def opened(qtbot: QtBot, found: StockedApp) -> SearchPalette:
    qtbot.keyClick(found.window, Qt.Key.Key_K, CTRL)
    palettes = [w for w in QApplication.topLevelWidgets() if isinstance(w, SearchPalette)]
    (palette,) = [palette for palette in palettes if palette.isVisible()]
    return palette


def ask(qtbot: QtBot, palette: SearchPalette, text: str) -> list[str]:
    """Type, wait for the hits, and read them."""
    qtbot.keyClicks(palette.field, text)
    model = palette._model
    qtbot.waitUntil(lambda: model.is_settled)
    return [str(model.data(model.index(row, 0))) for row in range(model.rowCount())]


def test_that_a_page_is_two_keys_away(qtbot: QtBot, shown: StockedApp) -> None:
    palette = opened(qtbot, shown)
    assert ask(qtbot, palette, "track")[0] == "Tracks"
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown.window.page is Page.TRACKS


def test_that_a_track_found_is_shown_and_selected_on_its_page(
    qtbot: QtBot, shown: StockedApp
) -> None:
    palette = opened(qtbot, shown)
    hits = ask(qtbot, palette, "wave 05")
    assert "Wave 058" in hits
    for _ in range(hits.index("Wave 058")):
        qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown.window.page is Page.TRACKS
    table = shown.tracks_page.table
    assert table.model().rowCount() == 1
    assert table.model().data(table.model().index(table.currentIndex().row(), 0)) == "Wave 058"


def test_that_names_that_look_like_markup_are_literal(qtbot: QtBot, shown: StockedApp) -> None:
    palette = opened(qtbot, shown)
    assert "<b>Beat</b> 059" in ask(qtbot, palette, "059")


def test_that_actions_are_done(qtbot: QtBot, shown: StockedApp) -> None:
    palette = opened(qtbot, shown)
    ask(qtbot, palette, "light theme")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown.app.theme.mode is ThemeMode.LIGHT
    palette = opened(qtbot, shown)
    ask(qtbot, palette, "everything")
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)
    assert shown.port.asked[-1] == ("refresh all",)


def test_that_escape_closes_and_nothing_found_is_said(qtbot: QtBot, shown: StockedApp) -> None:
    palette = opened(qtbot, shown)
    assert ask(qtbot, palette, "no such <b>thing</b>") == []
    assert palette._nothing.text() == "Nothing found for “no such <b>thing</b>”."
    assert palette._nothing.isVisible()
    qtbot.keyClick(palette.field, Qt.Key.Key_Escape)
    assert shown.window.page is Page.HOME
    visible = [w for w in QApplication.topLevelWidgets() if isinstance(w, SearchPalette)]
    assert not any(palette.isVisible() for palette in visible)


def test_that_the_selection_goes_round(qtbot: QtBot, shown: StockedApp) -> None:
    palette = opened(qtbot, shown)
    last = palette._model.rowCount() - 1
    qtbot.keyClick(palette.field, Qt.Key.Key_Up)
    assert palette.list.currentIndex().row() == last
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 0
