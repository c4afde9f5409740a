"""Finding out whose token it is, and whom the endpoints without an artist id describe."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import apsw

from beatpass_desktop.api.errors import ApiError
from beatpass_desktop.api.identity import fetch_identity, fetch_profile
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.profiles import ArtistPage, Profile
from beatpass_desktop.domain.replies import Decoded, Fetched
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import accounts, documents
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.writing import commit


@dataclass
class Identification:
    """What is known of who is signed in; numbers are 0 while unknown.

    `failure` is why the identity could not be had at the last attempt, `refused` why the token is
    not accepted. `answered` is set once the server has said who it is.
    """

    account: int = 0
    own_artist: int = 0
    artist: int = 0
    failure: Failure | None = None
    refused: Failure | None = None
    answered: bool = False

    @property
    def is_settled(self) -> bool:
        """Whether asking again would bring nothing new."""
        return self.answered or self.refused is not None

    @property
    def unusable(self) -> Failure | None:
        """Why nothing else can be asked for now; None when it can.

        An identity that came as rubbish does not stop a known account: its figures may be fine.
        """
        if self.refused is not None:
            return self.refused
        if self.failure is not None and not (self.failure.reached and self.account):
            return self.failure
        return None


async def identify(
    session: Session,
    store: Store,
    *,
    origin: str,
    token: str,
    known: Identification,
    now: Callable[[], datetime],
) -> Identification:
    """Ask the server who the token belongs to and store the answer.

    When it cannot be had, the account that the token belonged to before stays. Raises StoreError.
    """
    if known.account:
        known = _with_stored_artists(store, known)
    try:
        identity = await fetch_identity(session, urgent=lambda: True)
    except ApiError as error:
        refused = error.failure if error.failure.kind is FailureKind.UNAUTHORISED else None
        return replace(known, failure=error.failure, refused=refused, answered=False)
    assert identity.decoded is not None
    who: Identity = identity.decoded.value
    account = await commit(store, lambda c: accounts.remember(c, origin, who, token, now()))
    await commit(
        store,
        lambda c: documents.succeeded(
            c,
            ResourceKey(Resource.IDENTITY, account.account),
            now(),
            server_time=identity.server_time,
        ),
    )
    own, failure = await _own_artist(session, store, account, who, now)
    if own:
        await commit(store, lambda c: accounts.set_own_artist(c, account.account, own))
    found = Identification(account.account, failure=failure, answered=failure is None)
    return _with_stored_artists(store, found)


def remember_from(connection: apsw.Connection, key: ResourceKey, decoded: Decoded[Any]) -> None:
    """Keep what a document says of an artist's name and picture with the artist."""
    value = decoded.value
    if isinstance(value, Profile) and value.id:
        accounts.set_own_artist(connection, key.account, value.id)
        reference = ArtistRef(value.id, value.name)
    elif isinstance(value, ArtistPage) and value.id:
        reference = ArtistRef(value.id, value.name, value.image, value.verified)
    else:
        return
    accounts.remember_artist(connection, key.account, reference, managed=False)


async def _own_artist(
    session: Session,
    store: Store,
    account: accounts.Account,
    who: Identity,
    now: Callable[[], datetime],
) -> tuple[int, Failure | None]:
    """The artist of `GET /artist/profile`, or the only managed one; 0 when there is none.

    The failure says that the question stays open.
    """
    if account.own_artist and who.artists != ():
        return account.own_artist, None
    key = ResourceKey(Resource.PROFILE, account.account)
    try:
        profile: Fetched[Profile] = await fetch_profile(session, etag=None, urgent=lambda: True)
    except ApiError as error:
        if who.artists:
            return (who.artists[0].id if len(who.artists) == 1 else 0), None
        none = error.failure.kind in (FailureKind.FORBIDDEN, FailureKind.NOT_FOUND)
        return 0, None if none else error.failure
    decoded = profile.decoded
    if decoded is None or not decoded.value.id:
        return account.own_artist, None

    def keep(connection: apsw.Connection) -> None:
        documents.merge(connection, key, decoded.value, decoded.carried)
        documents.succeeded(
            connection, key, now(), etag=profile.etag, server_time=profile.server_time
        )
        remember_from(connection, key, decoded)

    await commit(store, keep)
    return decoded.value.id, None


def _with_stored_artists(store: Store, known: Identification) -> Identification:
    found = accounts.get(store.reading, known.account)
    if found is None:
        return known
    return replace(known, own_artist=found.own_artist, artist=found.current_artist)
