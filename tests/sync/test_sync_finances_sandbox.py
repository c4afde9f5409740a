"""Finances against the sandbox: a whole platform over real HTTP."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import httpx
import pytest
from desk import Desk, at_desk

from beatpass_desktop.domain.events import (
    AccountChanged,
    OnboardingFailed,
    OnboardingReady,
)
from beatpass_desktop.domain.failures import FailureKind
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.finances import STRIPE_COUNTRIES, Finances, StripeStatus
from beatpass_desktop.domain.money import exact_sum
from beatpass_desktop.domain.reconciliation import reconcile
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.domain.transactions import (
    Tab,
    TransactionFilter,
    TransactionRow,
    TransactionSort,
    TransactionStatus,
)
from beatpass_desktop.store import accounts, finances, transactions
from beatpass_desktop.system.sandbox_server import Address

pytestmark = pytest.mark.end_to_end

ALL = TransactionFilter()
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@asynccontextmanager
async def sandbox(profile: str, path: Path) -> AsyncIterator[tuple[Desk, Address]]:
    """An engine that speaks to a sandbox, both on a day on which money is on its way."""
    command = [sys.executable, "-m", "beatpass_sandbox", "serve", "--profile", profile]
    command += ["--now", NOW.isoformat(), "--parent-pid", str(os.getpid())]
    server = await asyncio.create_subprocess_exec(*command, stdout=subprocess.PIPE)
    assert server.stdout is not None
    try:
        address = Address(**json.loads(await server.stdout.readline()))
        async with at_desk(address.base_url, path, token=address.token) as desk:
            desk.clock.now = NOW
            yield desk, address
    finally:
        server.terminate()
        await server.wait()


def whose(desk: Desk) -> tuple[int, int]:
    known = desk.last_account()
    return known.account, known.artist


def balances(desk: Desk) -> Finances:
    key = desk.key(Resource.FINANCES)._replace(artist=whose(desk)[1])
    found = finances.read(desk.store.reading, key)
    assert found is not None
    return found


def status(desk: Desk) -> StripeStatus:
    key = desk.key(Resource.STRIPE)._replace(artist=whose(desk)[1])
    found = finances.status(desk.store.reading, key)
    assert found is not None
    return found


def ledger(desk: Desk) -> list[TransactionRow]:
    c = desk.store.reading
    numbers = transactions.row_numbers(c, *whose(desk), ALL, TransactionSort())
    return list(transactions.in_blocks(c, numbers))


def check_balances(desk: Desk) -> None:
    """The balances are what the rows come to, by the sandbox's published definition."""
    rows = [row.transaction for row in ledger(desk)]
    for balance in balances(desk).balances or ():
        mine = [one for one in rows if one.amount and one.amount.currency == balance.currency]
        earned = [one for one in mine if one.kind != "payout"]
        paid = [one for one in earned if one.status == TransactionStatus.PAID]
        waiting = [one for one in earned if Tab.PENDING.holds(one.kind, one.status)]
        assert balance.lifetime is not None
        assert balance.upcoming is not None
        assert balance.lifetime.amount == exact_sum(one.amount.amount for one in paid if one.amount)
        assert balance.upcoming.amount == exact_sum(
            one.amount.amount for one in waiting if one.amount
        )


async def test_that_an_established_ledger_adds_up_to_its_balances(path: Path) -> None:
    async with sandbox("established", path) as (desk, _):
        await desk.shown(Page.FINANCES)
        assert desk.failures() == {}
        assert status(desk).is_ready
        told = balances(desk)
        assert told.cached_at is not None
        count = transactions.total(desk.store.reading, *whose(desk))
        assert count > 100
        assert desk.figures(whose(desk)[1])[Figure.TRANSACTIONS] == count
        if not told.truncated:
            check_balances(desk)
        payouts = [row.transaction for row in ledger(desk) if row.transaction.kind == "payout"]
        assert payouts
        for payout in payouts:
            rows = transactions.leading_up_to(desk.store.reading, *whose(desk), payout)
            found = reconcile(payout, rows)
            assert payout.amount is not None
            assert exact_sum((found.covered, found.unexplained)) == -payout.amount.amount


async def test_that_a_part_time_account_is_set_up_through_the_sandboxs_form(path: Path) -> None:
    async with sandbox("stripe-incomplete", path) as (desk, _):
        await desk.shown(Page.FINANCES)
        assert desk.failures() == {}
        assert status(desk).is_ready is False
        assert status(desk).requirements_due
        assert balances(desk).balances == ()
        assert ledger(desk) == []
        country = status(desk).country
        desk.engine.onboard("XX")
        failure = (await desk.told(OnboardingFailed)).failure
        assert failure is not None
        assert failure.kind is FailureKind.INVALID
        desk.engine.onboard(country)
        url = (await desk.told(OnboardingReady)).url
        async with httpx.AsyncClient(trust_env=False) as browser:
            assert (await browser.post(url)).status_code == 200
        await desk.refreshed(Page.FINANCES)
        assert status(desk).is_ready
        assert {code for code, _ in STRIPE_COUNTRIES} >= {status(desk).country}
        assert balances(desk).balances
        desk.events.clear()
        desk.engine.onboard(country)
        again = (await desk.told(OnboardingFailed)).failure
        assert again is not None
        assert again.kind is FailureKind.CONFLICT


async def test_that_a_new_artist_has_a_ledger_without_rows(path: Path) -> None:
    async with sandbox("new-artist", path) as (desk, _):
        await desk.shown(Page.FINANCES)
        assert desk.failures() == {}
        assert ledger(desk) == []
        assert transactions.totals(desk.store.reading, *whose(desk), ALL) == []


async def test_that_several_artists_have_money_and_states_of_their_own(path: Path) -> None:
    async with sandbox("multi-artist", path) as (desk, _):
        await desk.shown(Page.FINANCES)
        account, first = whose(desk)
        found: dict[int, set[int]] = {}
        managed = accounts.managed_artists(desk.store.reading, account)
        assert len(managed) > 1
        for artist in managed:
            if artist.id != first:
                desk.events.clear()
                desk.engine.switch_artist(artist.id)
                await desk.told(AccountChanged, lambda event, a=artist.id: event.artist == a)  # type: ignore[misc]
                await desk.settled(Page.FINANCES)
            found[artist.id] = {row.transaction.id for row in ledger(desk)}
            assert balances(desk).artist_id == artist.id
            first = artist.id
        assert desk.failures() == {}
        everything = [number for numbers in found.values() for number in numbers]
        assert len(everything) == len(set(everything)) > 0


async def test_that_oddities_are_kept_shown_and_left_out_of_totals(path: Path) -> None:
    async with sandbox("quirky", path) as (desk, _):
        await desk.shown(Page.FINANCES)
        assert not desk.failures().keys() & {Resource.TRANSACTIONS, Resource.FINANCES}
        c, who = desk.store.reading, whose(desk)
        amounts = {str(row.transaction.description): row.transaction.amount for row in ledger(desk)}
        half, tenth = amounts["Half a yen more"], amounts["A tenth of a cent"]
        assert half is not None
        assert tenth is not None
        assert (half.amount, half.is_exact) == (Decimal("2980.5"), False)
        assert (tenth.amount, tenth.is_exact) == (Decimal("19.999"), False)
        unknown = amounts["A currency nobody knows"]
        assert unknown is not None
        assert unknown.digits is None
        totals = transactions.totals(c, *who, ALL)
        assert {total.currency for total in totals} >= {"USD", "JPY", "KWD"}
        assert "XQX" not in {total.currency for total in totals}
        assert transactions.uncounted(c, *who, ALL) == 1
        for total in totals:
            mine = [
                row.transaction.amount.amount
                for row in ledger(desk)
                if row.transaction.kind == total.kind
                and row.transaction.amount is not None
                and row.transaction.amount.currency == total.currency
            ]
            assert (exact_sum(mine), len(mine)) == (total.amount, total.count)
        kinds = {row.transaction.kind for row in ledger(desk)}
        assert "royalty_advance" in kinds
        # The far future is no date: it comes last.
        last = ledger(desk)[-1].transaction
        assert (last.description, last.created_at) == ("Sold in the far future", None)
        check_balances(desk)


async def test_that_corrections_and_steps_are_seen_as_days_pass(path: Path) -> None:
    async with sandbox("established", path) as (desk, address):
        await desk.shown(Page.FINANCES)
        seen_at = desk.clock.now
        before = {row.transaction.id for row in ledger(desk)}
        origin = address.base_url.removesuffix("/api/v1")
        async with httpx.AsyncClient(trust_env=False, timeout=50) as control:
            advanced = await control.post(f"{origin}/_sandbox/advance", json={"days": 14})
            assert advanced.status_code == 200
        desk.clock.advance(days=14)
        await desk.refreshed(Page.FINANCES)
        assert desk.failures() == {}
        c, who = desk.store.reading, whose(desk)
        kept = {row.transaction.id: row for row in ledger(desk)}
        assert before < kept.keys()
        assert transactions.new_since(c, *who, seen_at) == len(kept) - len(before)
        steps = transactions.state_changes_since(c, *who, seen_at)
        assert {step.kind for step in steps} <= {"payout", "subscription_payout"}
        assert steps
        truncated = balances(desk).truncated
        unlisted = [row for row in kept.values() if row.unlisted_at is not None]
        assert bool(unlisted) is (bool(truncated) and len(kept) > 1000)
