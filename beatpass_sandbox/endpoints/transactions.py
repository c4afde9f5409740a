"""The entries of an artist's ledger, and the sales among them."""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.currencies import formatted
from beatpass_sandbox.endpoints.accounting import (
    ARTIST,
    PAGING,
    amount,
    entry_amount,
    queried_artist,
    queried_page,
    stripe_account,
)
from beatpass_sandbox.endpoints.payouts import SPLIT, split_fields
from beatpass_sandbox.replies import Json, pagination
from beatpass_sandbox.schemas import (
    COUNT,
    CURRENCY,
    IDENTIFIER,
    INSTANT,
    NUMBER,
    TEXT,
    array,
    nullable,
    paginated,
    record,
)

TRANSACTION_LIMIT = 1_000
"""Only as many of the latest entries are listed."""

_RECENT_PURCHASES = 20


def unified_transactions(context: Context) -> Json:
    """``GET /artist/unified-transactions?artist_id=&page=&per_page=``, the latest first.

    Earnings are positive, refunds and payouts negative. A payout on its way to the bank is
    ``sending``. An excluded split has the amount 0; what it would have been stands in
    ``split.original_amount``. There are none until charges and payouts are enabled.
    """
    artist_id = queried_artist(context)
    page = queried_page(context)
    if stripe_account(context, artist_id)["enabled_at"] is None:
        return pagination(page, 0, [])
    counted = context.row(
        "SELECT COUNT(*) AS total FROM (SELECT 1 FROM ledger WHERE artist_id = ? LIMIT ?)",
        artist_id,
        TRANSACTION_LIMIT,
    )
    assert counted is not None
    total: int = counted["total"]
    rows = context.rows(
        "SELECT l.*, t.name AS track_name, s.contribution, s.share_percentage, s.original,"
        " s.bonus, s.failure_reason, s.retry_count, p.billed_at"
        " FROM ledger l LEFT JOIN tracks t ON t.id = l.track_id"
        " LEFT JOIN splits s ON s.ledger_id = l.id LEFT JOIN pools p ON p.id = s.pool_id"
        " WHERE l.artist_id = ? ORDER BY l.created_at DESC, l.id DESC LIMIT ? OFFSET ?",
        artist_id,
        max(0, min(page.size, total - page.offset)),
        min(page.offset, total),
    )
    return pagination(page, total, [_transaction(row) for row in rows])


def _transaction(row: sqlite3.Row) -> Json:
    transaction: Json = {
        "id": row["id"],
        "type": row["type"],
        "description": row["description"],
        "amount": entry_amount(row),
        "currency": row["currency"],
        "status": row["status"],
        "created_at": iso_instant(row["created_at"]),
    }
    if row["track_id"] is not None:
        transaction["track"] = {"id": row["track_id"], "name": row["track_name"]}
    if row["billed_at"] is not None:
        transaction["split"] = {"id": row["id"], **split_fields(row)}
    return transaction


def sales(context: Context) -> Json:
    """``GET /artist/sales`` (developer guide): a bare object.

    The earnings are those of sales in the currency of the artist's account that were paid and
    not refunded; ``paid_out`` is what of them has reached the bank.
    """
    artist_id = queried_artist(context)
    currency: str = stripe_account(context, artist_id)["currency"]
    summary = context.row(
        "SELECT COUNT(*) AS sales, COALESCE(SUM(p.price), 0) AS revenue,"
        " COALESCE(SUM(CASE WHEN o.status = 'paid' THEN p.price END), 0) AS paid_out"
        " FROM ledger l JOIN purchases p ON p.ledger_id = l.id"
        " LEFT JOIN ledger o ON o.id = l.payout_id"
        " WHERE l.artist_id = ? AND l.status = 'paid' AND p.refund_id IS NULL AND l.currency = ?",
        artist_id,
        currency,
    )
    assert summary is not None
    recent = context.rows(
        "SELECT l.id, l.track_id, t.name AS track_name, l.status, l.currency, l.created_at,"
        " p.price, p.fee, p.total, p.refund_id"
        " FROM ledger l JOIN purchases p ON p.ledger_id = l.id"
        " LEFT JOIN tracks t ON t.id = l.track_id"
        " WHERE l.artist_id = ? ORDER BY l.created_at DESC, l.id DESC LIMIT ?",
        artist_id,
        _RECENT_PURCHASES,
    )
    return {
        "earnings": {
            "total_sales": summary["sales"],
            "total_revenue": amount(summary["revenue"], currency),
            "total_revenue_formatted": formatted(summary["revenue"], currency),
            "pending_payout": amount(summary["revenue"] - summary["paid_out"], currency),
            "paid_out": amount(summary["paid_out"], currency),
            "currency": currency,
        },
        "recent_purchases": [_purchase(row) for row in recent],
    }


def _purchase(row: sqlite3.Row) -> Json:
    status = row["status"] if row["refund_id"] is None else "refunded"
    return {
        "id": row["id"],
        "track_id": row["track_id"],
        "track_name": row["track_name"],
        "artist_amount": amount(row["price"], row["currency"]),
        "total_amount": amount(row["total"], row["currency"]),
        "platform_fee": amount(row["fee"], row["currency"]),
        "currency": row["currency"],
        "status": "completed" if status == "paid" else status,
        "purchased_at": iso_instant(row["created_at"]),
    }


_TYPE: Json = {**TEXT, "examples": ["track_sale", "subscription_payout", "payout", "refund"]}
_STATUS: Json = {
    **TEXT,
    "examples": ["paid", "queued", "sending", "pending", "failed", "excluded"],
}

OPERATIONS = (
    Operation(
        "GET",
        "/artist/unified-transactions",
        unified_transactions,
        "Sales, subscription payouts, payouts to the bank and refunds",
        Source.ASSUMED,
        paginated(
            record(
                {
                    "id": IDENTIFIER,
                    "type": _TYPE,
                    "description": nullable(TEXT),
                    "amount": NUMBER,
                    "currency": CURRENCY,
                    "status": _STATUS,
                    "created_at": INSTANT,
                },
                {
                    "track": record({"id": IDENTIFIER, "name": nullable(TEXT)}),
                    "split": record({"id": IDENTIFIER, **SPLIT}),
                },
            )
        ),
        query=(ARTIST, *PAGING),
        refusals=(403, 404),
    ),
    Operation(
        "GET",
        "/artist/sales",
        sales,
        "Earnings from sales, and the latest purchases",
        Source.GUIDE,
        record(
            {
                "earnings": record(
                    {
                        "total_sales": COUNT,
                        "total_revenue": NUMBER,
                        "total_revenue_formatted": TEXT,
                        "pending_payout": NUMBER,
                        "paid_out": NUMBER,
                        "currency": CURRENCY,
                    }
                ),
                "recent_purchases": array(
                    record(
                        {
                            "id": IDENTIFIER,
                            "track_id": IDENTIFIER,
                            "track_name": nullable(TEXT),
                            "artist_amount": NUMBER,
                            "total_amount": NUMBER,
                            "platform_fee": NUMBER,
                            "currency": CURRENCY,
                            "status": TEXT,
                            "purchased_at": INSTANT,
                        }
                    )
                ),
            }
        ),
        query=(ARTIST,),
        refusals=(403, 404),
    ),
)
