"""Transactions in files: all that were ever listed, exact."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction
from beatpass_desktop.exports.transactions import transactions_table
from beatpass_desktop.exports.writing import export, write_text
from beatpass_desktop.store import accounts, catalogue, documents
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.store import Store

AT = datetime(2026, 11, 20, 12, tzinfo=UTC)
LATER = AT + timedelta(days=1)
SPLIT = Split(3, "2026-11", Money(Decimal("1.50"), "USD"), Money(Decimal("0.25"), "USD"),
              Decimal("0.0123"), Decimal("4.5"), "=1+1", 2)  # fmt: skip
ROWS = (
    Transaction(
        3, "subscription_payout", "=Split", Money(Decimal("12345678901234567.89"), "USD"), "paid",
        AT, TrackRef(7, "Dawn"), SPLIT,
    ),
    Transaction(2, "payout", None, Money(Decimal("-3000"), "JPY"), "sending", AT - timedelta(1)),
    Transaction(1, description="no date"),
)  # fmt: skip
GONE = Transaction(9, "refund", "gone", Money(Decimal("-0.001"), "USD"), "paid", AT - timedelta(9))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    store = Store(tmp_path / "store.db")

    def walk(connection: Any, rows: tuple[Transaction, ...], at: datetime) -> None:
        key = ResourceKey(Resource.TRANSACTIONS, 1, 7)
        carried = frozenset(Transaction.__dataclass_fields__)
        generation = catalogue.begin(connection, TRANSACTIONS, key)
        decoded = [Decoded(row, carried) for row in rows]
        catalogue.stage(connection, TRANSACTIONS, key, generation, decoded)
        catalogue.replace(connection, TRANSACTIONS, key, generation, at)
        documents.succeeded(connection, key, at)

    def fill(connection: Any) -> None:
        identity = Identity(1, "Account", artists=(ArtistRef(7, "Ada"),))
        accounts.remember(connection, "https://x", identity, "token", AT)
        walk(connection, (*ROWS[:2], GONE), AT)
        walk(connection, ROWS, LATER)

    store.write(fill).result(10)
    yield store
    store.close()


def read(store: Store, **bounds: datetime) -> list[dict[str, Any]]:
    table = transactions_table(store.reading, 1, 7, **bounds)
    text = io.StringIO()
    write_text(table, iter(table.rows), text, Format.CSV)
    lines = text.getvalue().lstrip("\ufeff").splitlines()
    start = next(n for n, line in enumerate(lines) if "created_at" in line or "Date" in line)
    return list(csv.DictReader(lines[start:]))


def test_that_every_row_ever_listed_is_written_newest_first(store: Store) -> None:
    table = transactions_table(store.reading, 1, 7)
    rows = [dict(zip((c.name for c in table.columns), row, strict=True)) for row in table.rows]
    assert table.count == len(rows) == 4
    assert table.fetched_at == LATER
    assert [row["id"] for row in rows] == [3, 2, 9, 1]
    assert rows[0] == {
        "id": 3,
        "created_at": AT,
        "type": "subscription_payout",
        "description": "=Split",
        "amount": Decimal("12345678901234567.89"),
        "currency": "USD",
        "status": "paid",
        "track_id": 7,
        "track": "Dawn",
        "billing_period": "2026-11",
        "original_amount": Decimal("1.50"),
        "redistribution_bonus": Decimal("0.25"),
        "share_percentage": Decimal("0.0123"),
        "contribution_value": Decimal("4.5"),
        "retry_count": 2,
        "failure_reason": "=1+1",
        "first_seen_at": AT,
        "unlisted_at": None,
        "corrected": None,
    }
    assert rows[2]["unlisted_at"] == LATER
    assert (rows[3]["amount"], rows[3]["created_at"], rows[3]["currency"]) == (None, None, None)


def test_that_days_bound_what_is_written(store: Store) -> None:
    since = transactions_table(store.reading, 1, 7, since=AT - timedelta(days=1))
    assert [row[0] for row in since.rows] == [3, 2]
    until = transactions_table(store.reading, 1, 7, until=AT)
    assert [row[0] for row in until.rows] == [2, 9]


def test_that_texts_that_could_be_formulas_are_neutralised_and_amounts_stay_exact(
    store: Store,
) -> None:
    first, second, *_ = read(store)
    cells = list(first.values())
    assert "12345678901234567.89" in cells
    assert not any(cell.startswith("=") for cell in cells)
    assert "-3000" in second.values()


def test_that_json_and_excel_hold_as_many_rows(store: Store, tmp_path: Path) -> None:
    table = transactions_table(store.reading, 1, 7)
    text = io.StringIO()
    write_text(table, iter(table.rows), text, Format.JSON)
    document = json.loads(text.getvalue(), parse_float=Decimal)
    assert "12345678901234567.89" in text.getvalue()
    assert len(document["rows"]) == 4
    target = tmp_path / "ledger.xlsx"
    assert export(transactions_table(store.reading, 1, 7), target, Format.XLSX) == 4
    assert target.stat().st_size > 0
