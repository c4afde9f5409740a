"""The request limit: a sliding window of one minute for each caller."""

from __future__ import annotations

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatpass_sandbox.clock import Clock
from beatpass_sandbox.replies import ApiError, error_reply

WINDOW_SECONDS = 60.0
_REMEMBERED_CALLERS = 1_000


class SlidingWindow:
    """Counts requests of each caller in the last 60 seconds of ``monotonic`` time."""

    def __init__(self, limit: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self.limit = limit
        self._monotonic = monotonic
        self._seen: dict[str, deque[float]] = {}

    def admit(self, caller: str) -> tuple[bool, int, float]:
        """Count a request if it fits: (admitted, how many more fit, seconds until one is freed)."""
        now = self._monotonic()
        if len(self._seen) > _REMEMBERED_CALLERS:
            self._forget_idle(now)
        times = self._seen.setdefault(caller, deque())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        admitted = len(times) < self.limit
        if admitted:
            times.append(now)
        wait = times[0] + WINDOW_SECONDS - now if times else WINDOW_SECONDS
        return admitted, self.limit - len(times), wait

    def _forget_idle(self, now: float) -> None:
        limit = now - WINDOW_SECONDS
        self._seen = {
            caller: times for caller, times in self._seen.items() if times and times[-1] > limit
        }


class RateLimit:
    """ASGI layer that refuses requests over the limit and announces it on every reply."""

    def __init__(self, app: ASGIApp, window: SlidingWindow, clock: Clock, prefix: str) -> None:
        self._app = app
        self._window = window
        self._clock = clock
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 429."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        admitted, remaining, wait = self._window.admit(_caller(scope))
        seconds = max(1, math.ceil(wait))
        headers = {
            "X-RateLimit-Limit": str(self._window.limit),
            "X-RateLimit-Remaining": str(remaining),
            "X-RateLimit-Reset": str(int(self._clock.now().timestamp()) + seconds),
        }
        if not admitted:
            refusal = ApiError(
                429,
                {"message": "Too Many Attempts.", "retry_after": seconds},
                {**headers, "Retry-After": str(seconds)},
            )
            await error_reply(refusal)(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)


def _caller(scope: Scope) -> str:
    """Who is counted: a token (only its hash is kept), else the client's address."""
    authorization = Headers(scope=scope).get("authorization")
    if authorization is not None:
        return hashlib.sha256(authorization.encode()).hexdigest()
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
