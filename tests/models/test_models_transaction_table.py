"""The table of transactions as Qt sees it, with what is summed up beside it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from ledger_stage import payout, sale, split, take_ledger
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester
from stage import Stage

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.transactions import (
    Tab,
    Transaction,
    TransactionColumn,
    TransactionFilter,
    TransactionSort,
)
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.models.paged_table import FIRST
from beatpass_desktop.models.transaction_choice import Period, TransactionChoice
from beatpass_desktop.models.transaction_table import (
    COLUMNS,
    ICON_ROLE,
    NOTE_ROLE,
    STATUS_ROLE,
    TransactionTableModel,
)
from beatpass_desktop.models.transaction_totals import TransactionTotals
from beatpass_desktop.store import transactions

TOOLTIP = Qt.ItemDataRole.ToolTipRole
SPOKEN = Qt.ItemDataRole.AccessibleTextRole


def _listed(stage: Stage, ledger: list[Transaction], artist: int = 1) -> None:
    stage.write(lambda c: take_ledger(c, 1, artist, ledger, stage.now))


def _shown(stage: Stage, ledger: list[Transaction]) -> TransactionTableModel:
    stage.sign_in()
    _listed(stage, ledger)
    table = TransactionTableModel(stage.store)
    table.show(1, 1)
    return table


def _cell(table: TransactionTableModel, row: int, column: TransactionColumn, role: int = 0) -> Any:
    return table.data(table.index(row, COLUMNS.index(column)), role)


def _ids(table: TransactionTableModel) -> list[int]:
    found = [table.at(row) for row in range(table.rowCount())]
    return [row.transaction.id for row in found if row is not None]


def _settled(qtbot: Any, table: TransactionTableModel) -> None:
    qtbot.waitUntil(lambda: table.is_settled, timeout=10_000)


def test_that_the_newest_come_first_and_columns_sort(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, [sale(1, "30.00"), sale(2, "10.00"), sale(3, "20.00"), sale(4, "9.00")])
    assert _ids(table) == [4, 3, 2, 1]
    table.sort_by(TransactionSort(TransactionColumn.AMOUNT, descending=False))
    _settled(qtbot, table)
    assert _ids(table) == [4, 2, 3, 1]
    table.sort_by(TransactionSort())
    _settled(qtbot, table)
    assert _ids(table) == [4, 3, 2, 1]


def test_that_cells_say_what_was_sent(stage: Stage) -> None:
    table = _shown(stage, [sale(1), split(2, "9.50", "failed"), payout(3, "-1000")])
    assert [_cell(table, 0, column) for column in COLUMNS[1:]] == [
        "Payout",
        "Payout 3",
        "−$1,000.00",
        "Paid",
    ]
    assert _cell(table, 1, TransactionColumn.AMOUNT) == "+$9.50"
    assert _cell(table, 1, TransactionColumn.STATUS) == "Failed"
    assert _cell(table, 1, TransactionColumn.STATUS, STATUS_ROLE) == "failed"
    assert "five times" in _cell(table, 1, TransactionColumn.STATUS, TOOLTIP)
    assert "reached your Stripe account" in _cell(table, 2, TransactionColumn.STATUS, TOOLTIP)
    # A payout leaves the Stripe account; it does not reach it.
    assert "left your Stripe account" in _cell(table, 0, TransactionColumn.STATUS, TOOLTIP)


def test_that_what_is_not_known_is_shown_as_it_was_sent(stage: Stage) -> None:
    odd = Transaction(9, "royalty", None, Money(Decimal("1.5"), "XQX"), "held", None, None, None)
    table = _shown(stage, [odd, Transaction(8)])
    row = _ids(table).index(9)
    assert [_cell(table, row, column) for column in COLUMNS] == [
        "—",
        "royalty",
        "—",
        "+XQX\N{NO-BREAK SPACE}1.5",
        "held",
    ]
    assert _cell(table, row, TransactionColumn.STATUS, ICON_ROLE) == "circle-help"
    assert "in no total" in _cell(table, row, TransactionColumn.AMOUNT, TOOLTIP)
    assert {_cell(table, 1 - row, column) for column in COLUMNS} == {"—"}


@pytest.mark.parametrize(
    ("amount", "currency", "text", "marked"),
    [
        ("19.999", "USD", "+$19.999", True),
        ("2980.5", "JPY", "+¥2,980.5", True),
        ("3000", "JPY", "+¥3,000", False),
        ("1.25", "KWD", "+KWD 1.250", False),
        ("0.00000001", "USD", "+$0.00000001", True),
        ("9" * 29 + ".10", "USD", "+$" + "9" * 29 + ".10", False),
    ],
)
def test_that_an_amount_with_too_many_digits_has_a_mark(
    stage: Stage, amount: str, currency: str, text: str, marked: bool
) -> None:
    table = _shown(stage, [sale(1, amount, currency)])
    assert _cell(table, 0, TransactionColumn.AMOUNT).replace("\N{NO-BREAK SPACE}", " ") == text
    assert bool(_cell(table, 0, TransactionColumn.AMOUNT, ICON_ROLE)) is marked
    assert ("more digits" in _cell(table, 0, TransactionColumn.AMOUNT, SPOKEN)) is marked


def test_that_corrections_and_unlisted_rows_are_marked(stage: Stage) -> None:
    table = _shown(stage, [sale(1), sale(2), split(3, status="queued")])
    stage.advance(hours=1)
    _listed(stage, [sale(2, "20.00"), split(3, status="paid")])
    table.show(1, 1)
    notes = [_cell(table, row, TransactionColumn.DESCRIPTION, NOTE_ROLE) for row in range(3)]
    # A status that goes its way is no correction.
    assert notes == ["", "changed", "not listed any more"]
    assert "changed" in _cell(table, 1, TransactionColumn.DESCRIPTION, SPOKEN)
    first = table.at(1)
    assert first is not None
    changes = transactions.changes(stage.store.reading, first.row)
    assert [words.change_text(change) for change in changes] == ["$24.99 → $20.00"]


def test_that_a_long_ledger_is_read_in_blocks(stage: Stage, qtbot: Any) -> None:
    count = 3_000
    table = _shown(stage, _many(count))
    QAbstractItemModelTester(table, QAbstractItemModelTester.FailureReportingMode.Fatal)
    assert table.rowCount() == table.total == count
    for text in ("beat", "beat 07", "299", "nowhere", ""):
        table.filter_by(TransactionFilter(text=text))
        _settled(qtbot, table)
        expected = transactions.row_numbers(
            stage.store.reading, 1, 1, TransactionFilter(text=text), TransactionSort()
        )
        assert table.numbers(range(table.rowCount())).tolist() == expected.tolist()
        assert table.matching == len(expected)
    for column in TransactionColumn:
        table.sort_by(TransactionSort(column, descending=False))
        _settled(qtbot, table)
        assert table.rowCount() == count
    _listed(stage, _many(FIRST))
    table.show(1, 1)
    _settled(qtbot, table)
    assert table.rowCount() == count


def test_that_another_artists_rows_never_show(stage: Stage, qtbot: Any) -> None:
    table = _shown(stage, _many(600))
    _listed(stage, [sale(9001, description="Of the other", track=None)], artist=2)
    table.filter_by(TransactionFilter(text="beat"))
    table.show(1, 2)
    assert _ids(table) == []
    table.filter_by(TransactionFilter())
    _settled(qtbot, table)
    assert [_cell(table, 0, TransactionColumn.DESCRIPTION)] == ["Of the other"]
    assert table.rowCount() == 1


def test_that_sums_stay_within_their_currency(stage: Stage, qtbot: Any) -> None:
    stage.sign_in()
    ledger = [
        sale(1, "0.10"),
        sale(2, "0.20"),
        sale(3, "500", "JPY"),
        sale(4, "7", "XQX"),
        Transaction(5, "track_sale", status="paid"),
        split(6, "3.00", "excluded"),
        split(7, "4.00", "queued"),
    ]
    _listed(stage, ledger)
    totals = TransactionTotals(stage.store)
    totals.show(1, 1, TransactionFilter())
    assert totals.counts is None
    qtbot.waitUntil(lambda: totals.is_settled)
    assert totals.counts == {
        Tab.ALL: 7,
        Tab.SALES: 5,
        Tab.SUBSCRIPTIONS: 2,
        Tab.PAID: 5,
        Tab.PENDING: 1,
        Tab.FAILED: 1,
    }
    sums = {(one.kind, one.currency): one.amount for one in totals.totals}
    assert sums[("track_sale", "USD")] == Decimal("0.30")
    assert sums[("track_sale", "JPY")] == 500
    assert not any(currency == "XQX" for _, currency in sums)
    assert totals.uncounted == 2
    totals.show(1, 2, TransactionFilter())
    assert (totals.counts, totals.totals, totals.uncounted) == (None, [], 0)


def test_that_a_period_is_whole_local_days() -> None:
    today = date(2026, 3, 1)
    spans = {period: TransactionChoice(period=period).wanted("", today)[2:] for period in Period}
    assert spans[Period.ANY] == (None, None)
    assert spans[Period.THIS_MONTH] == (today, None)
    assert spans[Period.LAST_MONTH] == (date(2026, 2, 1), date(2026, 2, 28))
    assert spans[Period.LAST_YEAR] == (date(2025, 1, 1), date(2025, 12, 31))
    between = TransactionChoice(Tab.PAID, Period.BETWEEN, date(2026, 3, 9), date(2026, 3, 2))
    assert between.wanted("x", today) == TransactionFilter(
        Tab.PAID, "x", date(2026, 3, 2), date(2026, 3, 9)
    )


@pytest.mark.parametrize("broken", ["", "[]", "{}", '{"tab": 1}', "null"])
def test_that_a_choice_is_remembered(broken: str) -> None:
    choice = TransactionChoice(Tab.SALES, Period.BETWEEN, date(2026, 1, 2), None)
    assert TransactionChoice.from_json(choice.to_json()) == choice
    with pytest.raises(ValueError, match=r"."):
        TransactionChoice.from_json(broken)


def _many(count: int) -> list[Transaction]:
    start = datetime(2020, 1, 1, tzinfo=UTC)
    return [
        sale(number, created_at=start + timedelta(hours=number)) for number in range(1, count + 1)
    ]
