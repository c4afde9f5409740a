"""Transactions as a reply carries them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import fields
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.transactions import Transaction

AT = datetime(2026, 11, 1, 12, tzinfo=UTC)
EVERYTHING = frozenset(field.name for field in fields(Transaction))


def usd(text: str) -> Money:
    return Money(Decimal(text), "USD")


def entry(number: int, carried: Iterable[str] = EVERYTHING, **values: Any) -> Decoded[Transaction]:
    """A paid sale of 12.50 USD that carried every field unless told otherwise."""
    usual = {
        "kind": "track_sale",
        "description": f"Sale {number}",
        "amount": usd("12.50"),
        "status": "paid",
        "created_at": AT,
    }
    return Decoded(Transaction(number, **{**usual, **values}), frozenset(carried))
