"""What stands below and beside the catalogue on the Tracks page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock, take

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.collaboration import (
    CollaborativeTrack,
    CollaborativeTracks,
    Collaborator,
    Credit,
    Network,
    Opportunities,
    Opportunity,
)
from beatpass_desktop.domain.events import FollowEnded, FollowStarted, ResourcesChanged
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.insights import Chart, InsightPeriod, Insights
from beatpass_desktop.domain.performance import BestMonth, UploadInsights
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store import documents
from beatpass_desktop.views.pages.tracks.collaborators import Collaborators
from beatpass_desktop.views.pages.tracks.common_tracks import CommonTracks
from beatpass_desktop.views.pages.tracks.details import TrackDetails
from beatpass_desktop.views.pages.tracks.growth_guide import GrowthGuide
from beatpass_desktop.views.pages.tracks.page import TracksPage
from beatpass_desktop.views.pages.tracks.performance import TrackPerformance
from beatpass_desktop.views.pages.tracks.recommendations import Recommendations
from beatpass_desktop.views.widgets.toast import Toast

BOLD = "<b>Bold</b> & Sons"
LUNA = Collaborator(90, "Luna", None, True, 2, True)
SONS = Collaborator(91, BOLD, None, False, 1, False)
NETWORK = Network(2, 3, (LUNA, SONS))
REFUSED = "BeatPass has a problem of its own just now."


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 40)
    with running(tmp_path) as app:
        yield app


def put(stocked: StockedApp, value: Any, resource: Resource, params: str = "") -> None:
    """A whole reply came."""
    key = stocked.key(resource)._replace(params=params)

    def job(connection: Any) -> None:
        documents.merge(connection, key, value, [field.name for field in fields(value)])
        documents.succeeded(connection, key, datetime.now(UTC))

    stocked.app.store.write(job).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({key})))


def opened(qtbot: QtBot, stocked: StockedApp) -> TracksPage:
    """The Tracks page, built to its end."""
    stocked.window.show()
    stocked.window.show_page(Page.TRACKS)
    page = stocked.tracks_page
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    return page


def part(page: TracksPage, kind: type[Any]) -> Any:
    return page.findChild(kind)


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel) if label.isVisible()]


def details(qtbot: QtBot, page: TracksPage, row: int = 0) -> TrackDetails:
    """The details, open, of a row of the table."""
    page.table.selectRow(row)
    page.show_details()
    pane = page.details
    assert pane is not None
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    return pane


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


def test_that_collaborators_unknown_and_none_are_told_apart(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    assert "Your collaborators are not here yet" in texts(section)
    assert section.heading.subtitle() == "Unique collaborators: —  ·  Tracks together: —"
    stocked.write(
        lambda c: fail(c, stocked.key(Resource.NETWORK), Attempt.FAILED, REFUSED), Resource.NETWORK
    )
    assert REFUSED in texts(section)
    put(stocked, Network(0, 0, ()), Resource.NETWORK)
    assert "No collaborations yet" in texts(section)
    assert section.heading.subtitle() == "Unique collaborators: 0  ·  Tracks together: 0"


def test_that_collaborators_stand_with_name_mark_and_count(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    put(stocked, NETWORK, Resource.NETWORK)
    names = [row.button.accessibleName() for row in section.rows()]
    assert names == ["Luna, verified, 2 tracks together", f"{BOLD}, 1 track together"]
    assert [row.follow.label() for row in section.rows()] == ["Unfollow", "Follow"]
    assert section.rows()[1].follow.accessibleName() == f"Follow {BOLD}"
    assert all(row.isVisible() for row in section.rows())


def test_that_a_failed_refresh_keeps_the_collaborators(qtbot: QtBot, stocked: StockedApp) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    put(stocked, NETWORK, Resource.NETWORK)
    stocked.write(
        lambda c: fail(c, stocked.key(Resource.NETWORK), Attempt.FAILED, REFUSED), Resource.NETWORK
    )
    assert len(section.rows()) == 2
    assert REFUSED in texts(section)


def test_that_following_waits_for_its_answer(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    section = part(page, Collaborators)
    put(stocked, NETWORK, Resource.NETWORK)
    luna, sons = section.rows()
    sons.follow.click()
    luna.follow.click()
    assert stocked.port.asked[-2:] == [("follow", 91), ("unfollow", 90)]
    width = sons.follow.width()
    stocked.app.feed.tell(FollowStarted(91))
    stocked.app.feed.tell(FollowStarted(90))
    assert [row.follow.label() for row in section.rows()] == ["Unfollowing…", "Following…"]
    assert not any(row.follow.isEnabled() for row in section.rows())
    assert sons.follow.width() == width
    stocked.app.feed.tell(FollowEnded(91, None))
    stocked.app.feed.tell(FollowEnded(90, Failure(FailureKind.SERVER, REFUSED, reached=True)))
    assert [row.follow.label() for row in section.rows()] == ["Unfollow", "Follow"]
    assert all(row.follow.isEnabled() for row in section.rows())
    assert [toast.text() for toast in page.findChildren(Toast)] == [REFUSED]
    put(
        stocked,
        Network(2, 3, (LUNA, Collaborator(91, BOLD, None, False, 1, True))),
        Resource.NETWORK,
    )
    assert section.rows()[1] is sons
    assert sons.follow.label() == "Unfollow"


def test_that_many_collaborators_come_a_few_at_a_time(qtbot: QtBot, stocked: StockedApp) -> None:
    section = part(opened(qtbot, stocked), Collaborators)
    people = tuple(Collaborator(100 + n, f"Artist {n}", None, None, 1, None) for n in range(30))
    put(stocked, Network(30, 40, people), Resource.NETWORK)
    assert len(section.rows()) == 12
    assert section._more.label() == "Show 18 more"
    section._more.click()
    assert len(section.rows()) == 30
    assert not section._more.isVisible()


def test_that_common_tracks_open_in_a_dialogue(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    put(stocked, NETWORK, Resource.NETWORK)
    made = (
        CollaborativeTrack(5, "<i>Five</i>", "Nova", (Credit(90, "Luna"),), 10),
        CollaborativeTrack(6, None, "Nova", (Credit(90, "Luna"),), None),
        CollaborativeTrack(7, "Other", "Nova", (Credit(99, "Else"),), 900),
    )
    put(stocked, CollaborativeTracks(made), Resource.COLLABORATIVE_TRACKS)
    QTest.keyClick(part(page, Collaborators).rows()[0].button, Qt.Key.Key_Return)
    dialog = page.findChild(CommonTracks)
    assert dialog.isVisible()
    assert dialog.windowTitle() == "Tracks with Luna"
    rows = dialog.rows()
    assert [row.figure() for row in rows] == ["10", "—"]
    assert rows[0].name().startswith("<i>Five</i>")
    rows[0].click()
    assert stocked.links == ["https://open.beatpass.ca/track/5"]
    with qtbot.waitSignal(dialog.destroyed):
        QTest.keyClick(dialog, Qt.Key.Key_Escape)


def test_that_common_tracks_that_never_came_are_not_none(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    put(stocked, NETWORK, Resource.NETWORK)
    part(page, Collaborators).rows()[1].button.click()
    dialog = page.findChild(CommonTracks)
    assert BOLD in dialog.windowTitle()
    assert "The list is not here yet" in texts(dialog)


def test_that_recommendations_unknown_and_none_are_told_apart(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    section = part(opened(qtbot, stocked), Recommendations)
    assert "Recommendations are not here yet" in texts(section)
    put(stocked, Opportunities(()), Resource.OPPORTUNITIES)
    assert "No recommendations yet" in texts(section)
    assert any("three to five of your tracks" in text for text in texts(section))


def test_that_recommendations_say_how_well_they_match(qtbot: QtBot, stocked: StockedApp) -> None:
    section = part(opened(qtbot, stocked), Recommendations)
    chances = tuple(
        Opportunity(ArtistRef(50 + at, name, None, True), count, score, genres)
        for at, (name, count, score, genres) in enumerate(
            [
                (BOLD, 12, 90, ("R&B", "<u>Trap</u>", "Drill", "House")),
                ("Two", 1, 70, ()),
                ("Three", None, 50, ()),
                (None, 3, 49, ()),
                ("Five", 3, None, ()),
            ]
        )
    )
    put(stocked, Opportunities(chances), Resource.OPPORTUNITIES)
    cards = section.cards()
    assert [card.match.text().replace("\N{NO-BREAK SPACE}", " ") for card in cards] == [
        "90 % · highly compatible",
        "70 % · good fit",
        "50 % · some overlap",
        "49 % match",
        "Match: —",
    ]
    assert cards[0].name == BOLD
    assert cards[0].genres.text() == "Common genres: R&B, <u>Trap</u>, Drill"
    assert [card.person.line() for card in cards[:3]] == ["12 tracks", "1 track", "Tracks: —"]
    cards[0].person.click()
    assert stocked.links == ["https://open.beatpass.ca/artist/50"]


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
    assert list(pane.chart.data.labels) == ["1 Mar 2026", "2 Mar 2026", "3 Mar 2026"]
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
