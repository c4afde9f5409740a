"""Billing dates: what subscribers paid, and how it is split among the producers."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

from beatpass_sandbox.currencies import DIGITS
from beatpass_sandbox.simulation.money.entries import Entry, write_entry
from beatpass_sandbox.simulation.producers import DAY

POOL_CURRENCY = "USD"
_BILLING_DAYS = (1, 8, 15, 22)
_SUBSCRIPTION = 999
_PRODUCERS_SHARE = 0.6
_FIRST_SUBSCRIBERS = 12
_SUBSCRIBERS_A_DAY = 0.25
_POINTS_UNIT = 1_000_000
_EXCLUDED_UNCONNECTED = "The Stripe account is not connected."
_EXCLUDED_DISABLED = "Charges and payouts are not enabled on the Stripe account."


def is_billing_date(day: int) -> bool:
    """Whether subscribers are billed on a day: four times a month."""
    return datetime.fromtimestamp(day * DAY, UTC).day in _BILLING_DAYS


def apportion(amount: int, weights: Sequence[int]) -> list[int]:
    """Split minor units by weights so that the parts sum to the amount (largest remainder).

    All parts are 0 when there is no weight.
    """
    total = sum(weights)
    if total == 0:
        return [0] * len(weights)
    parts = [amount * weight // total for weight in weights]
    rest = amount - sum(parts)
    by_remainder = sorted(
        range(len(weights)), key=lambda place: (-(amount * weights[place] % total), place)
    )
    for place in by_remainder[:rest]:
        parts[place] += 1
    return parts


def bill(
    connection: sqlite3.Connection, seed: int, day: int, contributions: Mapping[int, float]
) -> Mapping[int, float]:
    """Bill the subscribers of a date and split the pool among all who contributed.

    The share of a producer who cannot be paid is excluded and goes to the others as a bonus,
    in the same proportions; when nobody can be paid it stays with the platform. Returns the
    contributions of those who got a split.
    """
    moment = day * DAY
    accounts = {
        row["artist_id"]: row
        for row in connection.execute(
            "SELECT artist_id, connected, enabled_at FROM stripe_accounts"
        )
    }
    artist_ids = [a for a in sorted(contributions) if contributions[a] > 0 and a in accounts]
    if not artist_ids:
        return {}
    pool = _pool_amount(connection, seed, day)
    points = [max(1, round(contributions[a] * _POINTS_UNIT)) for a in artist_ids]
    total = sum(points)
    (pool_id,) = connection.execute(
        "INSERT INTO pools (billed_at, currency, amount, contribution) VALUES (?,?,?,?)"
        " RETURNING id",
        (moment, POOL_CURRENCY, pool, total / _POINTS_UNIT),
    ).fetchone()
    payable = [_is_enabled(accounts[a], moment) for a in artist_ids]
    originals = apportion(pool, points)
    excluded = sum(part for part, paid in zip(originals, payable, strict=True) if not paid)
    bonuses = apportion(
        excluded, [weight if paid else 0 for weight, paid in zip(points, payable, strict=True)]
    )
    date = datetime.fromtimestamp(moment, UTC).date().isoformat()
    split: dict[int, float] = {}
    for place, artist_id in enumerate(artist_ids):
        original, bonus = originals[place], bonuses[place]
        if original + bonus == 0:
            continue
        split[artist_id] = contributions[artist_id]
        reason = None
        if not payable[place]:
            connected = accounts[artist_id]["connected"]
            reason = _EXCLUDED_DISABLED if connected else _EXCLUDED_UNCONNECTED
        entry = Entry(
            artist_id=artist_id,
            type="subscription_payout",
            status="queued" if payable[place] else "excluded",
            amount=original + bonus if payable[place] else 0,
            currency=POOL_CURRENCY,
            digits=DIGITS[POOL_CURRENCY],
            description=f"Subscription payout of {date}",
            created_at=moment,
            due_at=moment + DAY if payable[place] else None,
        )
        connection.execute(
            "INSERT INTO splits VALUES (?,?,?,?,?,?,?,0)",
            (
                write_entry(connection, entry),
                pool_id,
                contributions[artist_id],
                100 * points[place] / total,
                original,
                bonus,
                reason,
            ),
        )
    return split


def _pool_amount(connection: sqlite3.Connection, seed: int, day: int) -> int:
    """Minor units for the producers: subscribers become more as the platform gets older."""
    (founded_at,) = connection.execute("SELECT MIN(joined_at) FROM artists").fetchone()
    age = max(0, day - founded_at // DAY)
    mood = random.Random(f"{seed}/money/{day}/pool").uniform(0.9, 1.1)
    subscribers = int((_FIRST_SUBSCRIBERS + age * _SUBSCRIBERS_A_DAY) * mood)
    return int(subscribers * _SUBSCRIPTION * _PRODUCERS_SHARE)


def _is_enabled(account: sqlite3.Row, moment: int) -> bool:
    return account["enabled_at"] is not None and account["enabled_at"] <= moment
