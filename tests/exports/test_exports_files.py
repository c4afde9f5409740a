"""Files written from the store hold exactly what is stored."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from xml.etree import ElementTree

import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.catalogue import Album, AlbumRef, Track
from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.track_table import TrackFilter, TrackSort
from beatpass_desktop.exports.albums import albums_table
from beatpass_desktop.exports.history import history_table
from beatpass_desktop.exports.table import Table
from beatpass_desktop.exports.tracks import tracks_table
from beatpass_desktop.exports.writing import ExportCancelled, ExportFailed, export, harmless
from beatpass_desktop.store import accounts, catalogue, documents, figures, sheets, tracks
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
FORMULA = '=HYPERLINK("https://example.com","free")'
FULL = Track(
    2**63 - 1,
    FORMULA,
    created_at=datetime(2026, 3, 14, 23, 59, 59, tzinfo=UTC),
    release_date="2026-03-20",
    duration=187_500,
    price=Money(Decimal("29.90"), "CAD"),
    exclusive_price=Money(Decimal("12.345"), "KWD"),
    bpm=140,
    key="F#",
    scale="minor",
    plays=12_345,
    licensing_type="standard",
    exclusive_status="available",
    reposts=1,
    likes=2,
    description='two\nlines, a "quote" and 夜',
    tags=("dark", "-cold"),
    genres=("Trap",),
    artists=(ArtistRef(7, "Ada"), ArtistRef(8, "Bob & Söhne")),
    album=AlbumRef(5, "<b>First</b>"),
)
BARE = Track(3)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "data" / "store.db")
    many = [Track(number, f"Beat {number}", plays=number) for number in range(10, 1_600)]

    def fill(connection: object) -> None:
        account = accounts.remember(connection, "origin", Identity(1, "Account"), "token", AT)
        accounts.remember_artist(
            connection, account.account, ArtistRef(7, "Ada <i>Nova</i>"), managed=True
        )
        key = ResourceKey(Resource.TRACKS, account.account, 7)
        everything = frozenset(Track.__dataclass_fields__)
        rows = [Decoded(row, everything) for row in (FULL, BARE, *many)]
        generation = catalogue.begin(connection, catalogue.TRACKS, key)
        catalogue.stage(connection, catalogue.TRACKS, key, generation, rows)
        catalogue.replace(connection, catalogue.TRACKS, key, generation, AT)
        documents.succeeded(connection, key, AT)
        albums = ResourceKey(Resource.ALBUMS, account.account, 7)
        generation = catalogue.begin(connection, catalogue.ALBUMS, albums)
        listed = [
            Album(1, "Old", created_at=AT - timedelta(days=400), track_ids=(1, 2, 3)),
            Album(2, "New", created_at=AT, release_date="0000-00-00", plays=5),
        ]
        fields = frozenset(Album.__dataclass_fields__)
        catalogue.stage(
            connection, catalogue.ALBUMS, albums, generation, [Decoded(a, fields) for a in listed]
        )
        catalogue.replace(connection, catalogue.ALBUMS, albums, generation, AT)
        for days, plays in enumerate((5, 7, 9)):
            moment = AT - timedelta(days=2 - days)
            figures.record(connection, account.account, 7, {Figure.PLAYS: plays}, moment)

    found.write(fill).result(10)
    yield found
    found.close()


def tracks_of(store: Store, text: str = "") -> Table:
    numbers = tracks.order(store.reading, 1, 7, TrackSort(), TrackFilter(text))
    return tracks_table(store.reading, 1, 7, numbers)


def test_that_csv_holds_every_row_exactly_and_no_formula(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tracks.csv"
    assert export(tracks_of(store), path, Format.CSV) == 1_592
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    lines = list(csv.DictReader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline="")))
    assert len(lines) == 1_592
    full = next(line for line in lines if line["Plays"] == "12345" and line["Key"])
    assert full == {
        "Track ID": str(2**63 - 1),
        "Name": "'" + FORMULA,
        "Artists": "Ada, Bob & Söhne",
        "Album": "<b>First</b>",
        "Plays": "12345",
        "Growth (%)": "",
        "Added (UTC)": "2026-03-14 23:59:59",
        "Release date": "2026-03-20",
        "Length (s)": "187.5",
        "BPM": "140",
        "Key": "F#",
        "Scale": "minor",
        "Genres": "Trap",
        "Tags": "dark, -cold",
        "Price": "29.90",
        "Currency": "CAD",
        "Exclusive price": "12.345",
        "Exclusive currency": "KWD",
        "Licence": "standard",
        "Exclusive status": "available",
        "Likes": "2",
        "Reposts": "1",
        "Metadata (of 5)": "5",
        "Description": 'two\nlines, a "quote" and 夜',
    }
    bare = next(line for line in lines if line["Track ID"] == "3")
    assert {value for title, value in bare.items() if title != "Track ID"} == {"", "0"}


def test_that_json_keeps_amounts_exact_and_says_how_old_it_is(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tracks.json"
    export(tracks_of(store, "beat 15"), path, Format.JSON)
    found = json.loads(path.read_text(encoding="utf-8"))
    assert found["export"] == "tracks"
    assert found["fetched_at"] == "2026-11-23T12:00:00Z"
    assert found["about"]["Artist"] == "Ada <i>Nova</i>"
    assert len(found["rows"]) == len([n for n in range(10, 1_600) if "15" in str(n)])
    export(tracks_of(store, "hyperlink"), path, Format.JSON)
    (full,) = json.loads(path.read_text(encoding="utf-8"))["rows"]
    assert (full["id"], full["price"], full["name"]) == (2**63 - 1, "29.90", FORMULA)
    assert full["added_at"] == "2026-03-14T23:59:59Z"
    export(tracks_of(store, "no such track"), path, Format.JSON)
    assert json.loads(path.read_text(encoding="utf-8"))["rows"] == []


def test_that_an_excel_file_holds_values_and_no_formula(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "tracks.xlsx"
    assert export(tracks_of(store), path, Format.XLSX) == 1_592
    with zipfile.ZipFile(path) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        about = book.read("xl/worksheets/sheet2.xml").decode()
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    tree = ElementTree.fromstring(sheet)
    assert len(tree.findall(f".//{space}row")) == 1_593
    assert not tree.findall(f".//{space}f")
    assert "HYPERLINK" in sheet
    assert "29.9" in sheet
    # Excel's numbers end at 2^53, so the largest id is a text.
    assert f">{2**63 - 1}<" in sheet
    assert "2026-11-23 12:00:00" in about


def test_that_albums_and_history_are_bounded_by_days(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    numbers = sheets.album_numbers(store.reading, 1, 7, since=AT - timedelta(days=1))
    assert export(albums_table(store.reading, 1, 7, numbers), path, Format.CSV) == 1
    assert "0000-00-00" in path.read_text(encoding="utf-8-sig")
    numbers = sheets.album_numbers(store.reading, 1, 7)
    assert export(albums_table(store.reading, 1, 7, numbers), path, Format.CSV) == 2
    assert "Old,,3," in path.read_text(encoding="utf-8-sig")
    yesterday = (AT - timedelta(days=1)).date()
    assert history_table(store.reading, 1, 7, yesterday, yesterday).rows == [
        (yesterday, "plays", 7)
    ]
    assert history_table(store.reading, 1, 7).count == 3


@pytest.mark.parametrize("kind", list(Format))
def test_that_a_cancelled_export_leaves_what_was_there(
    store: Store, tmp_path: Path, kind: Format
) -> None:
    path = tmp_path / f"tracks.{kind.value}"
    path.write_text("before")
    counted: list[tuple[int, int]] = []
    with pytest.raises(ExportCancelled):
        export(
            tracks_of(store),
            path,
            kind,
            progressed=lambda done, total: counted.append((done, total)),
            cancelled=lambda: len(counted) == 2,
        )
    assert counted == [(500, 1_592), (1_000, 1_592)]
    assert path.read_text() == "before"
    assert [entry.name for entry in tmp_path.iterdir() if entry.is_file()] == [path.name]


@pytest.mark.parametrize("kind", list(Format))
def test_that_a_folder_that_cannot_be_written_is_told_in_words(
    store: Store, tmp_path: Path, kind: Format
) -> None:
    with pytest.raises(ExportFailed, match=r"^x\.out could not be written: No such file"):
        export(tracks_of(store), tmp_path / "missing" / "x.out", kind)


@pytest.mark.parametrize("kind", list(Format))
def test_that_a_name_as_long_as_names_can_be_is_written(
    store: Store, tmp_path: Path, kind: Format
) -> None:
    path = tmp_path / ("n" * 251 + ".out")
    assert export(tracks_of(store, "beat 15"), path, kind) > 0
    assert path.stat().st_size > 0


@pytest.mark.parametrize(
    ("name", "reason"),
    [("file/x.out", "Not a directory"), ("a\0b", "null byte"), ("n" * 300, "name too long")],
)
def test_that_an_impossible_place_is_told_in_words(
    store: Store, tmp_path: Path, name: str, reason: str
) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(ExportFailed, match=reason):
        export(tracks_of(store), tmp_path / name, Format.CSV)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "\n=1+1", " =1+1", "\0@SUM(1)", "\u200b-1+1", "\ufeff=1+1", "＝1+1", "\u202e+1"],
)
def test_that_nothing_before_a_formula_hides_it(text: str) -> None:
    assert harmless(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", " ", "Beat = 1", "a-b", "夜", "\u200f", "_x", "'quoted'"])
def test_that_other_texts_stay_as_they_are(text: str) -> None:
    assert harmless(text) == text
