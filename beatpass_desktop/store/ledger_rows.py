"""Stored transactions as values; apart from how they are stored, which a page need not import."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction
from beatpass_desktop.store.times import optional_time

FIELDS = "id, kind, description, amount, currency, status, created_at, track_id, track, split"
"""The columns that `transaction` reads."""


def transaction(
    number: int,
    kind: str | None,
    description: str | None,
    amount: str | None,
    currency: str | None,
    status: str | None,
    created_at: int | None,
    track_id: int | None,
    track: str | None,
    split: str | None,
) -> Transaction:
    """The transaction that stands in `FIELDS`."""
    return Transaction(
        number,
        kind,
        description,
        money(amount, currency),
        status,
        optional_time(created_at),
        None if track_id is None and track is None else TrackRef(track_id, track),
        None if split is None else _split(json.loads(split)),
    )


def money(amount: str | None, currency: str | None) -> Money | None:
    """A stored amount."""
    return None if amount is None or currency is None else Money(Decimal(amount), currency)


def _split(stored: dict[str, Any]) -> Split:
    return Split(
        id=stored.get("id"),
        billing_period=stored.get("billing_period"),
        original_amount=money(*stored.get("original_amount", (None, None))),
        redistribution_bonus=money(*stored.get("redistribution_bonus", (None, None))),
        share_percentage=_decimal(stored.get("share_percentage")),
        contribution_value=_decimal(stored.get("contribution_value")),
        failure_reason=stored.get("failure_reason"),
        retry_count=stored.get("retry_count"),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
