"""Who is signed in, and what is known about an artist.

Assumed bodies (marked P in the wire contract): `user.artists` and the fields of its items.
"""

from __future__ import annotations

from collections.abc import Callable

from beatpass_desktop.api.envelope import object_in, page_in, unwrap
from beatpass_desktop.api.errors import Refused, Unauthorised, Undecodable
from beatpass_desktop.api.fields import Fields
from beatpass_desktop.api.rejections import TOKEN_NOT_ACCEPTED
from beatpass_desktop.api.replies import fetched, require_known
from beatpass_desktop.api.session import Session, always
from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.profiles import ArtistPage, Profile
from beatpass_desktop.domain.replies import Decoded, Fetched
from beatpass_desktop.domain.stats import Followers


async def fetch_identity(
    session: Session, *, urgent: Callable[[], bool] = always
) -> Fetched[Identity]:
    """`GET /users/me?with=artists`: whose token it is.

    A user that is null, or has only what anybody may see (no `display_name`, `avatar` or `artists`
    at all), means that the token was not taken: Unauthorised. A user without a valid id is
    Undecodable. Raises `ApiError`.
    """
    reply = await session.get("users/me", {"with": "artists"}, urgent=urgent, group="authenticated")
    return fetched(reply, _identity)


async def fetch_profile(
    session: Session, *, etag: str | None = None, urgent: Callable[[], bool] = always
) -> Fetched[Profile]:
    """`GET /artist/profile`: the signed-in artist's own profile. Raises `ApiError`."""
    reply = await session.get("artist/profile", etag=etag, urgent=urgent, group="authenticated")
    return fetched(reply, _profile)


async def fetch_artist(
    session: Session,
    artist: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[ArtistPage]:
    """`GET /artists/{id}`: the public artist.

    Raises `ApiError`; `Refused` when another artist came, `Undecodable` when none did.
    """
    reply = await session.get(
        f"artists/{artist}", {"with": "genres,albums"}, etag=etag, urgent=urgent
    )
    return fetched(reply, lambda document: _artist(document, artist))


async def fetch_followers(
    session: Session,
    artist: int,
    *,
    etag: str | None = None,
    urgent: Callable[[], bool] = always,
) -> Fetched[Followers]:
    """`GET /artists/{id}/followers`: how many there are. Raises `ApiError`."""
    reply = await session.get(
        f"artists/{artist}/followers", {"perPage": 1}, etag=etag, urgent=urgent
    )
    return fetched(reply, _followers)


def artist_ref(fields: Fields) -> ArtistRef | None:
    """An artist named by something else; None, with a note, without a valid id."""
    number = fields.required_id()
    if number is None:
        return None
    return ArtistRef(
        id=number,
        name=fields.text("name"),
        image=fields.text("image_small", "image"),
        verified=fields.boolean("verified"),
        role=fields.text("role"),
    )


def _identity(document: object) -> Decoded[Identity]:
    if unwrap(document, "user") is None:
        raise Unauthorised(TOKEN_NOT_ACCEPTED, "the user is null")
    fields = Fields(object_in(document, "user"))
    number = fields.id("id", "user_id")
    if number is None:
        raise Undecodable("BeatPass did not say whose account this is.", "no valid user id")
    if not any(wire in fields for wire in ("display_name", "avatar", "artists")):
        raise Unauthorised(TOKEN_NOT_ACCEPTED, "only what anybody may see came")
    return fields.decoded(
        Identity(
            user_id=number,
            display_name=fields.text("display_name"),
            avatar=fields.text("avatar"),
            artists=fields.many("artists", artist_ref),
        )
    )


def _profile(document: object) -> Decoded[Profile]:
    fields = Fields(object_in(document, "profile"))
    profile = Profile(
        id=fields.id(),
        name=fields.text("name"),
        upload_access=fields.boolean("upload_access"),
        total_tracks=fields.integer("total_tracks"),
        total_plays=fields.integer("total_plays"),
        member_since=fields.time("member_since"),
        bio=fields.text("bio"),
        website=fields.text("website"),
    )
    return require_known(fields.decoded(profile))


def _artist(document: object, asked: int) -> Decoded[ArtistPage]:
    fields = Fields(object_in(document, "artist"))
    page = ArtistPage(
        id=fields.id(),
        name=fields.text("name"),
        image=fields.text("image_small", "image"),
        verified=fields.boolean("verified"),
        genres=fields.names("genres"),
    )
    if page.id is None:
        raise Undecodable("BeatPass did not say which artist this is.", "no valid artist id")
    if page.id != asked:
        raise Refused(
            "BeatPass sent another artist than the one asked for.", f"{page.id} instead of {asked}"
        )
    return fields.decoded(page)


def _followers(document: object) -> Decoded[Followers]:
    page = page_in(document)
    carried = frozenset[str]() if page.total is None else frozenset({"total"})
    return require_known(Decoded(Followers(page.total), carried, tuple(page.notes)))
