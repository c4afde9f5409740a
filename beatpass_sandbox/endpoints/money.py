"""Stripe accounts and balances. The bodies of this group are assumed."""

from __future__ import annotations

import sqlite3
from itertools import groupby
from operator import itemgetter

from beatpass_sandbox.clock import iso_instant
from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Operation, Source
from beatpass_sandbox.currencies import DIGITS, major_units, wire_amount
from beatpass_sandbox.endpoints.accounting import (
    ARTIST,
    chosen_artist,
    queried_artist,
    stripe_account,
    summed,
)
from beatpass_sandbox.endpoints.transactions import TRANSACTION_LIMIT
from beatpass_sandbox.replies import ApiError, Json, invalid
from beatpass_sandbox.schemas import (
    COUNT,
    CURRENCY,
    FLAG,
    IDENTIFIER,
    INSTANT,
    NUMBER,
    TEXT,
    array,
    enveloped,
    nullable,
    record,
)
from beatpass_sandbox.stripe import (
    COUNTRIES,
    ONBOARDING_PATH,
    country_code,
    create_onboarding_link,
)

_DAY = 86_400
_CACHED_FOR = 300

# What an entry is worth to the balance depends on its type and status.
_SUMS = """
SELECT currency, digits,
    SUM(CASE WHEN type <> 'payout' AND status = 'paid' THEN amount ELSE 0 END) AS earned,
    SUM(CASE WHEN type = 'payout' AND status IN ('paid', 'sending') THEN amount ELSE 0 END) AS sent,
    SUM(CASE WHEN type = 'payout' AND status = 'sending' THEN -amount ELSE 0 END) AS in_transit,
    SUM(CASE WHEN type <> 'payout' AND status IN ('queued', 'sending', 'pending') THEN amount
        ELSE 0 END) AS upcoming
FROM ledger WHERE artist_id = ? GROUP BY currency, digits ORDER BY currency <> ?, currency
"""


def status(context: Context) -> Json:
    """``GET /artist/stripe-connect/status?artist_id=``.

    ``country`` is an ISO 3166 code, null until onboarding has begun.
    """
    account = stripe_account(context, queried_artist(context))
    is_enabled = account["enabled_at"] is not None
    return {
        "success": True,
        "data": {
            "connected": bool(account["connected"]),
            "charges_enabled": is_enabled,
            "payouts_enabled": is_enabled,
            "details_submitted": bool(account["details_submitted"]),
            "country": account["country"],
            "requirements_due": account["requirements_due"].split(),
        },
    }


def onboard(context: Context) -> Json:
    """``POST /artist/stripe-connect/onboard {country?, artist_id?}``: a link to Stripe's form.

    Here the form is a page of the sandbox. The country is an ISO 3166 code, by default that of
    the account or the artist; once chosen it cannot be changed. 409 when nothing is left to do.
    """
    artist_id = chosen_artist(context, context.body.get("artist_id"))
    account = stripe_account(context, artist_id)
    if account["enabled_at"] is not None:
        message = "The Stripe account is already set up."
        raise ApiError(409, {"success": False, "message": message, "error": "already_connected"})
    country = context.body.get("country") or account["country"] or _home(context, artist_id)
    if country not in COUNTRIES:
        raise invalid({"country": "Stripe accounts cannot be had in this country."})
    if account["country"] not in (None, country):
        raise invalid({"country": "The country of a Stripe account cannot be changed."})
    token = create_onboarding_link(
        context.database, artist_id, country, int(context.now.timestamp())
    )
    return {"success": True, "data": {"url": f"{context.origin}{ONBOARDING_PATH}{token}"}}


def _home(context: Context, artist_id: int) -> str:
    row = context.row("SELECT country FROM artists WHERE id = ?", artist_id)
    assert row is not None
    return country_code(row["country"])


def finances(context: Context) -> Json:
    """``GET /artist/stripe-connect/finances?artist_id=``.

    ``available`` is what has reached Stripe and not left it, ``upcoming`` what is on its way
    there, ``in_transit`` what is on its way to the bank, ``lifetime`` all that was earned less
    refunds. Until charges and payouts are enabled there are no balances.

    The figures are cached for five minutes: ``cached_at`` moves in such steps. The ledger is
    written up at the end of each UTC day; ``is_stale`` when a day has ended since then that
    the simulation has not been let pass.
    """
    artist_id = queried_artist(context)
    account = stripe_account(context, artist_id)
    balances = _balances(context, account) if account["enabled_at"] is not None else []
    cached_at = int(context.now.timestamp()) // _CACHED_FOR * _CACHED_FOR
    counted = context.row(
        "SELECT COUNT(*) AS entries FROM (SELECT 1 FROM ledger WHERE artist_id = ? LIMIT ?)",
        artist_id,
        TRANSACTION_LIMIT + 1,
    )
    assert counted is not None
    return {
        "success": True,
        "data": {
            "artist_id": artist_id,
            "currency": account["currency"],
            "balances": balances,
            "multi_currency": len(balances) > 1,
            "cached_at": iso_instant(cached_at),
            "is_stale": context.as_of // _DAY < cached_at // _DAY,
            "truncated": bool(balances) and counted["entries"] > TRANSACTION_LIMIT,
            "transaction_limit": TRANSACTION_LIMIT,
        },
    }


def _balances(context: Context, account: sqlite3.Row) -> list[Json]:
    """The balance in each currency, the account's own first."""
    main: str = account["currency"]
    balances: list[Json] = []
    sums = context.rows(_SUMS, account["artist_id"], main)
    for currency, rows in groupby(sums, key=itemgetter("currency")):
        parts = list(rows)
        earned = summed(parts, "earned")
        balances.append(
            {
                "currency": currency,
                "available": wire_amount(earned + summed(parts, "sent")),
                "upcoming": wire_amount(summed(parts, "upcoming")),
                "in_transit": wire_amount(summed(parts, "in_transit")),
                "lifetime": wire_amount(earned),
            }
        )
    if not balances:
        zero = wire_amount(major_units(0, DIGITS[main]))
        figures = ("available", "upcoming", "in_transit", "lifetime")
        balances.append({"currency": main, **dict.fromkeys(figures, zero)})
    return balances


OPERATIONS = (
    Operation(
        "GET",
        "/artist/stripe-connect/status",
        status,
        "Whether the Stripe account is set up",
        Source.DOCUMENTED,
        enveloped(
            record(
                {
                    "connected": FLAG,
                    "charges_enabled": FLAG,
                    "payouts_enabled": FLAG,
                    "details_submitted": FLAG,
                    "country": nullable(TEXT),
                    "requirements_due": array(TEXT),
                }
            )
        ),
        query=(ARTIST,),
        refusals=(403, 404),
    ),
    Operation(
        "POST",
        "/artist/stripe-connect/onboard",
        onboard,
        "A link to set the Stripe account up",
        Source.DOCUMENTED,
        enveloped(record({"url": TEXT})),
        body=record({}, {"country": TEXT, "artist_id": IDENTIFIER}),
        refusals=(403, 404, 409),
    ),
    Operation(
        "GET",
        "/artist/stripe-connect/finances",
        finances,
        "Balances by currency",
        Source.DOCUMENTED,
        enveloped(
            record(
                {
                    "artist_id": IDENTIFIER,
                    "currency": CURRENCY,
                    "balances": array(
                        record(
                            {
                                "currency": CURRENCY,
                                "available": NUMBER,
                                "upcoming": NUMBER,
                                "in_transit": NUMBER,
                                "lifetime": NUMBER,
                            }
                        )
                    ),
                    "multi_currency": FLAG,
                    "cached_at": INSTANT,
                    "is_stale": FLAG,
                    "truncated": FLAG,
                    "transaction_limit": COUNT,
                }
            )
        ),
        query=(ARTIST,),
        refusals=(403, 404),
    ),
)
