"""The days of the platform's money.

A day is booked when it has ended, at 00:00 UTC of the next one. So whether days pass one by
one or together makes no difference.
"""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.simulation.money.accounts import open_accounts, own_artists
from beatpass_sandbox.simulation.money.billing import bill, is_billing_date
from beatpass_sandbox.simulation.money.contributions import (
    Contributions,
    contributions_from_events,
    contributions_from_figures,
)
from beatpass_sandbox.simulation.money.oddities import distort_money
from beatpass_sandbox.simulation.money.sales import (
    Market,
    open_market,
    schedule_exclusives,
    sell,
)
from beatpass_sandbox.simulation.money.transfers import (
    change_due_statuses,
    pay_out,
    refund_purchases,
)
from beatpass_sandbox.simulation.producers import DAY
from beatpass_sandbox.simulation.profiles import Profile


def simulate_money(connection: sqlite3.Connection, profile: Profile, seed: int, now: int) -> None:
    """Fill the ledger of a settled platform from its first day to ``now`` (Unix seconds).

    Splits are there for all artists, sales and payouts for the user's own.
    """
    open_accounts(connection, profile, seed)
    (founded_at,) = connection.execute("SELECT MIN(joined_at) FROM artists").fetchone()
    if founded_at is not None:
        market = open_market(connection)
        schedule_exclusives(connection, market, seed, now)
        contributions = contributions_from_figures(connection, now)
        _run(connection, market, contributions, seed, founded_at, now)
    for artist_id, artist in zip(own_artists(connection), profile.artists, strict=True):
        if artist.quirky:
            distort_money(connection, artist_id, now)


def pass_days(connection: sqlite3.Connection, seed: int, before: int, after: int) -> None:
    """Let the time between two moments (Unix seconds) pass.

    The plays and uploads of that time have to be in the database already.
    """
    market = open_market(connection)
    _run(connection, market, contributions_from_events(connection), seed, before, after)


def _run(
    connection: sqlite3.Connection,
    market: Market,
    contributions: Contributions,
    seed: int,
    before: int,
    after: int,
) -> None:
    for day in range(before // DAY + 1, after // DAY + 1):
        sell(connection, market, seed, day - 1)
        change_due_statuses(connection, seed, day)
        refund_purchases(connection, day)
        pay_out(connection, seed, day)
        if is_billing_date(day):
            shares = bill(connection, seed, day, contributions(day))
            market.contributions.update(
                (artist_id, shares[artist_id]) for artist_id in market.catalogues.keys() & shares
            )
