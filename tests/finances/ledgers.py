"""Random ledgers, and what they come to by plain arithmetic in whole numbers."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from decimal import Context, Decimal

import apsw

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.finances import Balance, Finances, StripeStatus
from beatpass_desktop.domain.money import Money, listed
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction
from beatpass_desktop.store import catalogue, documents, figures
from beatpass_desktop.store.ledger import TRANSACTIONS

AT = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
DIGITS = {"USD": 2, "EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3}
UNKNOWN = ("XBT", "ZZZ")
KINDS = ("track_sale", "refund", "subscription_payout", "payout", "tip", None)
STATUSES = ("paid", "queued", "sending", "pending", "failed", "excluded", "held", None)
NEVER = ("failed", "excluded")
TABS = {
    "all": lambda one: True,
    "sales": lambda one: one.kind in ("track_sale", "refund"),
    "subscriptions": lambda one: one.kind == "subscription_payout",
    "paid": lambda one: one.status == "paid",
    "pending": lambda one: one.status in ("queued", "sending", "pending"),
    "failed": lambda one: one.status in NEVER,
}
NAMES = (
    "Midnight Drive", "=SUM(A1:A9)", "@cmd", 'A, "quoted"; name', "two\nlines",
    "A name that is far too long for any column of any page whatever its size may be" * 3,
)  # fmt: skip
FAR_NAMES = (*NAMES, "שלום עולם", "夜の曲")
"""in letters of other fonts, which make a PDF slow: in few ledgers"""
_SCALE = 10**40


def scaled(amount: Decimal) -> int:
    """An amount as a whole number, so that sums know no rounding."""
    numerator, denominator = amount.as_integer_ratio()
    whole, rest = divmod(numerator * _SCALE, denominator)
    assert rest == 0
    return whole


@dataclass
class Ledger:
    """The transactions of an artist and the balances that go with them."""

    rows: list[Transaction]

    @property
    def counted(self) -> list[Transaction]:
        return [one for one in self.rows if one.amount and one.amount.currency in DIGITS]

    def dated(self) -> Ledger:
        """The entries that have a date."""
        return Ledger([one for one in self.rows if one.created_at is not None])

    def totals(self) -> dict[tuple[str | None, str], tuple[int, int]]:
        """Count and sum by kind and currency."""
        found: dict[tuple[str | None, str], tuple[int, int]] = defaultdict(lambda: (0, 0))
        for one in self.counted:
            assert one.amount is not None
            count, amount = found[one.kind, one.amount.currency]
            found[one.kind, one.amount.currency] = count + 1, amount + scaled(one.amount.amount)
        return dict(found)

    def months(self, currency: str) -> dict[tuple[str, str], int]:
        """What was earned by month and kind."""
        found: dict[tuple[str, str], int] = defaultdict(int)
        for one in self.counted:
            is_earning = one.kind in KINDS[:3] and one.status not in NEVER
            assert one.amount is not None
            if one.amount.currency == currency and is_earning and one.created_at:
                found[f"{one.created_at:%Y-%m}", str(one.kind)] += scaled(one.amount.amount)
        return dict(found)

    def balances(self) -> tuple[Balance, ...]:
        """What BeatPass would send of this ledger: each earning and payout in its place."""
        return tuple(
            Balance(
                currency,
                available=self._sum(currency, ("paid",)),
                upcoming=self._sum(currency, ("queued", "sending", "pending")),
                in_transit=self._sum(currency, ("sending",)),
                lifetime=self._sum(currency, None),
            )
            for currency in sorted({one.amount.currency for one in self.counted if one.amount})
        )

    def _sum(self, currency: str, statuses: tuple[str, ...] | None) -> Money:
        parts = [
            one.amount.amount
            for one in self.counted
            if one.amount
            and one.amount.currency == currency
            and one.kind in KINDS[:3]
            and one.created_at
            and (one.status not in NEVER if statuses is None else one.status in statuses)
        ]
        whole = sum(map(scaled, parts))
        sign = 1 if whole < 0 else 0
        digits = tuple(map(int, str(abs(whole))))
        return Money(Decimal((sign, digits, -40)).normalize(_WIDE), currency)


_WIDE = Context(prec=200)


def ledger(seed: int) -> Ledger:
    """The ledger of a number: most are short, some have amounts of every kind of trouble."""
    chance = random.Random(seed)
    size = 0 if seed % 50 == 0 else chance.randint(1, 11)
    currencies = chance.sample(sorted(DIGITS), chance.randint(1, 3))
    trouble = chance.random() < 0.5
    names = FAR_NAMES if seed % 20 == 3 else NAMES
    rows = range(1, size + 1)
    return Ledger([_transaction(chance, row, currencies, names, trouble) for row in rows])


def _transaction(
    chance: random.Random,
    number: int,
    currencies: list[str],
    names: tuple[str, ...],
    trouble: bool,
) -> Transaction:
    odd = trouble and chance.random() < 0.4
    kind = chance.choice(KINDS if odd else KINDS[:4])
    currency = chance.choice(UNKNOWN if odd and chance.random() < 0.4 else currencies)
    digits = DIGITS.get(currency, 8)
    most = 10 ** chance.choice((2, 4, 6, 9, 24 if odd else 9))
    if odd and chance.random() < 0.3:
        digits += chance.randint(1, 5)
    amount = Decimal(chance.randint(0, most)).scaleb(-digits, _WIDE)
    if kind in ("refund", "payout"):
        amount = -amount
    money = None if odd and chance.random() < 0.15 else Money(amount, currency)
    # Far from the ends of the year, so that no time zone moves one out of the period.
    at = datetime(2024, 2, 1, tzinfo=UTC) + timedelta(seconds=chance.randint(0, 700 * 86_400))
    split = None
    if kind == "subscription_payout":
        split = Split(number, f"{at:%Y-%m}", money, share_percentage=Decimal("0.125"))
    return Transaction(
        number,
        kind,
        chance.choice((*names, None)),
        money,
        chance.choice(STATUSES if odd else STATUSES[:6]),
        None if odd and chance.random() < 0.1 else at,
        TrackRef(number, chance.choice(names)) if kind == "track_sale" else None,
        split,
    )


def store_ledger(connection: apsw.Connection, account: int, artist: int, ledger: Ledger) -> None:
    """Store a ledger as complete replies would."""
    key = ResourceKey(Resource.TRANSACTIONS, account, artist)
    carried = frozenset(Transaction.__dataclass_fields__)
    generation = catalogue.begin(connection, TRANSACTIONS, key)
    rows = [Decoded(one, carried) for one in ledger.rows]
    catalogue.stage(connection, TRANSACTIONS, key, generation, rows)
    catalogue.replace(connection, TRANSACTIONS, key, generation, AT)
    documents.succeeded(connection, key, AT)
    told = {
        Resource.FINANCES: Finances(artist, "USD", ledger.balances(), False, AT, False, False),
        Resource.STRIPE: StripeStatus(True, True, True, True, "CA", ()),
    }
    for resource, value in told.items():
        key = ResourceKey(resource, account, artist)
        documents.merge(connection, key, value, frozenset(type(value).__dataclass_fields__))
        documents.succeeded(connection, key, AT)
    balances = [one.available for one in ledger.balances() if one.available]
    values = {Figure.BALANCE: listed(balances) if balances else None}
    figures.record(connection, account, artist, values, AT)
