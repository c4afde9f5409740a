"""The settings: what is chosen holds at once and is remembered."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pointing import point_at
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import documents
from beatpass_desktop.system.file_sizes import clear_images, image_bytes
from beatpass_desktop.system.folders import folders
from beatpass_desktop.views.settings.clear_cache import ClearCacheQuestion
from beatpass_desktop.views.settings.dialog import SettingsDialog
from beatpass_desktop.views.settings.row import SettingRow
from beatpass_desktop.views.theme.theme import ThemeMode

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

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


def settings(qtbot: QtBot, found: StockedApp) -> SettingsDialog:
    """The dialogue, opened as a person opens it."""
    qtbot.keyClick(QApplication.focusWidget() or found.window, Qt.Key.Key_Comma, CTRL)
    qtbot.waitUntil(lambda: bool(found.window.findChildren(SettingsDialog)))
    (dialog,) = found.window.findChildren(SettingsDialog)
    qtbot.waitExposed(dialog)
    return dialog


def question(qtbot: QtBot, dialog: SettingsDialog) -> ClearCacheQuestion:
    """What is asked before the cache is cleared."""
    qtbot.mouseClick(dialog.clear_cache, Qt.MouseButton.LeftButton)
    (asked,) = dialog.findChildren(ClearCacheQuestion)
    qtbot.waitExposed(asked)
    return asked


def test_that_what_is_chosen_holds_at_once_and_at_the_next_start(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    dialog = settings(qtbot, shown)
    dialog.theme_choice.set_current(ThemeMode.LIGHT)
    assert not shown.app.theme.is_dark
    dialog.text_size.slider.setFocus()
    qtbot.keyClick(dialog.text_size.slider, Qt.Key.Key_Right)
    qtbot.keyClick(dialog.text_size.slider, Qt.Key.Key_Right)
    assert shown.app.theme.scale == 1.2
    assert dialog.text_size.figure.text() == "120\N{NO-BREAK SPACE}%"
    qtbot.mouseClick(dialog.reduced_motion, Qt.MouseButton.LeftButton)
    assert shown.app.theme.reduced_motion
    qtbot.mouseClick(dialog.automatic_refresh, Qt.MouseButton.LeftButton)
    assert shown.port.asked[-1] == ("automatic", False)
    dialog.reject()
    with running(tmp_path) as again:
        assert (again.app.theme.mode, again.app.theme.scale) == (ThemeMode.LIGHT, 1.2)
        assert again.app.theme.reduced_motion
        assert ("automatic", False) in again.port.asked
        again.app.show_settings()
        (reopened,) = again.window.findChildren(SettingsDialog)
        assert reopened.theme_choice.current() is ThemeMode.LIGHT
        assert reopened.text_size.slider.value() == 120
        assert reopened.reduced_motion.isChecked()
        assert not reopened.automatic_refresh.isChecked()
        reopened.reject()


def test_that_dragging_shows_a_sample_and_the_size_is_taken_on_release(
    qtbot: QtBot, shown: StockedApp
) -> None:
    slider = settings(qtbot, shown).text_size.slider
    figure = slider.window().text_size.figure  # type: ignore[attr-defined]
    left = Qt.MouseButton.LeftButton
    start = QPoint(slider.width() // 6, slider.height() // 2)
    qtbot.mousePress(slider, left, pos=start)
    point_at(slider, QPoint(slider.width() - 2, start.y()))
    assert figure.text() == "200\N{NO-BREAK SPACE}%"
    assert shown.app.theme.scale == 1.0
    qtbot.mouseRelease(slider, left, pos=QPoint(slider.width() - 2, start.y()))
    assert shown.app.theme.scale == 2.0


def test_that_used_space_is_told_and_the_folder_can_be_opened(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    pictures = folders(tmp_path).cache / "pictures"
    pictures.mkdir(parents=True)
    (pictures / "a").write_bytes(b"x" * 12_000)
    dialog = settings(qtbot, shown)
    qtbot.waitUntil(lambda: "12.0\N{NO-BREAK SPACE}kB" in dialog.sizes.explanation.text())
    assert dialog.sizes.explanation.text().startswith("Stored data ")
    rows = dialog.findChildren(SettingRow)
    told = [row.explanation.text().replace("\N{ZERO WIDTH SPACE}", "") for row in rows]
    assert str(tmp_path) in told
    dialog.folder_requested.disconnect()
    with qtbot.waitSignal(dialog.folder_requested):
        qtbot.mouseClick(dialog.open_folder, Qt.MouseButton.LeftButton)


def test_that_the_cache_is_cleared_only_when_that_was_agreed_to(
    qtbot: QtBot, shown: StockedApp, tmp_path: Path
) -> None:
    places = folders(tmp_path)
    for name in ("pictures", "sandbox"):
        (places.cache / name).mkdir(parents=True)
        (places.cache / name / "a").write_bytes(b"x")
    dialog = settings(qtbot, shown)
    asked = question(qtbot, dialog)
    qtbot.waitUntil(asked.keep.hasFocus)
    qtbot.keyClick(asked.keep, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not dialog.findChildren(ClearCacheQuestion))
    assert ("clear",) not in shown.port.asked
    asked = question(qtbot, dialog)
    qtbot.mouseClick(asked.clear, Qt.MouseButton.LeftButton)
    assert shown.port.asked[-1] == ("clear",)
    assert image_bytes(places) == 0
    assert (places.cache / "sandbox" / "a").exists()


def test_that_nothing_can_be_cleared_that_could_not_be_had_again(
    qtbot: QtBot, shown: StockedApp
) -> None:
    key = shown.key(Resource.STATS)

    def lose(connection: Any) -> None:
        at = documents.age(connection, key).fetched_at
        assert at is not None
        documents.failed(connection, key, at, Attempt.UNREACHED, "No answer.")

    shown.app.store.write(lose).result(10)
    shown.app.feed.tell(ResourcesChanged(frozenset({key})))
    dialog = settings(qtbot, shown)
    assert not dialog.clear_cache.isEnabled()
    assert "when BeatPass can be reached" in dialog.sizes.explanation.text()


@pytest.mark.parametrize("percent", [80, 100, 200])
def test_that_no_word_is_cut_off(qtbot: QtBot, shown: StockedApp, percent: int) -> None:
    shown.window.resize(960, 600)
    shown.app.theme.set_scale(percent / 100)
    dialog = settings(qtbot, shown)
    for row in dialog.findChildren(SettingRow):
        for label in (row.title, row.explanation):
            if label.isVisibleTo(row):
                assert label.height() >= label.heightForWidth(label.width())
                assert row.rect().contains(label.geometry())
                assert not label.geometry().intersects(row.control.geometry())
        assert row.rect().contains(row.control.geometry())
        assert row.control.width() >= min(row.control.sizeHint().width(), row.width())


def test_that_every_control_has_a_name_and_is_reached_by_keyboard(
    qtbot: QtBot, shown: StockedApp
) -> None:
    dialog = settings(qtbot, shown)
    wanted: list[QWidget] = [
        dialog.text_size.slider, dialog.reduced_motion, dialog.automatic_refresh,
        dialog.open_folder, dialog.clear_cache,
    ]  # fmt: skip
    reached = set()
    for _ in range(20):
        qtbot.keyClick(dialog.focusWidget() or dialog, Qt.Key.Key_Tab)
        reached.add(dialog.focusWidget())
    assert set(wanted) <= reached
    assert all(widget.accessibleName() for widget in wanted)
    assert dialog.theme_choice.accessibleName()


def test_that_clearing_images_without_a_folder_is_quiet(tmp_path: Path) -> None:
    places = folders(tmp_path / "nowhere")
    clear_images(places)
    assert image_bytes(places) == 0
    assert not (tmp_path / "nowhere").exists()


def test_that_the_account_menu_leads_to_the_settings(qtbot: QtBot, shown: StockedApp) -> None:
    shown.window.show_page(Page.HOME)
    from beatpass_desktop.views.account_menu import AccountMenu

    shown.window._on_account_menu_requested(QPoint(10, 500))
    (menu,) = shown.window.findChildren(AccountMenu)
    (entry,) = [action for action in menu.actions() if action.text() == "Settings…"]
    entry.trigger()
    menu.close()
    assert len(shown.window.findChildren(SettingsDialog)) == 1
