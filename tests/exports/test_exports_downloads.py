"""Downloads in files: all that were ever seen, whatever BeatPass still lists."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.downloads import Download, Downloads
from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.exports.downloads import downloads_table
from beatpass_desktop.exports.writing import export, write_text
from beatpass_desktop.store import accounts, documents, downloads
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
UUID = "0f8fad5b-d9cb-469f-a165-70867728950e"
ROWS = (
    Download(3, AT, 4, "=Zoe", None, 7, "Dawn", None, ("Ada", "Bob"), UUID),
    Download(2**53 + 1, AT - timedelta(days=1), track="Dusk"),
    Download(1),
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")

    def fill(connection: Any) -> None:
        identity = Identity(1, "Account", artists=(ArtistRef(7, "Ada"),))
        accounts.remember(connection, "https://x", identity, "token", AT)
        key = ResourceKey(Resource.DOWNLOADS, 1, 7)
        for rows in (ROWS[1:], ROWS[:1]):
            value = Downloads(recent=rows, has_more=False)
            decoded = Decoded(value, frozenset({"recent", "has_more"}))
            downloads.take(connection, key, decoded, AT)
        documents.succeeded(connection, key, AT)

    store.write(fill).result(10)
    yield store
    store.close()


def test_that_downloads_come_newest_first_as_csv(store: Store) -> None:
    file = io.StringIO()
    table = downloads_table(store.reading, 1, 7)
    assert write_text(table, iter(table.rows), file, Format.CSV) == table.count == 3
    first, second, third = csv.DictReader(io.StringIO(file.getvalue()))
    assert first == {
        "Download ID": "3",
        "Downloaded (UTC)": "2026-11-20 12:00:00",
        "User ID": "4",
        "User": "'=Zoe",
        "Track ID": "7",
        "Track": "Dawn",
        "Artists": "Ada, Bob",
        "Licence": UUID,
    }
    assert (second["Download ID"], second["Track"], second["User"]) == (str(2**53 + 1), "Dusk", "")
    assert (third["Download ID"], third["Downloaded (UTC)"]) == ("1", "")


def test_that_days_bound_the_file(store: Store) -> None:
    table = downloads_table(store.reading, 1, 7, AT, AT + timedelta(days=1))
    assert [row[0] for row in table.rows] == [3]
    assert downloads_table(store.reading, 1, 8).count == 0


def test_that_the_file_says_how_old_it_is(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "downloads.json"
    export(downloads_table(store.reading, 1, 7), path, Format.JSON)
    written = json.loads(path.read_text(encoding="utf-8"))
    assert written["fetched_at"] == "2026-11-20T12:00:00Z"
    assert written["rows"][0]["license_uuid"] == UUID
    export(downloads_table(store.reading, 1, 7), tmp_path / "downloads.xlsx", Format.XLSX)
    assert (tmp_path / "downloads.xlsx").read_bytes().startswith(b"PK")
