"""A statement as CSV.

One rectangular table, because that is what spreadsheets and bookkeeping programs import: a header,
then every transaction from the second line on, then the totals and what the statement is about.
The first column says which of these a record is. Totals have columns of their own, so that adding
up the column of amounts never counts anything twice.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import IO

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.statements import Statement
from beatpass_desktop.domain.transactions import TransactionRow
from beatpass_desktop.exports import statement_table
from beatpass_desktop.exports.statement import amount_text, facts, notes
from beatpass_desktop.exports.statement_table import AMOUNTS, COLUMNS, TOTAL_COLUMNS
from beatpass_desktop.exports.table import Column, Row, Value
from beatpass_desktop.exports.writing import (
    Cancelled,
    Progressed,
    as_text,
    harmless,
    replacing,
    watched,
)

_OWN = ("type", "currency")
_SUMS = tuple(column for column in TOTAL_COLUMNS if column.name not in _OWN)
HEADER = (
    "Record",
    *(column.title for column in COLUMNS),
    *(column.title for column in _SUMS),
    "About",
    "Value",
)


def write_csv(
    statement: Statement,
    rows: Iterable[TransactionRow],
    path: Path,
    progressed: Progressed = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> int:
    """Write a statement and return the number of transactions.

    Raises ExportCancelled, ExportFailed.
    """
    lines = watched(rows, statement.summary.lines, progressed, cancelled)
    # Excel reads UTF-8 only with a byte-order mark.
    with replacing(path) as fresh, fresh.open("x", encoding="utf-8-sig", newline="") as file:
        _write(statement, lines, file)
    return statement.summary.lines


def _write(statement: Statement, rows: Iterator[TransactionRow], file: IO[str]) -> None:
    writer = csv.DictWriter(file, HEADER, restval="")
    writer.writeheader()
    for row in rows:
        values = statement_table.line(row)
        money = row.transaction.amount
        cells = _cells(COLUMNS, values, money.currency if money else "")
        writer.writerow({"Record": "Transaction", **cells})
    for total in statement.summary.totals:
        cells = _cells(TOTAL_COLUMNS, statement_table.total(total), total.currency)
        writer.writerow({"Record": "Total", **cells})
    for what, value in facts(statement):
        writer.writerow({"Record": "Statement", "About": what, "Value": harmless(value)})
    for note in notes(statement):
        writer.writerow({"Record": "Note", "Value": harmless(note)})


def _cells(columns: Sequence[Column], values: Row, currency: str) -> dict[str, str]:
    return {
        column.title: _cell(column, value, currency)
        for column, value in zip(columns, values, strict=True)
    }


def _cell(column: Column, value: Value, currency: str) -> str:
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, Decimal):
        of_money = column.name in AMOUNTS or column in _SUMS
        return amount_text(Money(value, currency)) if of_money else f"{value:f}"
    return as_text(value) if value is None or isinstance(value, date) else str(value)
