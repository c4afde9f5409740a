"""Pages while something is being fetched, has failed, or waits for a decision."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import apsw
import pytest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot
from stocked_app import FIGURES, StockedApp, fail, running, stock, take, tracks

from beatpass_desktop.domain import links
from beatpass_desktop.domain.events import (
    AccountChanged,
    CatalogueShrank,
    ConnectionChanged,
    FetchEnded,
    FetchProgressed,
    FetchStarted,
    RequestsPaused,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.models.page import PageState
from beatpass_desktop.store import accounts, documents, figures
from beatpass_desktop.views.widgets.banner import BannerStack
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.stat_card import StatCard

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

HOME = (Resource.STATS, Resource.FOLLOWERS, Resource.PROGRESS)


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        yield found


def figures_shown(stocked: StockedApp) -> dict[str, str]:
    """The figures in view."""
    return {
        card.title(): card.value()
        for card in stocked.window.current_page.findChildren(StatCard)
        if card.isVisible()
    }


def names_shown(stocked: StockedApp) -> list[str]:
    """The names in the table."""
    model = stocked.tracks_page.table.model()
    return [model.index(row, 0).data() for row in range(model.rowCount())]


def chip(stocked: StockedApp) -> str:
    """What the freshness chip says aloud."""
    return stocked.window.current_page.findChild(FreshnessChip).accessibleName()


def banners(stocked: StockedApp) -> list[str]:
    """The banners of the window, from the top of the screen."""
    stack = stocked.window.findChildren(BannerStack)[0]
    stack.layout().activate()
    return stack.texts()


def failure(kind: FailureKind, sentence: str, *, reached: bool = True) -> Failure:
    return Failure(kind, sentence, "details", reached)


def test_that_a_refresh_under_way_leaves_everything_on_the_screen(stocked: StockedApp) -> None:
    tell = stocked.app.feed.tell
    before = figures_shown(stocked)
    for resource in HOME:
        tell(FetchStarted(stocked.key(resource)))
    assert "refreshing" in chip(stocked)
    assert figures_shown(stocked) == before
    assert before["Total Plays"] == "1,234,567"
    for resource in HOME:
        tell(FetchEnded(stocked.key(resource), None))
    assert "refreshing" not in chip(stocked)
    assert figures_shown(stocked) == before


@pytest.mark.parametrize(
    ("attempt", "word"), [(Attempt.FAILED, "Out of date"), (Attempt.UNREACHED, "Offline")]
)
def test_that_a_failed_refresh_keeps_cards_and_rows_and_says_why(
    stocked: StockedApp, attempt: Attempt, word: str
) -> None:
    stocked.window.show_page(Page.TRACKS)
    figures_before, rows_before = figures_shown(stocked), names_shown(stocked)
    for resource in (Resource.STATS, Resource.TRACKS):
        key = stocked.key(resource)
        stocked.write(lambda c, k=key: fail(c, k, attempt, "Why it failed."), resource)
    assert chip(stocked).startswith(word)
    assert (figures_shown(stocked), names_shown(stocked)) == (figures_before, rows_before)
    assert len(rows_before) == 60
    assert stocked.window.current_page.state is PageState.READY


def test_that_only_the_figures_that_came_change(stocked: StockedApp) -> None:
    before = figures_shown(stocked)
    fresh = {Figure.PLAYS: 2_000_000, Figure.GROWTH: None}

    def record(connection: object) -> None:
        who = stocked.app.who
        figures.record(connection, who.account, who.artist, fresh, datetime.now(UTC))

    stocked.write(record, Resource.STATS)
    changed = {**before, "Total Plays": "2,000,000", "Growth": "—"}
    assert figures_shown(stocked) == changed
    assert set(FIGURES) >= set(fresh)


def test_that_the_table_stays_where_it_was_scrolled_to_when_it_is_renewed(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    stocked.window.show_page(Page.TRACKS)
    bar = stocked.tracks_page.table.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 500)
    bar.setValue(500)
    job = partial(take, key=stocked.key(Resource.TRACKS), rows=tracks(60, plays=1))
    stocked.write(job, Resource.TRACKS)
    qtbot.waitUntil(lambda: stocked.tracks_page.table.model().index(0, 2).data() == "60,001")
    qtbot.waitUntil(lambda: bar.value() == 500)


def test_that_a_long_fetch_shows_how_far_it_is_and_can_be_cancelled(
    stocked: StockedApp,
) -> None:
    stocked.window.show_page(Page.TRACKS)
    key, tell = stocked.key(Resource.TRACKS), stocked.app.feed.tell
    line = stocked.tracks_page.findChild(ProgressLine)
    tell(FetchStarted(key))
    tell(FetchProgressed(key, 100, 150))
    assert not line.isVisible()
    tell(FetchProgressed(key, 25_000, 100_000))
    assert line.isVisible()
    assert line.text() == "25,000 of 100,000 tracks"
    assert line.fraction() == pytest.approx(0.25)
    (cancel,) = [
        button
        for button in line.findChildren(QAbstractButton)
        if button.accessibleName() == "Cancel"
    ]
    cancel.click()
    assert stocked.port.asked[-1] == ("cancel", key)
    tell(FetchEnded(key, None))
    assert not line.isVisible()
    assert len(names_shown(stocked)) == 60


def test_that_a_shorter_catalogue_is_shown_only_when_accepted(stocked: StockedApp) -> None:
    stocked.window.show_page(Page.TRACKS)
    key = stocked.key(Resource.TRACKS)
    stocked.app.feed.tell(CatalogueShrank(key, 60, 12))
    (question,) = stocked.tracks_page.findChildren(BannerStack)
    (text,) = question.texts()
    assert "12 of your 60 tracks" in text
    assert len(names_shown(stocked)) == 60
    (accept,) = [
        button
        for button in question.findChildren(QAbstractButton)
        if button.accessibleName() == "Show the shorter list"
    ]
    accept.click()
    assert stocked.port.asked[-1] == ("accept", key)
    assert question.texts() == []


def test_that_the_question_goes_away_when_the_list_is_read_again(stocked: StockedApp) -> None:
    stocked.window.show_page(Page.TRACKS)
    key, tell = stocked.key(Resource.TRACKS), stocked.app.feed.tell
    tell(CatalogueShrank(key, 60, 12))
    (question,) = stocked.tracks_page.findChildren(BannerStack)
    tell(FetchStarted(key))
    assert len(question.texts()) == 1
    tell(FetchProgressed(key, 12, 60))
    assert question.texts() == []


def test_that_the_question_goes_away_with_its_artist(stocked: StockedApp) -> None:
    stocked.window.show_page(Page.TRACKS)
    who, key = stocked.app.who, stocked.key(Resource.TRACKS)
    stocked.app.feed.tell(CatalogueShrank(key, 60, 12))
    (question,) = stocked.tracks_page.findChildren(BannerStack)

    def switch(connection: apsw.Connection) -> None:
        accounts.set_current_artist(connection, who.account, 8)
        documents.succeeded(connection, key._replace(artist=8), datetime.now(UTC))

    stocked.app.store.write(switch).result(10)
    stocked.app.feed.tell(AccountChanged(who.account, 8))
    assert question.texts() == []
    assert names_shown(stocked) == []


def test_that_banners_stand_in_their_order_whatever_came_first(stocked: StockedApp) -> None:
    tell, now = stocked.app.feed.tell, datetime.now(UTC)
    assert banners(stocked) == []
    tell(FetchEnded(stocked.key(Resource.STATS), failure(FailureKind.SERVER, "Server trouble.")))
    assert banners(stocked) == ["Server trouble."]
    tell(RequestsPaused(now + timedelta(seconds=40)))
    tell(ConnectionChanged(False, now))
    offline, limited, failed = banners(stocked)
    assert offline.startswith("Offline: showing data from ")
    assert limited.startswith("Rate limited: retrying in ")
    assert failed == "Server trouble."
    tell(ConnectionChanged(True, now))
    tell(RequestsPaused(None))
    assert banners(stocked) == ["Server trouble."]
    tell(FetchEnded(stocked.key(Resource.STATS), None))
    assert banners(stocked) == []


def test_that_a_dismissed_banner_stays_away_until_it_says_something_else(
    stocked: StockedApp,
) -> None:
    key, tell = stocked.key(Resource.STATS), stocked.app.feed.tell
    tell(FetchEnded(key, failure(FailureKind.SERVER, "Server trouble.")))
    stack = stocked.window.findChildren(BannerStack)[0]
    (dismiss,) = [
        button
        for button in stack.findChildren(QAbstractButton)
        if button.accessibleName() == "Dismiss"
    ]
    dismiss.click()
    assert banners(stocked) == []
    tell(FetchEnded(key, failure(FailureKind.SERVER, "Server trouble.")))
    assert banners(stocked) == []
    tell(FetchEnded(key, failure(FailureKind.SERVER, "Other trouble.")))
    assert banners(stocked) == ["Other trouble."]


def test_that_one_good_reply_does_not_hide_that_another_failed(stocked: StockedApp) -> None:
    tell = stocked.app.feed.tell
    tell(FetchEnded(stocked.key(Resource.STATS), failure(FailureKind.SERVER, "Server trouble.")))
    tell(FetchEnded(stocked.key(Resource.FOLLOWERS), None))
    assert banners(stocked) == ["Server trouble."]
    tell(FetchEnded(stocked.key(Resource.STATS), None))
    assert banners(stocked) == []


def test_that_a_refused_token_is_said_once_and_the_figures_stay(stocked: StockedApp) -> None:
    before = figures_shown(stocked)
    refused = failure(FailureKind.UNAUTHORISED, "BeatPass does not accept this access token.")
    who = stocked.app.who
    stocked.app.feed.tell(AccountChanged(who.account, who.artist, refused))
    (banner,) = banners(stocked)
    assert banner.startswith("Session expired: sign in again.")
    assert figures_shown(stocked) == before
    assert stocked.window.current_page.state is PageState.READY


def test_that_refresh_and_profile_buttons_do_what_they_say(stocked: StockedApp) -> None:
    by_name = {
        button.accessibleName().partition(":")[0]: button
        for button in stocked.window.current_page.findChildren(QAbstractButton)
    }
    by_name["Refresh (F5)"].click()
    assert stocked.port.asked[-1] == ("refresh", Page.HOME)
    by_name["View Profile"].click()
    assert stocked.links == [links.artist(7)]
    by_name["Tracks"].click()
    assert stocked.window.page is Page.TRACKS
