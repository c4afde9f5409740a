"""A walk over every page and dialogue: names, roles, tables of charts, where the keyboard is."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QFocusEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QScrollArea,
    QScrollBar,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shown_offline import ShownOffline, visible

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.views.charts.chart import Chart
from beatpass_desktop.views.pages.activity.guide import ActivityGuide
from beatpass_desktop.views.pages.activity.uploads import ActivityUploads
from beatpass_desktop.views.pages.leaderboards.guide import LeaderboardGuide
from beatpass_desktop.views.pages.progress.guide import ProgressGuide
from beatpass_desktop.views.pages.tracks.growth_guide import GrowthGuide
from beatpass_desktop.views.settings.clear_cache import ClearCacheQuestion
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.painted import Clickable
from beatpass_desktop.views.widgets.stat_card import StatCard

INTERACTIVE = (
    QAbstractButton,
    QLineEdit,
    QAbstractItemView,
    QComboBox,
    QAbstractSlider,
    QAbstractSpinBox,
    StatCard,
)
WITHOUT_MEANING = (QAccessible.Role.NoRole, QAccessible.Role.Client, QAccessible.Role.Window)
DIALOGUES: dict[str, Callable[[ShownOffline], object]] = {
    "settings": lambda run: run.app.show_settings(),
    "shortcuts": lambda run: run.window.show_shortcuts(),
    "uploads": lambda run: ActivityGuide(run.app.theme, run.window).open(),
    "growth": lambda run: GrowthGuide(run.app.theme, run.window).open(),
    "leaderboards": lambda run: LeaderboardGuide(run.app.theme, run.window).open(),
    "progress": lambda run: ProgressGuide(run.app.theme, run.window).open(),
    "clear cache": lambda run: ClearCacheQuestion(run.app.theme, run.window).open(),
}


def nameless(parent: QWidget) -> list[str]:
    """What can be used there but has no name or says not what it is."""
    found = visible(parent, *INTERACTIVE)
    tabbed = [w for w in visible(parent, QWidget) if w.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert found
    assert tabbed
    wrong = []
    for widget in {*found, *tabbed}:
        if isinstance(widget, QScrollBar) or is_part_of_a_control(widget):
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name).strip()
        # Qt itself calls what scrolls a client area.
        scrolls = type(widget) is QScrollArea
        if not name or (interface.role() in WITHOUT_MEANING and not scrolls):
            wrong.append(f"{type(widget).__name__} {name!r} {interface.role()}")
    return wrong


def is_part_of_a_control(widget: QWidget) -> bool:
    """Whether it belongs to something that is met as one, such as a list in a combo box."""
    parent = widget.parentWidget()
    return isinstance(parent, QComboBox | QAbstractSpinBox | QAbstractScrollArea)


@pytest.mark.parametrize("page", list(Page))
def test_that_everything_on_a_page_has_a_name_and_a_role(run: ShownOffline, page: Page) -> None:
    if page not in run.window.pages:
        pytest.skip("this page opens on the web")
    run.open(page)
    assert nameless(run.window) == []


@pytest.mark.parametrize("page", list(Page))
def test_that_every_chart_of_a_page_can_be_read_as_a_table(run: ShownOffline, page: Page) -> None:
    if page not in run.window.pages:
        pytest.skip("this page opens on the web")
    shown = run.open(page)
    for chart in shown.findChildren(Chart):
        assert chart.summary()
        if chart.data.count and chart.isVisible():
            assert chart.table_switch.isVisible()
            assert chart.table().model().rowCount() == chart.data.count
            assert chart.table().accessibleName()
    for uploads in shown.findChildren(ActivityUploads):
        assert uploads.table_switch.isVisible()
        assert uploads.table().model().rowCount() > 0


@pytest.mark.parametrize("page", list(Page))
def test_that_it_shows_where_the_keyboard_is(run: ShownOffline, page: Page) -> None:
    if page not in run.window.pages:
        pytest.skip("this page opens on the web")
    run.open(page)
    controls = [
        widget
        for widget in visible(run.window, Clickable, QLineEdit, QComboBox)
        if widget.isEnabled() and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert len(controls) > 5
    unseen = [
        f"{type(widget).__name__} {widget.accessibleName()}"
        for widget in controls
        if not shows_focus(widget)
    ]
    assert unseen == []


def shows_focus(widget: QWidget) -> bool:
    """Whether it looks different with the keyboard on it."""
    before = widget.grab().toImage()
    by_tab = Qt.FocusReason.TabFocusReason
    if isinstance(widget, Clickable):
        QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusIn, by_tab))
    else:
        widget.window().activateWindow()
        widget.setFocus(by_tab)
    after = widget.grab().toImage()
    if isinstance(widget, Clickable):
        QApplication.sendEvent(widget, QFocusEvent(QEvent.Type.FocusOut, by_tab))
    return before != after


@pytest.mark.parametrize("name", list(DIALOGUES))
def test_that_everything_in_a_dialogue_has_a_name_and_a_role(
    qtbot: QtBot, run: ShownOffline, name: str
) -> None:
    DIALOGUES[name](run)
    (dialogue,) = run.window.findChildren(Dialog)
    qtbot.waitUntil(dialogue.isVisible)
    assert dialogue.accessibleName()
    assert nameless(dialogue) == []
    dialogue.close()


def test_that_everything_on_the_way_in_has_a_name_and_a_role(
    qtbot: QtBot, run: ShownOffline
) -> None:
    run.window.show_instead(run.app.sign_in_page)
    qtbot.waitUntil(run.app.sign_in_page.isVisible)
    assert nameless(run.app.sign_in_page) == []


def test_that_everything_in_the_search_has_a_name_and_a_role(
    qtbot: QtBot, run: ShownOffline
) -> None:
    from beatpass_desktop.finding import open_search

    palette = open_search(run.app)
    qtbot.waitUntil(lambda: palette.list.model().rowCount() > 5)
    assert nameless(palette) == []
    palette.close()
