"""Fetches covers and avatars, the ones wished for last first."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence

from beatpass_desktop.api.errors import ApiError, Limited
from beatpass_desktop.api.pictures import fetch_picture
from beatpass_desktop.api.session import Session
from beatpass_desktop.domain.failures import FailureKind
from beatpass_desktop.domain.pictures import PictureShelf
from beatpass_desktop.sync.tasks import Tasks

_AT_ONCE = 4
_MOST_WAITING = 300
"""wishes; what was scrolled past long ago is forgotten"""
_PATIENCE = 60.0
"""s until a picture that could not be had or kept is tried again, and any picture after a 429; one
that is refused never is"""
_PASSING = frozenset({FailureKind.TIMEOUT, FailureKind.MAINTENANCE, FailureKind.SERVER})
"""Failures of the server that are likely to be over soon."""


class PictureFetching:
    """One server's pictures. Implements `domain.pictures.PicturePort`.

    `session` carries no token. `arrived` is told the address of each picture that is on the shelf.
    """

    def __init__(
        self,
        session: Session,
        shelf: PictureShelf,
        arrived: Callable[[str], None],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._shelf = shelf
        self._arrived = arrived
        self._clock = clock
        self._tasks = Tasks()
        self._waiting: dict[str, None] = {}
        self._under_way: set[str] = set()
        self._failed: dict[str, float] = {}
        self._held_until = float("-inf")

    @property
    def is_busy(self) -> bool:
        """See PicturePort."""
        return bool(self._under_way)

    def want(self, addresses: Sequence[str]) -> None:
        """See PicturePort."""
        if self._clock() < self._held_until:
            return
        for address in reversed(addresses):
            if address not in self._under_way and not self._is_hopeless(address):
                self._waiting.pop(address, None)
                self._waiting[address] = None
        for address in list(self._waiting)[: max(0, len(self._waiting) - _MOST_WAITING)]:
            del self._waiting[address]
        while self._waiting and len(self._under_way) < _AT_ONCE:
            self._start(self._waiting.popitem()[0])

    async def close(self) -> None:
        """Give everything up and close the session."""
        self._waiting.clear()
        await self._tasks.close()
        await self._session.aclose()

    def _is_hopeless(self, address: str) -> bool:
        return self._clock() < self._failed.get(address, 0.0)

    def _start(self, address: str) -> None:
        self._under_way.add(address)
        self._tasks.start(self._fetch(address), "picture")

    async def _fetch(self, address: str) -> None:
        try:
            data = await fetch_picture(self._session, address)
            if await asyncio.to_thread(self._shelf.keep, address, data):
                self._arrived(address)
            else:
                self._failed[address] = self._clock() + _PATIENCE
        except Limited:
            self._held_until = self._clock() + _PATIENCE
            self._waiting.clear()
        except ApiError as error:
            retried = not error.failure.reached or error.failure.kind in _PASSING
            self._failed[address] = self._clock() + _PATIENCE if retried else float("inf")
        finally:
            self._under_way.discard(address)
            if self._waiting and len(self._under_way) < _AT_ONCE:
                self._start(self._waiting.popitem()[0])
