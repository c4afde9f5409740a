"""Stripe accounts and balances as they were last sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

import apsw

from beatpass_desktop.domain.finances import Balance, Finances, StripeStatus
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.resources import ResourceKey
from beatpass_desktop.store import documents

_PLAIN = frozenset(field.name for field in fields(Finances)) - {"balances", "cached_at"}
_AMOUNTS = tuple(field.name for field in fields(Balance) if field.name != "currency")
_STATUS = frozenset(field.name for field in fields(StripeStatus)) - {"requirements_due"}


def status(connection: apsw.Connection, key: ResourceKey) -> StripeStatus | None:
    """The stored state of the Stripe account; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    due = body.get("requirements_due")
    return StripeStatus(
        requirements_due=None if due is None else tuple(due),
        **{name: value for name, value in body.items() if name in _STATUS},
    )


def read(connection: apsw.Connection, key: ResourceKey) -> Finances | None:
    """The stored balances; None before the first reply."""
    body = documents.body(connection, key)
    if body is None:
        return None
    balances, cached_at = body.get("balances"), body.get("cached_at")
    return Finances(
        balances=None if balances is None else tuple(map(_balance, balances)),
        cached_at=None if cached_at is None else datetime.fromisoformat(cached_at),
        **{name: value for name, value in body.items() if name in _PLAIN},
    )


def fresh_for(connection: apsw.Connection, key: ResourceKey) -> timedelta | None:
    """How long the stored balances stay fresh, as their reply said; None before the first one."""
    finances, fetched_at = read(connection, key), documents.age(connection, key).fetched_at
    return None if finances is None or fetched_at is None else finances.fresh_for(fetched_at)


def _balance(stored: Mapping[str, Any]) -> Balance:
    return Balance(stored.get("currency"), **{name: _money(stored.get(name)) for name in _AMOUNTS})


def _money(stored: Mapping[str, str] | None) -> Money | None:
    return None if stored is None else Money(Decimal(stored["amount"]), stored["currency"])
