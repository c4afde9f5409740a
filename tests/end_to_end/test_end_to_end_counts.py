"""What a page and a fresh account cost, in counts that are the same on every machine.

A count may grow with what a page comes to show: then raise its limit, knowingly.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

import apsw
import pytest
from profile_tours import ProfileTours
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from shown_offline import ShownOffline

from beatpass_desktop.domain.resources import Page

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]


class Most(NamedTuple):
    """Limits of one page over the default profile."""

    queries: int
    """of the store on the window's thread, for a first visit; Tracks asks for every month"""
    widgets: int
    paints: int
    """of widgets, for a switch to the page when it was seen before"""


MOST = {
    Page.HOME: Most(25, 60, 55),
    Page.ACTIVITY: Most(48, 190, 75),
    Page.TRACKS: Most(140, 350, 70),
    Page.ALBUMS: Most(16, 130, 60),
    Page.FINANCES: Most(50, 150, 70),
    Page.LEADERBOARDS: Most(16, 150, 95),
    Page.PROGRESS: Most(18, 165, 95),
}

_TURNS = 30
"""of the event loop, many more than what follows from one action takes"""


class Paints(QObject):
    """Counts what is painted while it watches.

    Attributes:
        rounds: how often the window was asked to paint what is out of date.
        widgets: how often each widget was painted.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self.rounds = 0
        self.widgets: Counter[QObject] = Counter()
        self._window = window

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest and watched is self._window:
            self.rounds += 1
        elif event.type() is QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widgets[watched] += 1
        return False


def paints_of_a_switch(run: ShownOffline, page: Page) -> Paints:
    """What is painted when the window goes to a page, until nothing is left to do."""
    turn_the_loop()
    paints = Paints(run.window)
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(paints)
    run.window.show_page(page)
    turn_the_loop()
    application.removeEventFilter(paints)
    return paints


def turn_the_loop() -> None:
    """Have all done that is to be done at once."""
    for _ in range(_TURNS):
        QCoreApplication.processEvents()


def test_that_a_fresh_account_costs_few_requests(tours: ProfileTours) -> None:
    asked = [path for path in tours("established").asked if path.startswith("/api/")]
    assert len(asked) <= 60


@pytest.mark.parametrize("page", Page)
def test_that_a_first_visit_asks_the_store_little(run: ShownOffline, page: Page) -> None:
    asked: list[str] = []
    if page is Page.HOME:
        run.open(Page.PROGRESS)

    def note(_: apsw.Cursor, sql: str, __: object) -> bool:
        asked.append(sql)
        return True

    run.app.store.reading.exec_trace = note
    shown = run.open(page)
    run.app.store.reading.exec_trace = None
    widgets = shown.findChildren(QWidget)
    assert len(asked) <= MOST[page].queries
    assert len(widgets) <= MOST[page].widgets


@pytest.mark.parametrize("page", Page)
def test_that_a_page_seen_before_is_painted_once(run: ShownOffline, page: Page) -> None:
    # Progress has a chart, which paints the window out of turn, also when it is left.
    other = Page.ACTIVITY if page is Page.PROGRESS else Page.PROGRESS
    run.open(page)
    run.open(other)
    paints = paints_of_a_switch(run, page)
    assert paints.rounds == 1
    assert max(paints.widgets.values()) == 1
    assert paints.widgets.total() <= MOST[page].paints
