"""Achievements in files."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.progress import Achievement, Progress
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.achievements import achievements_table
from beatpass_desktop.exports.table import Table
from beatpass_desktop.exports.writing import write_text
from beatpass_desktop.store import accounts, documents
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
LISTED = (
    Achievement("1", "=cmd()", "d", "upload", "epic", 0, True, AT),
    Achievement("2", "Locked", rarity="mythic", xp_reward=500, unlocked=False, progress=42.5),
    Achievement("3"),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")

    def fill(connection: object) -> None:
        identity = Identity(1, "Account", artists=(ArtistRef(7, "Ada"),))
        accounts.remember(connection, "https://x", identity, "token", AT)  # type: ignore[arg-type]
        key = ResourceKey(Resource.PROGRESS, 1, 7)
        value = Progress(achievements=LISTED)
        documents.merge(connection, key, value, {"achievements"})  # type: ignore[arg-type]
        documents.succeeded(connection, key, AT)  # type: ignore[arg-type]

    store.write(fill).result(10)
    yield store
    store.close()


def written(table: Table, kind: Format) -> str:
    stream = io.StringIO()
    write_text(table, iter(table.rows), stream, kind)
    return stream.getvalue()


def test_that_all_are_written_with_their_state_and_what_was_not_sent_is_empty(
    store: Store,
) -> None:
    table = achievements_table(store.reading, 1, 7)
    assert (table.count, table.fetched_at) == (3, AT)
    rows = list(csv.DictReader(io.StringIO(written(table, Format.CSV).lstrip("\ufeff"))))
    assert [row["State"] for row in rows] == ["unlocked", "locked", ""]
    assert rows[0]["Name"].lstrip("'") == "=cmd()"
    assert rows[0]["XP"] == "0"
    assert (rows[1]["Rarity"], rows[1]["Progress (%)"]) == ("mythic", "42.5")


def test_that_json_keeps_null_apart_from_zero(store: Store) -> None:
    found = json.loads(written(achievements_table(store.reading, 1, 7), Format.JSON))
    rows = found["rows"] if isinstance(found, dict) else found
    assert [row["xp_reward"] for row in rows] == [0, 500, None]


@pytest.mark.parametrize(
    ("first", "last", "ids"),
    [
        (date(2026, 11, 20), date(2026, 11, 20), ["1"]),
        (date(2026, 11, 21), None, []),
        (None, date(2026, 11, 19), []),
        (None, None, ["1", "2", "3"]),
    ],
)
def test_that_days_choose_by_when_they_were_unlocked(
    store: Store, first: date | None, last: date | None, ids: list[str]
) -> None:
    table = achievements_table(store.reading, 1, 7, first, last)
    assert [row[0] for row in table.rows] == ids


def test_that_nothing_stored_is_an_empty_table(store: Store) -> None:
    table = achievements_table(store.reading, 1, 8)
    assert (table.count, list(table.rows), table.fetched_at) == (0, [], None)
