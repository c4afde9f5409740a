"""A statement as Excel file: a summary, the transactions, and their totals.

An amount is a number with its currency's digits. A spreadsheet keeps 15 digits of a number: an
amount with more stands there as text, exact.
"""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from pathlib import Path
from typing import Any

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.statements import Statement
from beatpass_desktop.domain.transactions import TransactionRow
from beatpass_desktop.exports import statement_table
from beatpass_desktop.exports.statement import amount_text, facts, notes, period_text
from beatpass_desktop.exports.statement_table import AMOUNTS, COLUMNS, TOTAL_COLUMNS
from beatpass_desktop.exports.table import Column, Kind, Row
from beatpass_desktop.exports.writing import (
    MOST_ROWS,
    Cancelled,
    ExportFailed,
    Progressed,
    replacing,
    watched,
    workbook,
    write_cell,
)

_DIGITS_KEPT = 15
_SUMS = frozenset({"paid", "pending", "failed", "other", "total"})


def write_xlsx(
    statement: Statement,
    rows: Iterable[TransactionRow],
    path: Path,
    progressed: Progressed = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> int:
    """Write a statement and return the number of transactions.

    Raises ExportCancelled, ExportFailed.
    """
    if statement.summary.lines > MOST_ROWS:
        raise ExportFailed(f"An Excel sheet holds at most {MOST_ROWS:,} rows; please choose CSV.")
    lines = watched(rows, statement.summary.lines, progressed, cancelled)
    with replacing(path) as fresh, fresh.open("xb") as file, workbook(file) as book:
        sheets = _Sheets(book)
        sheets.write_summary(statement)
        sheets.write_table("Transactions", COLUMNS, map(_line, lines))
        totals = ((statement_table.total(one), one.currency) for one in statement.summary.totals)
        sheets.write_table("Totals", TOTAL_COLUMNS, totals)
    return statement.summary.lines


def _line(row: TransactionRow) -> tuple[Row, str]:
    money = row.transaction.amount
    return statement_table.line(row), money.currency if money else ""


class _Sheets:
    """The sheets of one book, with their formats."""

    def __init__(self, book: Any) -> None:
        self._book = book
        self._heading = book.add_format({"bold": True, "bottom": 1})
        self._figures = book.add_format({"bold": True, "bottom": 1, "align": "right"})
        self._title = book.add_format({"bold": True, "font_size": 16})
        self._label = book.add_format({"font_color": "#555555", "valign": "top"})
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._exact = book.add_format({"align": "right"})
        self._formats = {
            Kind.TEXT: None,
            Kind.WHOLE: book.add_format({"num_format": "0"}),
            Kind.NUMBER: None,
            Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
            Kind.INSTANT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
        }
        self._amounts: dict[int, Any] = {}

    def write_summary(self, statement: Statement) -> None:
        """Write what the statement is about and how to read it."""
        sheet = self._book.add_worksheet("Summary")
        sheet.set_column(0, 0, 20)
        sheet.set_column(1, 1, 76)
        sheet.hide_gridlines(2)
        sheet.set_portrait()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, f"Statement {period_text(statement.period)}", self._title)
        lines = [*facts(statement), ("", ""), *(("", note) for note in notes(statement))]
        lines[lines.index(("", "")) + 1] = ("Notes", lines[lines.index(("", "")) + 1][1])
        for at, (what, value) in enumerate(lines, 2):
            if what:
                sheet.write_string(at, 0, what, self._label)
            if value:
                sheet.write_string(at, 1, value, self._wrapped)

    def write_table(
        self, title: str, columns: tuple[Column, ...], rows: Iterable[tuple[Row, str]]
    ) -> None:
        """Write rows, each with the currency of its amounts."""
        sheet = self._book.add_worksheet(title)
        sheet.freeze_panes(1, 0)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
        sheet.set_footer("&L&A&RPage &P of &N")
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            numeric = column.kind in (Kind.WHOLE, Kind.NUMBER)
            sheet.write_string(0, at, column.title, self._figures if numeric else self._heading)
        count = 0
        for count, (row, currency) in enumerate(rows, 1):
            for at, (value, column) in enumerate(zip(row, columns, strict=True)):
                if isinstance(value, Decimal):
                    is_money = column.name in AMOUNTS or column.name in _SUMS
                    self._write_number(sheet, count, at, value, currency if is_money else None)
                else:
                    write_cell(sheet, count, at, value, self._formats[column.kind])
        sheet.autofilter(0, 0, count, len(columns) - 1)

    def _write_number(
        self, sheet: Any, row: int, at: int, value: Decimal, currency: str | None
    ) -> None:
        money = Money(value, currency or "")
        if len(value.normalize().as_tuple().digits) > _DIGITS_KEPT:
            sheet.write_string(row, at, amount_text(money), self._exact)
        elif currency is None:
            sheet.write_number(row, at, value)
        else:
            sheet.write_number(row, at, value, self._amount(money))

    def _amount(self, money: Money) -> Any:
        """The format with as many decimals as the amount is written with."""
        decimals = len(amount_text(money).partition(".")[2])
        if decimals not in self._amounts:
            form = f"#,##0.{'0' * decimals}" if decimals else "#,##0"
            self._amounts[decimals] = self._book.add_format({"num_format": form})
        return self._amounts[decimals]
