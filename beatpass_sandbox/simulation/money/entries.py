"""Writing entries to the ledger."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from typing import Literal

_FIRST_ID = 60_001

Type = Literal["track_sale", "subscription_payout", "payout", "refund"]
Status = Literal["queued", "sending", "pending", "paid", "failed", "excluded"]


@dataclass(frozen=True, slots=True)
class Entry:
    """A new entry; ``amount`` in minor units, instants in Unix seconds."""

    artist_id: int
    type: Type
    status: Status
    amount: int
    currency: str
    digits: int
    description: str
    created_at: int
    due_at: int | None = None
    track_id: int | None = None


def write_entry(connection: sqlite3.Connection, entry: Entry) -> int:
    """Add an entry to the ledger; returns its id: ids count up in the order of writing."""
    (entry_id,) = connection.execute(
        "INSERT INTO ledger (id, artist_id, type, status, amount, currency, digits, description,"
        " created_at, changed_at, due_at, track_id)"
        " VALUES (COALESCE((SELECT MAX(id) FROM ledger) + 1, ?),?,?,?,?,?,?,?,?,?,?,?)"
        " RETURNING id",
        (
            _FIRST_ID,
            entry.artist_id,
            entry.type,
            entry.status,
            entry.amount,
            entry.currency,
            entry.digits,
            entry.description,
            entry.created_at,
            entry.created_at,
            entry.due_at,
            entry.track_id,
        ),
    ).fetchone()
    return int(entry_id)
