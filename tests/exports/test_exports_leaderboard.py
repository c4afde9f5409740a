"""Rankings in files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.leaderboards import MONTH, Category, Entry, Leaderboard, Ranking
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.leaderboard import leaderboard_table
from beatpass_desktop.exports.writing import write_text
from beatpass_desktop.store import accounts, documents
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
ROWS = (
    Entry(
        1,
        9,
        "=cmd()",
        "i",
        True,
        94.45,
        "94.45 Overall Score",
        "diamond",
        (("plays", 3.0), ("share", 1.5)),
    ),
    Entry(2, None, "مرحبا"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")

    def fill(connection: Any) -> None:
        artists = (ArtistRef(7, "Ada"), ArtistRef(8, "Bob"))
        accounts.remember(connection, "https://x", Identity(1, "A", artists=artists), "token", AT)
        accounts.set_own_artist(connection, 1, 7)

    store.write(fill).result(10)
    yield store
    store.close()


def keep(store: Store, ranking: Ranking, rows: tuple[Entry, ...]) -> None:
    key = ResourceKey(Resource.LEADERBOARD, 1, 7, ranking.params)
    board = Leaderboard(ranking.category.value, ranking.period, 58, AT, rows, None)

    def job(connection: Any) -> None:
        documents.merge(connection, key, board, [field.name for field in fields(board)])
        documents.succeeded(connection, key, AT)

    store.write(job).result(10)


def lines(store: Store, artist: int = 7) -> list[dict[str, str]]:
    out = io.StringIO()
    table = leaderboard_table(store.reading, 1, artist)
    write_text(table, iter(table.rows), out, Format.CSV)
    found = list(csv.DictReader(io.StringIO(out.getvalue())))
    assert len(found) == table.count
    return found


def test_that_the_overall_ranking_of_all_time_is_written(store: Store) -> None:
    keep(store, Ranking(), ROWS)
    keep(store, Ranking(Category.PLAYS), ROWS[:1])
    first, second = lines(store)
    assert first["Category"] == "overall"
    assert (first["Period"], first["Rank"], first["Artist ID"]) == ("all-time", "1", "9")
    assert first["Producer"].endswith("=cmd()")
    assert not first["Producer"].startswith("=")
    assert (first["Score"], first["Score as shown"]) == ("94.45", "94.45 Overall Score")
    assert first["Behind the score"] == '{"plays": 3, "share": 1.5}'
    assert (second["Producer"], second["Artist ID"], second["Score"]) == ("مرحبا", "", "")
    assert (second["Verified"], second["Tier"], second["Behind the score"]) == ("", "", "")


def test_that_another_ranking_is_written_when_that_one_never_came(store: Store) -> None:
    keep(store, Ranking(Category.PLAYS, MONTH), ROWS)
    assert {(line["Category"], line["Period"]) for line in lines(store)} == {("plays", "30d")}


def test_that_another_artist_of_the_account_gets_the_same_ranking(store: Store) -> None:
    keep(store, Ranking(), ROWS)
    assert len(lines(store, 8)) == 2


def test_that_nothing_stored_is_an_empty_table(store: Store) -> None:
    assert lines(store) == []
    assert leaderboard_table(store.reading, 1, 7).fetched_at is None
