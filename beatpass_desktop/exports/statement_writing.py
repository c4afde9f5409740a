"""Writes a statement from the store in any format."""

from __future__ import annotations

from datetime import datetime

import apsw

from beatpass_desktop.domain.statements import StatementExport, StatementFormat
from beatpass_desktop.domain.transactions import TransactionRow
from beatpass_desktop.exports.statement import read_statement, statement_lines
from beatpass_desktop.exports.statement_csv import write_csv
from beatpass_desktop.exports.statement_pages import Layout, is_tall
from beatpass_desktop.exports.statement_pdf import Press, write_pdf
from beatpass_desktop.exports.statement_xlsx import write_xlsx
from beatpass_desktop.exports.writing import Cancelled, ExportCancelled, Progressed, watched


def write_statement(
    connection: apsw.Connection,
    wish: StatementExport,
    now: datetime,
    press: Press | None = None,
    *,
    progressed: Progressed = lambda done, total: None,
    cancelled: Cancelled = lambda: False,
) -> int:
    """Write a statement and return the number of transactions; a PDF needs a `press`.

    Head and lines are of the same moment, whatever is fetched meanwhile. Raises ExportCancelled,
    ExportFailed.
    """
    tall = bytearray()

    def seen(row: TransactionRow) -> None:
        if cancelled():
            raise ExportCancelled
        tall.append(is_tall(row))

    whose = (connection, wish.account, wish.artist, wish.period)
    connection.execute("BEGIN")
    try:
        statement = read_statement(*whose, now, wish.zone, seen)
        lines = statement_lines(*whose)
        match wish.format:
            case StatementFormat.CSV:
                return write_csv(statement, lines, wish.path, progressed, cancelled)
            case StatementFormat.XLSX:
                return write_xlsx(statement, lines, wish.path, progressed, cancelled)
            case StatementFormat.PDF:
                if press is None:
                    raise ValueError("a PDF needs a press")
                pages = Layout(wish.paper).sheets(
                    statement, watched(lines, len(tall), progressed, cancelled), tall
                )
                write_pdf(pages, wish.path, press, cancelled)
                return len(tall)
    finally:
        connection.execute("ROLLBACK")
