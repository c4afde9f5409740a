"""The Finances page's model: states, details, earnings, and the way to Stripe."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from ledger_stage import (
    NOT_CONNECTED,
    READY,
    balances,
    payout,
    put_finances,
    sale,
    split,
    take_ledger,
)
from stage import BROKEN, Stage

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.events import (
    AccountChanged,
    OnboardingFailed,
    OnboardingReady,
    OnboardingStarted,
    ResourcesChanged,
)
from beatpass_desktop.domain.finances import StripeStatus
from beatpass_desktop.domain.resources import DataSet, Resource, ResourceKey, Scope
from beatpass_desktop.domain.transactions import Transaction, TransactionKind
from beatpass_desktop.models import finance_words
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import accounts

DATA_SETS = [
    DataSet(resource, Scope.ARTIST, timedelta(minutes=5))
    for resource in (Resource.STRIPE, Resource.FINANCES, Resource.TRANSACTIONS)
]
SERVER = "http://127.0.0.1:8000/api/v1"


def _model(stage: Stage, who: Who | None = None) -> FinancesModel:
    shown = who or stage.sign_in()
    return FinancesModel(DATA_SETS, stage.store, stage.feed, shown, stage.clock)


def _stored(
    stage: Stage,
    stripe: StripeStatus | None,
    ledger: list[Transaction] | None = None,
    artist: int = 1,
    **others: Any,
) -> None:
    """What BeatPass sent of an artist; the feed tells it."""

    def job(connection: Any) -> set[ResourceKey]:
        keys = put_finances(connection, 1, artist, stripe, others.get("finances"), stage.now)
        if ledger is not None:
            keys.add(take_ledger(connection, 1, artist, ledger, stage.now))
        return keys

    stage.feed.tell(ResourcesChanged(frozenset(stage.write(job))))


def test_that_nothing_is_known_at_first(stage: Stage) -> None:
    model = _model(stage)
    assert model.state is PageState.LOADING
    assert (model.stripe, model.finances, model.needs_setup) == (None, None, False)


@pytest.mark.parametrize(
    ("stripe", "ledger", "state"),
    [
        (NOT_CONNECTED, [], PageState.SETUP),
        (StripeStatus(True, True, False, True), [sale(1)], PageState.SETUP),
        (StripeStatus(True, False, True, True), [sale(1)], PageState.SETUP),
        (READY, [], PageState.EMPTY),
        (READY, [sale(1)], PageState.READY),
        # What BeatPass did not send is not called missing.
        (StripeStatus(True, None, None), [sale(1)], PageState.READY),
        (None, [sale(1)], PageState.READY),
    ],
)
def test_that_the_state_is_that_of_the_account(
    stage: Stage, stripe: StripeStatus | None, ledger: list[Transaction], state: PageState
) -> None:
    model = _model(stage)
    _stored(stage, stripe, ledger)
    assert model.state is state


def test_that_a_failed_refresh_keeps_everything(stage: Stage) -> None:
    model = _model(stage)
    _stored(stage, READY, [sale(1)], finances=balances("12.50 USD"))
    for data_set in DATA_SETS:
        stage.failed(data_set, BROKEN)
    assert model.state is PageState.READY
    assert model.table.rowCount() == 1
    assert model.finances is not None
    assert model.finances.balances is not None
    assert model.freshness.reason == BROKEN.sentence


def test_that_the_reply_says_how_long_balances_stay_fresh(stage: Stage) -> None:
    model = _model(stage)
    cached_at = stage.now - timedelta(minutes=3)
    _stored(stage, READY, [], finances=balances("1 USD", cached_at=cached_at))
    assert model.freshness.state == "live"
    stage.advance(minutes=3)
    assert model.freshness.state == "stale"


def test_that_another_artist_takes_nothing_along(stage: Stage, qtbot: Any) -> None:
    who = _two_artists(stage)
    model = _model(stage, who)
    _stored(stage, READY, [payout(5, "-10"), sale(1, "10")], finances=balances("12.50 USD"))
    _stored(stage, NOT_CONNECTED, [], artist=2)
    model.details.show(_number(model, 0))
    qtbot.waitUntil(lambda: model.totals.is_settled and model.earnings.is_settled)
    assert model.details.row is not None
    assert model.earnings.earnings.months
    seen: list[tuple[object, ...]] = []

    def look() -> None:
        """What is read right when something is told to have changed."""
        if who.artist == 2:
            seen.append((model.table.rowCount(), model.finances, model.state))

    for signal in (model.changed, model.table.modelReset, model.totals.changed):
        signal.connect(look)
    _switch(stage, 2)
    assert seen
    assert all(rows == 0 and money is None for rows, money, _ in seen)
    assert model.state is PageState.SETUP
    assert model.details.row is None
    assert model.details.reconciliation is None
    assert model.earnings.earnings.months == ()
    assert model.totals.counts is None
    qtbot.waitUntil(lambda: model.totals.is_settled and model.earnings.is_settled)
    assert model.earnings.earnings.months == ()


def test_that_a_payout_is_explained_as_far_as_it_goes(stage: Stage) -> None:
    model = _model(stage)
    ledger = [
        sale(1, "99.00"),
        payout(2, "-99.00"),
        sale(3, "24.99"),
        sale(4, "-5.00", kind="refund"),
        split(5, "9.50"),
        split(6, "8.00", "failed"),
        sale(7, "3000", "JPY"),
        payout(8, "-40.00"),
        sale(9, "1.00"),
    ]
    _stored(stage, READY, ledger)
    rows = {row.transaction.id: row for at in range(9) if (row := model.table.at(at))}
    model.details.show(rows[8].row)
    found = model.details.reconciliation
    assert found is not None
    assert found.is_inferred
    assert [part.transaction.id for part in found.parts] == [3, 4, 5]
    assert (found.covered, found.unexplained) == (Decimal("29.49"), Decimal("10.51"))
    model.details.show(rows[3].row)
    assert model.details.reconciliation is None
    model.details.show(None)
    assert model.details.row is None


def test_that_details_change_where_they_stand(stage: Stage) -> None:
    model = _model(stage)
    _stored(stage, READY, [split(1, status="queued")])
    model.details.show(_number(model, 0))
    changed: list[None] = []
    model.details.changed.connect(lambda: changed.append(None))
    stage.advance(hours=1)
    _stored(stage, READY, [split(1, status="paid")])
    assert model.details.row is not None
    assert model.details.row.transaction.status == "paid"
    assert [(c.field, c.before, c.after) for c in model.details.changes] == [
        ("status", "queued", "paid")
    ]
    assert changed


def test_that_earnings_are_exact_and_of_one_currency(stage: Stage, qtbot: Any) -> None:
    model = _model(stage)

    def on(month: int) -> datetime:
        return datetime(2026, month, 3, tzinfo=UTC)

    ledger = [
        sale(1, "0.10", created_at=on(1)),
        sale(2, "0.20", created_at=on(1)),
        sale(3, "-0.05", kind="refund", created_at=on(4)),
        split(4, "7.00", created_at=on(4)),
        split(5, "9.00", "excluded", created_at=on(4)),
        payout(6, "-3.00", created_at=on(4)),
        sale(7, "500", "JPY", created_at=on(2)),
        sale(8, "5", "XQX", created_at=on(2)),
        sale(9, "6", kind="royalty", created_at=on(2)),
    ]
    _stored(stage, READY, ledger)
    earnings = model.earnings
    qtbot.waitUntil(lambda: earnings.is_settled and bool(earnings.earnings.months))
    found = earnings.earnings
    assert found.currencies == ("USD", "JPY")
    assert found.currency == "USD"
    assert found.months == ("2026-01", "2026-02", "2026-03", "2026-04")
    assert found.streams[TransactionKind.TRACK_SALE] == (Decimal("0.30"), 0, 0, 0)
    assert found.streams[TransactionKind.REFUND] == (0, 0, 0, Decimal("-0.05"))
    assert found.total(3) == Decimal("6.95")
    assert found.left_out == 2
    earnings.choose("JPY")
    qtbot.waitUntil(lambda: earnings.is_settled)
    assert earnings.earnings.months == ("2026-02",)


def test_that_the_link_to_stripe_is_handed_on(stage: Stage) -> None:
    model = _model(stage)
    opened: list[tuple[str, str]] = []
    model.link_ready.connect(lambda address, server: opened.append((address, server)))
    stage.feed.tell(OnboardingStarted(1))
    assert model.is_asking_for_link
    own = "http://127.0.0.1:8000/onboarding/abc"
    for url in ("https://connect.stripe.com/setup/x", own):
        stage.feed.tell(OnboardingReady(url, 1, SERVER))
    assert [address for address, _ in opened] == ["https://connect.stripe.com/setup/x", own]
    assert model.has_opened_link
    assert not model.is_asking_for_link
    assert not model.link_refusal


def test_that_other_links_are_refused_in_plain_words(stage: Stage) -> None:
    model = _model(stage)
    opened: list[str] = []
    model.link_ready.connect(lambda address, _: opened.append(address))
    for url in ("https://evil.example/stripe.com", "http://connect.stripe.com", "javascript:1"):
        stage.feed.tell(OnboardingReady(url, 1, SERVER))
        assert "does not lead to Stripe" in model.link_refusal
    stage.feed.tell(OnboardingFailed(BROKEN, 1))
    assert model.link_refusal == BROKEN.sentence
    assert opened == []
    assert not model.has_opened_link


def test_that_a_link_for_another_artist_is_let_pass(stage: Stage) -> None:
    model = _model(stage, _two_artists(stage))
    stage.feed.tell(OnboardingStarted(1))
    _switch(stage, 2)
    assert not model.is_asking_for_link
    opened: list[str] = []
    model.link_ready.connect(lambda address, _: opened.append(address))
    stage.feed.tell(OnboardingReady("https://connect.stripe.com/x", 1, SERVER))
    stage.feed.tell(OnboardingFailed(BROKEN, 1))
    assert opened == []
    assert model.link_refusal == ""


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("external_account", "bank account"),
        ("individual.verification.document", "passport"),
        ("individual.dob.day", "date of birth"),
        ("person_1NAbc.address.city", "home address"),
        ("company.tax_id", "tax number"),
        ("business_profile.mcc", "line of business"),
        ("tos_acceptance.ip", "Stripe's terms"),
        ("company.directors_provided", "owns and directs"),
        ("something.new", "something.new"),
        ("individual.shoe_size", "individual.shoe_size"),
    ],
)
def test_that_requirements_are_in_plain_words(code: str, words: str) -> None:
    assert words in finance_words.due_text(code)


def test_that_what_is_due_is_named_once() -> None:
    codes = ("individual.dob.day", "individual.dob.month", "tos_acceptance.date", "x.y")
    assert finance_words.due_texts(codes) == [
        "Your date of birth",
        "Your agreement to Stripe's terms",
        "x.y",
    ]
    assert finance_words.country_text("jp") == "Japan"
    assert finance_words.country_text("ZZ") == "ZZ"


def _two_artists(stage: Stage) -> Who:
    artists = (ArtistRef(1, "First"), ArtistRef(2, "Second"))
    identity = Identity(7, "Ada", artists=artists)

    def job(connection: Any) -> None:
        account = accounts.remember(connection, "https://x", identity, "t", stage.now)
        accounts.set_own_artist(connection, account.account, 1)

    stage.write(job)
    return Who(stage.store, stage.feed, accounts.get(stage.store.reading, 1))


def _switch(stage: Stage, artist: int) -> None:
    stage.write(lambda c: accounts.set_current_artist(c, 1, artist))
    stage.feed.tell(AccountChanged(1, artist))


def _number(model: FinancesModel, at: int) -> int:
    row = model.table.at(at)
    assert row is not None
    return row.row
