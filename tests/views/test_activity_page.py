"""The Activity page in the window: cards, states, wishes, keyboard."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from activity_page import (
    BUSY,
    HTML,
    YEAR,
    Shown,
    button,
    download,
    filled,
    in_window,
    recent,
    year,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp

from beatpass_desktop.domain import links
from beatpass_desktop.domain.downloads import (
    Downloads,
    TopDownload,
)
from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.events import FetchEnded, FetchStarted
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack
from beatpass_desktop.models.page import PageState

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    with in_window(qtbot, tmp_path) as found:
        yield found


@pytest.fixture
def shown(qtbot: QtBot, stocked: StockedApp) -> Shown:
    return filled(qtbot, stocked)


def test_that_the_cards_show_what_is_stored(shown: Shown) -> None:
    assert shown.card("Total Tracks") == ("1,234", "+3 in 30 days")
    assert shown.card("Total Plays") == ("1,234,567", "−3.3\N{NO-BREAK SPACE}% this period")
    assert shown.card("Platform Share") == ("25.90\N{NO-BREAK SPACE}%", "42.74 contribution points")
    assert shown.card("Achievements") == ("—", "")
    assert shown.card("Downloads") == ("8", "in 30 days")
    assert shown.card("Unique Users") == ("4", "in 30 days")
    assert shown.card("This Week") == ("2", "downloads")
    assert shown.card("Top Track") == ("Beat 7", "3 downloads")
    assert "All time" in shown.texts(shown.page.performance)


def test_that_a_share_too_small_to_write_is_not_called_zero(shown: Shown) -> None:
    shown.put(Earnings(0.001, 0.0004), Resource.EARNINGS)
    assert shown.card("Platform Share")[0] == "< 0.01\N{NO-BREAK SPACE}%"
    shown.put(Earnings(0.0, 0.0), Resource.EARNINGS)
    assert shown.card("Platform Share")[0] == "0.00\N{NO-BREAK SPACE}%"
    shown.put(Earnings(None, None), Resource.EARNINGS)
    assert shown.card("Platform Share") == ("—", "")


def test_that_the_header_names_the_artist_and_leads_to_the_public_page(shown: Shown) -> None:
    assert shown.page.header.name.text() == "Nova <b>Rain</b>"
    button(shown.page.header, "View the public artist page of Nova <b>Rain</b>").click()
    assert shown.stocked.links == [links.artist(7)]


def test_that_a_year_and_a_period_are_wished_for_once_the_page_is_in_view(shown: Shown) -> None:
    asked = shown.stocked.port.asked
    first = asked.index(("want", Resource.UPLOAD_DAYS, YEAR))
    assert asked.index(("show", Page.ACTIVITY)) < first
    assert ("want", Resource.DOWNLOADS, "30d") in asked
    assert not any(entry[1:2] == (Resource.PLATFORM_DAYS,) for entry in asked)


def test_that_wishes_are_made_again_when_the_page_comes_back(qtbot: QtBot, shown: Shown) -> None:
    shown.stocked.window.show_page(Page.HOME)
    before = len(shown.wants())
    shown.put(recent(1), Resource.DOWNLOADS, "30d")
    assert len(shown.wants()) == before
    shown.stocked.window.show_page(Page.ACTIVITY)
    qtbot.waitUntil(lambda: len(shown.wants()) == before + 2)


@pytest.mark.parametrize("attempt", [Attempt.FAILED, Attempt.UNREACHED])
def test_that_a_refresh_that_fails_keeps_everything_and_says_why(
    shown: Shown, attempt: Attempt
) -> None:
    section = shown.page.uploads
    section.choose(BUSY)
    before = (shown.users(), shown.card("Downloads"), section.heat_map.accessibleName())
    for resource, params in ((Resource.UPLOAD_DAYS, YEAR), (Resource.DOWNLOADS, "30d")):
        shown.stocked.app.feed.tell(FetchStarted(shown.key(resource, params)))
        assert shown.users() == before[0]
        shown.fail(resource, params, attempt)
        shown.stocked.app.feed.tell(FetchEnded(shown.key(resource, params), None))
    assert (shown.users(), shown.card("Downloads"), section.heat_map.accessibleName()) == before
    assert len(section.details.rows()) == 5
    assert shown.texts(section).count("Why it failed.") == 1
    assert shown.texts(shown.page.downloads).count("Why it failed.") == 1
    assert shown.page.state is PageState.READY


def test_that_nothing_uploaded_and_nothing_downloaded_have_a_next_step(shown: Shown) -> None:
    shown.record({Figure.TRACKS: 0, Figure.DOWNLOADS: 0})
    shown.put(year(), Resource.UPLOAD_DAYS, YEAR)
    empty = Downloads(0, 0, 0, None, (), (), False)
    shown.put(empty, Resource.DOWNLOADS, "30d")
    assert f"No uploads in {YEAR} yet." in shown.texts(shown.page.uploads)
    assert "No downloads yet" in shown.texts(shown.page.downloads)
    assert shown.card("Top Track") == ("—", "")
    button(shown.page.downloads, "Upload a track").click()
    button(shown.page.uploads, "Upload a track").click()
    assert shown.stocked.links == [links.upload(), links.upload()]


def test_that_strange_names_are_shown_literally(shown: Shown) -> None:
    top = TopDownload(7, HTML, 3)
    rows = (
        download(1, user=HTML, track=HTML, artists=(HTML,)),
        download(52, user=None, track=None),
    )
    value = Downloads(2, 2, 2, top, None, rows, False)
    shown.put(value, Resource.DOWNLOADS, "30d")
    assert shown.users()[0].startswith("<img src=x")
    assert shown.users()[1] == "Somebody"
    assert shown.card("Top Track")[0].startswith("<img src=x")
    track = UploadedTrack(1, HTML, None, None)
    shown.put(year(UploadDay(BUSY.isoformat(), 1, (track,))), Resource.UPLOAD_DAYS, YEAR)
    shown.page.uploads.choose(BUSY)
    (row,) = shown.page.uploads.details.rows()
    assert row.name().startswith("<img src=x")
    assert row.word() == "—"
    assert shown.page.scroll_area.horizontalScrollBar().maximum() == 0


def test_that_the_whole_page_is_reached_by_tab_in_reading_order(qtbot: QtBot, shown: Shown) -> None:
    shown.page.header.findChildren(QAbstractButton)[0].setFocus(Qt.FocusReason.TabFocusReason)
    reached: list[QWidget] = []
    for _ in range(60):
        widget = shown.stocked.window.focusWidget()
        if widget in reached:
            break
        reached.append(widget)
        QTest.keyClick(widget, Qt.Key.Key_Tab)
    uploads, section = shown.page.uploads, shown.page.downloads
    wanted = [uploads.year, uploads.x_ray, uploads.table_switch, uploads.heat_map]
    assert [widget for widget in reached if widget in wanted] == wanted
    links_reached = [w for w in reached if section.recent.isAncestorOf(w)]
    assert len(links_reached) == 6
    assert all(widget.accessibleName() for widget in reached)
