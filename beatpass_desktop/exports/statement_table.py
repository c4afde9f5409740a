"""The lines and totals of a statement as tables for files."""

from __future__ import annotations

from decimal import Decimal

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.statements import KindTotal, left_out
from beatpass_desktop.domain.transactions import Split, TrackRef, TransactionRow
from beatpass_desktop.exports.statement import kind_text, status_text
from beatpass_desktop.exports.table import Column, Kind, Row

COLUMNS = (
    Column("date", "Date", Kind.DATE, 12),
    Column("created_at", "Date and time (UTC)", Kind.INSTANT, 19),
    Column("id", "Transaction ID", Kind.WHOLE, 14),
    Column("type", "Type", width=20),
    Column("description", "Description", width=36),
    Column("track", "Track", width=28),
    Column("status", "Status", width=10),
    Column("currency", "Currency", width=9),
    Column("amount", "Amount", Kind.NUMBER, 16),
    Column("in_totals", "In totals", width=10),
    Column("remarks", "Remarks", width=44),
    Column("billing_period", "Billing period", width=14),
    Column("original_amount", "Original amount", Kind.NUMBER, 16),
    Column("redistribution_bonus", "Redistribution bonus", Kind.NUMBER, 20),
    Column("share_percentage", "Share (%)", Kind.NUMBER, 12),
    Column("contribution_value", "Contribution", Kind.NUMBER, 13),
    Column("retry_count", "Retries", Kind.WHOLE, 8),
    Column("failure_reason", "Failure reason", width=28),
)
"""What stands of each transaction; the first date is the computer's own."""

TOTAL_COLUMNS = (
    Column("type", "Type", width=20),
    Column("currency", "Currency", width=9),
    Column("rows", "Rows", Kind.WHOLE, 8),
    Column("paid", "Paid", Kind.NUMBER, 16),
    Column("pending", "On its way", Kind.NUMBER, 16),
    Column("failed", "Failed or excluded", Kind.NUMBER, 18),
    Column("other", "Other status", Kind.NUMBER, 16),
    Column("total", "Total", Kind.NUMBER, 16),
)
"""What stands of each kind in each currency; the amounts of the states make up the total."""

AMOUNTS = frozenset({"amount", "original_amount", "redistribution_bonus"})
"""The columns whose numbers are in the currency of the row."""


def line(row: TransactionRow) -> Row:
    """A transaction by `COLUMNS`."""
    one = row.transaction
    track, split = one.track or TrackRef(), one.split or Split()
    return (
        None if one.created_at is None else one.created_at.astimezone().date(),
        one.created_at,
        one.id,
        kind_text(one.kind),
        one.description,
        track.name,
        status_text(one.status),
        one.amount.currency if one.amount else None,
        _amount(one.amount),
        "yes" if left_out(one) is None else "no",
        "; ".join(_remarks(row)) or None,
        split.billing_period,
        _amount(split.original_amount),
        _amount(split.redistribution_bonus),
        split.share_percentage,
        split.contribution_value,
        split.retry_count,
        split.failure_reason,
    )


def total(one: KindTotal) -> Row:
    """A total by `TOTAL_COLUMNS`."""
    amounts = (one.paid, one.pending, one.failed, one.other, one.amount)
    return kind_text(one.kind), one.currency, one.count, *amounts


def _remarks(row: TransactionRow) -> list[str]:
    said = []
    why, amount = left_out(row.transaction), row.transaction.amount
    if why is not None:
        said.append(f"in no total because {why.value}")
    elif amount is not None and not amount.is_exact:
        said.append("more digits than the currency has, as sent")
    if row.changed:
        said.append("corrected by BeatPass after first being seen")
    if row.unlisted_at is not None:
        said.append(f"not listed by BeatPass since {row.unlisted_at:%Y-%m-%d}")
    return said


def _amount(money: Money | None) -> Decimal | None:
    return None if money is None else money.amount
