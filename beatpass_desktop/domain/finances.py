"""Stripe accounts and balances."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from beatpass_desktop.domain.money import Money

CACHED_FOR = timedelta(minutes=5)
"""How long the server keeps balances before it works them out again (product brief)."""
_ASKED_AT_MOST = timedelta(minutes=1)
"""Balances that their reply calls old are asked for again no sooner than this."""


@dataclass(frozen=True, slots=True)
class StripeStatus:
    """`GET /artist/stripe-connect/status`.

    `country` is an ISO 3166 code, None until it was chosen; `requirements_due` are Stripe's names.
    """

    connected: bool | None = None
    charges_enabled: bool | None = None
    payouts_enabled: bool | None = None
    details_submitted: bool | None = None
    country: str | None = None
    requirements_due: tuple[str, ...] | None = None

    @property
    def is_ready(self) -> bool | None:
        """Whether money can come: False as soon as one light is off, None while one is unknown."""
        lights = (self.connected, self.charges_enabled, self.payouts_enabled)
        if False in lights:
            return False
        return None if None in lights else True


@dataclass(frozen=True, slots=True)
class Balance:
    """What an artist has in one currency.

    `available` has reached Stripe and not left it, `upcoming` is on its way there, `in_transit` is
    on its way to the bank, `lifetime` is all that was earned, less refunds.
    """

    currency: str | None = None
    available: Money | None = None
    upcoming: Money | None = None
    in_transit: Money | None = None
    lifetime: Money | None = None


@dataclass(frozen=True, slots=True)
class Finances:
    """`GET /artist/stripe-connect/finances`.

    `currency` is that of the account. `cached_at` (UTC) is when the server worked the balances out;
    `is_stale`: it says itself that they are out of date. `truncated`: only the latest
    `transaction_limit` transactions are listed.
    """

    artist_id: int | None = None
    currency: str | None = None
    balances: tuple[Balance, ...] | None = None
    multi_currency: bool | None = None
    cached_at: datetime | None = None
    is_stale: bool | None = None
    truncated: bool | None = None
    transaction_limit: int | None = None

    def fresh_for(self, fetched_at: datetime) -> timedelta:
        """For how long after `fetched_at` (UTC) another request would bring nothing new."""
        if self.is_stale:
            return _ASKED_AT_MOST
        if self.cached_at is None:
            return CACHED_FOR
        left = self.cached_at + CACHED_FOR - fetched_at
        return min(max(left, _ASKED_AT_MOST), CACHED_FOR)


STRIPE_COUNTRIES: tuple[tuple[str, str], ...] = (
    ("AU", "Australia"), ("AT", "Austria"), ("BE", "Belgium"), ("BG", "Bulgaria"),
    ("CA", "Canada"), ("HR", "Croatia"), ("CY", "Cyprus"), ("CZ", "Czech Republic"),
    ("DK", "Denmark"), ("EE", "Estonia"), ("FI", "Finland"), ("FR", "France"),
    ("DE", "Germany"), ("GI", "Gibraltar"), ("GR", "Greece"), ("HK", "Hong Kong"),
    ("HU", "Hungary"), ("IE", "Ireland"), ("IT", "Italy"), ("JP", "Japan"), ("LV", "Latvia"),
    ("LI", "Liechtenstein"), ("LT", "Lithuania"), ("LU", "Luxembourg"), ("MY", "Malaysia"),
    ("MT", "Malta"), ("MX", "Mexico"), ("NL", "Netherlands"), ("NZ", "New Zealand"),
    ("NO", "Norway"), ("PL", "Poland"), ("PT", "Portugal"), ("RO", "Romania"),
    ("SG", "Singapore"), ("SK", "Slovakia"), ("SI", "Slovenia"), ("ES", "Spain"),
    ("SE", "Sweden"), ("CH", "Switzerland"), ("TH", "Thailand"),
    ("AE", "United Arab Emirates"), ("GB", "United Kingdom"), ("US", "United States"),
)  # fmt: skip
"""Where an artist can have a Stripe account (help centre): ISO 3166 codes and names, by name."""
