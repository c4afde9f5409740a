"""Following artists: with Stripe's onboarding the only thing that the app changes on BeatPass."""

from __future__ import annotations

from beatpass_desktop.api.envelope import object_in
from beatpass_desktop.api.errors import Conflict, NotFound, Undecodable
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.session import Session


async def follow(session: Session, artist: int) -> None:
    """`POST /artists/{id}/follow`; one who is followed already (409) is no error.

    Raises `ApiError`; after Undecodable or TimedOut the server may have acted nevertheless.
    """
    try:
        await session.post(f"artists/{artist}/follow", group="social")
    except Conflict:
        return


async def unfollow(session: Session, artist: int) -> None:
    """`POST /artists/{id}/unfollow`; one who is not followed (404, 409) is no error.

    Raises `ApiError`; after Undecodable or TimedOut the server may have acted nevertheless.
    """
    try:
        await session.post(f"artists/{artist}/unfollow", group="social")
    except (Conflict, NotFound):
        return


async def is_following(session: Session, artist: int) -> bool:
    """`GET /artists/{id}/follow-status`. Raises `ApiError`."""
    reply = await session.get(f"artists/{artist}/follow-status", group="social")
    following = Fields(object_in(reply.document)).boolean("following")
    if following is None:
        raise Undecodable("BeatPass did not say whether this artist is followed.")
    return following
