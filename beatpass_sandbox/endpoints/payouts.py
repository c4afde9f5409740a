"""Subscription payouts: an artist's splits of the pools. The bodies of this group are assumed."""

from __future__ import annotations

import re
import sqlite3

from beatpass_sandbox.clock import date_of, iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.endpoints.accounting import (
    ARTIST,
    PAGING,
    amount,
    entry_amount,
    queried_artist,
    queried_page,
)
from beatpass_sandbox.replies import Json, not_found, pagination
from beatpass_sandbox.schemas import (
    COUNT,
    CURRENCY,
    DATE,
    IDENTIFIER,
    INSTANT,
    NUMBER,
    TEXT,
    array,
    choice,
    enveloped,
    nullable,
    paginated,
    record,
    succeeded,
)
from beatpass_sandbox.simulation.money.billing import POOL_CURRENCY

_DAY = 86_400
_STATUSES = ("queued", "sending", "pending", "paid", "failed", "excluded")
_ID = re.compile(r"[0-9]{1,18}", re.ASCII)
_SPLITS = (
    "SELECT l.*, s.contribution, s.share_percentage, s.original, s.bonus, s.failure_reason,"
    " s.retry_count, p.billed_at, p.amount AS pool FROM ledger l"
    " JOIN splits s ON s.ledger_id = l.id JOIN pools p ON p.id = s.pool_id WHERE l.artist_id = ?"
)


def subscription_payouts(context: Context) -> Json:
    """``GET /artist/subscription-payouts?artist_id=&page=&per_page=``, the latest first."""
    artist_id = queried_artist(context)
    page = queried_page(context)
    counted = context.row(
        "SELECT COUNT(*) AS total FROM ledger l JOIN splits s ON s.ledger_id = l.id"
        " WHERE l.artist_id = ?",
        artist_id,
    )
    assert counted is not None
    rows = context.rows(
        _SPLITS + " ORDER BY l.created_at DESC, l.id DESC LIMIT ? OFFSET ?",
        artist_id,
        page.size,
        min(page.offset, counted["total"]),
    )
    return pagination(page, counted["total"], [_payout(row) for row in rows])


def subscription_payout(context: Context) -> Json:
    """``GET /artist/subscription-payouts/{splitId}``; 404 also for a split of somebody else."""
    text = context.parameters["splitId"]
    split_id = int(text) if _ID.fullmatch(text) else 0
    row = context.row(_SPLITS + " AND l.id = ?", queried_artist(context), split_id)
    if row is None:
        raise not_found("The requested payout could not be found.")
    return {"status": "success", "payout": _payout(row)}


def summary(context: Context) -> Json:
    """``GET /artist/subscription-payouts/summary?artist_id=``.

    An excluded split counts with what it would have been; it is not paid later.
    """
    rows = context.rows(
        "SELECT l.status, p.billed_at, l.amount, s.original, s.bonus FROM ledger l"
        " JOIN splits s ON s.ledger_id = l.id JOIN pools p ON p.id = s.pool_id"
        " WHERE l.artist_id = ? ORDER BY l.created_at DESC, l.id DESC",
        queried_artist(context),
    )
    totals = dict.fromkeys(_STATUSES, 0)
    counts = dict.fromkeys(_STATUSES, 0)
    periods: dict[str, int] = {}
    for row in rows:
        status = row["status"]
        totals[status] += row["original"] if status == "excluded" else row["amount"]
        counts[status] += 1
        if status == "paid":
            period = _period(row)
            periods[period] = periods.get(period, 0) + row["amount"]
    bonus = sum(row["bonus"] for row in rows if row["status"] == "paid")
    return {
        "success": True,
        "data": {
            "currency": POOL_CURRENCY,
            "total_paid": amount(totals["paid"], POOL_CURRENCY),
            "total_upcoming": amount(
                totals["queued"] + totals["sending"] + totals["pending"], POOL_CURRENCY
            ),
            "total_failed": amount(totals["failed"], POOL_CURRENCY),
            "total_excluded": amount(totals["excluded"], POOL_CURRENCY),
            "redistribution_bonus": amount(bonus, POOL_CURRENCY),
            "counts": counts,
            "paid_by_period": [
                {"billing_period": period, "amount": amount(paid, POOL_CURRENCY)}
                for period, paid in periods.items()
            ],
        },
    }


def split_fields(row: sqlite3.Row) -> Json:
    """How a split came about; ``failure_reason`` only when there is one."""
    fields: Json = {
        "billing_period": _period(row),
        "original_amount": amount(row["original"], row["currency"]),
        "redistribution_bonus": amount(row["bonus"], row["currency"]),
        "share_percentage": round(row["share_percentage"], 4),
        "contribution_value": round(row["contribution"], 4),
        "retry_count": row["retry_count"],
    }
    if row["failure_reason"] is not None:
        fields["failure_reason"] = row["failure_reason"]
    return fields


def _period(row: sqlite3.Row) -> str:
    """The month of a billing date, as "2026-11"."""
    return date_of(row["billed_at"] // _DAY)[:7]


def _payout(row: sqlite3.Row) -> Json:
    return {
        "id": row["id"],
        "amount": entry_amount(row),
        "currency": row["currency"],
        "status": row["status"],
        "billing_date": date_of(row["billed_at"] // _DAY),
        "pool_amount": amount(row["pool"], row["currency"]),
        "created_at": iso_instant(row["created_at"]),
        "paid_at": iso_instant(row["changed_at"]) if row["status"] == "paid" else None,
        **split_fields(row),
    }


SPLIT: Json = {
    "billing_period": {**TEXT, "pattern": "^[0-9]{4}-[0-9]{2}$"},
    "original_amount": NUMBER,
    "redistribution_bonus": NUMBER,
    "share_percentage": NUMBER,
    "contribution_value": NUMBER,
    "retry_count": COUNT,
}
_PAYOUT = record(
    {
        "id": IDENTIFIER,
        "amount": NUMBER,
        "currency": CURRENCY,
        "status": choice(*_STATUSES),
        "billing_date": DATE,
        "pool_amount": NUMBER,
        "created_at": INSTANT,
        "paid_at": nullable(INSTANT),
        **SPLIT,
    },
    {"failure_reason": TEXT},
)

OPERATIONS = (
    Operation(
        "GET",
        "/artist/subscription-payouts",
        subscription_payouts,
        "The artist's splits of the subscription pools",
        Source.ASSUMED,
        paginated(_PAYOUT),
        query=(ARTIST, *PAGING),
        refusals=(403, 404),
    ),
    Operation(
        "GET",
        "/artist/subscription-payouts/summary",
        summary,
        "Totals of the splits",
        Source.ASSUMED,
        enveloped(
            record(
                {
                    "currency": CURRENCY,
                    "total_paid": NUMBER,
                    "total_upcoming": NUMBER,
                    "total_failed": NUMBER,
                    "total_excluded": NUMBER,
                    "redistribution_bonus": NUMBER,
                    "counts": record(dict.fromkeys(_STATUSES, COUNT)),
                    "paid_by_period": array(
                        record({"billing_period": SPLIT["billing_period"], "amount": NUMBER})
                    ),
                }
            )
        ),
        query=(ARTIST,),
        refusals=(403, 404),
    ),
    Operation(
        "GET",
        "/artist/subscription-payouts/{splitId}",
        subscription_payout,
        "One split",
        Source.ASSUMED,
        succeeded(payout=_PAYOUT),
        query=(ARTIST,),
        refusals=(403, 404),
        path_parameters={"splitId": IDENTIFIER},
    ),
)
