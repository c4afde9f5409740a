"""An artist's share of the platform. The bodies of this group are assumed."""

from __future__ import annotations

from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.endpoints.accounting import ARTIST, amount, queried_artist, stripe_account
from beatpass_sandbox.replies import Json
from beatpass_sandbox.schemas import COUNT, CURRENCY, NUMBER, enveloped, record


def producer_earnings(context: Context) -> Json:
    """``GET /producer/earnings``.

    ``estimated_payout`` is what today's share of the latest subscription pool would be; absent
    while no pool has been split or the artist cannot be paid.
    """
    artist_id = queried_artist(context)
    row = context.row(
        "SELECT contribution, (SELECT SUM(contribution) FROM artist_figures) AS total"
        " FROM artist_figures WHERE artist_id = ?",
        artist_id,
    )
    assert row is not None
    share = row["contribution"] / row["total"] if row["total"] else 0.0
    earnings: Json = {
        "contribution": round(row["contribution"], 2),
        "platform_share": round(100 * share, 4),
    }
    pool = context.row("SELECT amount, currency FROM pools ORDER BY billed_at DESC LIMIT 1")
    if pool is not None and stripe_account(context, artist_id)["enabled_at"] is not None:
        estimate = round(pool["amount"] * share)
        earnings["estimated_payout"] = amount(estimate, pool["currency"])
        earnings["currency"] = pool["currency"]
    return {"success": True, "data": earnings}


def platform_stats(context: Context) -> Json:
    """``GET /platform/stats``; producers are artists with at least one track."""
    context.signed_in()
    row = context.row(
        "SELECT SUM(contribution) AS contribution, SUM(tracks > 0) AS producers,"
        " (SELECT COUNT(*) FROM track_figures) AS tracks FROM artist_figures"
    )
    assert row is not None
    return {
        "success": True,
        "data": {
            "total_contribution": round(row["contribution"] or 0.0, 2),
            "total_producers": row["producers"] or 0,
            "total_tracks": row["tracks"],
        },
    }


OPERATIONS = (
    Operation(
        "GET",
        "/producer/earnings",
        producer_earnings,
        "Contribution and platform share",
        Source.ASSUMED,
        enveloped(
            record(
                {"contribution": NUMBER, "platform_share": NUMBER},
                {"estimated_payout": NUMBER, "currency": CURRENCY},
            )
        ),
        query=(ARTIST,),
        refusals=(403, 404),
    ),
    Operation(
        "GET",
        "/platform/stats",
        platform_stats,
        "Totals of the whole platform",
        Source.ASSUMED,
        enveloped(
            record({"total_contribution": NUMBER, "total_producers": COUNT, "total_tracks": COUNT})
        ),
    ),
)
