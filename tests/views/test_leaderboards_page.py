"""The Leaderboards page under the hand: its states, its choice, its rows, and its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock

from beatpass_desktop.domain.events import FetchEnded, ResourcesChanged
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.leaderboards import (
    ALL_TIME,
    MONTH,
    Category,
    Entry,
    Leaderboard,
    Ranking,
    Standing,
)
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.models.leaderboard_table import Column
from beatpass_desktop.store import documents, figures
from beatpass_desktop.views.pages.home.page import HomePage
from beatpass_desktop.views.pages.leaderboards.guide import LeaderboardGuide
from beatpass_desktop.views.pages.leaderboards.page import LeaderboardsPage
from beatpass_desktop.views.pages.leaderboards.rank_history import RankHistory

OWN = 7
HTML = "<b>Bold</b> & Sons"
LONG = "Beat " * 60
ARABIC = "\u0645\u0646\u062a\u062c \u0645\u0648\u0633\u064a\u0642\u0649"
OVERALL, PLAYS = Ranking(), Ranking(Category.PLAYS)
REASON = "BeatPass has a problem of its own just now."
WEB = "https://open.beatpass.ca/artist/"


def rows(count: int, own: int = 0, **first: Any) -> tuple[Entry, ...]:
    """Producers by rank; the artist who is shown at the place `own`."""
    found = [
        Entry(n, OWN if n == own else 100 + n, f"Producer {n}", score=200.0 - n, tier="gold")
        for n in range(1, count + 1)
    ]
    found[0] = found[0]._replace(**first)
    return tuple(found)


def board(count: int = 9, own: int = 0, rank: int | None = None, **first: Any) -> Leaderboard:
    me = None if rank is None else Standing(rank, 3.5)
    return Leaderboard("overall", ALL_TIME, 58, None, rows(count, own, **first), me)


def key(stocked: StockedApp, ranking: Ranking = OVERALL) -> ResourceKey:
    return stocked.key(Resource.LEADERBOARD)._replace(params=ranking.params)


def put(stocked: StockedApp, value: Leaderboard, ranking: Ranking = OVERALL) -> None:
    """A whole ranking came."""
    of = key(stocked, ranking)

    def job(connection: Any) -> None:
        documents.merge(connection, of, value, [field.name for field in fields(value)])
        documents.succeeded(connection, of, datetime.now(UTC))

    stocked.app.store.write(job).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({of})))


def break_off(stocked: StockedApp, ranking: Ranking) -> None:
    """A ranking could not be had."""
    of = key(stocked, ranking)
    stocked.app.store.write(lambda c: fail(c, of, Attempt.FAILED, REASON)).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({of})))
    stocked.app.feed.tell(FetchEnded(of, None))


def remember(stocked: StockedApp, ranks: list[int], category: Category = Category.OVERALL) -> None:
    """Ranks of the days up to today."""

    def job(connection: Any) -> None:
        account = stocked.app.who.account
        for ago, rank in enumerate(reversed(ranks)):
            at = datetime.now(UTC) - timedelta(days=ago)
            figures.record(connection, account, OWN, {category.figure: rank}, at)

    stocked.app.store.write(job).result(10)


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 3)
    with running(tmp_path) as app:
        yield app


def opened(qtbot: QtBot, stocked: StockedApp, value: Leaderboard | None = None) -> LeaderboardsPage:
    """The page, built to its end; with a ranking when there is one."""
    stocked.window.show()
    stocked.window.show_page(Page.LEADERBOARDS)
    page = stocked.window.page_widget(Page.LEADERBOARDS)
    assert isinstance(page, LeaderboardsPage)
    if value is not None:
        put(stocked, value)
    qtbot.waitUntil(page.is_settled, timeout=20_000)
    return page


def wishes(stocked: StockedApp) -> list[str]:
    return [asked[2] for asked in stocked.port.asked if asked[0] == "want"]


def history(page: LeaderboardsPage) -> RankHistory:
    found = page.findChild(RankHistory)
    assert isinstance(found, RankHistory)
    return found


def banner(page: LeaderboardsPage) -> list[str]:
    return page._late.texts()


def test_that_rank_top_three_and_the_rest_stand_there(qtbot: QtBot, stocked: StockedApp) -> None:
    first = {"score_label": "199 Plays", "metadata": (("plays", 199.0),), "verified": True}
    page = opened(qtbot, stocked, board(rank=14, **first))
    assert [(card.title(), card.value()) for card in page.cards] == [
        ("Your Rank", "#14 of 58"),
        ("Your Score", "3.5"),
        ("Producers Ranked", "58"),
    ]
    top = page.ranking.podium_cards()
    assert [card.title() for card in top] == ["#1 Producer 1", "#2 Producer 2", "#3 Producer 3"]
    assert (top[0].value(), top[0].detail()) == ("199 Plays", "199 plays")
    assert top[1].value() == "198"
    spoken = "#1 Producer 1, verified, 199 Plays, 199 plays, Gold"
    assert top[0].accessibleName() == spoken
    assert page.ranking.table.model().rowCount() == 6
    assert page.ranking.heading.subtitle() == "The first 9 of 58 producers"
    assert page.ranking.own_button.isHidden()


def test_that_the_page_asks_when_it_is_shown_every_three_minutes_and_on_focus(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked, board())
    assert wishes(stocked) == ["overall/all-time"]
    assert stocked.port.asked[-2][0] == "show"
    assert page._renewing.interval() == 180_000
    assert page._renewing.isActive()
    page._renewing.timeout.emit()
    assert len(wishes(stocked)) == 2
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert len(wishes(stocked)) == 3
    stocked.window.show_page(Page.HOME)
    assert not page._renewing.isActive()
    application.applicationStateChanged.emit(Qt.ApplicationState.ApplicationActive)
    assert len(wishes(stocked)) == 3


def test_that_another_category_dims_the_rows_until_its_own_come(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    stocked.app.theme.set_reduced_motion(True)
    page = opened(qtbot, stocked, board(9))
    page.choice.categories.set_current(Category.PLAYS)
    assert wishes(stocked)[-1] == "plays/all-time"
    assert page.is_dimmed
    assert page.ranking.table.model().rowCount() == 6
    assert len(page.ranking.podium_cards()) == 3
    assert page.ranking.heading.title() == "Overall · All time"
    put(stocked, board(5), PLAYS)
    assert not page.is_dimmed
    assert page._standings.veil.isHidden()
    assert page.ranking.heading.title() == "Plays · All time"
    assert page.ranking.table.model().rowCount() == 2


def test_that_the_veil_fades_where_motion_is_welcome(qtbot: QtBot, stocked: StockedApp) -> None:
    stocked.app.theme.set_reduced_motion(False)
    page = opened(qtbot, stocked, board(9))
    page.choice.categories.set_current(Category.PLAYS)
    put(stocked, board(5), PLAYS)
    assert not page._standings.veil.isHidden()
    assert not page.is_dimmed
    qtbot.waitUntil(page._standings.veil.isHidden)


def test_that_a_ranking_that_cannot_be_had_leaves_the_rows_and_offers_another_try(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked, board(9))
    page.choice.categories.set_current(Category.PLAYS)
    assert banner(page) == []
    break_off(stocked, PLAYS)
    (text,) = banner(page)
    assert text.startswith(f"Plays · All time has never been loaded. {REASON}")
    assert page.ranking.table.model().rowCount() == 6
    page._late.action_requested.emit("late")
    assert stocked.port.asked[-1] == ("refresh", Page.LEADERBOARDS)
    put(stocked, board(5), PLAYS)
    assert banner(page) == []


def test_that_a_failed_refresh_keeps_every_row(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board(9, rank=14))
    break_off(stocked, OVERALL)
    assert page.cards[0].value() == "#14 of 58"
    assert len(page.ranking.podium_cards()) == 3
    assert page.ranking.table.model().rowCount() == 6
    assert not page.is_dimmed


def test_that_without_any_ranking_the_choice_stays_in_reach(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    break_off(stocked, OVERALL)
    assert page.content.isHidden()
    assert page.choice.isVisible()
    page.choice.categories.set_current(Category.PLAYS)
    assert wishes(stocked)[-1] == "plays/all-time"


def test_that_who_is_not_ranked_is_told_what_to_do(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board(9))
    assert page.cards[0].value() == "—"
    assert page.cards[1].value() == "—"
    assert page.standing._unranked.isVisible()
    page.standing._upload.click()
    assert stocked.links == ["https://open.beatpass.ca/backstage/upload"]
    put(stocked, board(9, rank=3))
    assert not page.standing._unranked.isVisible()
    assert not page.standing._upload.isVisible()


def test_that_an_empty_ranking_has_words_of_its_own(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, Leaderboard("overall", ALL_TIME, 0, None, (), None))
    assert page.ranking._nothing.isVisible()
    assert page.ranking._nothing.title() == "Nobody is ranked here yet"
    assert page.ranking.podium.isHidden()
    assert page.cards[2].value() == "0"


def test_that_arrow_keys_go_through_the_categories(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board())
    page.choice.categories.focus_current()
    for expected in (Category.QUALITY, Category.UPLOADS):
        QTest.keyClick(page.focusWidget(), Qt.Key.Key_Right)
        assert page.model.ranking.category is expected
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Left)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Left)
    QTest.keyClick(page.focusWidget(), Qt.Key.Key_Left)
    assert page.model.ranking.category is Category.COLLABORATION
    assert page.focusWidget().accessibleName() == "Collaboration"
    assert page.focusWidget().shows_focus_ring()


def test_that_periods_and_half_years_can_be_chosen(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board())
    choice = page.choice
    assert choice.half_years.isHidden()
    choice.periods.set_current(MONTH)
    assert page.model.ranking == Ranking(Category.OVERALL, MONTH)
    choice.periods.set_current("half-year")
    assert page.model.ranking.period == choice.half_years.itemData(0)
    assert choice.half_years.isVisible()
    assert choice.half_years.count() == 8
    choice.half_years.setCurrentIndex(2)
    choice.half_years.activated.emit(2)
    assert page.model.ranking.period == choice.half_years.itemData(2)
    assert wishes(stocked)[-1] == page.model.ranking.params


def test_that_points_are_of_all_time_and_say_why(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board())
    page.choice.periods.set_current(MONTH)
    page.choice.categories.set_current(Category.POINTS)
    periods = page.choice.periods
    assert not periods.isEnabled()
    assert periods.current() == ALL_TIME
    assert periods.accessibleDescription() == "Points are ranked for all time only"
    assert page.choice._reason.isVisible()
    page.choice.categories.set_current(Category.PLAYS)
    assert periods.isEnabled()
    assert page.model.ranking == Ranking(Category.PLAYS, MONTH)


def test_that_the_choice_is_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 3)
    with running(tmp_path) as first:
        page = opened(qtbot, first, board())
        page.choice.categories.set_current(Category.PLAYS)
        page.choice.periods.set_current(MONTH)
        page.choice.categories.set_current(Category.POINTS)
    with running(tmp_path) as second:
        page = opened(qtbot, second)
        assert page.model.ranking == Ranking(Category.POINTS, ALL_TIME)
        assert page.choice.categories.current() is Category.POINTS
        page.choice.categories.set_current(Category.QUALITY)
        assert page.model.ranking == Ranking(Category.QUALITY, MONTH)


def test_that_click_and_enter_open_the_artist_page_once(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board(9))
    table = page.ranking.table
    spot = table.visualRect(table.model().index(0, Column.PRODUCER)).center()
    ground = table.viewport()
    QTest.mouseClick(ground, Qt.MouseButton.LeftButton, pos=spot)
    QTest.mouseDClick(ground, Qt.MouseButton.LeftButton, pos=spot)
    assert stocked.links == [f"{WEB}104"]
    table.setCurrentIndex(table.model().index(2, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    assert stocked.links[1:] == [f"{WEB}106"]
    below = spot + QPoint(0, table.rowHeight(0))
    QTest.mouseClick(
        ground, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, pos=below
    )
    assert len(stocked.links) == 2
    QTest.keyClick(page.ranking.podium_cards()[1], Qt.Key.Key_Return)
    assert stocked.links[2:] == [f"{WEB}102"]


def test_that_a_producer_without_an_id_opens_nothing(qtbot: QtBot, stocked: StockedApp) -> None:
    nameless = tuple(Entry(n) for n in range(1, 6))
    page = opened(qtbot, stocked, Leaderboard("overall", ALL_TIME, 5, None, nameless, None))
    assert page.ranking.podium_cards()[0].title() == "#1 Unnamed producer"
    assert not page.ranking.podium_cards()[0].isEnabled()
    page.ranking.table.row_activated.emit(0)
    assert stocked.links == []
    texts = [page.ranking.table.model().index(0, column).data() for column in Column]
    assert texts == ["#4", "Unnamed producer", "—", "", "—", "—"]


@pytest.mark.parametrize("own", [2, 60])
def test_that_the_own_row_is_one_click_away(qtbot: QtBot, stocked: StockedApp, own: int) -> None:
    page = opened(qtbot, stocked, board(90, own=own, rank=own))
    assert page.ranking.own_button.isVisible()
    page.ranking.own_button.click()
    focused: QWidget
    if own == 2:
        focused = next(card for card in page.ranking.podium_cards() if card.is_own)
        assert "you" in focused.accessibleName()
    else:
        focused = page.ranking.table
        index = page.ranking.table.currentIndex()
        assert index.siblingAtColumn(Column.RANK).data() == "#60"
        assert index.row() in page.ranking.table.rows_in_view()
        spoken = index.siblingAtColumn(Column.PRODUCER)
        assert spoken.data(Qt.ItemDataRole.AccessibleTextRole) == "Producer 60, you"
    assert page.focusWidget() is focused


def test_that_names_stand_literally_and_leave_the_rows_their_height(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    names = [HTML, LONG, ARABIC, HTML, LONG, ARABIC]
    entries = tuple(
        Entry(n, n, name, verified=True, score_label=name, tier=name, metadata=((name, name),))
        for n, name in enumerate(names, 1)
    )
    value = Leaderboard("overall", ALL_TIME, 6, None, entries, None)
    stocked.window.resize(960, 600)
    page = opened(qtbot, stocked, value)
    cards = page.ranking.podium_cards()
    assert [card.title() for card in cards] == [f"#{n + 1} {names[n]}" for n in range(3)]
    assert len({card.height() for card in cards}) == 1
    assert all(card.width() <= page.scroll_area.width() for card in cards)
    table = page.ranking.table
    assert [table.model().index(row, Column.PRODUCER).data() for row in range(3)] == names[3:]
    assert len({table.rowHeight(row) for row in range(3)}) == 1
    assert not page.grab().isNull()


@pytest.mark.parametrize("width", [960, 1280, 2560])
def test_that_the_table_needs_no_scroll_bar_below(
    qtbot: QtBot, stocked: StockedApp, width: int
) -> None:
    stocked.window.resize(width, 832)
    page = opened(qtbot, stocked, board(60))
    table = page.ranking.table
    assert table.horizontalScrollBar().maximum() == 0
    assert table.isColumnHidden(Column.FIGURES) is (width == 960)
    assert table.height() <= page.scroll_area.height()


@pytest.mark.parametrize(
    ("ranks", "title"),
    [
        ([], "No rank on record yet"),
        ([14], "History begins today with #14"),
        ([14, 12], ""),
    ],
)
def test_that_the_history_begins_with_the_second_day(
    qtbot: QtBot, stocked: StockedApp, ranks: list[int], title: str
) -> None:
    remember(stocked, ranks)
    page = opened(qtbot, stocked, board(9, rank=ranks[-1] if ranks else None))
    chart = history(page)
    assert chart.data.count == (len(ranks) if len(ranks) > 1 else 0)
    if title:
        assert chart.summary().startswith(title)
    else:
        assert list(chart.data.series[0].values) == ranks
        assert chart.data.text(0, 1) == "#12"


def test_that_the_first_place_is_on_top_of_the_history(qtbot: QtBot, stocked: StockedApp) -> None:
    remember(stocked, [20, 12, 9])
    page = opened(qtbot, stocked, board(9, rank=9))
    chart = history(page)
    assert chart.summary().endswith(": #9")
    page.scroll_area.ensureWidgetVisible(chart)
    qtbot.waitUntil(lambda: chart.plot is not None, timeout=20_000)
    axis = chart.plot._values
    ((step, ticks),) = axis.tickValues(*axis.range, 200.0)
    assert axis.range[0] > axis.range[1]
    assert set(axis.tickStrings(ticks, 1.0, step)) >= {"#10", "#20"}


def test_that_history_and_change_are_those_of_the_category(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    remember(stocked, [16, 14])
    remember(stocked, [3, 4], Category.PLAYS)
    page = opened(qtbot, stocked, board(9, rank=14))
    assert page.cards[0].accessibleName() == "Your Rank: #14 of 58, up 2 since yesterday"
    page.choice.categories.set_current(Category.PLAYS)
    put(stocked, board(9, rank=4), PLAYS)
    assert list(history(page).data.series[0].values) == [3, 4]
    assert page.cards[0].accessibleName() == "Your Rank: #4 of 58, down 1 since yesterday"


def test_that_the_guide_tells_weights_and_formulas(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, board())
    page.choice.guide.click()
    guide = page.findChild(LeaderboardGuide)
    assert isinstance(guide, LeaderboardGuide)
    said = " ".join(label.text() for label in guide.findChildren(QWidget) if hasattr(label, "text"))
    for words in ("25 %", "20 %", "10 %", "100 minus your rank", "100,000", "administrators"):
        assert words in said
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: page.findChild(LeaderboardGuide) is None)


def test_that_home_shows_the_rank_and_how_it_moved(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 3)
    with running(tmp_path) as before:
        who = (before.app.who.account, OWN)
        ranks = {Figure.RANK_OVERALL: 9, Figure.PRODUCERS_RANKED: 58}

        def visit(connection: Any) -> None:
            at = datetime.now(UTC) - timedelta(days=1)
            figures.record(connection, *who, ranks, at)
            figures.begin_visit(connection, *who, at)
            figures.record(connection, *who, {Figure.RANK_OVERALL: 7}, datetime.now(UTC))

        before.app.store.write(visit).result(10)
    with running(tmp_path) as app:
        app.window.show()
        page = app.window.page_widget(Page.HOME)
        assert isinstance(page, HomePage)
        assert page._cards[Page.LEADERBOARDS].figure() == "#7 of 58"
        digest = app.app.home.digest
        assert digest is not None
        assert [(c.figure, c.before, c.now) for c in digest.changes] == [
            (Figure.RANK_OVERALL, 9, 7)
        ]
        (card,) = page._since._grid.cards()
        assert card.accessibleName() == "Rank: #7, was #9"  # type: ignore[attr-defined]
