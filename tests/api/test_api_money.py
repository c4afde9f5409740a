"""Stripe accounts, balances and transactions over real HTTP."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fault_server import replies, served

from beatpass_desktop.api import errors
from beatpass_desktop.api.finances import (
    fetch_finances,
    fetch_onboarding_link,
    fetch_stripe_status,
)
from beatpass_desktop.api.transactions import fetch_transactions
from beatpass_desktop.domain.finances import Balance, Finances, StripeStatus
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction

AT = "2026-11-23T10:00:00Z"
TIME = datetime(2026, 11, 23, 10, tzinfo=UTC)


def usd(text: str) -> Money:
    return Money(Decimal(text), "USD")


def wrapped(data: object) -> dict[str, object]:
    return {"success": True, "data": data}


async def test_that_the_lights_of_a_stripe_account_are_read() -> None:
    body = {"connected": True, "charges_enabled": False, "payouts_enabled": "no",
            "details_submitted": True, "country": None, "requirements_due": ["tos", 7]}  # fmt: skip
    async with served(replies(200, wrapped(body))) as (server, session):
        fetched = await fetch_stripe_status(session, 5)
    assert server.paths == ["artist/stripe-connect/status?artist_id=5"]
    assert fetched.decoded is not None
    assert fetched.decoded.value == StripeStatus(
        connected=True,
        charges_enabled=False,
        details_submitted=True,
        requirements_due=("tos",),
    )
    assert "payouts_enabled" not in fetched.decoded.carried
    assert [note.where for note in fetched.decoded.notes] == [
        "payouts_enabled",
        "requirements_due[1]",
    ]


async def test_that_balances_are_exact_and_each_in_its_currency() -> None:
    body = (
        '{"success": true, "data": {"artist_id": 5, "currency": "usd", "balances": ['
        '{"currency": "usd", "available": 0.1, "upcoming": 12345678901234567.89,'
        ' "in_transit": null, "lifetime": "7.10"},'
        '{"available": 3}, {"currency": "JPY", "available": 3000}],'
        f'"multi_currency": true, "cached_at": "{AT}", "is_stale": false, "truncated": true,'
        '"transaction_limit": 1000}}'
    )
    async with served(replies(200, body.encode())) as (server, session):
        fetched = await fetch_finances(session, 5)
    assert server.paths == ["artist/stripe-connect/finances?artist_id=5"]
    assert fetched.decoded is not None
    assert fetched.decoded.value == Finances(
        5,
        "USD",
        (
            Balance("USD", usd("0.1"), usd("12345678901234567.89"), None, usd("7.10")),
            Balance("JPY", Money(Decimal(3000), "JPY")),
        ),
        multi_currency=True,
        cached_at=TIME,
        is_stale=False,
        truncated=True,
        transaction_limit=1000,
    )


async def test_that_balances_of_which_none_is_usable_are_not_taken_for_none() -> None:
    body = wrapped({"artist_id": 5, "balances": [{"available": 3}]})
    async with served(replies(200, body)) as (_, session):
        fetched = await fetch_finances(session, 5)
    assert fetched.decoded is not None
    assert fetched.decoded.carried == {"artist_id"}
    assert fetched.decoded.value.balances is None


async def test_that_the_finances_of_another_artist_are_refused() -> None:
    async with served(replies(200, wrapped({"artist_id": 6, "balances": []}))) as (_, session):
        with pytest.raises(errors.Refused, match="another artist"):
            await fetch_finances(session, 5)


@pytest.mark.parametrize("fetch", [fetch_finances, fetch_stripe_status])
async def test_that_a_reply_without_a_known_field_is_no_reply(fetch: object) -> None:
    async with served(replies(200, wrapped({"x": 1}))) as (_, session):
        with pytest.raises(errors.Undecodable):
            await fetch(session, 5)  # type: ignore[operator]


async def test_that_a_page_of_transactions_is_read() -> None:
    split = {"id": 61, "billing_period": "2026-11", "original_amount": 1.5,
             "redistribution_bonus": "0.25", "share_percentage": 0.0123,
             "contribution_value": 12.3456, "failure_reason": "no", "retry_count": 2}  # fmt: skip
    rows = [
        {"id": 61, "type": "subscription_payout", "description": "Split", "amount": 1.75,
         "currency": "USD", "status": "paid", "created_at": AT, "split": split,
         "track": {"id": 7, "name": "Dawn"}},
        {"id": 60, "type": "royalty", "description": None, "amount": 29805.5, "currency": "XQX",
         "status": "on_hold", "created_at": "0000-00-00"},
        {"id": 59, "amount": 3, "split": {"original_amount": 1}, "track": {}},
        {"type": "payout"},
    ]  # fmt: skip
    page = {"current_page": 1, "per_page": 100, "last_page": 1, "total": 4, "data": rows}
    async with served(replies(200, {"status": "success", "pagination": page})) as (server, session):
        found = await fetch_transactions(session, 5, 1)
    assert server.paths == ["artist/unified-transactions?artist_id=5&per_page=100&page=1"]
    assert (found.total, found.dropped) == (4, 1)
    assert [row.value for row in found.rows] == [
        Transaction(
            61, "subscription_payout", "Split", usd("1.75"), "paid", TIME, TrackRef(7, "Dawn"),
            Split(61, "2026-11", usd("1.5"), usd("0.25"), Decimal("0.0123"), Decimal("12.3456"),
                  "no", 2),
        ),
        Transaction(60, "royalty", None, Money(Decimal("29805.5"), "XQX"), "on_hold"),
        Transaction(59, split=Split()),
    ]  # fmt: skip
    assert "track" not in found.rows[1].carried
    assert "amount" not in found.rows[2].carried


async def test_that_onboarding_names_artist_and_country_and_gives_the_link() -> None:
    said = replies(200, wrapped({"url": "https://connect.stripe.com/x"}))
    async with served(said, said) as (server, session):
        assert await fetch_onboarding_link(session, 5, "CA") == "https://connect.stripe.com/x"
        await fetch_onboarding_link(session, 5, None)
    assert [json.loads(seen.body) for seen in server.seen] == [
        {"artist_id": 5, "country": "CA"},
        {"artist_id": 5},
    ]
    assert {seen.method for seen in server.seen} == {"POST"}


@pytest.mark.parametrize("data", [{}, {"url": None}, {"url": ""}, {"url": 7}])
async def test_that_a_reply_without_a_link_is_told_as_such(data: object) -> None:
    async with served(replies(200, wrapped(data))) as (_, session):
        with pytest.raises(errors.Undecodable, match="no link"):
            await fetch_onboarding_link(session, 5, None)
