"""The Tracks page used wholly by keyboard."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain import links
from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.collaboration import (
    CollaborativeTrack,
    CollaborativeTracks,
    Collaborator,
    Credit,
    Network,
    Opportunities,
    Opportunity,
)
from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import documents
from beatpass_desktop.views.pages.tracks.common_tracks import CommonTracks
from beatpass_desktop.views.pages.tracks.filters import TrackFilterPanel
from beatpass_desktop.views.pages.tracks.growth_guide import GrowthGuide
from beatpass_desktop.views.pages.tracks.page import TracksPage
from beatpass_desktop.views.pages.tracks.performance import TrackPerformance

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LUNA = Collaborator(90, "Luna", None, True, 2, True)
OMAR = Collaborator(91, "Omar", None, False, 1, False)
TOGETHER = CollaborativeTrack(5, "Five", "Nova", (Credit(90, "Luna"),), 10)
MIRA = Opportunity(ArtistRef(50, "Mira", None, True), 3, 91, ("R&B",))
REPLIES = {
    Resource.NETWORK: Network(2, 3, (LUNA, OMAR)),
    Resource.COLLABORATIVE_TRACKS: CollaborativeTracks((TOGETHER,)),
    Resource.OPPORTUNITIES: Opportunities((MIRA,)),
}


class Hands:
    """Somebody without a mouse: presses keys wherever the focus is, and nothing else."""

    def __init__(self, qtbot: QtBot, found: StockedApp) -> None:
        self.qtbot = qtbot
        self.found = found
        self.page: TracksPage = found.tracks_page

    def press(self, *keys: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            QTest.keyClick(target or self.found.window, key, modifier)

    def write(self, text: str) -> None:
        QTest.keyClicks(QApplication.focusWidget(), text)

    def here(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def tab_to(self, name: str) -> None:
        """Tab until the control with this name, or one that begins with it, has the focus."""
        for _ in range(90):
            self.press(Key.Key_Tab)
            if self.here().accessibleName().startswith(name):
                return
        raise AssertionError(f"Tab never reaches {name}")

    def walk(self) -> list[QWidget]:
        """All that Tab reaches, once round."""
        reached = [self.here()]
        for _ in range(120):
            self.press(Key.Key_Tab)
            if self.here() is reached[0]:
                return reached
            reached.append(self.here())
        raise AssertionError("Tab does not come round")

    def back(self) -> None:
        """The window has the keyboard again, as window managers give it."""
        self.found.window.activateWindow()
        self.until(self.found.window.isActiveWindow)
        self.until(self.found.has_shortcuts)

    def until(self, done: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=4_000)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    stock(tmp_path, 60)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        qtbot.waitUntil(lambda: found.window.findChild(QShortcut) is not None)
        assert found.window.isActiveWindow()
        QTest.keyClick(QApplication.focusWidget() or found.window, Key.Key_3, CTRL)
        qtbot.waitUntil(lambda: found.window.page is Page.TRACKS)
        for resource, value in REPLIES.items():
            put(found, resource, value)
        hands = Hands(qtbot, found)
        hands.until(hands.page.is_settled)
        yield hands


def put(found: StockedApp, resource: Resource, value: Any) -> None:
    """A whole reply came."""
    key = found.key(resource)

    def job(connection: Any) -> None:
        documents.merge(connection, key, value, [field.name for field in fields(value)])
        documents.succeeded(connection, key, datetime.now(UTC))

    found.app.store.write(job).result(10)
    found.app.feed.tell(ResourcesChanged(frozenset({key})))


def names(widgets: Sequence[QWidget]) -> list[str]:
    return [widget.accessibleName() for widget in widgets]


def in_order(reached: list[str], *wanted: str) -> bool:
    """Whether `reached` passes names that begin so, in this order."""
    left = iter(reached)
    return all(any(name.startswith(want) for name in left) for want in wanted)


def chart_in_view(hands: Hands) -> Any:
    """The bar chart, brought into view by its link."""
    hands.tab_to("Plays")
    hands.press(Key.Key_Return)
    chart = hands.page.findChild(TrackPerformance).chart
    hands.until(lambda: chart.plot is not None)
    return chart


def test_that_tab_goes_down_the_page_and_every_stop_has_a_name(hands: Hands) -> None:
    chart_in_view(hands)
    hands.tab_to("Tracks")
    hands.tab_to("Columns")
    hands.press(Key.Key_Tab, Key.Key_Space)
    assert hands.page.are_details_shown()
    hands.tab_to("Summary")
    reached = hands.walk()
    assert all(names(reached))
    assert in_order(
        names(reached),
        "Summary",
        "Recommendations",
        "How growth works",
        "Search tracks",
        "Filter",
        "Choose columns",
        "Export",
        "Details of the track",
        "Columns",
        "Tracks",
        "Close the details",
        "Open",
        "Insights",
        "Edit",
        "30 d",
        "Show as table",
        "Plays by upload month",
        "1. Wave 060",
        "10. ",
        "Luna",
        "Unfollow Luna",
        "Follow Omar",
        "Mira",
        "View the profile of Mira",
    )
    wanted = {
        widget
        for widget in hands.found.window.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled()
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None
    }
    assert set(names([*wanted])) <= set(names(reached))


def test_that_search_and_filters_work_by_keyboard(hands: Hands) -> None:
    table = hands.page.table
    hands.tab_to("Search tracks")
    hands.write("wave 01")
    hands.until(lambda: table.model().rowCount() == 5)
    hands.press(Key.Key_Escape)
    hands.until(lambda: table.model().rowCount() == 60)
    hands.press(Key.Key_Tab, Key.Key_Return)
    panel = QApplication.activePopupWidget()
    assert isinstance(panel, TrackFilterPanel)
    assert panel.isAncestorOf(hands.here())
    while getattr(hands.here(), "label", "") != "All":
        QTest.keyClick(hands.here(), Key.Key_Tab)
    QTest.keyClick(hands.here(), Key.Key_Right)
    QTest.keyClick(hands.here(), Key.Key_Right)
    hands.until(lambda: table.model().rowCount() == 0)
    hands.press(Key.Key_Escape)
    hands.until(lambda: QApplication.activePopupWidget() is None)
    hands.tab_to("Show all tracks")
    hands.press(Key.Key_Return)
    hands.until(lambda: table.model().rowCount() == 60)


def test_that_columns_are_sorted_and_chosen_by_keyboard(hands: Hands) -> None:
    table = hands.page.table
    hands.tab_to("Columns")
    hands.press(Key.Key_Right, Key.Key_Right, Key.Key_Return)
    assert table.model().index(0, 2).data() == "1,000"
    hands.press(Key.Key_Return)
    assert table.model().index(0, 2).data() == "60,000"
    columns = len(table.visible_columns())
    hands.press(Key.Key_Tab)
    hands.tab_to("Choose columns")
    hands.press(Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    hands.press(Key.Key_Down, Key.Key_Return)
    hands.until(lambda: len(table.visible_columns()) == columns - 1)


def test_that_rows_are_chosen_copied_and_opened_by_keyboard(hands: Hands) -> None:
    hands.tab_to("Columns")
    hands.press(Key.Key_Tab, Key.Key_Home)
    hands.press(Key.Key_Down, Key.Key_Down, modifier=SHIFT)
    hands.press(Key.Key_C, modifier=CTRL)
    copied = QGuiApplication.clipboard().text().split("\n")
    assert [line.split("\t")[0] for line in copied] == [
        "Name",
        "Wave 060",
        "<b>Beat</b> 059",
        "Wave 058",
    ]
    hands.press(Key.Key_Return)
    assert hands.found.links == [links.track(58)]


def test_that_space_and_escape_open_and_close_the_details(hands: Hands) -> None:
    page = hands.page
    hands.tab_to("Columns")
    hands.press(Key.Key_Tab, Key.Key_Down, Key.Key_Space)
    assert page.are_details_shown()
    hands.tab_to("Edit")
    hands.press(Key.Key_Return)
    assert hands.found.links == [links.track_edit(59)]
    hands.press(Key.Key_Tab, Key.Key_Right)
    assert page.details is not None
    assert page.details._period.current() is not None
    hands.press(Key.Key_Escape)
    assert not page.are_details_shown()
    assert hands.here() is page.table
    hands.press(Key.Key_Space)
    assert page.are_details_shown()


def test_that_escape_in_the_search_empties_it_before_it_closes_the_details(hands: Hands) -> None:
    page = hands.page
    hands.tab_to("Columns")
    hands.press(Key.Key_Tab, Key.Key_Down, Key.Key_Space)
    hands.write("wave")
    assert page.catalogue.search_field.text() == "wave"
    hands.press(Key.Key_Escape)
    assert page.catalogue.search_field.text() == ""
    assert page.are_details_shown()
    hands.press(Key.Key_Escape)
    assert not page.are_details_shown()


def test_that_the_export_menu_offers_every_format(hands: Hands) -> None:
    hands.tab_to("Export")
    hands.press(Key.Key_Return)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.text() for action in menu.actions()] == [
        "Export as CSV…",
        "Export as Excel file…",
        "Export as JSON…",
    ]
    hands.press(Key.Key_Escape)
    hands.until(lambda: QApplication.activePopupWidget() is None)


def test_that_the_chart_is_read_by_keyboard(hands: Hands) -> None:
    chart = chart_in_view(hands)
    hands.tab_to("Plays by upload month")
    hands.press(Key.Key_Home)
    assert chart.plot.index == 0
    assert "820,000" not in chart.plot.callout_text()
    assert "2025" in chart.plot.callout_text()
    hands.press(Key.Key_Backtab)
    assert hands.here() is chart.table_switch
    hands.press(Key.Key_Space)
    hands.press(Key.Key_Tab)
    assert chart.table().isVisible()
    assert hands.here() in (chart.table(), chart.table().header)


def test_that_artists_are_followed_and_unfollowed(hands: Hands) -> None:
    hands.tab_to("Collaborators")
    hands.press(Key.Key_Return)
    hands.tab_to("Unfollow Luna")
    hands.press(Key.Key_Space)
    hands.tab_to("Follow Omar")
    hands.press(Key.Key_Return)
    assert hands.found.port.asked[-2:] == [("unfollow", 90), ("follow", 91)]


def test_that_dialogues_open_and_escape_leads_back(hands: Hands) -> None:
    hands.tab_to("Luna")
    person = hands.here()
    hands.press(Key.Key_Return)
    dialog = hands.page.findChild(CommonTracks)
    hands.until(lambda: dialog.isAncestorOf(QApplication.focusWidget()))
    assert hands.here().accessibleName()
    hands.tab_to("1. Five")
    hands.press(Key.Key_Return)
    assert hands.found.links == [links.track(5)]
    with hands.qtbot.waitSignal(dialog.destroyed):
        hands.press(Key.Key_Escape)
    assert hands.found.window.focusWidget() is person
    hands.back()
    hands.tab_to("Mira")
    hands.press(Key.Key_Return)
    assert hands.found.links[-1] == links.artist(50)
    hands.tab_to("How growth works")
    hands.press(Key.Key_Space)
    guide = hands.page.findChild(GrowthGuide)
    hands.until(lambda: guide.isAncestorOf(QApplication.focusWidget()))
    with hands.qtbot.waitSignal(guide.destroyed):
        hands.press(Key.Key_Escape)
    hands.back()


def test_that_the_links_bring_each_part_into_view(hands: Hands) -> None:
    hands.tab_to("Summary")
    bar = hands.page.scroll_area.verticalScrollBar()
    seen = []
    for _ in hands.page.jumps.links():
        hands.press(Key.Key_Return)
        seen.append(bar.value())
        hands.press(Key.Key_Tab)
    assert seen[0] == 0
    assert seen == sorted(seen)
    assert len(set(seen)) >= 4
