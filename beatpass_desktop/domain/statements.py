"""Statements: what happened to an artist's money in a period."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from decimal import Decimal
from enum import Enum, StrEnum
from pathlib import Path
from typing import NamedTuple

from beatpass_desktop.domain.money import Money, exact_sum
from beatpass_desktop.domain.transactions import (
    Tab,
    Transaction,
    TransactionFilter,
    TransactionKind,
    TransactionRow,
)


class PeriodKind(StrEnum):
    """How a period is chosen."""

    MONTH = "month"
    YEAR = "year"
    TAX_YEAR = "tax_year"
    CUSTOM = "custom"


class TaxYearStart(NamedTuple):
    """The day on which tax years begin, such as 6 April. A month that is too short for the day
    begins it on its last one."""

    month: int = 1
    day: int = 1

    def in_year(self, year: int) -> date:
        """The first day of the tax year that begins in `year`. Raises ValueError."""
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def year_of(self, day: date) -> int:
        """The year in which the tax year began that holds `day`."""
        return day.year if day >= self.in_year(day.year) else day.year - 1


class Period(NamedTuple):
    """Local days, both inclusive. `kind` says what they are called after."""

    first: date
    last: date
    kind: PeriodKind = PeriodKind.CUSTOM

    def bounds(self, zone: tzinfo | None = None) -> tuple[datetime, datetime]:
        """The period as UTC times, half-open; `zone` is the computer's by default.

        Raises ValueError when the period ends before it begins or with the calendar.
        """
        if self.last < self.first or self.last == date.max:
            raise ValueError(f"{self.first} to {self.last} is no period")
        begins, ends = TransactionFilter(begins=self.first, ends=self.last).bounds(zone)
        assert begins is not None
        assert ends is not None
        return begins, ends


def month(year: int, number: int) -> Period:
    """A calendar month. Raises ValueError."""
    return Period(
        date(year, number, 1), date(year, number, monthrange(year, number)[1]), PeriodKind.MONTH
    )


def calendar_year(year: int) -> Period:
    """A calendar year. Raises ValueError."""
    return Period(date(year, 1, 1), date(year, 12, 31), PeriodKind.YEAR)


def tax_year(year: int, start: TaxYearStart) -> Period:
    """The tax year that begins in `year`. Raises ValueError."""
    after = start.in_year(year + 1)
    return Period(start.in_year(year), after - timedelta(days=1), PeriodKind.TAX_YEAR)


class StatementFormat(StrEnum):
    """The kinds of file; the value is also the ending of its name."""

    PDF = "pdf"
    CSV = "csv"
    XLSX = "xlsx"


class Paper(Enum):
    """Sizes of a page in points: width and height."""

    A4 = (595.0, 842.0)
    LETTER = (612.0, 792.0)


class StatementExport(NamedTuple):
    """A statement to be written to a file. `zone` is the name of the computer's time zone, `paper`
    the size of a PDF's pages."""

    path: Path
    format: StatementFormat
    account: int
    artist: int
    period: Period
    zone: str = ""
    paper: Paper = Paper.A4


class LeftOut(StrEnum):
    """Why an entry stands in no total; the value completes "left out because"."""

    NO_AMOUNT = "no amount or no currency was sent"
    UNKNOWN_CURRENCY = "the currency code is not known"


def left_out(transaction: Transaction) -> LeftOut | None:
    """Why an entry stands in no total, None for one that does."""
    if transaction.amount is None:
        return LeftOut.NO_AMOUNT
    return LeftOut.UNKNOWN_CURRENCY if transaction.amount.digits is None else None


@dataclass(frozen=True, slots=True)
class KindTotal:
    """The exact sum of the entries of one kind in one currency, in major units.

    `amount` is that of all `count` entries. It is made of what was `paid`, what is on its way
    (`pending`), what is and will be no money (`failed`: failed or excluded), and `other` states.
    """

    kind: str | None
    currency: str
    count: int = 0
    amount: Decimal = Decimal(0)
    paid: Decimal = Decimal(0)
    pending: Decimal = Decimal(0)
    failed: Decimal = Decimal(0)
    other: Decimal = Decimal(0)


@dataclass(frozen=True, slots=True)
class Summary:
    """What the lines of a statement come to.

    `uncounted` says how many of the `lines` stand in no total, by reason and currency code (""
    where none was sent). `unlisted` lines are listed by the server no more, `corrected` ones were
    changed after they had been stored, `inexact` amounts have more digits than their currency.
    """

    lines: int = 0
    totals: tuple[KindTotal, ...] = ()
    uncounted: tuple[tuple[LeftOut, str, int], ...] = ()
    unlisted: int = 0
    corrected: int = 0
    inexact: int = 0


def summarise(rows: Iterable[TransactionRow]) -> Summary:
    """What these entries come to; each total equals its rows."""
    amounts: dict[tuple[str, str], dict[Tab, list[Decimal]]] = {}
    uncounted: Counter[tuple[LeftOut, str]] = Counter()
    lines = unlisted = corrected = inexact = 0
    for row in rows:
        lines += 1
        unlisted += row.unlisted_at is not None
        corrected += row.changed
        one, money = row.transaction, row.transaction.amount
        why = left_out(one)
        if money is None or why is not None:
            uncounted[why or LeftOut.NO_AMOUNT, money.currency if money else ""] += 1
            continue
        inexact += not money.is_exact
        parts = amounts.setdefault((money.currency, one.kind or ""), {})
        parts.setdefault(_part(one), []).append(money.amount)
    return Summary(
        lines,
        tuple(
            _total(*key, parts)
            for key, parts in sorted(amounts.items(), key=lambda item: place_of_total(*item[0]))
        ),
        tuple((why, code, count) for (why, code), count in sorted(uncounted.items())),
        unlisted,
        corrected,
        inexact,
    )


def place_of_total(currency: str, kind: str | None) -> tuple[str, int, str]:
    """What totals are sorted by: currencies, then the known kinds in their order, then others."""
    known = [member.value for member in TransactionKind]
    place = known.index(kind) if kind in known else len(known)
    return currency, place, kind or ""


def _part(transaction: Transaction) -> Tab:
    """The part of a total that an entry belongs to; ALL for one of another status."""
    parts = (Tab.PAID, Tab.PENDING, Tab.FAILED)
    return next((tab for tab in parts if transaction.status in tab.statuses), Tab.ALL)


def _total(currency: str, kind: str, parts: Mapping[Tab, Sequence[Decimal]]) -> KindTotal:
    sums = {tab: exact_sum(amounts) for tab, amounts in parts.items()}
    zero = Decimal(0)
    return KindTotal(
        kind or None,
        currency,
        sum(map(len, parts.values())),
        exact_sum(sums.values()),
        paid=sums.get(Tab.PAID, zero),
        pending=sums.get(Tab.PENDING, zero),
        failed=sums.get(Tab.FAILED, zero),
        other=sums.get(Tab.ALL, zero),
    )


class BalanceRecord(NamedTuple):
    """The balance in each currency as this computer recorded it at `recorded_at` (UTC)."""

    amounts: tuple[Money, ...]
    recorded_at: datetime


@dataclass(frozen=True, slots=True)
class Statement:
    """The head of a statement; its lines are read beside it.

    `source` is the server's host or says that it is sandbox data, `zone` names the time zone of the
    days. Times are UTC: `made_at` is when the statement was made, `as_of` when the ledger was last
    fetched, `cached_at` when the server worked the balances out. `opening` and `closing` are the
    balances recorded last before the period and before its end, None where nothing was recorded.
    `truncated`: the server lists only its latest `transaction_limit` entries. `undated` entries of
    the ledger have no date and so no period.
    """

    artist: str
    account: str
    source: str
    period: Period
    zone: str
    made_at: datetime
    as_of: datetime | None
    cached_at: datetime | None
    is_stale: bool | None
    truncated: bool | None
    transaction_limit: int | None
    undated: int
    opening: BalanceRecord | None
    closing: BalanceRecord | None
    summary: Summary
