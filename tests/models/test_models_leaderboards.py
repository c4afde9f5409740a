"""Which ranking stands on the page, where the artist is in it, and how the rank moved."""

from __future__ import annotations

from dataclasses import fields
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from stage import UNREACHED, Stage

from beatpass_desktop.domain.events import FetchEnded, FetchStarted, ResourcesChanged
from beatpass_desktop.domain.freshness import Attempt, FreshnessState
from beatpass_desktop.domain.leaderboards import (
    ALL_TIME,
    MONTH,
    WEEK,
    Category,
    Entry,
    Leaderboard,
    Ranking,
    Standing,
    half_years,
)
from beatpass_desktop.domain.resources import DataSet, Part, Resource, ResourceKey, Scope
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboard_table import OWN_ROLE, SHARE_ROLE, Column
from beatpass_desktop.models.leaderboards import Climb, LeaderboardsModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import documents, figures

BOARD = DataSet(Resource.LEADERBOARD, Scope.OWN_ARTIST, timedelta(minutes=2), Part.WISH)
OVERALL, PLAYS = Ranking(), Ranking(Category.PLAYS)
DISPLAY = Qt.ItemDataRole.DisplayRole


def rows(count: int, own: int = 0) -> tuple[Entry, ...]:
    """Producers by rank; the artist of the account, 1, at the place `own`."""
    return tuple(
        Entry(n, 1 if n == own else 100 + n, f"P{n}", score=100.0 - 10 * (n - 1))
        for n in range(1, count + 1)
    )


def key(ranking: Ranking) -> ResourceKey:
    return ResourceKey(Resource.LEADERBOARD, 1, 1, ranking.params)


def put(stage: Stage, ranking: Ranking, board: Leaderboard) -> None:
    """A whole ranking came."""
    carried = [field.name for field in fields(board)]

    def job(connection: object) -> None:
        documents.merge(connection, key(ranking), board, carried)  # type: ignore[arg-type]
        documents.succeeded(connection, key(ranking), stage.now)  # type: ignore[arg-type]

    stage.write(job)
    stage.feed.tell(ResourcesChanged(frozenset({key(ranking)})))


def fail(stage: Stage, ranking: Ranking) -> None:
    """A ranking could not be had."""
    reason = UNREACHED.sentence
    stage.write(lambda c: documents.failed(c, key(ranking), stage.now, Attempt.UNREACHED, reason))
    stage.feed.tell(ResourcesChanged(frozenset({key(ranking)})))
    stage.feed.tell(FetchEnded(key(ranking), UNREACHED))


def board(count: int = 5, own: int = 0, me: Standing | None = None) -> Leaderboard:
    return Leaderboard("overall", ALL_TIME, 58, None, rows(count, own), me)


def model(stage: Stage, who: Who, *, offline: bool = False) -> LeaderboardsModel:
    return LeaderboardsModel([BOARD], stage.store, stage.feed, who, stage.clock, offline=offline)


@pytest.fixture
def page(stage: Stage) -> LeaderboardsModel:
    return model(stage, stage.sign_in())


def remember(stage: Stage, category: Category, **days: int) -> None:
    """The rank `days_ago=rank` on some days."""
    for ago, rank in days.items():
        at = stage.now - timedelta(days=int(ago.removeprefix("d")))
        stage.write(lambda c, at=at, r=rank: figures.record(c, 1, 1, {category.figure: r}, at))


def test_that_a_ranking_shows_when_it_has_come(stage: Stage, page: LeaderboardsModel) -> None:
    assert page.state is PageState.LOADING
    put(stage, OVERALL, board(me=Standing(14, 83.5)))
    assert page.state is PageState.READY
    assert (page.rank, page.score) == (14, 83.5)
    assert [entry.rank for entry in page.top] == [1, 2, 3]
    shown = [page.table.index(row, Column.RANK).data() for row in range(page.table.rowCount())]
    assert shown == ["#4", "#5"]
    assert page.freshness.state is FreshnessState.LIVE


def test_that_another_category_leaves_the_rows_until_its_own_come(
    stage: Stage, page: LeaderboardsModel
) -> None:
    put(stage, OVERALL, board(5))
    wanted: list[object] = []
    page.wanted.connect(lambda *wish: wanted.append(wish))
    page.choose_category(Category.PLAYS)
    assert wanted == [(Resource.LEADERBOARD, "plays/all-time")]
    assert page.is_waiting
    assert page.shown == OVERALL
    assert page.table.rowCount() == 2
    stage.feed.tell(FetchStarted(key(PLAYS)))
    assert page.is_refreshing
    put(stage, PLAYS, board(7))
    stage.feed.tell(FetchEnded(key(PLAYS), None))
    assert not page.is_waiting
    assert page.table.rowCount() == 4
    assert not page.is_refreshing


def test_that_a_ranking_that_cannot_be_had_leaves_the_rows_and_says_why(
    stage: Stage, page: LeaderboardsModel
) -> None:
    put(stage, OVERALL, board(5))
    page.choose_category(Category.PLAYS)
    fail(stage, PLAYS)
    assert page.state is PageState.READY
    assert page.is_waiting
    assert page.failure == UNREACHED.sentence
    assert page.table.rowCount() == 2


def test_that_a_failed_refresh_keeps_the_rows(stage: Stage, page: LeaderboardsModel) -> None:
    put(stage, OVERALL, board(5, me=Standing(14)))
    fail(stage, OVERALL)
    assert (page.rank, page.table.rowCount()) == (14, 2)
    assert page.freshness.state is FreshnessState.OFFLINE


def test_that_an_old_ranking_of_something_else_is_better_than_nothing(stage: Stage) -> None:
    who = stage.sign_in()
    put(stage, PLAYS, board(5))
    page = model(stage, who, offline=True)
    assert page.state is PageState.READY
    assert page.is_waiting
    assert page.shown == PLAYS


def test_that_points_are_of_all_time_and_the_period_comes_back_afterwards(
    stage: Stage, page: LeaderboardsModel
) -> None:
    page.choose_period(WEEK)
    page.choose_category(Category.POINTS)
    assert page.ranking == Ranking(Category.POINTS, ALL_TIME)
    assert page.period == WEEK
    page.choose_category(Category.PLAYS)
    assert page.ranking == Ranking(Category.PLAYS, WEEK)


def test_that_the_rank_is_unknown_when_nobody_named_one(
    stage: Stage, page: LeaderboardsModel
) -> None:
    put(stage, OVERALL, board(5))
    assert (page.rank, page.score, page.own_entry, page.climb()) == (None, None, None, None)


def test_that_another_artist_is_found_by_the_row_not_by_the_own_place(stage: Stage) -> None:
    who = stage.sign_in(1)
    page = model(stage, who)
    put(stage, OVERALL, board(5, me=Standing(14)))
    stage.write(lambda c: c.execute("UPDATE accounts SET current_artist = 104, own_artist = 1"))
    stage.identified(1, 104)
    assert who.artist == 104
    assert page.rank == 4
    assert page.climb() is None


@pytest.mark.parametrize(
    ("days", "climb"),
    [
        ({"d0": 14}, None),
        ({"d1": 16, "d0": 14}, Climb(2, date(2026, 11, 22), is_yesterday=True)),
        ({"d1": 14, "d0": 14}, Climb(0, date(2026, 11, 22), is_yesterday=True)),
        ({"d9": 2, "d4": 9, "d0": 14}, Climb(-5, date(2026, 11, 19), is_yesterday=False)),
    ],
)
def test_that_the_rank_is_compared_with_the_last_day_on_record(
    stage: Stage, page: LeaderboardsModel, days: dict[str, int], climb: Climb | None
) -> None:
    remember(stage, Category.OVERALL, **days)
    put(stage, OVERALL, board(me=Standing(14)))
    assert page.climb() == climb
    put(stage, Ranking(period=MONTH), board(me=Standing(14)))
    page.choose_period(MONTH)
    assert page.climb() is None


def test_that_each_category_has_a_history_of_its_own(stage: Stage, page: LeaderboardsModel) -> None:
    remember(stage, Category.PLAYS, d1=3, d0=2)
    assert page.history(Category.PLAYS) == [(date(2026, 11, 22), 3), (date(2026, 11, 23), 2)]
    assert page.history(Category.OVERALL) == []


def test_that_the_own_row_is_known_and_bars_are_relative_to_the_first(
    stage: Stage, page: LeaderboardsModel
) -> None:
    put(stage, OVERALL, board(5, own=5))
    table = page.table
    assert table.own_row() == 1
    assert [table.index(row, 0).data(OWN_ROLE) for row in (0, 1)] == [False, True]
    assert table.index(0, 0).data(SHARE_ROLE) == pytest.approx(0.7)
    assert table.index(0, Column.SHARE).data(DISPLAY) == "70\N{NO-BREAK SPACE}%"


@pytest.mark.parametrize(("best", "score"), [(0.0, 0.0), (-3.0, -5.0), (None, 3.0), (5.0, None)])
def test_that_there_is_no_bar_where_no_share_can_be_said(
    stage: Stage, page: LeaderboardsModel, best: float | None, score: float | None
) -> None:
    page.table.show((Entry(4, 9, "P", score=score),), 1, best)
    assert page.table.index(0, 0).data(SHARE_ROLE) is None
    assert page.table.index(0, Column.SHARE).data() == "—"


def test_that_a_column_sorts_up_down_and_back(stage: Stage, page: LeaderboardsModel) -> None:
    names = ("b", "C", None, "ä")
    page.table.show(tuple(Entry(n, n, name) for n, name in enumerate(names, 1)), 0, None)

    def order() -> list[int]:
        return [int(page.table.index(row, 0).data()[1:]) for row in range(4)]

    page.table.sort_by(Column.PRODUCER, Qt.SortOrder.AscendingOrder)
    assert order() == [4, 1, 2, 3]
    page.table.sort_by(Column.PRODUCER, Qt.SortOrder.DescendingOrder)
    assert order() == [2, 1, 4, 3]
    page.table.sort_by(Column.PRODUCER, None)
    assert order() == [1, 2, 3, 4]


def test_that_half_years_go_back_from_the_present_one() -> None:
    assert half_years(date(2026, 11, 23), 3) == ["2026-H2", "2026-H1", "2025-H2"]
    assert half_years(date(2026, 6, 30), 2) == ["2026-H1", "2025-H2"]


def test_that_figures_stand_in_words_and_unknown_ones_as_they_came() -> None:
    metadata = (
        ("contribution", 42.74),
        ("contributing_tracks", 1.0),
        ("plays", 3498.0),
        ("points_rank", 4.0),
        ("vibe_index", 0.5),
        ("note", "<b>hot</b>"),
    )
    assert words.figures_text(Entry(metadata=metadata)).split("  ·  ") == [
        "42.74 contribution points",
        "1 contributing track",
        "3,498 plays",
        "points #4",
        "vibe_index: 0.5",
        "note: <b>hot</b>",
    ]


def test_that_scores_tiers_and_periods_are_named_as_far_as_they_are_known() -> None:
    assert words.score_text(25.9, "25.9 % Platform Share") == "25.9 % Platform Share"
    assert words.score_text(1234.5678) == "1,234.5678"
    assert words.score_text(0.0, "") == "0"
    assert words.score_text(None, None) == "—"
    assert words.tier_name("gold") == "Gold"
    assert words.tier_name("mythril\n<i>") == "mythril <i>"
    assert words.tier_name(None) == "—"
    assert words.ranking_name(Ranking(Category.PLAYS, "2026-H1")) == (
        "Plays · January to June 2026"
    )


@pytest.mark.parametrize(
    ("score", "label", "parts"),
    [
        (83.3, "83.30 Overall Score", ("83.30", "Overall Score")),
        (5407.0, "5,407 Plays", ("5,407", "Plays")),
        (83.3, "12 others", ("83.3", "12 others")),
        (83.3, None, ("83.3", "")),
        (7.0, "Seven", ("7", "Seven")),
    ],
)
def test_that_a_score_is_said_once(score: float, label: str | None, parts: tuple[str, str]) -> None:
    assert words.score_parts(score, label) == parts
