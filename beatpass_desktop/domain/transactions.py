"""The ledger of an artist: sales, refunds, subscription payouts, and transfers to the bank."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from beatpass_desktop.domain.money import Money


class TransactionKind(StrEnum):
    """The kinds that are known; another one is kept and shown as it was sent."""

    TRACK_SALE = "track_sale"
    REFUND = "refund"
    SUBSCRIPTION_PAYOUT = "subscription_payout"
    PAYOUT = "payout"


class TransactionStatus(StrEnum):
    """The states that are known; another one is kept and shown as it was sent."""

    QUEUED = "queued"
    SENDING = "sending"
    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    EXCLUDED = "excluded"


EARNING_KINDS = (
    TransactionKind.TRACK_SALE,
    TransactionKind.REFUND,
    TransactionKind.SUBSCRIPTION_PAYOUT,
)
"""What is earned or taken back; a payout moves money that was earned before."""

NEVER_MONEY = (TransactionStatus.FAILED, TransactionStatus.EXCLUDED)
"""States in which an amount neither is nor will be money."""


def is_earning(kind: str | None, status: str | None) -> bool:
    """Whether an entry counts in the earnings by month."""
    return kind in EARNING_KINDS and status not in NEVER_MONEY


class Tab(StrEnum):
    """A part of the ledger by kind or by status."""

    ALL = "all"
    SALES = "sales"
    SUBSCRIPTIONS = "subscriptions"
    PAID = "paid"
    PENDING = "pending"
    FAILED = "failed"

    @property
    def kinds(self) -> tuple[TransactionKind, ...]:
        """The kinds it holds; empty for every kind."""
        return _TAB_KINDS.get(self, ())

    @property
    def statuses(self) -> tuple[TransactionStatus, ...]:
        """The states it holds; empty for every state."""
        return _TAB_STATUSES.get(self, ())

    def holds(self, kind: str | None, status: str | None) -> bool:
        """Whether an entry of this kind and status stands in it."""
        return (not self.kinds or kind in self.kinds) and (
            not self.statuses or status in self.statuses
        )


_TAB_KINDS = {
    Tab.SALES: (TransactionKind.TRACK_SALE, TransactionKind.REFUND),
    Tab.SUBSCRIPTIONS: (TransactionKind.SUBSCRIPTION_PAYOUT,),
}
_TAB_STATUSES = {
    Tab.PAID: (TransactionStatus.PAID,),
    Tab.PENDING: (
        TransactionStatus.QUEUED,
        TransactionStatus.SENDING,
        TransactionStatus.PENDING,
    ),
    Tab.FAILED: NEVER_MONEY,
}


@dataclass(frozen=True, slots=True)
class TrackRef:
    """The track that was sold or given back."""

    id: int | None = None
    name: str | None = None


@dataclass(frozen=True, slots=True)
class Split:
    """An artist's part of a subscription pool.

    `billing_period` is a month as it was sent (`YYYY-MM`), `share_percentage` the part of the pool
    in percent. The two amounts are in the currency of the transaction.
    """

    id: int | None = None
    billing_period: str | None = None
    original_amount: Money | None = None
    redistribution_bonus: Money | None = None
    share_percentage: Decimal | None = None
    contribution_value: Decimal | None = None
    failure_reason: str | None = None
    retry_count: int | None = None


@dataclass(frozen=True, slots=True)
class Transaction:
    """One entry of `GET /artist/unified-transactions`.

    `kind` and `status` are the wire's own words, `created_at` UTC. Earnings are positive, refunds
    and payouts negative. `amount` is None when the amount or its currency did not come.
    """

    id: int
    kind: str | None = None
    description: str | None = None
    amount: Money | None = None
    status: str | None = None
    created_at: datetime | None = None
    track: TrackRef | None = None
    split: Split | None = None


class TransactionColumn(StrEnum):
    """A column of the table of transactions."""

    DATE = "date"
    KIND = "kind"
    DESCRIPTION = "description"
    AMOUNT = "amount"
    STATUS = "status"


class TransactionSort(NamedTuple):
    """The order of the table; without a column the newest come first."""

    column: TransactionColumn | None = None
    descending: bool = True


class TransactionFilter(NamedTuple):
    """What is shown; a part that is empty or None leaves everything.

    `text` is looked for in descriptions, tracks, kinds and amounts; `begins` and `ends` are local
    days, both inclusive. An entry without a date is in no range.
    """

    tab: Tab = Tab.ALL
    text: str = ""
    begins: date | None = None
    ends: date | None = None

    @property
    def is_set(self) -> bool:
        """Whether it can leave anything out."""
        has_days = self.begins is not None or self.ends is not None
        return self.tab is not Tab.ALL or bool(self.text.strip()) or has_days

    def bounds(self, zone: tzinfo | None = None) -> tuple[datetime | None, datetime | None]:
        """The days as UTC times, half-open; `zone` is that of the user, the computer's by default.

        A day begins with its first moment, also where clocks are put forward at midnight.
        """
        after = None
        if self.ends is not None and self.ends != date.max:
            after = self.ends + timedelta(days=1)
        return _beginning(self.begins, zone), _beginning(after, zone)


def _beginning(day: date | None, zone: tzinfo | None) -> datetime | None:
    if day is None:
        return None
    try:
        return datetime.combine(day, time(), zone).astimezone(UTC)
    except OverflowError:
        # Within a day of the ends of the calendar, where nothing can be.
        return datetime.combine(day, time(), UTC)


class TransactionRow(NamedTuple):
    """One stored transaction.

    `row` is the store's row number, `first_seen_at` (UTC) when it was first fetched, `unlisted_at`
    since when the server lists it no more. `changed`: something besides its status (and what comes
    with that, such as retries) was corrected after it had been stored.
    """

    row: int
    transaction: Transaction
    first_seen_at: datetime
    unlisted_at: datetime | None
    changed: bool


class TransactionChange(NamedTuple):
    """A field that came with another value than before; `at` is when that was noticed (UTC).

    `field` is its name, such as `amount`, `status` or `split.retry_count`. Values are texts: money
    as "12.50 USD", times in ISO 8601 (UTC); None when there was none.
    """

    at: datetime
    field: str
    before: str | None
    after: str | None


class StateChange(NamedTuple):
    """A payout or subscription payout whose status changed; `at` is when that was noticed (UTC)."""

    row: int
    kind: str
    description: str | None
    amount: Money | None
    before: str | None
    after: str | None
    at: datetime


@dataclass(frozen=True, slots=True)
class Total:
    """The exact sum of the entries of one kind in one currency, in major units."""

    kind: str | None
    currency: str
    amount: Decimal
    count: int
