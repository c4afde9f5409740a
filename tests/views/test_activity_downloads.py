"""The downloads on the Activity page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from activity_page import (
    TODAY,
    UUID,
    Shown,
    button,
    download,
    filled,
    in_window,
    recent,
)
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp

from beatpass_desktop.domain import links
from beatpass_desktop.domain.downloads import (
    DownloadPeriod,
    Downloads,
    DownloadsPage,
)
from beatpass_desktop.domain.events import FetchEnded, FetchStarted
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.resources import Resource

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


def test_that_five_downloads_are_shown_and_more_on_demand(shown: Shown) -> None:
    section = shown.page.downloads.recent
    assert shown.users() == [f"User {n}" for n in range(1, 6)]
    assert section.rows()[0].time.text() == "1 h ago"
    assert section.rows()[0].time.toolTip()
    section.more.click()
    assert shown.users() == [f"User {n}" for n in range(1, 9)]
    assert not section.more.isVisible()


def test_that_further_pages_are_fetched_kept_and_never_doubled(shown: Shown) -> None:
    shown.put(recent(*range(1, 7), has_more=True), Resource.DOWNLOADS, "30d")
    section = shown.page.downloads.recent
    section.more.click()
    assert shown.wants()[-1] == (Resource.DOWNLOADS_PAGE, "30d/2")
    where = shown.key(Resource.DOWNLOADS_PAGE, "30d/2")
    shown.stocked.app.feed.tell(FetchStarted(where))
    assert section.more.label() == "Loading…"
    page = DownloadsPage(tuple(map(download, (6, 7, 8))), False)
    shown.put(page, Resource.DOWNLOADS_PAGE, "30d/2")
    shown.stocked.app.feed.tell(FetchEnded(where, None))
    assert shown.users() == [f"User {n}" for n in range(1, 9)]
    assert not section.more.isVisible()


def test_that_a_page_that_fails_leaves_the_list_and_can_be_tried_again(shown: Shown) -> None:
    shown.put(recent(*range(1, 7), has_more=True), Resource.DOWNLOADS, "30d")
    section = shown.page.downloads.recent
    section.more.click()
    shown.fail(Resource.DOWNLOADS_PAGE, "30d/2")
    failure = Failure(FailureKind.SERVER, "Why it failed.", reached=True)
    where = shown.key(Resource.DOWNLOADS_PAGE, "30d/2")
    shown.stocked.app.feed.tell(FetchEnded(where, failure))
    assert "Why it failed." in shown.texts(section)
    assert len(shown.users()) == 6
    assert section.more.isVisible()
    wants = len(shown.wants())
    section.more.click()
    assert len(shown.wants()) == wants + 1


def test_that_track_and_licence_open_where_they_are(shown: Shown) -> None:
    rows = (download(1, license_uuid=UUID), download(52, track_id=None))
    value = Downloads(2, recent=rows, has_more=False)
    shown.put(value, Resource.DOWNLOADS, "30d")
    first, second = shown.page.downloads.recent.rows()
    button(first, "View track: Beat 1").click()
    button(first, "View licence: Beat 1").click()
    assert shown.stocked.links == [links.track(1), links.license_page(UUID)]
    assert links.license_page(UUID) == f"https://open.beatpass.ca/verify-license/{UUID}"
    assert second.findChildren(QAbstractButton) == []


def test_that_each_period_shows_its_own_figures(shown: Shown) -> None:
    shown.page.downloads.period.set_current(DownloadPeriod.WEEK)
    assert shown.wants()[-1] == (Resource.DOWNLOADS, "7d")
    assert shown.card("Downloads") == ("—", "")
    assert any("not here yet" in text for text in shown.texts(shown.page.downloads))
    shown.put(recent(1, 2), Resource.DOWNLOADS, "7d")
    assert shown.card("Downloads") == ("2", "in 7 days")
    shown.page.downloads.period.set_current(DownloadPeriod.MONTH)
    assert shown.card("Downloads") == ("8", "in 30 days")


def test_that_an_empty_period_leads_to_all_time(shown: Shown) -> None:
    shown.put(Downloads(0, 0, 0, None, (), (), False), Resource.DOWNLOADS, "30d")
    button(shown.page.downloads, "Show all time").click()
    assert shown.wants()[-1] == (Resource.DOWNLOADS, "")


def test_that_long_time_is_drawn_as_a_line(qtbot: QtBot, shown: Shown) -> None:
    days = [TODAY - timedelta(days=ago) for ago in range(400)]
    value = Downloads(400, daily=tuple((day.isoformat(), 1) for day in days), recent=())
    shown.page.downloads.period.set_current(DownloadPeriod.ALL)
    shown.put(value, Resource.DOWNLOADS)
    assert shown.page.downloads.chart is not None
    assert shown.page.downloads.chart.data.count == 400
    assert shown.page.downloads.chart.summary().startswith(f"{days[-1]:%b} {days[-1].day}, ")
