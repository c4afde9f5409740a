"""Stripe accounts and balances as they are kept."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from rows import Desk

from beatpass_desktop.domain.finances import Balance, Finances, StripeStatus
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import documents, finances

AT = datetime(2026, 11, 23, 10, tzinfo=UTC)


def keep(desk: Desk, resource: Resource, value: object, *carried: str) -> None:
    desk.write(lambda c: documents.merge(c, desk.key(1, resource), value, carried))


def test_that_nothing_is_known_before_the_first_reply(desk: Desk) -> None:
    c = desk.store.reading
    assert finances.status(c, desk.key(1, Resource.STRIPE)) is None
    assert finances.read(c, desk.key(1, Resource.FINANCES)) is None
    assert finances.fresh_for(c, desk.key(1, Resource.FINANCES)) is None


def test_that_the_state_of_the_account_comes_back_as_it_was_sent(desk: Desk) -> None:
    key = desk.key(1, Resource.STRIPE)
    keep(desk, Resource.STRIPE, StripeStatus(connected=True), "connected")
    assert finances.status(desk.store.reading, key) == StripeStatus(connected=True)
    due = StripeStatus(country="CA", requirements_due=("tos_acceptance.date",))
    keep(desk, Resource.STRIPE, due, "country", "requirements_due")
    assert finances.status(desk.store.reading, key) == StripeStatus(
        connected=True, country="CA", requirements_due=("tos_acceptance.date",)
    )


def test_that_balances_come_back_exact_and_a_reply_replaces_only_what_it_carried(
    desk: Desk,
) -> None:
    huge = Money(Decimal("1234567890123456789.123456789012"), "USD")
    sent = Finances(
        1,
        "USD",
        (Balance("USD", huge, None, Money(Decimal("0.10"), "USD")), Balance("JPY")),
        multi_currency=True,
        cached_at=AT,
        is_stale=False,
        truncated=True,
        transaction_limit=1000,
    )
    keep(desk, Resource.FINANCES, sent, *Finances.__dataclass_fields__)
    key = desk.key(1, Resource.FINANCES)
    assert finances.read(desk.store.reading, key) == sent
    keep(desk, Resource.FINANCES, Finances(is_stale=True), "is_stale", "cached_at")
    found = finances.read(desk.store.reading, key)
    assert found is not None
    assert found.balances == sent.balances
    assert (found.is_stale, found.cached_at) == (True, None)


def test_that_the_stored_reply_says_how_long_it_is_fresh(desk: Desk) -> None:
    key = desk.key(1, Resource.FINANCES)
    value = Finances(cached_at=AT - timedelta(minutes=2))
    keep(desk, Resource.FINANCES, value, "cached_at")
    assert finances.fresh_for(desk.store.reading, key) is None
    desk.write(lambda c: documents.succeeded(c, key, AT))
    assert finances.fresh_for(desk.store.reading, key) == timedelta(minutes=3)
