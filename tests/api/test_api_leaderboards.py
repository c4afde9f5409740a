"""Rankings over real HTTP, in the assumed and in the published form."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from fault_server import replies, served

from beatpass_desktop.api import errors
from beatpass_desktop.api.leaderboards import fetch_leaderboard
from beatpass_desktop.domain.leaderboards import (
    ALL_TIME,
    MONTH,
    WEEK,
    Category,
    Entry,
    Leaderboard,
    Ranking,
    Standing,
)
from beatpass_desktop.domain.replies import Decoded

OWN = 7
PLAYS = Ranking(Category.PLAYS, ALL_TIME)


def row(rank: int, artist: int, **other: object) -> dict[str, Any]:
    """A row as the sandbox sends it."""
    card = {"id": artist, "name": f"Artist {artist}", "image_small": "i", "verified": artist == 9}
    return {"rank": rank, "artist": card, "score": 100.5 - rank, "metadata": {}, **other}


def entry(rank: int, artist: int, **other: object) -> Entry:
    found = Entry(rank, artist, f"Artist {artist}", "i", artist == 9, 100.5 - rank)
    return found._replace(**other)  # type: ignore[arg-type]


async def decoded(body: object, ranking: Ranking = PLAYS, own: int = OWN) -> Decoded[Leaderboard]:
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_leaderboard(session, ranking, own)
    assert fetched.decoded is not None
    return fetched.decoded


async def test_that_category_and_period_are_asked_for() -> None:
    async with served(replies(200, {"entries": []})) as (server, session):
        await fetch_leaderboard(session, Ranking(Category.QUALITY, "2026-H1"), OWN)
    assert server.paths == ["producer-intelligence/leaderboard?category=quality&period=2026-H1"]


async def test_that_the_assumed_form_is_read_whole() -> None:
    figures = {"plays": 1200, "share": 1.5, "what": "<b>new</b>", "empty": None}
    body = {
        "category": "plays",
        "period": "all-time",
        "total_producers": 58,
        "updated_at": "2026-11-23T14:00:00Z",
        "entries": [
            row(1, 9, score_label="1,200 Plays", tier="diamond", metadata=figures),
            row(2, 10, tier="mythril", metadata=[]),
        ],
        "me": {"rank": 14, "score": 3},
    }
    found = await decoded({"success": True, "data": body})
    numbers = (("plays", 1200.0), ("share", 1.5), ("what", "<b>new</b>"))
    assert found.value == Leaderboard(
        "plays",
        ALL_TIME,
        58,
        datetime(2026, 11, 23, 14, tzinfo=UTC),
        (
            entry(1, 9, score_label="1,200 Plays", tier="diamond", metadata=numbers),
            entry(2, 10, tier="mythril"),
        ),
        Standing(14, 3.0),
    )
    assert found.carried == set(Leaderboard.__dataclass_fields__)
    assert found.notes == ()


@pytest.mark.parametrize(("period", "ranks"), [(ALL_TIME, [1, 2, 3]), (MONTH, [1, 2]), (WEEK, [1])])
async def test_that_the_published_form_gives_the_list_of_the_period(
    period: str, ranks: list[int]
) -> None:
    lists = {"weekly": 1, "monthly": 2, "allTime": 3}
    body = {name: [row(n, 10 + n) for n in range(1, count + 1)] for name, count in lists.items()}
    found = await decoded(body, Ranking(Category.OVERALL, period))
    assert [one.rank for one in found.value.entries or ()] == ranks
    assert found.value.total_producers is None
    assert found.value.me is None
    assert found.carried == set(Leaderboard.__dataclass_fields__)


async def test_that_the_published_form_has_no_half_years_and_says_so() -> None:
    body = {"weekly": [], "monthly": [], "allTime": [row(1, 9)]}
    with pytest.raises(errors.Undecodable) as told:
        await decoded(body, Ranking(Category.OVERALL, "2026-H1"))
    assert told.value.failure.sentence == "BeatPass does not rank this period."


async def test_that_the_own_place_is_read_from_its_row_when_it_is_not_named() -> None:
    found = await decoded({"entries": [row(1, 9), row(2, OWN)]})
    assert found.value.me == Standing(2, 98.5)
    found = await decoded({"allTime": [row(1, OWN)]})
    assert found.value.me == Standing(1, 99.5)


async def test_that_a_list_without_the_own_place_takes_an_earlier_one_away() -> None:
    found = await decoded({"entries": [row(1, 9)]})
    assert found.value.me is None
    assert "me" in found.carried


async def test_that_rows_stand_by_rank_and_those_without_one_last() -> None:
    rows = [{**row(1, 12), "rank": None}, row(2, 11), row(1, 10)]
    found = await decoded({"entries": rows})
    assert [one.artist for one in found.value.entries or ()] == [10, 11, 12]


async def test_that_wrong_types_are_unknown_and_noted_never_made_up() -> None:
    odd = {"rank": "first", "score": "much", "tier": 4, "score_label": ["x"], "metadata": {"a": []}}
    body = {"entries": [row(1, 9) | odd, "junk", {"foo": 1}], "total_producers": "58", "me": [2]}
    found = await decoded(body)
    assert found.value.entries == (Entry(None, 9, "Artist 9", "i", True),)
    assert found.value.total_producers is None
    assert found.carried == {"category", "period", "entries"}
    assert {note.where for note in found.notes} >= {
        "total_producers",
        "me",
        "entries[0].rank",
        "entries[0].metadata.a",
        "entries[1]",
    }


async def test_that_partial_data_carries_only_what_came() -> None:
    found = await decoded({"total_producers": 58})
    assert found.value == Leaderboard("plays", ALL_TIME, 58)
    assert found.carried == {"category", "period", "total_producers"}


@pytest.mark.parametrize(
    "body",
    [
        {},
        [],
        "text",
        {"entries": None},
        {"allTime": None},
        {"entries": {}},
        {"entries": ["junk"]},
        {"allTime": [{"foo": 1}]},
        {"weekly": []},
        {"category": "quality", "entries": []},
        {"period": "30d", "entries": []},
    ],
)
async def test_that_a_reply_that_is_no_such_ranking_is_refused(body: object) -> None:
    with pytest.raises(errors.Undecodable):
        await decoded(body)
