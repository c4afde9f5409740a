"""Following and unfollowing artists, one wish for an artist at a time."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from beatpass_desktop.api import following
from beatpass_desktop.api.errors import ApiError, Limited
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.events import FollowEnded, FollowStarted, Listener, ResourcesChanged
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.store import collaboration
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.identity import Identification
from beatpass_desktop.sync.tasks import Tasks
from beatpass_desktop.sync.writing import commit

MOST_FOLLOWED = 5_000
"""artists that an account may follow (`api.md`)"""
_TRIES = 3
"""A 429 says that nothing was done, so the wish is sent again when the pause is over."""
_UNSURE = frozenset({FailureKind.TIMEOUT, FailureKind.UNDECODABLE, FailureKind.SERVER})
"""After these the server may have acted nevertheless."""
_NOT_LET = frozenset({FailureKind.FORBIDDEN, FailureKind.INVALID, FailureKind.REFUSED})


class Following:
    """Sends the wishes and keeps their outcome with the stored collaborators.

    `heed` is told how each request went (None: well), `fetched` waits until a data set is not
    being fetched any more, so that an older reply does not undo what was done since.
    """

    def __init__(
        self,
        session: Session,
        store: Store,
        tasks: Tasks,
        announce: Listener,
        identified: Callable[[], Awaitable[Identification]],
        heed: Callable[[Failure | None], None],
        fetched: Callable[[ResourceKey], Awaitable[None]],
    ) -> None:
        self._session = session
        self._store = store
        self._tasks = tasks
        self._announce = announce
        self._identified = identified
        self._heed = heed
        self._fetched = fetched
        self._pending: set[int] = set()

    def wish(self, artist: int, *, followed: bool) -> None:
        """Have `artist` followed, or not; nothing while an earlier wish is under way."""
        if artist not in self._pending:
            self._pending.add(artist)
            self._tasks.start(self._grant(artist, followed), f"follow {artist}")

    async def _grant(self, artist: int, followed: bool) -> None:
        self._announce(FollowStarted(artist))
        failure: Failure | None = None
        try:
            failure = await self._try(artist, followed)
        except StoreError as error:
            failure = Failure(FailureKind.STORAGE, error.sentence, error.details, reached=True)
        finally:
            self._pending.discard(artist)
            self._announce(FollowEnded(artist, failure))

    async def _try(self, artist: int, followed: bool) -> Failure | None:
        known = await self._identified()
        if known.unusable is not None:
            return known.unusable
        failure = await self._send(artist, followed)
        if failure is not None:
            return failure
        await self._fetched(ResourceKey(Resource.NETWORK, known.account, known.own_artist))
        changed = await commit(
            self._store,
            lambda c: collaboration.set_following(c, known.account, artist, following=followed),
        )
        if changed:
            self._announce(ResourcesChanged(frozenset(changed)))
        return None

    async def _send(self, artist: int, followed: bool) -> Failure | None:
        send = following.follow if followed else following.unfollow
        for left in reversed(range(_TRIES)):
            try:
                await send(self._session, artist)
            except Limited as error:
                if left:
                    continue
                return error.failure._replace(
                    sentence="BeatPass asks you to follow artists less quickly."
                    " Please try again in a while."
                )
            except ApiError as error:
                if error.failure.kind in _UNSURE and await self._is_so(artist, followed):
                    break
                self._heed(error.failure)
                return _explained(error.failure) if followed else error.failure
            break
        self._heed(None)
        return None

    async def _is_so(self, artist: int, followed: bool) -> bool:
        """Whether the wish has come true although its reply did not say so."""
        try:
            return await following.is_following(self._session, artist) is followed
        except ApiError:
            return False


def _explained(failure: Failure) -> Failure:
    """A refusal to follow in the server's own words; where it has none the limit is named."""
    if failure.kind not in _NOT_LET or failure.sentence in failure.details:
        return failure
    return failure._replace(
        sentence="BeatPass did not let this account follow the artist."
        f" An account can follow at most {MOST_FOLLOWED:,} artists."
    )
