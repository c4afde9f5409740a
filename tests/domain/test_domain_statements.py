"""Periods, and what a statement's lines come to."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.statements import (
    KindTotal,
    LeftOut,
    Period,
    PeriodKind,
    TaxYearStart,
    calendar_year,
    month,
    summarise,
    tax_year,
)
from beatpass_desktop.domain.transactions import Transaction, TransactionRow

AT = datetime(2026, 11, 23, tzinfo=UTC)
UK = TaxYearStart(4, 6)


def row(number: int, *values: object, changed: bool = False) -> TransactionRow:
    kind, amount, currency, status = values
    money = None if amount is None else Money(Decimal(str(amount)), str(currency))
    one = Transaction(number, kind, None, money, status, AT)  # type: ignore[arg-type]
    return TransactionRow(number, one, AT, None, changed)


def test_that_tax_years_follow_each_other_without_a_gap() -> None:
    assert tax_year(2025, UK) == Period(date(2025, 4, 6), date(2026, 4, 5), PeriodKind.TAX_YEAR)
    for start in (UK, TaxYearStart(1, 1), TaxYearStart(2, 29), TaxYearStart(12, 31)):
        for year in range(1999, 2031):
            last, following = tax_year(year, start).last, tax_year(year + 1, start).first
            assert following - last == timedelta(days=1)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 4, 5), 2025),
        (date(2026, 4, 6), 2026),
        (date(2026, 12, 31), 2026),
        (date(2027, 1, 1), 2026),
    ],
)
def test_that_a_day_is_in_one_tax_year(day: date, year: int) -> None:
    assert UK.year_of(day) == year
    assert tax_year(year, UK).first <= day <= tax_year(year, UK).last


def test_that_months_and_years_have_all_their_days() -> None:
    assert month(2024, 2)[:2] == (date(2024, 2, 1), date(2024, 2, 29))
    assert calendar_year(2026)[:2] == (date(2026, 1, 1), date(2026, 12, 31))


def test_that_days_are_those_of_the_time_zone() -> None:
    begins, ends = month(2026, 3).bounds(ZoneInfo("Europe/London"))
    assert (begins, ends) == (
        datetime(2026, 3, 1, tzinfo=UTC),
        datetime(2026, 3, 31, 23, tzinfo=UTC),
    )


@pytest.mark.parametrize(
    "period", [Period(date(2026, 2, 1), date(2026, 1, 31)), Period(date(2026, 1, 1), date.max)]
)
def test_that_what_is_no_period_is_refused(period: Period) -> None:
    with pytest.raises(ValueError, match="is no period"):
        period.bounds()


def test_that_totals_are_exact_and_never_across_currencies() -> None:
    rows = [
        row(1, "track_sale", "0.10", "USD", "paid"),
        row(2, "track_sale", "0.20", "USD", "queued"),
        row(3, "track_sale", "9", "USD", "failed"),
        row(4, "track_sale", "1", "USD", "held"),
        row(5, "track_sale", "500", "JPY", "paid"),
        row(6, "refund", "-0.1", "USD", "paid"),
    ]
    amounts = map(Decimal, ("10.30", "0.10", "0.20", "9", "1"))
    assert summarise(rows).totals == (
        KindTotal("track_sale", "JPY", 1, Decimal(500), Decimal(500)),
        KindTotal("track_sale", "USD", 4, *amounts),
        KindTotal("refund", "USD", 1, Decimal("-0.1"), Decimal("-0.1")),
    )


def test_that_what_cannot_be_added_up_is_counted_with_its_reason() -> None:
    rows = [
        row(1, "track_sale", None, None, "paid"),
        row(2, "track_sale", "1", "XBT", "paid"),
        row(3, "tip", "2", "XBT", None),
        row(4, None, "1.005", "USD", "paid", changed=True),
    ]
    summary = summarise(rows)
    assert summary.uncounted == (
        (LeftOut.NO_AMOUNT, "", 1),
        (LeftOut.UNKNOWN_CURRENCY, "XBT", 2),
    )
    assert (summary.lines, summary.inexact, summary.corrected) == (4, 1, 1)
    assert [total.kind for total in summary.totals] == [None]
