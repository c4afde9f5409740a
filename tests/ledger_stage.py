"""A ledger, balances and Stripe accounts in the store of a test."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import apsw

from beatpass_desktop.domain.finances import Balance, Finances, StripeStatus
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction
from beatpass_desktop.store import catalogue, documents
from beatpass_desktop.store.ledger import TRANSACTIONS

START = datetime(2026, 1, 15, 12, tzinfo=UTC)
READY = StripeStatus(True, True, True, True, "CA", ())
NOT_CONNECTED = StripeStatus(False, False, False, False, None, ())
_CARRIED = frozenset(Transaction.__dataclass_fields__)


def usd(amount: str) -> Money:
    return Money(Decimal(amount), "USD")


def sale(number: int, amount: str = "24.99", currency: str = "USD", **others: Any) -> Transaction:
    """A paid sale; the higher its number, the newer."""
    found: dict[str, Any] = {
        "kind": "track_sale",
        "description": f"Licence: Beat {number:03}",
        "amount": Money(Decimal(amount), currency),
        "status": "paid",
        "created_at": START + timedelta(days=number),
        "track": TrackRef(number, f"Beat {number:03}"),
        **others,
    }
    return Transaction(number, **found)


def split(number: int, amount: str = "9.50", status: str = "paid", **others: Any) -> Transaction:
    """A subscription payout with its split."""
    part = Split(
        number,
        "2026-03",
        usd("8.00"),
        usd("1.50"),
        Decimal("2.6135"),
        Decimal("72.5985"),
        others.pop("failure_reason", None),
        others.pop("retry_count", 0),
    )
    return sale(
        number,
        amount,
        kind="subscription_payout",
        description=f"Split {number}",
        status=status,
        track=None,
        split=part,
        **others,
    )


def payout(number: int, amount: str, **others: Any) -> Transaction:
    """Money that went to the bank."""
    described = {"kind": "payout", "description": f"Payout {number}", "track": None}
    return sale(number, amount, **described, **others)


def take_ledger(
    connection: apsw.Connection,
    account: int,
    artist: int,
    ledger: Sequence[Transaction],
    at: datetime,
) -> ResourceKey:
    """A complete walk over a ledger."""
    key = ResourceKey(Resource.TRANSACTIONS, account, artist)
    generation = catalogue.begin(connection, TRANSACTIONS, key)
    rows = [Decoded(one, _CARRIED) for one in ledger]
    catalogue.stage(connection, TRANSACTIONS, key, generation, rows)
    catalogue.replace(connection, TRANSACTIONS, key, generation, at)
    documents.succeeded(connection, key, at)
    return key


def balances(*amounts: str, **others: Any) -> Finances:
    """Balances like "12.50 USD", each as all four figures."""
    found = []
    for text in amounts:
        amount, currency = text.split()
        money = Money(Decimal(amount), currency)
        found.append(Balance(currency, money, money, money, money))
    return Finances(balances=tuple(found), **others)


def put_finances(
    connection: apsw.Connection,
    account: int,
    artist: int,
    stripe: StripeStatus | None,
    finances: Finances | None,
    at: datetime,
) -> set[ResourceKey]:
    """Store what was sent of a Stripe account and its balances."""
    keys = set()
    for resource, value in ((Resource.STRIPE, stripe), (Resource.FINANCES, finances)):
        if value is not None:
            key = ResourceKey(resource, account, artist)
            documents.merge(connection, key, value, frozenset(value.__dataclass_fields__))
            documents.succeeded(connection, key, at)
            keys.add(key)
    return keys
