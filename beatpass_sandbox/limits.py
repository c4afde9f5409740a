"""Request limits: sliding windows of one minute for each caller, overall and for each group."""

from __future__ import annotations

import hashlib
import math
import time
from collections import deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from beatpass_sandbox.clock import Clock
from beatpass_sandbox.contract import Group
from beatpass_sandbox.replies import ApiError, error_reply

WINDOW_SECONDS = 60.0
OVERALL_LIMIT = 300
"""Requests a minute of one caller, as published."""
GROUP_LIMITS: Mapping[Group, int] = {
    Group.LEADERBOARDS: 600,
    Group.GROWTH: 120,
    Group.INTELLIGENCE: 500,
    Group.SOCIAL: 120,
}
"""Requests a minute of one caller within a group, as published."""
_REMEMBERED_CALLERS = 1_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Requests a minute of one caller: overall, and within each limited group."""

    overall: int
    groups: Mapping[Group, int]


def limits_for(overall: int = OVERALL_LIMIT, groups: Mapping[Group, int] | None = None) -> Limits:
    """The published limits with another ``overall`` one, the groups' in proportion to it.

    Those in ``groups`` hold as they are.
    """
    scaled = {
        group: max(1, limit * overall // OVERALL_LIMIT) for group, limit in GROUP_LIMITS.items()
    }
    return Limits(overall, {**scaled, **(groups or {})})


@dataclass(frozen=True, slots=True)
class Room:
    """What one window has left: its limit, how many more fit, seconds until one is freed."""

    limit: int
    remaining: int
    wait: float


class SlidingWindow:
    """Counts requests of each caller in the last 60 seconds of ``monotonic`` time."""

    def __init__(self, limit: int, monotonic: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._monotonic = monotonic
        self._seen: dict[str, deque[float]] = {}

    def room(self, caller: str) -> Room:
        """What is left for a caller now."""
        now = self._monotonic()
        if len(self._seen) > _REMEMBERED_CALLERS:
            self._forget_idle(now)
        times = self._seen.setdefault(caller, deque())
        while times and times[0] <= now - WINDOW_SECONDS:
            times.popleft()
        wait = times[0] + WINDOW_SECONDS - now if times else WINDOW_SECONDS
        return Room(self._limit, self._limit - len(times), wait)

    def count(self, caller: str) -> None:
        """Note one request."""
        self._seen.setdefault(caller, deque()).append(self._monotonic())

    def _forget_idle(self, now: float) -> None:
        limit = now - WINDOW_SECONDS
        self._seen = {
            caller: times for caller, times in self._seen.items() if times and times[-1] > limit
        }


class RateLimit:
    """ASGI layer that refuses requests over a limit and announces the strictest on every reply.

    A request counts overall and in the group that ``group_of`` names; a refused one in neither.
    """

    def __init__(
        self,
        app: ASGIApp,
        limits: Limits,
        clock: Clock,
        prefix: str,
        group_of: Callable[[Scope], Group],
    ) -> None:
        self._app = app
        self._overall = SlidingWindow(limits.overall)
        self._groups = {group: SlidingWindow(limit) for group, limit in limits.groups.items()}
        self._clock = clock
        self._prefix = prefix
        self._group_of = group_of

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer 429."""
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            await self._app(scope, receive, send)
            return
        caller = _caller(scope)
        windows = [self._overall]
        if group := self._groups.get(self._group_of(scope)):
            windows.append(group)
        admitted = all(window.room(caller).remaining > 0 for window in windows)
        if admitted:
            for window in windows:
                window.count(caller)
        strictest = min(
            (window.room(caller) for window in windows),
            key=lambda room: (room.remaining, -room.wait),
        )
        headers = self._headers(strictest)
        if not admitted:
            await error_reply(_refusal(strictest, headers), scope["path"])(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers)
            await send(message)

        await self._app(scope, receive, send_with_headers)

    def _headers(self, room: Room) -> dict[str, str]:
        reset = int(self._clock.now().timestamp()) + _seconds(room)
        return {
            "X-RateLimit-Limit": str(room.limit),
            "X-RateLimit-Remaining": str(room.remaining),
            "X-RateLimit-Reset": str(reset),
        }


def _refusal(room: Room, headers: Mapping[str, str]) -> ApiError:
    seconds = _seconds(room)
    body = {"message": "Too Many Attempts.", "retry_after": seconds}
    return ApiError(429, body, {**headers, "Retry-After": str(seconds)})


def _seconds(room: Room) -> int:
    return max(1, math.ceil(room.wait))


def _caller(scope: Scope) -> str:
    """Who is counted: a token (only its hash is kept), else the client's address."""
    authorization = Headers(scope=scope).get("authorization")
    if authorization is not None:
        return hashlib.sha256(authorization.encode()).hexdigest()
    client = scope.get("client")
    return str(client[0]) if client else "unknown"
