"""What stands below the catalogue on the Tracks page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock, take
from tracks_page import NETWORK, details, opened, part, put, texts

from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.performance import BestMonth, UploadInsights
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.views.pages.tracks.collaborators import Collaborators
from beatpass_desktop.views.pages.tracks.growth_guide import GrowthGuide
from beatpass_desktop.views.pages.tracks.performance import TrackPerformance
from beatpass_desktop.views.pages.tracks.recommendations import Recommendations


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 40)
    with running(tmp_path) as app:
        yield app


def test_that_the_sections_are_built_after_the_page_is_shown(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    stocked.window.show()
    stocked.window.show_page(Page.TRACKS)
    page = stocked.tracks_page
    kinds = (TrackPerformance, Collaborators, Recommendations)
    assert [page.findChild(kind) for kind in kinds] == [None, None, None]
    assert not page.is_settled()
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    assert all(page.findChild(kind).isVisible() for kind in kinds)


def test_that_a_page_that_is_left_builds_nothing(qtbot: QtBot, stocked: StockedApp) -> None:
    stocked.window.show()
    stocked.window.show_page(Page.TRACKS)
    stocked.window.show_page(Page.HOME)
    qtbot.wait(80)
    assert stocked.tracks_page.findChild(TrackPerformance) is None


def test_that_the_catalogue_fills_the_page(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    qtbot.waitUntil(lambda: page.catalogue.height() > page.scroll_area.height() * 0.9)
    stocked.window.setMinimumSize(0, 0)
    stocked.window.resize(960, 420)
    qtbot.waitUntil(lambda: page.scroll_area.height() < 420)
    assert page.table.height() >= 8 * 40


def test_that_plays_are_charted_by_upload_month(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    performance = part(page, TrackPerformance)
    assert list(performance.chart.data.labels) == ["March 2025"]
    assert performance.chart.data.text(0, 0) == "820,000 plays, 40 tracks"
    months = [
        Track(1, "a", created_at=datetime(2026, month, 5, tzinfo=UTC), plays=7) for month in (1, 4)
    ]
    rows = [
        Track(row.id + at, row.name, None, row.created_at, plays=7) for at, row in enumerate(months)
    ]
    key = stocked.key(Resource.TRACKS)
    stocked.write(lambda connection: take(connection, key, rows), Resource.TRACKS)
    labels = ["January 2026", "February 2026", "March 2026", "April 2026"]
    qtbot.waitUntil(lambda: list(performance.chart.data.labels) == labels)
    assert list(performance.chart.data.series[0].values) == [7, 0, 0, 7]


def test_that_the_most_played_tracks_open_their_pages(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    rows = part(page, TrackPerformance).rows()
    assert [row.name() for row in rows[:2]] == ["Wave 040", "<b>Beat</b> 039"]
    assert rows[0].figure() == "40,000"
    assert rows[0].accessibleName() == "1. Wave 040: 40,000 plays"
    QTest.keyClick(rows[1], Qt.Key.Key_Return)
    assert stocked.links == ["https://open.beatpass.ca/track/39"]


def test_that_only_sent_upload_insights_are_told(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    performance = part(page, TrackPerformance)
    assert not performance._insights.isVisible()
    best = BestMonth("2026-03", 12, 3)
    put(stocked, UploadInsights(best_performing_month=best), Resource.UPLOAD_INSIGHTS)
    assert performance._insights.text() == "Best month: March 2026"
    put(
        stocked,
        UploadInsights(
            uploads_this_month=2,
            average_plays_per_upload=12.5,
            upload_frequency_days=3.24,
            recommended_upload_time="<i>Friday</i>",
        ),
        Resource.UPLOAD_INSIGHTS,
    )
    assert performance._insights.text().split("  ·  ") == [
        "Uploads this month: 2",
        "Plays per upload: 12.5",
        "Days between uploads: 3.2",
        "Recommended upload time: <i>Friday</i>",
    ]


def test_that_the_growth_guide_opens(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    page.summary.growth._guide.click()
    assert page.findChild(GrowthGuide).isVisible()


def test_that_rows_in_view_ask_for_their_growth(qtbot: QtBot, stocked: StockedApp) -> None:
    opened(qtbot, stocked)
    qtbot.waitUntil(lambda: any(asked[0] == "want growth" for asked in stocked.port.asked))
    (ids,) = [asked[1] for asked in stocked.port.asked if asked[0] == "want growth"][:1]
    assert ids[0] == 40


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_nothing_needs_scrolling_sideways(
    qtbot: QtBot, stocked: StockedApp, scale: float
) -> None:
    page = opened(qtbot, stocked)
    put(stocked, NETWORK, Resource.NETWORK)
    details(qtbot, page)
    stocked.window.setMinimumSize(0, 0)
    stocked.window.resize(960 if scale == 1.0 else 1280, 832)
    stocked.app.theme.set_scale(scale)
    qtbot.waitUntil(lambda: page.scroll_area.horizontalScrollBar().maximum() == 0)


def test_that_links_lead_past_the_table(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    assert [link.label() for link in page.jumps.links()] == [
        "Summary",
        "Catalogue",
        "Plays",
        "Collaborators",
        "Recommendations",
    ]
    plays = page.jumps.links()[2]
    plays.click()
    chart = part(page, TrackPerformance).chart
    qtbot.waitUntil(lambda: chart.plot is not None, timeout=20_000)
    assert page.is_settled()
    page.jumps.links()[0].click()
    assert page.scroll_area.verticalScrollBar().value() == 0


def test_that_the_links_give_way_in_a_low_window(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    assert page.jumps.isVisible()
    stocked.app.theme.set_scale(2.0)
    qtbot.waitUntil(lambda: not page.jumps.isVisible())


def test_that_an_empty_catalogue_shows_one_clear_step(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 0)
    with running(tmp_path) as app:
        page = opened(qtbot, app)
        assert "No tracks yet" in texts(page)
        assert not page.jumps.isVisible()
        assert page.scroll_area.verticalScrollBar().maximum() == 0
