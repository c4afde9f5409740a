"""How many requests may go out, and when: the published limits and the one shared pause."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from math import inf
from typing import Protocol

from beatpass_desktop.api.retries import pause_delay

OVERALL = 300
"""requests in any 60 s"""
GROUPS: Mapping[str, int] = {
    "leaderboard": 600,
    "growth": 120,
    "authenticated": 500,
    "social": 120,
    "pictures": 120,
}
"""requests in any 60 s by endpoint group; that of pictures is our own, so that they leave room"""
CONCURRENT = 10
"""requests under way at a time"""
_SPAN = 60.05
"""s; a minute, and a margin for clocks that round differently"""

_NOTICED = 1.0
"""s that a request somebody looks at waits for the limits before that is announced"""

PauseListener = Callable[[float | None], None]
"""Told the seconds that requests wait from now, and None when they go on."""


class Timer(Protocol):
    """What `call_later` returns."""

    def cancel(self) -> None:
        """Forget the call."""


CallLater = Callable[[float, Callable[[], None]], Timer]


def always() -> bool:
    """The urgency of a request somebody looks at."""
    return True


def never() -> bool:
    """The urgency of a request that may wait."""
    return False


@dataclass(slots=True)
class _Window:
    """Requests under way and those that ended within the last minute.

    The server counts a request somewhere between its start and its end. Counting it here from its
    start until a minute after its end keeps the limit in any 60 s of the server's, however long
    requests take.
    """

    limit: int
    under_way: int = 0
    ends: deque[float] = field(default_factory=deque)

    def free_at(self, now: float) -> float:
        """When one more may start: `now`, later, or `inf` if that depends on requests under way."""
        ends = self.ends
        while ends and ends[0] + _SPAN <= now:
            ends.popleft()
        if self.under_way + len(ends) < self.limit:
            return now
        return ends[0] + _SPAN if ends else inf


@dataclass(slots=True, eq=False)
class Ticket:
    """Leave for one request, to be settled when it has ended. `granted_at` is monotonic, in s."""

    granted_at: float
    windows: tuple[_Window, ...]


@dataclass(slots=True, eq=False)
class _Waiter:
    urgent: Callable[[], bool]
    windows: tuple[_Window, ...]
    granted: asyncio.Future[Ticket]

    def free_at(self, now: float) -> float:
        """When its limits let it start."""
        return max(window.free_at(now) for window in self.windows)


class Budget:
    """The gate every request passes: limits, ten at a time, urgent ones first, one shared pause.

    One budget serves all sessions of the process. `recent` are the ages (s) of requests sent by an
    earlier process (see `ages`), so that the limit holds across a restart. Not thread-safe.
    """

    def __init__(
        self,
        *,
        overall: int = OVERALL,
        groups: Mapping[str, int] = GROUPS,
        concurrent: int = CONCURRENT,
        recent: Iterable[float] = (),
        clock: Callable[[], float] = time.monotonic,
        call_later: CallLater | None = None,
    ) -> None:
        self._clock = clock
        self._call_later = call_later
        self._concurrent = concurrent
        now = clock()
        self._overall = _Window(overall, ends=deque(sorted(now - max(0.0, age) for age in recent)))
        self._groups = {name: _Window(limit) for name, limit in groups.items()}
        self._waiting: list[_Waiter] = []
        self._timer: Timer | None = None
        self._paused_until: float | None = None
        self._announced_until = -inf
        self._resumed_at = -inf
        self._is_held_back = False
        self._rounds = 0
        self._listeners: list[PauseListener] = []

    @property
    def paused_for(self) -> float | None:
        """Seconds until the shared pause ends; None when there is none."""
        if self._paused_until is None:
            return None
        return max(0.0, self._paused_until - self._clock())

    def ages(self) -> tuple[float, ...]:
        """Ages (s) of the requests that still count, oldest first; those under way are 0."""
        now = self._clock()
        self._overall.free_at(now)
        return (*(now - end for end in self._overall.ends), *[0.0] * self._overall.under_way)

    def subscribe(self, listener: PauseListener) -> Callable[[], None]:
        """Tell `listener` until the returned function is called: of pauses, and when the limits
        hold back what somebody looks at."""
        self._listeners.append(listener)
        return lambda: self._listeners.remove(listener)

    async def take(self, urgent: Callable[[], bool] = always, group: str | None = None) -> Ticket:
        """Wait for leave to send one request; `urgent` is asked again at each opportunity.

        Raises KeyError for an unknown group. Giving up (cancelling) gives the leave back.
        """
        windows = (self._overall,) if group is None else (self._overall, self._groups[group])
        now = self._clock()
        if not self._waiting and self._is_open(windows, now):
            return self._start(windows, now)
        waiter = _Waiter(urgent, windows, asyncio.get_running_loop().create_future())
        self._waiting.append(waiter)
        self._advance()
        if not waiter.granted.done():
            try:
                await waiter.granted
            except asyncio.CancelledError:
                if waiter in self._waiting:
                    self._waiting.remove(waiter)
                    self._arm(self._clock())
                else:
                    self.withdraw(waiter.granted.result())
                raise
        return waiter.granted.result()

    def settle(self, ticket: Ticket) -> None:
        """The request of `ticket` has ended."""
        now = self._clock()
        for window in ticket.windows:
            window.under_way -= 1
            window.ends.append(now)
        if self._waiting:
            self._advance()

    def withdraw(self, ticket: Ticket) -> None:
        """The request of `ticket` was never sent."""
        for window in ticket.windows:
            window.under_way -= 1
        if self._waiting:
            self._advance()

    def pause(self, seconds: float) -> None:
        """Let no request start for `seconds`; a longer pause that is on stays."""
        until = self._clock() + seconds
        if self._paused_until is not None and until <= self._paused_until:
            return
        self._paused_until = until
        self._is_held_back = False
        # Replies to requests sent together come with limits milliseconds apart: one pause.
        if until - self._announced_until >= 1.0:
            self._announced_until = until
            self._announce(seconds)
        self._advance()

    def limited(self, ticket: Ticket, seconds: float | None) -> None:
        """The server answered 429, asking to wait `seconds`; None: it did not say."""
        if self._paused_until is None and ticket.granted_at >= self._resumed_at:
            self._rounds += 1
        elif seconds is None:
            return
        self.pause(pause_delay(self._rounds) if seconds is None else seconds)

    def accepted(self) -> None:
        """The server took a request: the next 429 is the first again."""
        self._rounds = 0

    def _announce(self, seconds: float | None) -> None:
        for listener in tuple(self._listeners):
            listener(seconds)

    def _advance(self) -> None:
        """Start what may start, and set the timer for the next opportunity."""
        now = self._clock()
        if self._paused_until is not None and now >= self._paused_until:
            self._paused_until = None
            self._announced_until = -inf
            self._resumed_at = now
            self._announce(None)
        while (waiter := self._next(now)) is not None:
            self._waiting.remove(waiter)
            waiter.granted.set_result(self._start(waiter.windows, now))
        self._arm(now)

    def _start(self, windows: tuple[_Window, ...], now: float) -> Ticket:
        for window in windows:
            window.under_way += 1
        return Ticket(now, windows)

    def _is_open(self, windows: tuple[_Window, ...], now: float) -> bool:
        if self._paused_until is not None or self._overall.under_way >= self._concurrent:
            return False
        return all(window.free_at(now) <= now for window in windows)

    def _next(self, now: float) -> _Waiter | None:
        first: _Waiter | None = None
        for waiter in self._waiting:
            if waiter.granted.done() or not self._is_open(waiter.windows, now):
                continue
            if waiter.urgent():
                return waiter
            first = first or waiter
        return first

    def _arm(self, now: float) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        if self._paused_until is not None:
            at = self._paused_until
        else:
            self._tell_held_back(now)
            if not self._waiting or self._overall.under_way >= self._concurrent:
                return
            at = min(waiter.free_at(now) for waiter in self._waiting)
        if at < inf:
            call_later = self._call_later or asyncio.get_running_loop().call_later
            self._timer = call_later(max(0.0, at - now), self._advance)

    def _tell_held_back(self, now: float) -> None:
        waits = [waiter.free_at(now) - now for waiter in self._waiting if waiter.urgent()]
        seconds = min(waits, default=0.0)
        is_held_back = _NOTICED <= seconds < inf
        if is_held_back is not self._is_held_back:
            self._is_held_back = is_held_back
            self._announce(seconds if is_held_back else None)
