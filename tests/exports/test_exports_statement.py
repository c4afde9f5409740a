"""Statements as files: their heads, their notes, and how writing them ends."""

from __future__ import annotations

import csv
import errno
import io
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import apsw
import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.finances import Finances
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.printing import Sheet
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.statements import Paper, Period, StatementExport, StatementFormat
from beatpass_desktop.domain.transactions import Transaction
from beatpass_desktop.exports import writing
from beatpass_desktop.exports.statement import balance_text, facts, notes, read_statement
from beatpass_desktop.exports.statement_writing import write_statement
from beatpass_desktop.exports.writing import ExportCancelled, ExportFailed
from beatpass_desktop.store import accounts, catalogue, documents, figures
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.store import Store

AT = datetime(2026, 5, 2, 12, tzinfo=UTC)
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def transaction(
    number: int, day: int = 14, amount: str = "12.50", code: str = "USD"
) -> Transaction:
    at = datetime(2026, 3, day, 12, tzinfo=UTC)
    return Transaction(number, "track_sale", "=1+1", Money(Decimal(amount), code), "paid", at)


def take(connection: apsw.Connection, rows: list[Transaction], at: datetime = AT) -> None:
    key = ResourceKey(Resource.TRANSACTIONS, 1, 7)
    carried = frozenset(Transaction.__dataclass_fields__)
    generation = catalogue.begin(connection, TRANSACTIONS, key)
    found = [Decoded(row, carried) for row in rows]
    catalogue.stage(connection, TRANSACTIONS, key, generation, found)
    catalogue.replace(connection, TRANSACTIONS, key, generation, at)
    documents.succeeded(connection, key, at)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "data" / "store.db")

    def fill(connection: apsw.Connection) -> None:
        identity = Identity(1, "Account", artists=(ArtistRef(7, "Ada"),))
        accounts.remember(connection, "https://open.beatpass.example/api", identity, "t", AT)
        take(
            connection, [transaction(1), transaction(2, 31, "0.005"), transaction(3, 2, "1", "XBT")]
        )

    found.write(fill).result(10)
    yield found
    found.close()


def said(store: Store, period: Period = MARCH) -> dict[str, str]:
    statement = read_statement(store.reading, 1, 7, period, AT)
    return {**dict(facts(statement)), "Notes": "\n".join(notes(statement))}


def wish(path: Path, kind: StatementFormat = StatementFormat.CSV) -> StatementExport:
    return StatementExport(path, kind, 1, 7, MARCH, "Europe/London")


class PaperPress:
    """Keeps the pages instead of painting them."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []

    def paint(self, sheet: Sheet) -> None:
        self.sheets.append(sheet)

    def finish(self) -> bytes:
        return b"pages"


def test_that_the_head_says_whose_when_and_how_old(store: Store) -> None:
    told = said(store)
    assert told["Artist"] == "Ada"
    assert told["Account"] == "Account"
    assert told["Source"] == "open.beatpass.example"
    assert told["Period"] == "2026-03-01 to 2026-03-31"
    assert told["Time zone"].startswith("UTC")
    assert told["Transactions"] == "3"
    assert told["Data as of"] == f"{AT.astimezone():%Y-%m-%d %H:%M}"
    assert "not a tax form" in told["Notes"]
    assert (
        "1 transaction is in no total because the currency code is not known: XBT" in told["Notes"]
    )
    assert "1 amount has more digits than the currency" in told["Notes"]
    assert "was not over" not in told["Notes"]


def test_that_sandbox_data_is_called_so(store: Store) -> None:
    job = "UPDATE accounts SET origin = 'sandbox:established'"
    store.write(lambda connection: connection.execute(job).get).result(10)
    assert "sandbox" in said(store)["Source"]


def test_that_balances_are_those_recorded_last_before_each_end(store: Store) -> None:
    assert "not known" in said(store)["Opening balance"]
    assert "not known" in said(store)["Closing balance"]

    def record(connection: apsw.Connection) -> None:
        for day, text in ((10, "1.00 USD"), (58, "2.50 USD, 300 JPY"), (80, "4.00 USD"), (95, "")):
            at = datetime(2026, 1, 1, 12, tzinfo=UTC) + timedelta(days=day)
            figures.record(connection, 1, 7, {Figure.BALANCE: text}, at)

    store.write(record).result(10)
    assert said(store)["Opening balance"].startswith("2.50 USD, 300 JPY (recorded 2026-02-28")
    assert said(store)["Closing balance"].startswith("4.00 USD (recorded 2026-03-22")
    later = Period(date(2026, 4, 10), date(2026, 4, 12))
    assert said(store, later)["Opening balance"].startswith("none (recorded 2026-04-06")
    # What was recorded before a period began does not close it.
    assert said(store, later)["Closing balance"] == balance_text(None)


def test_that_what_is_kept_here_only_and_what_was_corrected_is_said(store: Store) -> None:
    def change(connection: apsw.Connection) -> None:
        take(connection, [transaction(1, amount="11.50"), transaction(2, 31, "0.005")])
        key = ResourceKey(Resource.FINANCES, 1, 7)
        sent = Finances(truncated=True, transaction_limit=1_000, is_stale=True, cached_at=AT)
        carried = frozenset(Finances.__dataclass_fields__)
        documents.merge(connection, key, sent, carried)

    store.write(change).result(10)
    told = said(store)["Notes"]
    assert "1 transaction was corrected by BeatPass" in told
    assert "1 transaction is no longer listed by BeatPass" in told
    assert "only the last 1,000 transactions" in told
    assert "own figures dated from" in told


def test_that_a_period_that_is_not_over_is_said(store: Store) -> None:
    assert "was not over" in said(store, Period(date(2026, 5, 1), date(2026, 5, 31)))["Notes"]


def test_that_the_csv_is_one_table_whose_amounts_add_up(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "s.csv"
    connection = open_for_reading(store.path)
    assert write_statement(connection, wish(path), AT) == 3
    connection.close()
    lines = list(csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline="")))
    assert {len(line) for line in lines} == {len(lines[0])}
    records = [dict(zip(lines[0], line, strict=True)) for line in lines[1:]]
    kinds = [one["Record"] for one in records]
    assert kinds[:4] == ["Transaction"] * 3 + ["Total"]
    assert set(kinds[4:]) == {"Statement", "Note"}
    assert [one["Amount"] for one in records] == ["1", "12.50", "0.005"] + [""] * (len(kinds) - 3)
    assert [one["Description"] for one in records[:3]] == ["'=1+1"] * 3
    assert records[3]["Total"] == "12.505"
    assert records[0]["In totals"] == "no"


def test_that_the_workbook_has_three_sheets_and_no_formula(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "s.xlsx"
    connection = open_for_reading(store.path)
    write_statement(connection, wish(path, StatementFormat.XLSX), AT)
    connection.close()
    with zipfile.ZipFile(path) as book:
        names = book.read("xl/workbook.xml").decode()
        sheets = [book.read(f"xl/worksheets/sheet{at}.xml").decode() for at in (1, 2, 3)]
        styles = book.read("xl/styles.xml").decode()
    assert [f'name="{name}"' in names for name in ("Summary", "Transactions", "Totals")] == [
        True
    ] * 3
    assert not any("<f>" in sheet for sheet in sheets)
    assert "<v>12.50</v>" in sheets[1]
    assert '"#,##0.00"' in styles


def test_that_pages_are_counted_and_the_head_of_the_table_is_repeated(
    store: Store, tmp_path: Path
) -> None:
    rows = [transaction(number, 1 + number % 31) for number in range(1, 201)]
    rows[50] = transaction(51, 20, "1234567890123456789012345.67")
    store.write(lambda connection: take(connection, rows)).result(10)
    for paper in Paper:
        press = PaperPress()
        asked = wish(tmp_path / "s.pdf", StatementFormat.PDF)._replace(paper=paper)
        connection = open_for_reading(store.path)
        write_statement(connection, asked, AT, press)
        connection.close()
        texts = [
            [cell.text for strip in sheet.strips for cell in strip.cells] for sheet in press.sheets
        ]
        count = len(press.sheets)
        feet = [sheet.footer.cells[-1].text for sheet in press.sheets]
        assert feet == [f"page {number} of {count}" for number in range(1, count + 1)]
        assert count > 3
        assert all("Amount" in page for page in texts[1:])
        assert sum(page.count("Track sale") for page in texts) == 200 + 1
        assert sum(page.count("1,234,567,890,123,456,789,012,345.67") for page in texts) == 1
        for sheet in press.sheets:
            assert sheet.top + sum(strip.height for strip in sheet.strips) < sheet.foot
            for strip in sheet.strips:
                for cell in strip.cells:
                    assert sheet.left <= cell.left
                    assert cell.left + cell.width <= sheet.left + sheet.width + 0.01
    assert (tmp_path / "s.pdf").read_bytes() == b"pages"


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (errno.ENOSPC, "the disk is full"),
        (errno.EACCES, "may not be changed"),
        (errno.EROFS, "can only be read"),
    ],
)
@pytest.mark.parametrize("kind", list(StatementFormat))
def test_that_what_hinders_is_told_and_what_was_there_stays(
    store: Store,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    kind: StatementFormat,
    number: int,
    words: str,
) -> None:
    path = tmp_path / f"s.{kind.value}"
    path.write_text("before")

    def refuse(self: Path, target: Path) -> Path:
        raise OSError(number, "the system's own words")

    monkeypatch.setattr(Path, "replace", refuse)
    connection = open_for_reading(store.path)
    with pytest.raises(ExportFailed, match=words):
        write_statement(connection, wish(path, kind), AT, PaperPress())
    connection.close()
    assert path.read_text() == "before"
    assert list(tmp_path.glob(".beatpass*")) == []


@pytest.mark.parametrize("kind", list(StatementFormat))
def test_that_a_cancelled_statement_leaves_nothing(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: StatementFormat
) -> None:
    monkeypatch.setattr(writing, "_STEP", 1)
    done: list[int] = []
    connection = open_for_reading(store.path)
    with pytest.raises(ExportCancelled):
        write_statement(
            connection,
            wish(tmp_path / "s.out", kind),
            AT,
            PaperPress(),
            progressed=lambda at, total: done.append(at),
            cancelled=lambda: bool(done),
        )
    connection.close()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]
