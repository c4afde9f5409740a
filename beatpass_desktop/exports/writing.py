"""Writes a table as CSV, JSON or Excel file.

A file gets its name only when it is complete: an export that is cancelled or fails leaves what was
there before.
"""

from __future__ import annotations

import contextlib
import csv
import errno
import json
import os
import threading
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import IO, Any, TypeVar

from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.exports.table import Kind, Row, Table, Value

_STEP = 500
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection)."""
_UNSEEN = frozenset({"Cc", "Cf", "Zs"})
"""Categories of what a program may skip at the beginning: controls, formats, spaces."""
_LONGEST_CELL = 32_767
"""letters that an Excel cell can hold"""
_FIRST_YEAR = 1900
"""before which Excel has no dates"""
MOST_ROWS = 1_048_575
"""rows below the header that an Excel sheet can hold"""

_REASONS = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "your share of the disk is used up",
    errno.EACCES: "this folder or file may not be changed; please choose another place",
    errno.EPERM: "this folder or file may not be changed; please choose another place",
    errno.EROFS: "this place can only be read; please choose another one",
}
"""What people can do something about, in their words."""

_T = TypeVar("_T")

Progressed = Callable[[int, int], None]
Cancelled = Callable[[], bool]


class ExportCancelled(Exception):
    """The export was given up; nothing was left behind."""


class ExportFailed(Exception):
    """The file could not be written; the text is a sentence for people."""


def export(
    table: Table,
    path: Path,
    file_format: Format,
    *,
    progressed: Progressed = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> int:
    """Write `table` to `path` and return the number of rows.

    Raises ExportCancelled, ExportFailed.
    """
    with replacing(path) as fresh:
        rows = watched(table.rows, table.count, progressed, cancelled)
        if file_format is Format.XLSX:
            count = _write_xlsx(table, rows, fresh)
        else:
            # Excel reads UTF-8 only with a byte-order mark.
            encoding = "utf-8-sig" if file_format is Format.CSV else "utf-8"
            with fresh.open("x", encoding=encoding, newline="") as file:
                count = write_text(table, rows, file, file_format)
    return count


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """A path to write a new file to, which takes the place of `path` when it is complete.

    Raises ExportFailed in the place of what the file system says.
    """
    if not path.name:
        raise ExportFailed(f"{path} is a folder; please name a file.")
    # Not made from the name, which may be as long as names can be.
    fresh = path.with_name(f".beatpass-{os.getpid()}-{threading.get_ident()}.part")
    try:
        yield fresh
        fresh.replace(path)
    except OSError as error:
        reason = _REASONS.get(error.errno or 0) or error.strerror or str(error)
        raise ExportFailed(f"{path.name} could not be written: {reason}.") from error
    except ValueError as error:
        # A name with a NUL character, or a text that no encoding holds.
        raise ExportFailed(f"{path.name!r} could not be written: {error}.") from error
    finally:
        # Where the file could not be made, it cannot be removed either.
        with contextlib.suppress(OSError, ValueError):
            fresh.unlink()


def write_text(table: Table, rows: Iterator[Row], file: IO[str], file_format: Format) -> int:
    """Write CSV or JSON to an open file and return the number of rows."""
    return (
        _write_csv(table, rows, file)
        if file_format is Format.CSV
        else _write_json(table, rows, file)
    )


def watched(
    rows: Iterable[_T], total: int, progressed: Progressed, cancelled: Cancelled
) -> Iterator[_T]:
    """The same rows, telling how far they are. Raises ExportCancelled."""
    done = 0
    for done, row in enumerate(rows, 1):
        if done % _STEP == 0:
            if cancelled():
                raise ExportCancelled
            progressed(done, total)
        yield row
    progressed(done, total)


def _write_csv(table: Table, rows: Iterator[Row], file: IO[str]) -> int:
    writer = csv.writer(file)
    writer.writerow(column.title for column in table.columns)
    count = 0
    for row in rows:
        writer.writerow([_csv_cell(value) for value in row])
        count += 1
    return count


def _csv_cell(value: Value) -> str | int | float | Decimal:
    if isinstance(value, str):
        return harmless(value)
    return as_text(value) if value is None or isinstance(value, date) else value


def harmless(text: str) -> str:
    """`text` so that no spreadsheet takes it for a formula."""
    start = 0
    while start < len(text) and unicodedata.category(text[start]) in _UNSEEN:
        start += 1
    is_formula = text.startswith(_FORMULA) or text.startswith(_FORMULA, start)
    return f"'{text}" if is_formula else text


def as_text(value: Value) -> str:
    """A value as text; times in UTC to the second."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S")
    return value.isoformat() if isinstance(value, date) else str(value)


def _write_json(table: Table, rows: Iterator[Row], file: IO[str]) -> int:
    names = [column.name for column in table.columns]
    head = {
        "export": table.name,
        "about": dict(table.about),
        "fetched_at": None if table.fetched_at is None else _json_value(table.fetched_at),
    }
    opening = json.dumps(head, ensure_ascii=False, indent=1)
    file.write(opening.removesuffix("\n}") + ',\n "rows": [')
    count = 0
    for count, row in enumerate(rows, 1):
        line = dict(zip(names, map(_json_value, row), strict=True))
        file.write(("," if count > 1 else "") + "\n  " + json.dumps(line, ensure_ascii=False))
    file.write("\n ]\n}\n")
    return count


def _json_value(value: Value) -> str | int | float | None:
    """Amounts as text, so that no reader rounds them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def _write_xlsx(table: Table, rows: Iterator[Row], path: Path) -> int:
    if table.count > MOST_ROWS:
        raise ExportFailed(
            f"An Excel sheet holds at most {MOST_ROWS:,} rows; please export as CSV."
        )
    with path.open("xb") as file, workbook(file) as book:
        count = _write_sheet(book, table, rows)
        _write_about(book, table)
    return count


@contextmanager
def workbook(file: IO[bytes]) -> Iterator[Any]:
    """An Excel file (`xlsxwriter.Workbook`) that keeps no rows in memory and makes no formula."""
    import xlsxwriter
    from xlsxwriter.exceptions import FileCreateError

    book = xlsxwriter.Workbook(
        file,
        {
            "constant_memory": True,
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "nan_inf_to_errors": True,
            "default_date_format": "yyyy-mm-dd",
            "remove_timezone": True,
        },
    )
    try:
        with book:
            yield book
    except FileCreateError as error:
        # Around what the file system said.
        raise (error.args[0] if isinstance(error.args[0], OSError) else error) from error


def _write_sheet(book: Any, table: Table, rows: Iterator[Row]) -> int:
    sheet = book.add_worksheet(table.title)
    bold = book.add_format({"bold": True, "bottom": 1})
    formats = {
        Kind.TEXT: None,
        Kind.WHOLE: book.add_format({"num_format": "#,##0"}),
        Kind.NUMBER: None,
        Kind.DATE: book.add_format({"num_format": "yyyy-mm-dd"}),
        Kind.INSTANT: book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    }
    sheet.freeze_panes(1, 0)
    for at, column in enumerate(table.columns):
        sheet.set_column(at, at, column.width)
        sheet.write_string(0, at, column.title, bold)
    count = 0
    for count, row in enumerate(rows, 1):
        for at, (value, column) in enumerate(zip(row, table.columns, strict=True)):
            write_cell(sheet, count, at, value, formats[column.kind])
    sheet.autofilter(0, 0, count, len(table.columns) - 1)
    return count


def write_cell(sheet: Any, row: int, at: int, value: Value, cell_format: Any) -> None:
    """Write a value as what it is, or as text where Excel would change it."""
    if value is None:
        return
    if isinstance(value, str):
        sheet.write_string(row, at, value[:_LONGEST_CELL], cell_format)
    elif isinstance(value, date) and value.year < _FIRST_YEAR:
        sheet.write_string(row, at, as_text(value))
    elif isinstance(value, datetime):
        sheet.write_datetime(row, at, value.astimezone(UTC), cell_format)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value, cell_format)
    elif isinstance(value, int) and abs(value) > 2**53:
        # A spreadsheet's numbers are floating point: such an id would change.
        sheet.write_string(row, at, str(value))
    else:
        sheet.write_number(row, at, value, cell_format)


def _write_about(book: Any, table: Table) -> None:
    sheet = book.add_worksheet("About")
    sheet.set_column(0, 0, 20)
    sheet.set_column(1, 1, 50)
    lines = [*table.about, ("Data as of (UTC)", as_text(table.fetched_at) or "never fetched")]
    for row, (what, value) in enumerate(lines):
        sheet.write_string(row, 0, what)
        sheet.write_string(row, 1, value)
