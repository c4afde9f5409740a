"""Figures, money and times as people read them."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import QLocale

from beatpass_desktop.models import formatting as f

NBSP = "\N{NO-BREAK SPACE}"
NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


@pytest.fixture(autouse=True)
def toronto() -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = "America/Toronto"
    time.tzset()
    yield
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


@pytest.mark.parametrize(
    ("amount", "currency", "text"),
    [
        ("29.99", "USD", "$29.99"),
        ("29.9", "CAD", "CA$29.90"),
        ("1234567.5", "EUR", "€1,234,567.50"),
        ("3000", "JPY", "¥3,000"),
        ("1.25", "KWD", f"KWD{NBSP}1.250"),
        ("29.990", "CAD", "CA$29.99"),
        ("29.999", "CAD", "CA$29.999"),
        ("3000.5", "JPY", "¥3,000.5"),
        ("1.5", "XYZ", f"XYZ{NBSP}1.5"),
        ("7", "XYZ", f"XYZ{NBSP}7"),
        ("-12.3", "USD", "−$12.30"),
        ("-0.001", "USD", "−$0.001"),
        ("0", "USD", "$0.00"),
        ("9999999999999999999.99", "USD", "$9999999999999999999.99"),
        ("1E+3", "USD", "$1,000.00"),
        (None, "USD", "—"),
        ("1", None, "—"),
        ("rubbish", "USD", "—"),
    ],
)
def test_that_money_is_written_exactly_with_its_currency(
    amount: str | None, currency: str | None, text: str
) -> None:
    assert f.money(amount, currency) == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.44, f"+12.4{NBSP}%"),
        (-3.0, f"−3.0{NBSP}%"),
        (0.0, f"0.0{NBSP}%"),
        (-0.04, f"0.0{NBSP}%"),
        (0.04, f"0.0{NBSP}%"),
        (1234.5, f"+1,234.5{NBSP}%"),
        (None, "—"),
    ],
)
def test_that_a_percentage_has_its_sign(value: float | None, text: str) -> None:
    assert f.percent(value) == text


def test_that_counts_are_grouped_and_unknown_ones_are_a_dash() -> None:
    assert f.number(1234567) == "1,234,567"
    assert f.number(2**63 - 1) == "9,223,372,036,854,775,807"
    assert f.number(-5) == "−5"
    assert f.number(0) == "0"
    assert f.number(None) == f.decimal(None) == "—"
    assert f.decimal(-1.25, 2) == "−1.25"
    assert [f.signed_number(n) for n in (12, -3, 0)] == ["+12", "−3", "0"]


@pytest.mark.parametrize(
    ("milliseconds", "text"),
    [
        (187_999, "3:07"),
        (3_765_000, "1:02:45"),
        (0, "0:00"),
        (59_999, "0:59"),
        (360_000_000, "100:00:00"),
        (-1, "—"),
        (None, "—"),
    ],
)
def test_that_a_length_is_minutes_and_seconds(milliseconds: int | None, text: str) -> None:
    assert f.duration(milliseconds) == text


@pytest.mark.parametrize(
    ("age", "text"),
    [
        (timedelta(seconds=-30), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(seconds=60), "1 min ago"),
        (timedelta(minutes=59, seconds=59), "59 min ago"),
        (timedelta(hours=1), "1 h ago"),
        (timedelta(hours=23, minutes=59), "23 h ago"),
        (timedelta(days=1), "yesterday"),
        (timedelta(days=6, hours=23), "6 days ago"),
        (timedelta(days=7), "Nov 16"),
    ],
)
def test_that_an_age_is_told_in_words(age: timedelta, text: str) -> None:
    assert f.ago(NOW - age, NOW).startswith(text)


def test_that_days_are_local_days() -> None:
    late = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)  # the evening before in Toronto
    assert f.day(late).startswith("Nov 22")
    assert f.day(late).endswith("2026")
    assert f.day(None) == "—"
    assert "22" in f.long_day(late)
    assert "Sunday" in f.long_day(late)
    assert f.clock(NOW).startswith("9:02")
    assert "2026" in f.exact(NOW)
    assert "9:02" in f.exact(NOW)


@pytest.mark.parametrize(
    ("moment", "start"),
    [
        (NOW, "9:02"),
        (NOW - timedelta(days=1), "Sunday 9:02"),
        (NOW - timedelta(days=6), "Tuesday 9:02"),
        (NOW - timedelta(days=7), "Nov 16"),
        (NOW + timedelta(days=1), "Nov 24"),
    ],
)
def test_that_a_moment_is_named_by_its_weekday_for_a_week(moment: datetime, start: str) -> None:
    assert f.weekday_and_clock(moment, NOW).startswith(start)


@pytest.mark.parametrize(
    ("locale", "short", "without_year", "exact"),
    [
        ("en_US", "Nov 23, 2026", "Nov 23", "Monday, November 23, 2026 9:02:00"),
        ("en_GB", "23 Nov 2026", "23 Nov", "Monday, 23 November 2026 09:02:00"),
        ("fr_FR", "23 nov. 2026", "23 nov.", "lundi 23 novembre 2026 09:02:00"),
        ("de_DE", "23. Nov. 2026", "23. Nov.", "Montag, 23. November 2026 09:02:00"),
        ("ja_JP", "2026年11月23日", "11月23日", "2026年11月23日月曜日 9:02:00"),
    ],
)
def test_that_dates_stand_in_the_order_of_the_locale(
    locale: str, short: str, without_year: str, exact: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(locale))
    try:
        assert f.day(NOW) == short
        assert f.short_date(NOW.date(), with_year=False) == without_year
        assert f.exact(NOW).startswith(exact)
    finally:
        QLocale.setDefault(before)


def test_that_months_are_named_and_what_is_none_is_given_back() -> None:
    assert f.month("2026-03") == "March 2026"
    assert f.month("2026-03", short=True, with_year=False).startswith("Mar")
    assert (f.month("2026-13"), f.month("soon")) == ("2026-13", "soon")
