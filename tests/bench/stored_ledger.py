"""A made-up ledger for a store, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC, datetime, timedelta
from decimal import Decimal

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import TrackRef, Transaction
from beatpass_desktop.store import catalogue, documents
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.store import Store

_AT_ONCE = 10_000
_NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
_KINDS = ("track_sale", "track_sale", "track_sale", "refund", "subscription_payout", "payout")
_STATUSES = ("paid", "paid", "paid", "pending", "sending", "failed")
_WORDS = ("Midnight", "Golden", "Velvet", "Broken", "Silent", "Electric", "Lonely", "Frozen")
_CARRIED = frozenset(field.name for field in fields(Transaction))


def fill_ledger(store: Store, account: int, artist: int, count: int) -> None:
    """Store so many transactions of an artist."""
    key = ResourceKey(Resource.TRANSACTIONS, account, artist)
    generation = store.write(lambda c: catalogue.begin(c, TRANSACTIONS, key)).result()
    rows = [Decoded(one, _CARRIED) for one in _transactions(count)]
    for start in range(0, count, _AT_ONCE):
        part = rows[start : start + _AT_ONCE]
        store.write(
            lambda c, part=part: catalogue.stage(c, TRANSACTIONS, key, generation, part)
        ).result()
    store.write(lambda c: catalogue.replace(c, TRANSACTIONS, key, generation, _NOW)).result()
    store.write(lambda c: documents.succeeded(c, key, _NOW)).result()


def _transactions(count: int) -> Iterator[Transaction]:
    dice = random.Random(count)
    for number in range(1, count + 1):
        kind = dice.choice(_KINDS)
        name = f"{dice.choice(_WORDS)} {dice.randrange(1, 10_000)}"
        cents = dice.randrange(199, 9_900) * (-1 if kind in ("refund", "payout") else 1)
        yield Transaction(
            5_000_000 + number,
            kind,
            f"Licence: {name}",
            Money(Decimal(cents) / 100, "USD"),
            dice.choice(_STATUSES),
            _NOW - timedelta(minutes=dice.randrange(4 * 365 * 24 * 60)),
            TrackRef(1_000_000 + dice.randrange(1, 100_000), name),
        )
