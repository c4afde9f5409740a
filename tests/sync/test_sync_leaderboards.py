"""Rankings from the server into the store, with the ranks in the history."""

from __future__ import annotations

from datetime import UTC
from pathlib import Path
from typing import Any

from backend import BROKEN, HTML, Backend, Said
from desk import Desk, at_desk

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.leaderboards import MONTH, Category, Leaderboard, Ranking
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.store import documents, figures, leaderboards

PATH = "producer-intelligence/leaderboard"
OVERALL, PLAYS = Ranking(), Ranking(Category.PLAYS)


def board(rank: int | None, total: int = 58, listed: int = 3) -> Said:
    """A ranking in which the own artist, 1, is not among the rows."""
    rows = [
        {"rank": n, "artist": {"id": 100 + n, "name": f"P{n}"}, "score": 100 - n}
        for n in range(1, listed + 1)
    ]
    body: dict[str, Any] = {"total_producers": total, "entries": rows}
    if rank is not None:
        body["me"] = {"rank": rank, "score": 1.5}
    return Said({"success": True, "data": body})


def key(ranking: Ranking) -> ResourceKey:
    return ResourceKey(Resource.LEADERBOARD, 1, 1, ranking.params)


def stored(desk: Desk, ranking: Ranking) -> Leaderboard | None:
    return leaderboards.read(desk.store.reading, key(ranking))


async def wanted(desk: Desk, ranking: Ranking) -> None:
    desk.engine.want(Resource.LEADERBOARD, ranking.params)
    await desk.settled(Page.LEADERBOARDS)


def history(desk: Desk, figure: Figure) -> list[int]:
    return [int(value) for _, value in figures.history(desk.store.reading, 1, 1, figure)]


async def test_that_each_ranking_is_fresh_for_two_minutes_by_itself(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, board(14))
        await desk.shown(Page.LEADERBOARDS)
        assert backend.count(PATH) == 0
        for ranking in (OVERALL, OVERALL, PLAYS, Ranking(period=MONTH), OVERALL):
            await wanted(desk, ranking)
        assert backend.count(PATH) == 3
        desk.clock.advance(seconds=119)
        await wanted(desk, OVERALL)
        assert backend.count(PATH) == 3
        desk.clock.advance(seconds=1)
        await wanted(desk, OVERALL)
        assert backend.count(PATH) == 4
        assert leaderboards.stored(desk.store.reading, 1, 1)[0] == OVERALL


async def test_that_a_refresh_of_the_page_renews_the_ranking_in_view(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, board(14))
        await desk.shown(Page.LEADERBOARDS)
        await wanted(desk, PLAYS)
        await desk.refreshed(Page.LEADERBOARDS)
        assert [asked.query for asked in backend.asked if asked.path.endswith(PATH)] == [
            {"category": "plays", "period": "all-time"}
        ] * 2


async def test_that_ranks_of_all_time_are_kept_day_by_day_and_others_are_not(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.LEADERBOARDS)
        backend.say(PATH, board(14))
        await wanted(desk, OVERALL)
        backend.say(PATH, board(3, total=9))
        await wanted(desk, PLAYS)
        backend.say(PATH, board(1, total=2))
        await wanted(desk, Ranking(period=MONTH))
        ranks = {figure: value for figure, value in desk.figures().items() if "rank" in figure}
        assert ranks == {
            Figure.RANK_OVERALL: 14,
            Figure.RANK_PLAYS: 3,
            Figure.PRODUCERS_RANKED: 58,
        }
        desk.clock.advance(days=1)
        backend.say(PATH, board(12))
        await wanted(desk, OVERALL)
        assert history(desk, Figure.RANK_OVERALL) == [14, 12]
        assert history(desk, Figure.RANK_PLAYS) == [3]


async def test_that_an_unchanged_ranking_writes_today_for_its_own_category_only(
    path: Path,
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, board(14))
        await desk.shown(Page.LEADERBOARDS)
        await wanted(desk, OVERALL)
        await wanted(desk, PLAYS)
        desk.clock.advance(days=1)
        await wanted(desk, PLAYS)
        read = desk.store.reading
        today = desk.clock.now.astimezone(UTC).date().isoformat()
        assert figures.history(read, 1, 1, Figure.RANK_PLAYS)[-1] == (today, 14)
        assert len(history(desk, Figure.RANK_OVERALL)) == 1


async def test_that_a_rank_that_is_not_named_is_unknown_and_its_history_stays(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, board(14))
        await desk.shown(Page.LEADERBOARDS)
        await wanted(desk, OVERALL)
        backend.say(PATH, board(None))
        await desk.refreshed(Page.LEADERBOARDS)
        assert Figure.RANK_OVERALL not in desk.figures()
        assert history(desk, Figure.RANK_OVERALL) == [14]


async def test_that_a_failed_refresh_keeps_the_rows_and_says_why(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(PATH, board(14))
        await desk.shown(Page.LEADERBOARDS)
        await wanted(desk, OVERALL)
        before = stored(desk, OVERALL)
        for answer in (BROKEN, HTML, Said({"entries": "none"})):
            backend.say(PATH, answer)
            await desk.refreshed(Page.LEADERBOARDS)
            assert stored(desk, OVERALL) == before
            assert documents.age(desk.store.reading, key(OVERALL)).reason
