"""The details of a track beside the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock
from tracks_page import REFUSED, details, opened, put, texts

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.insights import Chart, InsightPeriod, Insights
from beatpass_desktop.domain.resources import Resource


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 40)
    with running(tmp_path) as app:
        yield app


def test_that_the_details_show_the_current_track(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    assert page.details is None
    pane = details(qtbot, page, 1)
    assert pane._name.text() == "<b>Beat</b> 039"
    facts = dict(pane._facts.facts())
    assert facts["BPM"] == "129"
    assert facts["Key"] == "D minor"
    assert facts["Price"] == "$29.99"
    assert facts["Album"] == "—"
    assert "Missing: description" in pane._missing.text()
    page.table.selectRow(0)
    assert pane._name.text() == "Wave 040"


def test_that_the_details_show_insights_and_ask_for_them(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    pane = details(qtbot, page)
    assert set(dict(pane._insights.facts()).values()) == {"—"}
    wanted = ("want", Resource.INSIGHTS, "tracks/40/30-days")
    qtbot.waitUntil(lambda: wanted in stocked.port.asked)
    put(stocked, Insights(100, 12, 30, 20, 4, 1, 12.34, -3.0), Resource.INSIGHTS, wanted[2])
    facts = dict(pane._insights.facts())
    assert facts["Plays in this period"] == "12"
    assert facts["Plays, change"].startswith("+12.3")
    days = [date(2026, 3, 1) + timedelta(days=number) for number in range(3)]
    points = tuple((day.isoformat(), at) for at, day in enumerate(days))
    put(stocked, Chart(points), Resource.CHART, wanted[2])
    assert list(pane.chart.data.labels) == ["Mar 1, 2026", "Mar 2, 2026", "Mar 3, 2026"]
    pane._period.set_current(InsightPeriod.WEEK)
    assert set(dict(pane._insights.facts()).values()) == {"—"}
    qtbot.waitUntil(lambda: ("want", Resource.CHART, "tracks/40/7-days") in stocked.port.asked)


def test_that_failed_insights_say_why(qtbot: QtBot, stocked: StockedApp) -> None:
    pane = details(qtbot, opened(qtbot, stocked))
    key = stocked.key(Resource.INSIGHTS)._replace(params="tracks/40/30-days")
    stocked.app.store.write(lambda c: fail(c, key, Attempt.FAILED, REFUSED)).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({key})))
    assert REFUSED in texts(pane)


def test_that_space_opens_and_escape_closes_the_details(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    stocked.window.activateWindow()
    qtbot.waitUntil(stocked.window.isActiveWindow)
    qtbot.waitUntil(stocked.has_shortcuts)
    page.table.setFocus()
    page.table.selectRow(0)
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert page.are_details_shown()
    assert page._details_button.isChecked()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    assert not page.are_details_shown()
    QTest.keyClick(page.table, Qt.Key.Key_Space)
    QTest.keyClick(page.table, Qt.Key.Key_Escape)
    assert not page.are_details_shown()


def test_that_a_table_read_again_keeps_the_details(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    pane = details(qtbot, page, 2)
    name = pane._name.text()
    page._tracks.table.reload()
    assert pane._name.text() == name


def test_that_the_buttons_of_the_details_lead_to_the_web(qtbot: QtBot, stocked: StockedApp) -> None:
    pane = details(qtbot, opened(qtbot, stocked))
    for index in range(pane._actions.count()):
        pane._actions.itemAt(index).widget().click()
    web = "https://open.beatpass.ca"
    assert stocked.links == [
        f"{web}/track/40",
        f"{web}/backstage/tracks/40/insights",
        f"{web}/backstage/tracks/40/edit",
    ]


def test_that_open_details_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 5)
    with running(tmp_path) as first:
        details(qtbot, opened(qtbot, first))
    with running(tmp_path) as second:
        page = opened(qtbot, second)
        assert page.are_details_shown()
        assert "No track is selected" in texts(page.details)


def test_that_details_stand_below_where_there_is_no_room(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    pane = details(qtbot, page)
    assert pane.x() > page.catalogue.x()
    stocked.window.resize(960, 600)
    qtbot.waitUntil(lambda: pane.y() > page.catalogue.y())
    assert pane.width() == page.catalogue.width()
