"""What is tried again, and when. Pure: no clock, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from random import random as uniform

from beatpass_desktop.api.errors import (
    ApiError,
    Incomplete,
    Maintenance,
    ServerError,
    TimedOut,
    Unreachable,
)

SHORTEST_PAUSE = 1.0
"""s"""
LONGEST_PAUSE = 900.0
"""s"""
_FIRST_PAUSE = 2.0
_LONGEST_RESET = 60.0
"""s; the published limits are per minute"""
_RETRIED_STATUSES = frozenset({500, 502, 504})
_DIGITS = re.compile(r"[0-9]+")


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """Full jitter: before try n+1 wait between 0 and min(cap, base * 2^(n-1)) s."""

    tries: int = 4
    base: float = 0.5
    cap: float = 8.0
    random: Callable[[], float] = uniform

    def delay(self, error: ApiError, tries_made: int) -> float | None:
        """Seconds to wait after `tries_made` tries ended in `error`; None to give up."""
        if tries_made >= self.tries or not is_retried(error):
            return None
        return self.random() * min(self.cap, self.base * 2.0 ** (tries_made - 1))


def is_retried(error: ApiError) -> bool:
    """Whether an idempotent request that failed so is worth another try."""
    if isinstance(error, ServerError):
        return error.status in _RETRIED_STATUSES
    return isinstance(error, Unreachable | TimedOut | Maintenance | Incomplete)


def pause_delay(rounds: int, random: Callable[[], float] = uniform) -> float:
    """Seconds to pause after the `rounds`-th 429 in a row (from 1) that did not say how long."""
    longest = min(LONGEST_PAUSE, _FIRST_PAUSE * 2.0 ** min(rounds - 1, 16))
    return max(SHORTEST_PAUSE, longest * (0.5 + 0.5 * random()))


def http_date(text: str | None) -> datetime | None:
    """An HTTP date as UTC; None when it is none."""
    if not text:
        return None
    try:
        time = parsedate_to_datetime(text)
        return time.replace(tzinfo=UTC) if time.tzinfo is None else time.astimezone(UTC)
    except (TypeError, ValueError, IndexError, OverflowError):
        return None


def retry_after(text: str | None, now: datetime) -> float | None:
    """Seconds that a `Retry-After` header asks for, within 1 s … 15 min; None when it is junk."""
    text = (text or "").strip()
    if _DIGITS.fullmatch(text):
        return _clamped(float(text[:12]), LONGEST_PAUSE)
    time = http_date(text)
    return None if time is None else _clamped((time - now).total_seconds(), LONGEST_PAUSE)


def exhausted_for(remaining: str | None, reset: str | None, now: datetime) -> float | None:
    """Seconds until the limit resets when `X-RateLimit-Remaining` is 0; None when it is not.

    `reset` (`X-RateLimit-Reset`) is in unix seconds on the clock of `now`; at most a minute.
    """
    reset = (reset or "").strip()
    if (remaining or "").strip() != "0" or not _DIGITS.fullmatch(reset):
        return None
    return _clamped(float(reset[:16]) - now.timestamp(), _LONGEST_RESET)


def _clamped(seconds: float, longest: float) -> float:
    return min(longest, max(SHORTEST_PAUSE, seconds))
