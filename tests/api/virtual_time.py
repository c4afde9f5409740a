"""A clock that moves when it is told to, with the timers that hang on it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from beatpass_desktop.api.budget import Budget


@dataclass(eq=False)
class VirtualTimer:
    """One pending call."""

    at: float
    call: Callable[[], None]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


class VirtualTime:
    """Stands in for the monotonic clock and `call_later`."""

    def __init__(self) -> None:
        self.now = 1000.0
        self._timers: list[VirtualTimer] = []

    def budget(self, **options: object) -> Budget:
        """A budget that lives in this time; without limits unless they are given."""
        options.setdefault("overall", 1_000_000)
        return Budget(clock=lambda: self.now, call_later=self.call_later, **options)  # type: ignore[arg-type]

    def call_later(self, delay: float, call: Callable[[], None]) -> VirtualTimer:
        timer = VirtualTimer(self.now + delay, call)
        self._timers.append(timer)
        return timer

    @property
    def is_waiting(self) -> bool:
        """Whether a timer is set."""
        return any(not timer.cancelled for timer in self._timers)

    def next_timer(self) -> float | None:
        """When the next timer is due."""
        self._timers = [timer for timer in self._timers if not timer.cancelled]
        return min((timer.at for timer in self._timers), default=None)

    def advance(self, seconds: float) -> None:
        """Let `seconds` pass, and the timers that come due ring in order."""
        end = self.now + seconds
        while (at := self.next_timer()) is not None and at <= end:
            timer = min(self._timers, key=lambda timer: timer.at)
            self._timers.remove(timer)
            self.now = max(self.now, timer.at)
            timer.call()
        self.now = end
