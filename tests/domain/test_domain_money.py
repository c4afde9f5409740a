"""Money, transactions and Stripe accounts as values."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from beatpass_desktop.domain.finances import STRIPE_COUNTRIES, Finances, StripeStatus
from beatpass_desktop.domain.money import Money, amounts_in, exact_sum, listed
from beatpass_desktop.domain.reconciliation import reconcile
from beatpass_desktop.domain.transactions import (
    Tab,
    Transaction,
    TransactionFilter,
    TransactionRow,
    is_earning,
)

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
AMOUNTS = st.decimals(
    min_value=Decimal(-(10**18)), max_value=Decimal(10**18), allow_nan=False, places=12
)


def money(text: str, currency: str = "USD") -> Money:
    return Money(Decimal(text), currency)


def row(
    amount: str, kind: str = "track_sale", status: str = "paid", **values: str
) -> TransactionRow:
    value = Transaction(1, kind, None, money(amount, values.get("currency", "USD")), status, AT)
    return TransactionRow(1, value, AT, None, changed=False)


@given(st.lists(AMOUNTS, max_size=40))
def test_that_sums_are_exact_however_long_the_amounts(amounts: list[Decimal]) -> None:
    assert Fraction(exact_sum(amounts)) == sum(map(Fraction, amounts), Fraction(0))


def test_that_amounts_in_several_currencies_are_kept_as_one_text() -> None:
    amounts = (money("12.50"), money("3000", "JPY"), money("-1.234", "KWD"))
    assert listed(amounts) == "12.50 USD, 3000 JPY, -1.234 KWD"
    assert amounts_in(listed(amounts)) == amounts
    assert amounts_in("") == ()
    assert str(money("1E+2", "JPY")) == "100 JPY"
    with pytest.raises(ValueError, match="no amount"):
        amounts_in("many USD")


@pytest.mark.parametrize(
    ("status", "is_ready"),
    [
        (StripeStatus(True, True, True), True),
        (StripeStatus(True, True, False), False),
        (StripeStatus(False, None, None), False),
        (StripeStatus(True, None, True), None),
        (StripeStatus(), None),
    ],
)
def test_that_money_can_come_only_with_all_three_lights(
    status: StripeStatus, is_ready: bool | None
) -> None:
    assert status.is_ready is is_ready


@pytest.mark.parametrize(
    ("finances", "seconds"),
    [
        (Finances(), 300),
        (Finances(cached_at=AT), 300),
        (Finances(cached_at=AT - timedelta(seconds=100)), 200),
        (Finances(cached_at=AT - timedelta(hours=1)), 60),
        (Finances(cached_at=AT + timedelta(hours=1)), 300),
        (Finances(cached_at=AT, is_stale=True), 60),
        (Finances(cached_at=AT, is_stale=False), 300),
    ],
)
def test_that_balances_are_fresh_for_as_long_as_the_server_keeps_them(
    finances: Finances, seconds: int
) -> None:
    assert finances.fresh_for(AT) == timedelta(seconds=seconds)


def test_that_the_countries_of_stripe_are_43_and_in_the_order_of_their_names() -> None:
    codes, names = zip(*STRIPE_COUNTRIES, strict=True)
    assert len(set(codes)) == 43
    assert list(names) == sorted(names)
    assert dict(STRIPE_COUNTRIES)["GB"] == "United Kingdom"


@pytest.mark.parametrize(
    ("kind", "status", "tabs"),
    [
        ("track_sale", "paid", {Tab.ALL, Tab.SALES, Tab.PAID}),
        ("refund", "queued", {Tab.ALL, Tab.SALES, Tab.PENDING}),
        ("subscription_payout", "excluded", {Tab.ALL, Tab.SUBSCRIPTIONS, Tab.FAILED}),
        ("payout", "sending", {Tab.ALL, Tab.PENDING}),
        ("royalty", "on_hold", {Tab.ALL}),
        (None, None, {Tab.ALL}),
    ],
)
def test_which_tabs_hold_an_entry(kind: str | None, status: str | None, tabs: set[Tab]) -> None:
    assert {tab for tab in Tab if tab.holds(kind, status)} == tabs


def test_that_what_failed_and_what_is_only_moved_is_not_earned() -> None:
    assert is_earning("track_sale", "paid")
    assert is_earning("refund", None)
    assert is_earning("subscription_payout", "queued")
    assert not is_earning("subscription_payout", "excluded")
    assert not is_earning("track_sale", "failed")
    assert not is_earning("payout", "paid")
    assert not is_earning("royalty", "paid")


def test_that_a_filter_knows_whether_it_can_leave_anything_out() -> None:
    assert not TransactionFilter(text=" ").is_set
    assert TransactionFilter(text="a").is_set
    assert TransactionFilter(tab=Tab.PAID).is_set
    assert TransactionFilter(ends=date(2026, 1, 1)).is_set


@pytest.mark.parametrize(
    ("zone", "day", "begins", "ends"),
    [
        ("UTC", date(2026, 1, 1), "2026-01-01T00:00", "2026-01-02T00:00"),
        # 23 and 25 hours long
        ("Europe/Berlin", date(2026, 3, 29), "2026-03-28T23:00", "2026-03-29T22:00"),
        ("Europe/Berlin", date(2026, 10, 25), "2026-10-24T22:00", "2026-10-25T23:00"),
        # clocks are put forward at midnight: the day begins at 01:00
        ("Africa/Cairo", date(2024, 4, 26), "2024-04-25T22:00", "2024-04-26T21:00"),
        # a whole day was skipped at the date line
        ("Pacific/Apia", date(2011, 12, 29), "2011-12-29T10:00", "2011-12-30T10:00"),
    ],
)
def test_that_days_are_local_from_their_first_moment(
    zone: str, day: date, begins: str, ends: str
) -> None:
    bounds = TransactionFilter(begins=day, ends=day).bounds(ZoneInfo(zone))
    assert [moment and moment.strftime("%Y-%m-%dT%H:%M") for moment in bounds] == [begins, ends]


@given(
    st.sampled_from(["Europe/Berlin", "America/Havana", "Pacific/Apia", "Asia/Kathmandu", "UTC"]),
    st.dates(date(1990, 1, 1), date(2037, 12, 30)),
)
def test_that_one_day_ends_where_the_next_begins(zone: str, day: date) -> None:
    following = day + timedelta(days=1)
    first = TransactionFilter(begins=day, ends=day).bounds(ZoneInfo(zone))
    second = TransactionFilter(begins=following, ends=following).bounds(ZoneInfo(zone))
    assert first[1] == second[0]


def test_that_the_ends_of_the_calendar_are_days_as_well() -> None:
    begins, ends = TransactionFilter(begins=date.min, ends=date.max).bounds(ZoneInfo("Asia/Tokyo"))
    assert begins == datetime(1, 1, 1, tzinfo=UTC)
    assert ends is None


def test_that_a_payout_is_explained_by_what_was_paid_since_the_one_before() -> None:
    payout = row("-30.01", "payout").transaction
    parts = [row("20.00"), row("15.00", "subscription_payout"), row("-5.00", "refund")]
    others = [row("9", status="queued"), row("9", currency="EUR"), row("9", "royalty")]
    found = reconcile(payout, [*parts, *others])
    assert found.parts == tuple(parts)
    assert found.is_inferred
    assert found.covered == Decimal("30.00")
    assert found.unexplained == Decimal("0.01")


def test_that_a_payout_without_an_amount_cannot_be_explained() -> None:
    with pytest.raises(ValueError, match="not known"):
        reconcile(Transaction(1, "payout"), [])
