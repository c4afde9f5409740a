"""The Activity page over a real store: states, keyboard, links, refreshes that fail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock

from beatpass_desktop.domain import links
from beatpass_desktop.domain.downloads import (
    Download,
    DownloadPeriod,
    Downloads,
    DownloadsPage,
    TopDownload,
)
from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.events import FetchEnded, FetchStarted, ResourcesChanged
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.domain.uploads import UploadDay, UploadedTrack, UploadYear
from beatpass_desktop.models.page import PageState
from beatpass_desktop.store import documents, downloads, figures
from beatpass_desktop.views.pages.activity.guide import ActivityGuide
from beatpass_desktop.views.pages.activity.page import ActivityPage

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

NOW = datetime.now(UTC)
TODAY = NOW.date()
YEAR = str(TODAY.year)
BUSY = TODAY
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
HTML = "<img src=x onerror=alert(1)> عربي " + "long " * 60


class Shown:
    """The page in view and short ways to change what is stored of it."""

    def __init__(self, stocked: StockedApp) -> None:
        self.stocked = stocked
        page = stocked.window.page_widget(Page.ACTIVITY)
        assert isinstance(page, ActivityPage)
        self.page = page

    def key(self, resource: Resource, params: str = "") -> ResourceKey:
        return self.stocked.key(resource)._replace(params=params)

    def put(self, value: Any, resource: Resource, params: str = "") -> None:
        where = self.key(resource, params)
        names = frozenset(type(value).__dataclass_fields__)
        decoded = Decoded(value, names)

        def job(connection: Any) -> None:
            if resource is Resource.DOWNLOADS:
                downloads.take(connection, where, decoded, NOW)
            elif resource is Resource.DOWNLOADS_PAGE:
                downloads.take_page(connection, where, decoded, NOW)
            else:
                documents.merge(connection, where, value, names)
            documents.succeeded(connection, where, datetime.now(UTC))

        self.stocked.app.store.write(job).result(10)
        self.stocked.app.feed.tell(ResourcesChanged(frozenset({where})))

    def fail(self, resource: Resource, params: str, attempt: Attempt = Attempt.FAILED) -> None:
        where = self.key(resource, params)
        job = lambda c: fail(c, where, attempt, "Why it failed.")  # noqa: E731
        self.stocked.app.store.write(job).result(10)
        self.stocked.app.feed.tell(ResourcesChanged(frozenset({where})))

    def record(self, values: dict[Figure, Any]) -> None:
        who = self.stocked.app.who
        job = lambda c: figures.record(c, who.account, who.artist, values, NOW)  # noqa: E731
        self.stocked.write(job, Resource.STATS)

    def card(self, title: str) -> tuple[str, str]:
        cards = [*self.page.cards, *self.page.downloads.cards]
        (found,) = [card for card in cards if card.title() == title]
        return found.value(), found.detail()

    def texts(self, parent: QWidget | None = None) -> list[str]:
        labels = (parent or self.page).findChildren(QLabel)
        return [label.text() for label in labels if label.isVisible()]

    def wants(self) -> list[tuple[Any, ...]]:
        return [entry[1:] for entry in self.stocked.port.asked if entry[0] == "want"]

    def users(self) -> list[str]:
        return [row.user() for row in self.page.downloads.recent.rows()]


def download(number: int, **values: Any) -> Download:
    """Number n came n hours ago."""
    known = {"user": f"User {number}", "track": f"Beat {number}", "track_id": number}
    at = NOW - timedelta(hours=number)
    return Download(number, at, **{**known, **values})


def recent(*numbers: int, **values: Any) -> Downloads:
    days = [TODAY - timedelta(days=ago) for ago in range(29, -1, -1)]
    daily = tuple((day.isoformat(), day.day % 3) for day in days)
    top = TopDownload(7, "Beat 7", 3)
    rows = tuple(map(download, numbers))
    return Downloads(len(numbers), 4, 2, top, daily, rows, **{"has_more": False, **values})


def year(*days: UploadDay) -> UploadYear:
    return UploadYear(TODAY.year, sum(day.count for day in days), days)


def tracks(count: int) -> tuple[UploadedTrack, ...]:
    at = datetime(BUSY.year, BUSY.month, BUSY.day, 12, 30, tzinfo=UTC)
    return tuple(UploadedTrack(n, f"Beat {n}", None, at) for n in range(1, count + 1))


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        qtbot.waitUntil(found.window.isActiveWindow)
        qtbot.waitUntil(found.has_shortcuts)
        yield found


@pytest.fixture
def shown(qtbot: QtBot, stocked: StockedApp) -> Shown:
    stocked.window.show_page(Page.ACTIVITY)
    found = Shown(stocked)
    qtbot.waitUntil(lambda: found.page.downloads is not None)
    found.put(Earnings(42.74, 25.9), Resource.EARNINGS)
    found.put(
        year(
            UploadDay(BUSY.isoformat(), 7, tracks(5)),
            UploadDay((BUSY - timedelta(days=1)).isoformat(), 1, tracks(1)),
        )
        if BUSY.timetuple().tm_yday > 1
        else year(UploadDay(BUSY.isoformat(), 7, tracks(5))),
        Resource.UPLOAD_DAYS,
        YEAR,
    )
    found.put(recent(1, 2, 3, 4, 5, 6, 7, 8), Resource.DOWNLOADS, "30d")
    return found


def button(parent: QWidget, name: str) -> QAbstractButton:
    (found,) = [one for one in parent.findChildren(QAbstractButton) if one.accessibleName() == name]
    return found


def test_that_the_cards_show_what_is_stored(shown: Shown) -> None:
    assert shown.card("Total Tracks") == ("1,234", "+3 in 30 days")
    assert shown.card("Total Plays") == ("1,234,567", "−3.3\N{NO-BREAK SPACE}% this month")
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


def test_that_a_day_is_chosen_with_the_keyboard_and_its_tracks_open(
    qtbot: QtBot, shown: Shown
) -> None:
    section = shown.page.uploads
    section.heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(section.heat_map.hasFocus)
    assert "7 uploads" in section.heat_map.callout_text()
    QTest.keyClick(section.heat_map, Qt.Key.Key_Return)
    assert section.details.isVisible()
    assert str(TODAY.year) in section.details.title.text()
    assert section.details.line.text() == "7 uploads"
    rows = section.details.rows()
    assert [row.name() for row in rows] == [f"Beat {n}" for n in range(1, 6)]
    assert all(":" in row.word() for row in rows)
    assert "and 2 more" in shown.texts(section.details)
    QTest.keyClick(rows[1], Qt.Key.Key_Return)
    assert shown.stocked.links == [links.track(2)]
    QTest.keyClick(section.heat_map, Qt.Key.Key_Escape)
    assert not section.details.isVisible()


def test_that_a_day_without_its_tracks_says_so(shown: Shown) -> None:
    shown.put(year(UploadDay(BUSY.isoformat(), 3)), Resource.UPLOAD_DAYS, YEAR)
    shown.page.uploads.choose(BUSY)
    assert "BeatPass did not send the tracks of this day." in shown.texts(shown.page.uploads)


def test_that_x_ray_brings_the_platform_and_both_counts(shown: Shown) -> None:
    section = shown.page.uploads
    section.x_ray.click()
    assert (Resource.PLATFORM_DAYS, YEAR) in shown.wants()
    section.choose(BUSY)
    assert section.details.line.text() == "7 uploads  ·  Platform: —"
    shown.put(year(UploadDay(BUSY.isoformat(), 34)), Resource.PLATFORM_DAYS, YEAR)
    assert section.details.line.text() == "7 uploads  ·  Platform: 34"
    section.x_ray.click()
    assert section.details.line.text() == "7 uploads"


def test_that_the_map_can_be_read_as_a_table(shown: Shown) -> None:
    section = shown.page.uploads
    section.table_switch.click()
    table = section.table()
    assert table.isVisible()
    assert not section.heat_map.isVisible()
    assert table.accessibleName() == "Uploads by day"
    model = table.model()
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Your uploads"
    assert model.index(0, 1).data() == "7"
    section.table_switch.click()
    assert section.heat_map.isVisible()


def test_that_each_year_is_asked_for_and_shows_only_its_own(shown: Shown) -> None:
    section = shown.page.uploads
    before = TODAY.year - 1
    assert section.year.findData(before) >= 0
    section.year.setCurrentIndex(section.year.findData(before))
    section.year.activated.emit(section.year.currentIndex())
    assert shown.wants()[-1] == (Resource.UPLOAD_DAYS, str(before))
    texts = shown.texts(section)
    assert f"Uploads in {before}: —" in texts
    assert "This year is not here yet; it comes with the next refresh." in texts


def test_that_streaks_are_in_days_on_end(shown: Shown) -> None:
    shown.put(year(UploadDay(BUSY.isoformat(), 1)), Resource.UPLOAD_DAYS, YEAR)
    texts = shown.texts(shown.page.uploads)
    assert "Current streak: 1 day" in texts
    assert f"Longest streak in {YEAR}: 1 day" in texts


def test_that_the_guide_says_which_day_counts(qtbot: QtBot, shown: Shown) -> None:
    button(shown.page.uploads, "How uploads are counted").click()
    (guide,) = shown.page.findChildren(ActivityGuide)
    qtbot.waitUntil(guide.isVisible)
    assert any("midnight UTC" in text for text in shown.texts(guide))
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not shown.page.findChildren(ActivityGuide))


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


def test_that_an_empty_period_leads_to_all_time(shown: Shown) -> None:
    shown.put(Downloads(0, 0, 0, None, (), (), False), Resource.DOWNLOADS, "30d")
    button(shown.page.downloads, "Show all time").click()
    assert shown.wants()[-1] == (Resource.DOWNLOADS, "")


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


def test_that_long_time_is_drawn_as_a_line(qtbot: QtBot, shown: Shown) -> None:
    days = [TODAY - timedelta(days=ago) for ago in range(400)]
    value = Downloads(400, daily=tuple((day.isoformat(), 1) for day in days), recent=())
    shown.page.downloads.period.set_current(DownloadPeriod.ALL)
    shown.put(value, Resource.DOWNLOADS)
    assert shown.page.downloads.chart is not None
    assert shown.page.downloads.chart.data.count == 400
    assert shown.page.downloads.chart.summary().startswith(f"{days[-1].day} ")


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


def test_that_the_first_day_of_a_year_has_no_day_before(shown: Shown) -> None:
    section = shown.page.uploads
    QTest.keyClick(section.heat_map, Qt.Key.Key_Home)
    QTest.keyClick(section.heat_map, Qt.Key.Key_Up)
    assert section.heat_map.cursor_day == date(TODAY.year, 1, 1)
