"""Finances: what is fetched when, what is kept of it, and the way to Stripe."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from backend import BROKEN, HTML, REFUSED, Asked, Backend, Said, listed, transaction
from desk import Desk, at_desk

from beatpass_desktop.domain.events import (
    AccountChanged,
    CatalogueShrank,
    OnboardingFailed,
    OnboardingReady,
    OnboardingStarted,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.money import Money, amounts_in
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.domain.transactions import (
    Transaction,
    TransactionFilter,
    TransactionRow,
    TransactionSort,
)
from beatpass_desktop.store import figures, finances, transactions

STATUS = "artist/stripe-connect/status"
FINANCES = "artist/stripe-connect/finances"
LEDGER = "artist/unified-transactions"
ONBOARD = "artist/stripe-connect/onboard"
MONEY = (Resource.STRIPE, Resource.FINANCES, Resource.TRANSACTIONS)


def ledger(desk: Desk, artist: int = 1) -> list[TransactionRow]:
    c = desk.store.reading
    numbers = transactions.row_numbers(c, 1, artist, TransactionFilter(), TransactionSort())
    return transactions.rows(c, numbers)


def ids(desk: Desk, artist: int = 1) -> list[int]:
    return sorted(row.transaction.id for row in ledger(desk, artist))


def balances(said: dict[str, Any]) -> Said:
    return Said({"success": True, "data": said})


async def test_that_the_page_fetches_status_balances_and_ledger(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        asked = [one for one in backend.asked if one.path != "users/me"]
        assert {one.path for one in asked} == {STATUS, FINANCES, LEDGER, "artist/profile"}
        of_money = [one for one in asked if one.path != "artist/profile"]
        assert {one.query["artist_id"] for one in of_money} == {"1"}
        status = finances.status(desk.store.reading, desk.key(Resource.STRIPE))
        assert status is not None
        assert status.is_ready
        assert ids(desk) == [1001, 1002, 1003]
        assert ledger(desk)[0].first_seen_at == desk.clock.now


async def test_that_figures_and_their_history_are_kept_for_good(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        backend.say(FINANCES, balances({"balances": [
            {"currency": "USD", "available": 20, "upcoming": 1, "in_transit": 2, "lifetime": 3},
            {"currency": "JPY", "available": 3000, "upcoming": 1, "in_transit": None,
             "lifetime": 3}]}))  # fmt: skip
        desk.clock.advance(days=1)
        await desk.refreshed(Page.FINANCES)
        assert desk.figures()[Figure.BALANCE] == "20 USD, 3000 JPY"
        assert Figure.IN_TRANSIT not in desk.figures()
        assert desk.figures()[Figure.TRANSACTIONS] == 3
        history = figures.history(desk.store.reading, 1, 1, Figure.BALANCE)
        assert history == [("2026-11-23", "25.0 USD"), ("2026-11-24", "20 USD, 3000 JPY")]
        assert amounts_in(str(history[0][1])) == (Money(Decimal(25), "USD"),)


async def test_that_an_account_without_balances_has_no_figures(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        backend.say(FINANCES, balances({"artist_id": 1, "balances": []}))
        await desk.refreshed(Page.FINANCES)
        assert not {Figure.BALANCE, Figure.LIFETIME} & desk.figures().keys()
        backend.say(FINANCES, balances({"artist_id": 1, "is_stale": True}))
        await desk.refreshed(Page.FINANCES)
        found = finances.read(desk.store.reading, desk.key(Resource.FINANCES))
        assert found is not None
        assert (found.balances, found.is_stale) == ((), True)


@pytest.mark.parametrize(
    ("cached", "is_stale", "asked_after"),
    [(-240, False, 61), (0, False, 301), (-3600, False, 61), (0, True, 61), (None, None, 301)],
)
async def test_that_balances_are_asked_for_again_when_their_reply_says_so(
    path: Path, cached: int | None, is_stale: bool | None, asked_after: int
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        said: dict[str, Any] = {"artist_id": 1, "balances": [], "is_stale": is_stale}
        if cached is not None:
            said["cached_at"] = (desk.clock.now + timedelta(seconds=cached)).isoformat()
        backend.say(FINANCES, balances(said))
        await desk.shown(Page.FINANCES)
        desk.clock.advance(seconds=asked_after - 2)
        await desk.shown(Page.FINANCES)
        assert backend.count(FINANCES) == 1
        desk.clock.advance(seconds=2)
        await desk.shown(Page.FINANCES)
        assert backend.count(FINANCES) == 2
        assert backend.count(STATUS) == (2 if asked_after > 300 else 1)


async def test_that_nothing_of_money_is_fetched_for_home(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.HOME)
        assert not {STATUS, FINANCES, LEDGER} & {one.path for one in backend.asked}


async def test_that_a_list_cut_off_by_the_server_hides_nothing_and_asks_nothing(
    path: Path,
) -> None:
    rows = [transaction(n) for n in range(250, 0, -1)]
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(LEDGER, listed(rows))
        await desk.shown(Page.FINANCES)
        backend.say(LEDGER, listed([transaction(251), *rows[:9]]))
        desk.clock.advance(hours=1)
        await desk.refreshed(Page.FINANCES)
        assert desk.of(CatalogueShrank) == []
        assert ids(desk) == list(range(1, 252))
        unlisted = {row.transaction.id: row.unlisted_at for row in ledger(desk)}
        assert {n for n, when in unlisted.items() if when is None} == set(range(242, 252))
        assert unlisted[1] == desk.clock.now
        assert desk.figures()[Figure.TRANSACTIONS] == 251


async def test_that_a_correction_of_a_past_payout_is_kept_as_a_change(path: Path) -> None:
    payout = {"type": "payout", "amount": -90, "status": "paid"}
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(LEDGER, listed([transaction(1, **payout)]))
        await desk.shown(Page.FINANCES)
        backend.say(LEDGER, listed([transaction(1, **{**payout, "amount": -80.5})]))
        desk.clock.advance(days=1)
        await desk.refreshed(Page.FINANCES)
        (row,) = ledger(desk)
        assert row.transaction.amount == Money(Decimal("-80.5"), "USD")
        assert row.changed
        (change,) = transactions.changes(desk.store.reading, row.row)
        assert change == (desk.clock.now, "amount", "-90 USD", "-80.5 USD")


async def test_that_unknown_words_and_impossible_dates_are_kept_as_they_are(path: Path) -> None:
    odd = [
        transaction(1, type="royalty", status="on_hold", currency="xqx"),
        transaction(2, created_at="9999-12-31T23:59:59Z", amount=1e30),
        transaction(3, created_at=None, currency=None),
    ]
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(LEDGER, listed(odd))
        await desk.shown(Page.FINANCES)
        found = {row.transaction.id: row.transaction for row in ledger(desk)}
        assert found[1].kind == "royalty"
        assert found[1].amount == Money(Decimal("12.5"), "XQX")
        blank = Transaction(2, "track_sale", "Sale 2", None, "paid")
        assert found[2] == blank
        assert (found[3].amount, found[3].created_at) == (None, None)
        counted = transactions.uncounted(desk.store.reading, 1, 1, TransactionFilter())
        assert counted == 3


@pytest.mark.parametrize("said", [BROKEN, HTML, Said({"x": 1}), Said({"pagination": 7})])
async def test_that_a_failure_leaves_everything_as_it_was(path: Path, said: Said) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        before = (desk.figures(), ids(desk))
        backend.say_everywhere(said)
        await desk.refreshed(Page.FINANCES)
        assert (desk.figures(), ids(desk)) == before
        assert {desk.age(one).attempt for one in MONEY} == {Attempt.FAILED}
        assert [row.unlisted_at for row in ledger(desk)] == [None] * 3


async def test_that_a_refused_token_leaves_the_money_readable(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        backend.say_everywhere(REFUSED)
        await desk.refreshed(Page.FINANCES)
        assert desk.last_account().failure is not None
        assert ids(desk) == [1001, 1002, 1003]
        assert desk.figures()[Figure.BALANCE] == "25.0 USD"


async def test_that_a_list_that_changes_while_it_is_read_is_read_again(path: Path) -> None:
    rows = [transaction(n) for n in range(150, 0, -1)]
    async with Backend() as backend, at_desk(backend, path) as desk:

        def moving(asked: Asked) -> Any:
            grown = [transaction(151), *rows]
            moved = backend.count(LEDGER) > 1
            return listed(grown if moved else rows)(asked)

        backend.say(LEDGER, moving)
        await desk.shown(Page.FINANCES)
        assert desk.failures() == {}
        assert ids(desk) == list(range(1, 152))
        assert backend.count(LEDGER) == 4


async def test_that_a_list_that_never_holds_still_is_not_taken(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)

        def moving(asked: Asked) -> Any:
            rows = [transaction(n) for n in range(150 + backend.count(LEDGER), 0, -1)]
            return listed(rows)(asked)

        backend.say(LEDGER, moving)
        await desk.refreshed(Page.FINANCES)
        assert desk.failures() == {Resource.TRANSACTIONS: "inconsistent"}
        assert ids(desk) == [1001, 1002, 1003]


async def test_that_each_artist_has_a_ledger_and_balances_of_its_own(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        desk.engine.switch_artist(2)
        await desk.told(AccountChanged, lambda event: event.artist == 2)
        await desk.settled(Page.FINANCES)
        assert ids(desk, 1) == [1001, 1002, 1003]
        assert ids(desk, 2) == [2001, 2002, 2003]
        assert desk.figures(1)[Figure.IN_TRANSIT] == "1 USD"
        assert desk.figures(2)[Figure.IN_TRANSIT] == "2 USD"


async def test_that_balances_of_another_artist_are_not_taken(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(FINANCES, balances({"artist_id": 2, "balances": []}))
        await desk.shown(Page.FINANCES)
        assert desk.failures() == {Resource.FINANCES: "refused"}
        assert finances.read(desk.store.reading, desk.key(Resource.FINANCES)) is None


async def outcome(desk: Desk, country: str | None = "CA") -> Failure:
    desk.engine.onboard(country)
    failure = (await desk.told(OnboardingFailed)).failure
    assert failure is not None
    return failure


async def test_that_the_link_to_stripe_is_asked_for_once_and_told(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        url = "https://connect.stripe.com/setup/x"
        backend.say(ONBOARD, balances({"url": url}))
        await desk.shown(Page.FINANCES)
        desk.engine.onboard("CA")
        desk.engine.onboard("DE")
        assert await desk.told(OnboardingReady) == OnboardingReady(url, 1, backend.base_url)
        assert desk.of(OnboardingStarted) == [OnboardingStarted(1)]
        assert [one.body for one in backend.asked if one.path == ONBOARD] == [
            {"artist_id": 1, "country": "CA"}
        ]


async def test_that_a_form_of_a_server_on_this_computer_may_be_opened(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        url = f"http://127.0.0.1:{backend.port}/onboarding/x"
        backend.say(ONBOARD, balances({"url": url}))
        desk.engine.onboard(None)
        assert (await desk.told(OnboardingReady)).url == url
        assert backend.asked[-1].body == {"artist_id": 1}


@pytest.mark.parametrize(
    "url",
    [
        "https://stripe.com.evil.example/",
        "http://connect.stripe.com/",
        "http://127.0.0.1:1/",
        "javascript:alert(1)",
    ],
)
async def test_that_a_link_elsewhere_is_refused_in_words(path: Path, url: str) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(ONBOARD, balances({"url": url}))
        failure = await outcome(desk)
        assert failure.kind is FailureKind.REFUSED
        assert "does not lead to Stripe or BeatPass" in failure.sentence
        assert desk.of(OnboardingReady) == []


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        (Said({"message": "It is set up."}, 409), FailureKind.CONFLICT, "It is set up."),
        (Said({"message": "Not there."}, 422), FailureKind.INVALID, "Not there."),
        (balances({}), FailureKind.UNDECODABLE, "no link"),
        (HTML, FailureKind.UNDECODABLE, "not the BeatPass API"),
        (REFUSED, FailureKind.UNAUTHORISED, "does not accept"),
    ],
)
async def test_that_a_refusal_is_told_and_it_may_be_tried_again(
    path: Path, said: Said, kind: FailureKind, words: str
) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say(ONBOARD, said)
        failure = await outcome(desk)
        assert failure.kind is kind
        assert words in failure.sentence
        assert backend.count(ONBOARD) == 1
        desk.events.clear()
        assert (await outcome(desk)).kind is kind


async def test_that_nothing_is_asked_when_the_token_is_refused(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        backend.say("users/me", REFUSED)
        assert (await outcome(desk)).kind is FailureKind.UNAUTHORISED
        assert backend.count(ONBOARD) == 0


async def test_that_giving_up_ends_the_wish(path: Path) -> None:
    async with Backend() as backend, at_desk(backend, path) as desk:
        await desk.shown(Page.FINANCES)
        backend.say(ONBOARD, balances({}))
        backend.gate.clear()
        desk.engine.onboard("CA")
        await backend.until(ONBOARD)
        await desk.engine.close()
        assert desk.of(OnboardingFailed) == [OnboardingFailed(None, 1)]
