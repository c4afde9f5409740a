"""What a page and a fresh account cost, in counts that are the same on every machine.

A count may grow with what a page comes to show: then raise its limit, knowingly.
"""

from __future__ import annotations

from typing import NamedTuple

import apsw
import pytest
from profile_tours import ProfileTours
from PySide6.QtWidgets import QWidget
from shown_offline import ShownOffline

from beatpass_desktop.domain.resources import Page

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]


class Most(NamedTuple):
    """Limits of one page over the default profile."""

    queries: int
    """of the store on the window's thread, for a first visit; Tracks asks for every month"""
    widgets: int


MOST = {
    Page.HOME: Most(25, 60),
    Page.ACTIVITY: Most(48, 190),
    Page.TRACKS: Most(140, 350),
    Page.ALBUMS: Most(16, 130),
    Page.FINANCES: Most(50, 150),
    Page.LEADERBOARDS: Most(16, 150),
    Page.PROGRESS: Most(18, 165),
}


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
