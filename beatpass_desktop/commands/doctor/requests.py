"""A session that remembers how its requests went, and does not sit out a pause."""

from __future__ import annotations

import asyncio
import sys
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

from beatpass_desktop.api.budget import Budget
from beatpass_desktop.api.errors import ApiError, Limited
from beatpass_desktop.api.retries import RetryPolicy
from beatpass_desktop.api.session import Reply, Session, always
from beatpass_desktop.version import VERSION

T = TypeVar("T")

_PATIENCE = 10.0
"""s that a pause asked for by the server is waited for"""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request. `status` is None when no answer came; `latency` is ms to the whole reply."""

    method: str
    path: str
    status: int | None
    latency: float


class WatchedSession(Session):
    """Asks once, without retries.

    Attributes:
        exchanges: every request so far, in order.
    """

    def __init__(self, base_url: str, token: str) -> None:
        super().__init__(
            base_url,
            token,
            user_agent=f"beatpass-desktop/{VERSION} ({sys.platform}; doctor)",
            budget=Budget(),
            retries=RetryPolicy(tries=1),
            on_pause=self._on_paused,
        )
        self.exchanges: list[Exchange] = []
        self._limit: asyncio.Timeout | None = None

    async def within_patience(self, work: Awaitable[T]) -> T:
        """Do `work`. Raises `Limited` when the server wants a longer pause than is waited for."""
        try:
            async with asyncio.timeout(None) as self._limit:
                return await work
        except TimeoutError:
            raise Limited("BeatPass wants no requests for a while.", status=429) from None
        finally:
            self._limit = None

    async def get(
        self,
        path: str,
        params: Mapping[str, str | int] | None = None,
        *,
        etag: str | None = None,
        urgent: Callable[[], bool] = always,
        group: str | None = None,
    ) -> Reply:
        """See Session."""
        asked = super().get(path, params, etag=etag, urgent=urgent, group=group)
        return await self._watched("GET", path, asked)

    async def post(
        self,
        path: str,
        body: object = None,
        *,
        urgent: Callable[[], bool] = always,
        group: str | None = None,
        secret: str = "",
    ) -> Reply:
        """See Session."""
        asked = super().post(path, body, urgent=urgent, group=group, secret=secret)
        return await self._watched("POST", path, asked)

    async def _watched(self, method: str, path: str, asked: Awaitable[Reply]) -> Reply:
        began = time.monotonic()
        status: int | None = None
        try:
            reply = await asked
            status = reply.status
            return reply
        except ApiError as error:
            status = error.status
            raise
        except asyncio.CancelledError:
            status = 429 if self._limit is not None and self._limit.expired() else None
            raise
        finally:
            latency = round((time.monotonic() - began) * 1000, 1)
            self.exchanges.append(Exchange(method, path, status, latency))

    def _on_paused(self, until: datetime | None) -> None:
        if until is None or self._limit is None:
            return
        if (until - datetime.now(UTC)).total_seconds() > _PATIENCE:
            self._limit.reschedule(asyncio.get_running_loop().time())
