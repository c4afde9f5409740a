"""What the endpoints about money share: whose money, which page, how amounts look."""

from __future__ import annotations

import sqlite3
from decimal import Decimal

from beatpass_sandbox.context import Context
from beatpass_sandbox.contract import Query
from beatpass_sandbox.currencies import DIGITS, major_units, wire_amount
from beatpass_sandbox.replies import Page, forbidden, requested_page
from beatpass_sandbox.schemas import IDENTIFIER, PAGE_NUMBER

ARTIST = Query("artist_id", IDENTIFIER)
"""Which of the session's artists; the main one by default."""

PAGING = (Query("page", PAGE_NUMBER), Query("per_page", PAGE_NUMBER))


def chosen_artist(context: Context, artist_id: str | int | None) -> int:
    """The artist asked about; raises `ApiError` (403) when it is not one of the session's."""
    main = context.own_artist()
    if artist_id is None:
        return main
    if int(artist_id) not in context.signed_in().artist_ids:
        raise forbidden("You may only see the finances of your own artists.")
    return int(artist_id)


def queried_artist(context: Context) -> int:
    """The artist named in the query, or the main one."""
    return chosen_artist(context, context.query.get("artist_id"))


def queried_page(context: Context) -> Page:
    """The page asked for by ``page`` and ``per_page``."""
    size = {"perPage": context.query["per_page"]} if "per_page" in context.query else {}
    return requested_page({"page": context.query.get("page", "1"), **size})


def stripe_account(context: Context, artist_id: int) -> sqlite3.Row:
    """The artist's Stripe account, which may be empty."""
    row = context.row("SELECT * FROM stripe_accounts WHERE artist_id = ?", artist_id)
    assert row is not None
    return row


def amount(minor: int, currency: str) -> int | float:
    """Minor units of a known currency as a number in major units."""
    return wire_amount(major_units(minor, DIGITS[currency]))


def entry_amount(row: sqlite3.Row) -> int | float:
    """The amount of a ledger entry in major units."""
    return wire_amount(major_units(row["amount"], row["digits"]))


def summed(rows: list[sqlite3.Row], column: str) -> Decimal:
    """The sum in major units of a column over rows that each know their digits."""
    return sum((major_units(row[column], row["digits"]) for row in rows), Decimal(0))
