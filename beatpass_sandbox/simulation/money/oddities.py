"""Odd but possible ledger entries: what a tolerant client must survive."""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.simulation.producers import DAY

_END_OF_TIME = 253_402_300_799

# (type, status, amount in minor units, currency, digits, description, days ago)
_ENTRIES: tuple[tuple[str, str, int, str, int, str | None, int], ...] = (
    ("track_sale", "paid", 3_000, "JPY", 0, "ライセンス: 夜の東京", 20),
    ("track_sale", "pending", 29_805, "JPY", 1, "Half a yen more", 18),
    ("track_sale", "paid", 12_345, "KWD", 3, "ترخيص: ليل طويل", 16),
    ("subscription_payout", "paid", 7, "KWD", 3, None, 15),
    ("track_sale", "paid", 4_200, "XQX", 2, "A currency nobody knows", 14),
    ("royalty_advance", "paid", 5_000, "USD", 2, "Royalty advance", 12),
    ("track_sale", "on_hold", 2_500, "USD", 2, "Under review", 10),
    ("track_sale", "paid", -500, "EUR", 2, "<b>Correction</b> of an earlier sale", 8),
    ("track_sale", "paid", 19_999, "USD", 3, "A tenth of a cent", 6),
    ("payout", "paid", -1, "USD", 2, "", 5),
)


def distort_money(connection: sqlite3.Connection, artist_id: int, now: int) -> None:
    """Add odd entries to an artist's ledger; all of them count in the balances."""
    rows = [(*entry[:-1], now - entry[-1] * DAY) for entry in _ENTRIES]
    rows.append(("track_sale", "pending", 100, "USD", 2, "Sold in the far future", _END_OF_TIME))
    connection.executemany(
        "INSERT INTO ledger (artist_id, type, status, amount, currency, digits, description,"
        " created_at, changed_at) VALUES (?,?,?,?,?,?,?,?,?)",
        [(artist_id, *row, row[-1]) for row in rows],
    )
