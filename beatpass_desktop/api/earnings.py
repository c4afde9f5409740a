"""What an artist contributes to the platform. The body of this group is assumed."""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.earnings import Earnings
from beatpass_desktop.domain.replies import Decoded, Fetched


async def fetch_earnings(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Earnings]:
    """`GET /producer/earnings`. Raises `ApiError`."""
    reply = await session.get("producer/earnings", etag=etag, urgent=urgent, group="authenticated")
    return fetched(reply, _earnings)


def _earnings(document: object) -> Decoded[Earnings]:
    fields = Fields(object_in(document, "earnings"))
    earnings = Earnings(
        contribution=fields.number("contribution"),
        platform_share=fields.number("platform_share"),
    )
    return require_known(fields.decoded(earnings))
