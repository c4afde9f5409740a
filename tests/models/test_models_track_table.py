"""The catalogue table as Qt sees it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from stage import Stage

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.catalogue import Track
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackSort
from beatpass_desktop.models.paged_table import BLOCK, FIRST
from beatpass_desktop.models.track_table import COLUMNS, TrackTableModel
from beatpass_desktop.store import tracks

START = datetime(2024, 1, 1, 12, tzinfo=UTC)


def _track(number: int) -> Track:
    return Track(
        number,
        f"Beat {number * 7919 % 10_007}",
        created_at=START + timedelta(minutes=number),
        plays=number % 1000 if number % 7 else None,
    )


def _shown(stage: Stage, count: int) -> TrackTableModel:
    stage.sign_in()
    stage.list([_track(number) for number in range(1, count + 1)])
    table = TrackTableModel(stage.store)
    table.show(1, 1)
    return table


def _ids(table: TrackTableModel) -> list[int | None]:
    found = [table.at(row) for row in range(table.rowCount())]
    return [None if track is None else track.id for track in found]


def _stored(stage: Stage, sort: TrackSort, text: str = "") -> list[int]:
    order = tracks.order(stage.store.reading, 1, 1, sort, TrackFilter(text)).tolist()
    names = dict(stage.store.reading.execute("SELECT row, id FROM tracks"))
    return [names[row] for row in order]


def _settled(qtbot: Any, table: TrackTableModel) -> None:
    qtbot.waitUntil(lambda: table.is_settled, timeout=10_000)


def test_that_the_first_rows_come_at_once_and_all_of_them_later(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, 5_000)
    expected = _stored(stage, TrackSort())
    assert table.rowCount() == table.total == table.matching == 5_000
    assert _ids(table)[:FIRST] == expected[:FIRST]
    _settled(qtbot, table)
    assert _ids(table) == expected
    assert expected[0] == 5_000


def test_that_a_search_counts_its_hits(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, 5_000)
    _settled(qtbot, table)
    counted: list[int | None] = []
    table.counted.connect(lambda: counted.append(table.matching))
    for text in ("beat", "beat 99", "9999", "nowhere", ""):
        table.search(text)
        _settled(qtbot, table)
        assert table.wanted.text == text
        assert _ids(table) == _stored(stage, TrackSort(), text)
        assert table.matching == table.rowCount()
        assert table.total == 5_000
        assert counted[-1] == table.matching
    asked = len(counted)
    table.search("")
    table.sort_by(TrackSort())
    assert len(counted) == asked


def test_that_a_search_with_many_hits_is_counted_when_all_are_known(
    stage: Stage, qtbot: Any
) -> None:
    table = _shown(stage, 5_000)
    table.search("beat")
    assert table.matching is None
    assert table.rowCount() == FIRST
    _settled(qtbot, table)
    assert table.matching == 5_000


@pytest.mark.parametrize("column", list(TrackColumn))
def test_that_every_column_sorts_both_ways(stage: Stage, qtbot: Any, column: TrackColumn) -> None:
    table = _shown(stage, 700)
    for descending in (False, True):
        sort = TrackSort(column, descending)
        table.sort_by(sort)
        assert table.sort_order == sort
        _settled(qtbot, table)
        assert _ids(table) == _stored(stage, sort)


def test_that_qt_s_own_tester_finds_no_fault(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, 1_000)
    tester = QAbstractItemModelTester(
        table, QAbstractItemModelTester.FailureReportingMode.Fatal, table
    )
    assert tester.model() is table
    _settled(qtbot, table)
    for text in ("beat 1", "beat", "none at all", ""):
        table.search(text)
        for column in (TrackColumn.NAME, TrackColumn.PLAYS):
            table.sort_by(TrackSort(column, False))
        _settled(qtbot, table)
        table.reload()
        _settled(qtbot, table)
    stage.advance(hours=1)
    stage.list([_track(number) for number in range(1, 2_001)])
    table.reload()
    _settled(qtbot, table)
    stage.list([])
    table.reload()
    assert table.rowCount() == 0
    table.show(1, 99)
    assert table.rowCount() == 0


def test_that_a_table_that_changed_while_its_order_was_on_the_way_is_right_in_the_end(
    stage: Stage, qtbot: Any
) -> None:
    table = _shown(stage, 1_000)
    for count in (1_500, 600, 300):
        table.reload()
        stage.list([_track(number) for number in range(1, count + 1)])
        _settled(qtbot, table)
        table.reload()
        _settled(qtbot, table)
        assert _ids(table) == _stored(stage, TrackSort())


def test_that_only_the_last_of_many_wishes_counts(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, 5_000)
    for number in range(30):
        table.search("beat" if number % 2 else "b")
        table.sort_by(TrackSort(TrackColumn.NAME, bool(number % 3)))
    _settled(qtbot, table)
    assert _ids(table) == _stored(stage, TrackSort(TrackColumn.NAME, True), "beat")


def test_that_cells_show_what_is_stored_and_a_dash_for_what_is_not(stage: Stage) -> None:
    stage.sign_in()
    full = Track(
        2**63 - 1,
        "<b>Nuit</b>",
        created_at=START,
        duration=187_000,
        price=Money(Decimal("29.9"), "CAD"),
        bpm=140,
        key="F#",
        scale="minor",
        plays=12_345,
        licensing_type="standard_exclusive",
        description="x",
        tags=("dark",),
        genres=("Trap", "Phonk"),
        artists=(ArtistRef(1, "Ada"), ArtistRef(2, "Bob")),
    )
    odd = Track(1, licensing_type="lease_2030", key="A", created_at=START - timedelta(days=1))
    stage.list([full, odd])
    table = TrackTableModel(stage.store)
    table.show(1, 1)

    def row(number: int) -> dict[str, str]:
        return {column.value: table.text_at(number, column) for column in COLUMNS}

    assert row(0) == {
        "name": "<b>Nuit</b>",
        "artists": "Ada, Bob",
        "plays": "12,345",
        "growth": "—",
        "created": table.text_at(0, TrackColumn.CREATED),
        "duration": "3:07",
        "bpm": "140",
        "key": "F# minor",
        "genres": "Trap, Phonk · dark",
        "price": "CA$29.90",
        "licence": "Standard + exclusive",
        "completeness": "5 / 5",
    }
    assert "2024" in row(0)["created"]
    assert row(1) == {
        **dict.fromkeys((column.value for column in COLUMNS), "—"),
        "created": row(1)["created"],
        "key": "A",
        "licence": "lease_2030",
        "completeness": "1 / 5",
    }
    assert table.text_at(2, TrackColumn.NAME) == table.text_at(-1, TrackColumn.NAME) == ""


def test_that_qt_gets_texts_titles_and_alignment(stage: Stage) -> None:
    table = _shown(stage, 3)
    name, plays = (COLUMNS.index(column) for column in (TrackColumn.NAME, TrackColumn.PLAYS))
    assert table.columnCount() == len(COLUMNS) == 12
    assert table.rowCount(table.index(0, 0)) == table.columnCount(table.index(0, 0)) == 0
    assert table.data(table.index(0, plays)) == "3"
    assert table.data(table.index(0, name), Qt.ItemDataRole.AccessibleTextRole) == "Beat 3743"
    assert table.data(table.index(0, name), Qt.ItemDataRole.DecorationRole) is None
    right = table.data(table.index(0, plays), Qt.ItemDataRole.TextAlignmentRole)
    assert right & Qt.AlignmentFlag.AlignRight
    horizontal = Qt.Orientation.Horizontal
    titles = [table.headerData(section, horizontal) for section in range(len(COLUMNS))]
    assert len(set(titles)) == len(COLUMNS)
    assert table.headerData(0, Qt.Orientation.Vertical) is None
    assert table.headerData(99, horizontal) is None
    alignment = table.headerData(plays, horizontal, Qt.ItemDataRole.TextAlignmentRole)
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert table.data(QModelIndex()) is None


def test_that_memory_stays_bounded_while_scrolling(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, 70 * BLOCK)
    _settled(qtbot, table)
    assert all(table.at(row) is not None for row in range(0, 70 * BLOCK, BLOCK // 2))
    assert len(table._blocks) == 64
    assert table.at(0) is not None
