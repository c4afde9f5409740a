"""Stripe accounts, the way to set one up, and balances. The bodies of this group are assumed."""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import Refused, Undecodable
from beatpass_desktop.api.fields import Fields, as_count, as_currency
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.finances import Balance, Finances, StripeStatus
from beatpass_desktop.domain.replies import Decoded, Fetched

_STRIPE = "artist/stripe-connect"


async def fetch_stripe_status(
    session: Session,
    artist: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[StripeStatus]:
    """`GET /artist/stripe-connect/status?artist_id=`. Raises `ApiError`."""
    params = {"artist_id": artist}
    reply = await session.get(f"{_STRIPE}/status", params, etag=etag, urgent=urgent)
    return fetched(reply, _status)


async def fetch_finances(
    session: Session,
    artist: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[Finances]:
    """`GET /artist/stripe-connect/finances?artist_id=`.

    Raises `ApiError`; `Refused` when the reply is about another artist.
    """
    params = {"artist_id": artist}
    reply = await session.get(f"{_STRIPE}/finances", params, etag=etag, urgent=urgent)
    return fetched(reply, lambda document: _finances(document, artist))


async def fetch_onboarding_link(session: Session, artist: int, country: str | None) -> str:
    """`POST /artist/stripe-connect/onboard`: the address of Stripe's form, not yet checked.

    `country` is an ISO 3166 code; None leaves the choice to BeatPass. Raises `ApiError`; `Conflict`
    when the account is set up already, `Invalid` for a country without Stripe.
    """
    body: dict[str, object] = {"artist_id": artist}
    if country is not None:
        body["country"] = country
    reply = await session.post(f"{_STRIPE}/onboard", body)
    url = Fields(object_in(reply.document)).text("url")
    if not url:
        raise Undecodable("BeatPass sent no link to Stripe.", "no url")
    return url


def _status(document: object) -> Decoded[StripeStatus]:
    fields = Fields(object_in(document))
    status = StripeStatus(
        connected=fields.boolean("connected"),
        charges_enabled=fields.boolean("charges_enabled"),
        payouts_enabled=fields.boolean("payouts_enabled"),
        details_submitted=fields.boolean("details_submitted"),
        country=fields.text("country"),
        requirements_due=fields.names("requirements_due"),
    )
    return require_known(fields.decoded(status))


def _finances(document: object, artist: int) -> Decoded[Finances]:
    fields = Fields(object_in(document))
    told = fields.id("artist_id")
    if told is not None and told != artist:
        raise Refused(
            "BeatPass sent the finances of another artist than the one asked for.",
            f"{told} instead of {artist}",
        )
    finances = Finances(
        artist_id=told,
        currency=fields.read("currency", as_currency, "currency"),
        balances=_balances(fields),
        multi_currency=fields.boolean("multi_currency"),
        cached_at=fields.time("cached_at"),
        is_stale=fields.boolean("is_stale"),
        truncated=fields.boolean("truncated"),
        transaction_limit=fields.read("transaction_limit", as_count, "count"),
    )
    return require_known(fields.decoded(finances))


def _balances(fields: Fields) -> tuple[Balance, ...] | None:
    balances = fields.many("balances", _balance)
    if fields.raw("balances") and not balances:
        fields.carried.discard("balances")
        return None
    return balances


def _balance(fields: Fields) -> Balance | None:
    currency = fields.read("currency", as_currency, "currency")
    if currency is None:
        return None
    return Balance(
        currency=currency,
        available=fields.money("available"),
        upcoming=fields.money("upcoming"),
        in_transit=fields.money("in_transit"),
        lifetime=fields.money("lifetime"),
    )
