"""What the window was like is what it is like at the next start."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from stocked_app import running, stock

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.track_table import TrackColumn
from beatpass_desktop.models.track_table import COLUMNS
from beatpass_desktop.views.theme.theme import ThemeMode
from beatpass_desktop.views.widgets.sidebar import Sidebar

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

PLAYS, BPM = COLUMNS.index(TrackColumn.PLAYS), COLUMNS.index(TrackColumn.BPM)


def test_that_page_sidebar_sort_search_columns_theme_and_size_survive_a_restart(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stock(tmp_path)
    with running(tmp_path) as first:
        first.app.show()
        first.window.resize(1100, 700)
        first.window.show_page(Page.TRACKS)
        sidebar = first.window.findChild(Sidebar)
        sidebar.set_collapsed(True)
        sidebar.collapsed_changed.emit(True)
        first.app.theme.set_mode(ThemeMode.LIGHT)
        first.window.theme_mode_changed.emit(ThemeMode.LIGHT)
        table = first.tracks_page.table
        table.sort_requested.emit(PLAYS, Qt.SortOrder.AscendingOrder)
        table.setColumnWidth(0, 333)
        table.setColumnHidden(BPM, True)
        first.tracks_page.catalogue.search_field.setText("wave")
        qtbot.waitUntil(lambda: table.model().rowCount() == 30)
    with running(tmp_path) as second:
        second.app.show()
        assert second.window.page is Page.TRACKS
        assert second.window.findChild(Sidebar).is_collapsed()
        table = second.tracks_page.table
        assert second.tracks_page.catalogue.search_field.text() == "wave"
        assert table.model().rowCount() == 30
        assert table.model().index(0, 0).data() == "Wave 002"
        assert table.header.sort_state() == (PLAYS, Qt.SortOrder.AscendingOrder)
        assert table.columnWidth(0) == 333
        assert table.isColumnHidden(BPM)
        assert second.app.theme.mode is ThemeMode.LIGHT
        # Qt brings a window back onto the screen, and the offscreen one is only 800 px wide.
        assert second.window.height() == 700
    settings = tmp_path / "config" / "settings.json"
    assert settings.stat().st_mode & 0o077 == 0


def test_that_a_window_left_on_a_screen_that_is_gone_comes_back_onto_one(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stock(tmp_path)
    with running(tmp_path) as first:
        first.app.show()
        first.window.move(20_000, 9_000)
        qtbot.waitUntil(lambda: first.window.x() == 20_000)
    with running(tmp_path) as second:
        second.app.show()
        screen = second.window.screen().availableGeometry()
        qtbot.waitUntil(lambda: screen.contains(second.window.frameGeometry().topLeft()))


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"[1, 2]", b'{"page": 7, "theme": [], "geometry": "?"}']
)
def test_that_unreadable_settings_cost_only_what_was_remembered(
    qtbot: QtBot, tmp_path: Path, content: bytes
) -> None:
    stock(tmp_path)
    settings = tmp_path / "config" / "settings.json"
    settings.parent.mkdir()
    settings.write_bytes(content)
    with running(tmp_path) as found:
        found.app.show()
        assert found.window.page is Page.HOME
        found.window.show_page(Page.TRACKS)
    assert json.loads(settings.read_text())["page"] == "tracks"


@pytest.mark.parametrize(
    "remembered",
    [
        {"page": "no-such-page"},
        {"tracks_sort": "no-such-column desc", "tracks_table": "AAAA", "text_scale": 10_000},
        {"tracks_sort": "plays sideways", "geometry": "not base64 at all"},
    ],
)
def test_that_settings_of_another_version_are_taken_as_far_as_they_go(
    qtbot: QtBot, tmp_path: Path, remembered: dict[str, object]
) -> None:
    stock(tmp_path)
    settings = tmp_path / "config" / "settings.json"
    settings.parent.mkdir()
    settings.write_text(json.dumps(remembered))
    with running(tmp_path) as found:
        found.app.show()
        assert found.window.page is Page.HOME
        found.window.show_page(Page.TRACKS)
        assert found.tracks_page.table.model().rowCount() == 60
        assert found.app.theme.scale <= 2.0
