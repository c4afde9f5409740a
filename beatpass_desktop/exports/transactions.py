"""Transactions as a table for a file: all that have ever been listed, newest first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal

import apsw

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.transactions import Split, TrackRef
from beatpass_desktop.exports.source import about, fetched_at
from beatpass_desktop.exports.table import Column, Kind, Row, Table
from beatpass_desktop.store import transactions

_COLUMNS = (
    Column("id", "Transaction ID", Kind.WHOLE, 14),
    Column("created_at", "Date (UTC)", Kind.INSTANT, 19),
    Column("type", "Type", width=20),
    Column("description", "Description", width=36),
    Column("amount", "Amount", Kind.NUMBER, 14),
    Column("currency", "Currency", width=9),
    Column("status", "Status", width=10),
    Column("track_id", "Track ID", Kind.WHOLE, 12),
    Column("track", "Track", width=28),
    Column("billing_period", "Billing period", width=14),
    Column("original_amount", "Original amount", Kind.NUMBER, 16),
    Column("redistribution_bonus", "Redistribution bonus", Kind.NUMBER, 20),
    Column("share_percentage", "Share (%)", Kind.NUMBER, 12),
    Column("contribution_value", "Contribution", Kind.NUMBER, 13),
    Column("retry_count", "Retries", Kind.WHOLE, 8),
    Column("failure_reason", "Failure reason", width=28),
    Column("first_seen_at", "First seen (UTC)", Kind.INSTANT, 19),
    Column("unlisted_at", "No longer listed since (UTC)", Kind.INSTANT, 27),
    Column("corrected", "Corrected later", width=15),
)


def transactions_table(
    connection: apsw.Connection,
    account: int,
    artist: int,
    since: datetime | None = None,
    until: datetime | None = None,
) -> Table:
    """The transactions of `since` <= t < `until`, also those BeatPass no longer lists.

    Amounts are exact and in the currency beside them. Those without a date come last, and only
    when no bound is given.
    """
    numbers = transactions.between(connection, account, artist, since, until)
    return Table(
        "transactions",
        "Transactions",
        _COLUMNS,
        _rows(connection, numbers),
        len(numbers),
        about(connection, account, artist),
        fetched_at(connection, ResourceKey(Resource.TRANSACTIONS, account, artist)),
    )


def _rows(connection: apsw.Connection, numbers: Sequence[int]) -> Iterator[Row]:
    for row in transactions.in_blocks(connection, numbers):
        one = row.transaction
        amount, track, split = one.amount, one.track or TrackRef(), one.split or Split()
        yield (
            one.id,
            one.created_at,
            one.kind,
            one.description,
            _amount(amount),
            amount.currency if amount else None,
            one.status,
            track.id,
            track.name,
            split.billing_period,
            _amount(split.original_amount),
            _amount(split.redistribution_bonus),
            split.share_percentage,
            split.contribution_value,
            split.retry_count,
            split.failure_reason,
            row.first_seen_at,
            row.unlisted_at,
            "yes" if row.changed else None,
        )


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount
