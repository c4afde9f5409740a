"""How the status of entries changes: sales settle, splits are sent, payouts arrive."""

from __future__ import annotations

import random
import sqlite3
from datetime import UTC, datetime

from beatpass_sandbox.currencies import DIGITS, is_payable, major_units
from beatpass_sandbox.simulation.money.entries import Entry, Status, write_entry
from beatpass_sandbox.simulation.producers import DAY

MOST_RETRIES = 5
PAYOUT_THRESHOLD = 10
"""Dollars, or as much in another currency, that a payout to the bank takes."""

_ARRIVAL_DAYS = (2, 3, 3, 4, 4, 5, 5, 6, 7)
_PAYOUT_WEEKDAY = 1
_REFUND_DAYS = (3, 20)
_SALE_FAILS = 0.015
_SALE_REFUNDED = 0.02
_TRANSFER_FAILS = 0.04
_RETRY_FAILS = 0.7
_PAYOUT_FAILS = 0.01
_FAILURE_REASONS = (
    "The destination account is temporarily restricted.",
    "Insufficient funds in the platform's balance at that moment.",
    "Stripe could not be reached.",
)


def change_due_statuses(connection: sqlite3.Connection, seed: int, day: int) -> None:
    """Take every entry that is due at the beginning of a day one step on."""
    moment = day * DAY
    source = random.Random(f"{seed}/money/{day}/transfers")
    for row in connection.execute(
        "SELECT l.id, l.type, l.status, s.retry_count, p.exclusive FROM ledger l"
        " LEFT JOIN splits s ON s.ledger_id = l.id LEFT JOIN purchases p ON p.ledger_id = l.id"
        " WHERE l.due_at <= ? ORDER BY l.due_at, l.id",
        (moment,),
    ).fetchall():
        match row["type"]:
            case "track_sale":
                _settle_sale(connection, source, row, moment)
            case "subscription_payout":
                _send_split(connection, source, row, moment)
            case "payout":
                _receive_payout(connection, source, row, moment)


def refund_purchases(connection: sqlite3.Connection, day: int) -> None:
    """Give buyers their money back where a refund has been granted."""
    moment = day * DAY
    for row in connection.execute(
        "SELECT l.*, t.name FROM purchases p JOIN ledger l ON l.id = p.ledger_id"
        " LEFT JOIN tracks t ON t.id = l.track_id WHERE p.refund_at <= ? ORDER BY l.id",
        (moment,),
    ).fetchall():
        entry = Entry(
            artist_id=row["artist_id"],
            type="refund",
            status="paid",
            amount=-row["amount"],
            currency=row["currency"],
            digits=row["digits"],
            description=f"Refund: {row['name']}",
            created_at=moment,
            track_id=row["track_id"],
        )
        connection.execute(
            "UPDATE purchases SET refund_at = NULL, refund_id = ? WHERE ledger_id = ?",
            (write_entry(connection, entry), row["id"]),
        )


def pay_out(connection: sqlite3.Connection, seed: int, day: int) -> None:
    """On Tuesdays, send what is available to the banks of the own artists."""
    if weekday(day) != _PAYOUT_WEEKDAY:
        return
    moment = day * DAY
    source = random.Random(f"{seed}/money/{day}/payouts")
    for row in connection.execute(
        "SELECT s.artist_id, l.currency, l.digits, SUM(l.amount) AS available"
        " FROM stripe_accounts s JOIN ledger l ON l.artist_id = s.artist_id"
        " AND l.payout_id IS NULL AND l.status = 'paid' AND l.type <> 'payout'"
        " WHERE s.own AND s.enabled_at <= ?"
        " GROUP BY s.artist_id, l.currency, l.digits"
        " ORDER BY s.artist_id, l.currency, l.digits",
        (moment,),
    ).fetchall():
        currency, digits = row["currency"], row["digits"]
        available = major_units(row["available"], digits)
        if digits != DIGITS.get(currency) or not is_payable(available, currency, PAYOUT_THRESHOLD):
            continue
        arrival = after_business_days(day, source.choice(_ARRIVAL_DAYS))
        payout_id = write_entry(
            connection,
            Entry(
                artist_id=row["artist_id"],
                type="payout",
                status="sending",
                amount=-row["available"],
                currency=currency,
                digits=digits,
                description="Payout to bank account",
                created_at=moment,
                due_at=arrival * DAY,
            ),
        )
        connection.execute(
            "UPDATE ledger SET payout_id = ? WHERE artist_id = ? AND currency = ? AND digits = ?"
            " AND payout_id IS NULL AND status = 'paid' AND type <> 'payout'",
            (payout_id, row["artist_id"], currency, digits),
        )


def weekday(day: int) -> int:
    """The weekday of a day number, Monday being 0."""
    return datetime.fromtimestamp(day * DAY, UTC).weekday()


def after_business_days(day: int, count: int) -> int:
    """The day number ``count`` business days (Monday to Friday) after ``day``."""
    while count > 0:
        day += 1
        count -= weekday(day) < 5
    return day


def _settle_sale(
    connection: sqlite3.Connection, source: random.Random, row: sqlite3.Row, moment: int
) -> None:
    chance = source.random()
    if chance < _SALE_FAILS and not row["exclusive"]:
        _change(connection, row, "failed", moment)
        return
    _change(connection, row, "paid", moment)
    if chance > 1 - _SALE_REFUNDED and not row["exclusive"]:
        connection.execute(
            "UPDATE purchases SET refund_at = ? WHERE ledger_id = ?",
            (moment + source.randint(*_REFUND_DAYS) * DAY, row["id"]),
        )


def _send_split(
    connection: sqlite3.Connection, source: random.Random, row: sqlite3.Row, moment: int
) -> None:
    """Queued, sending, then paid; a failed transfer is pending until retried often enough."""
    if row["status"] == "queued":
        _change(connection, row, "sending", moment, moment + DAY)
        return
    is_retry = row["status"] == "pending"
    retries = row["retry_count"] + is_retry
    if source.random() >= (_RETRY_FAILS if is_retry else _TRANSFER_FAILS):
        reason = None
        _change(connection, row, "paid", moment)
    else:
        reason = source.choice(_FAILURE_REASONS)
        if retries == MOST_RETRIES:
            _change(connection, row, "failed", moment)
        else:
            _change(connection, row, "pending", moment, moment + DAY)
    if is_retry or reason is not None:
        connection.execute(
            "UPDATE splits SET failure_reason = ?, retry_count = ? WHERE ledger_id = ?",
            (reason, retries, row["id"]),
        )


def _receive_payout(
    connection: sqlite3.Connection, source: random.Random, row: sqlite3.Row, moment: int
) -> None:
    """A payout that the bank sends back leaves its money to the next one."""
    if source.random() >= _PAYOUT_FAILS:
        _change(connection, row, "paid", moment)
        return
    _change(connection, row, "failed", moment)
    connection.execute("UPDATE ledger SET payout_id = NULL WHERE payout_id = ?", (row["id"],))


def _change(
    connection: sqlite3.Connection,
    row: sqlite3.Row,
    status: Status,
    moment: int,
    due_at: int | None = None,
) -> None:
    connection.execute(
        "UPDATE ledger SET status = ?, changed_at = ?, due_at = ? WHERE id = ?",
        (status, moment, due_at, row["id"]),
    )
