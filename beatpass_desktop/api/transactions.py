"""The ledger of an artist, page by page. The body of this endpoint is assumed."""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.catalogue import slice_of
from beatpass_desktop.api.fields import Fields, Unfit, as_count, as_currency
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Slice
from beatpass_desktop.domain.transactions import Split, TrackRef, Transaction


async def fetch_transactions(
    session: Session,
    artist: int,
    page: int,
    *,
    per_page: int = 100,
    urgent: Callable[[], bool] = always,
) -> Slice[Transaction]:
    """Page `page` (from 1) of `GET /artist/unified-transactions`. Raises `ApiError`."""
    query = {"artist_id": artist, "per_page": per_page, "page": page}
    reply = await session.get("artist/unified-transactions", query, urgent=urgent)
    return slice_of(reply.document, page, _transaction)


def _transaction(fields: Fields) -> Transaction | None:
    number = fields.id()
    if number is None:
        return None
    currency = fields.raw("currency")
    return Transaction(
        id=number,
        kind=fields.text("type", "kind"),
        description=fields.text("description"),
        amount=fields.money("amount"),
        status=fields.text("status"),
        created_at=fields.time("created_at"),
        track=fields.one("track", _track),
        split=fields.one("split", lambda split: _split(split, currency)),
    )


def _track(fields: Fields) -> TrackRef | None:
    track = TrackRef(fields.id(), fields.text("name"))
    return track if fields.carried else None


def _split(fields: Fields, currency: object) -> Split | None:
    split = Split(
        id=fields.id(),
        billing_period=fields.text("billing_period"),
        original_amount=_money(fields, "original_amount", currency),
        redistribution_bonus=_money(fields, "redistribution_bonus", currency),
        share_percentage=fields.decimal("share_percentage"),
        contribution_value=fields.decimal("contribution_value"),
        failure_reason=fields.text("failure_reason"),
        retry_count=fields.read("retry_count", as_count, "count"),
    )
    return split if fields.carried else None


def _money(fields: Fields, wire: str, currency: object) -> Money | None:
    """An amount in the currency of the transaction that it is a part of."""
    amount = fields.decimal(wire)
    try:
        return None if amount is None else Money(amount, as_currency(currency))
    except Unfit:
        # Noted with the amount of the transaction itself.
        return None
