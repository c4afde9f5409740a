"""The sandbox's own idea of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

_EPOCH = date(1970, 1, 1)


class Clock:
    """UTC time of the sandbox: the real clock, or one standing still at ``fixed_at``.

    Either can be put forward by whole days.
    """

    def __init__(self, fixed_at: datetime | None = None) -> None:
        self._fixed_at = fixed_at
        self._shift = timedelta()

    @property
    def is_fixed(self) -> bool:
        """Whether the clock stands still."""
        return self._fixed_at is not None

    def now(self) -> datetime:
        """The current instant, aware, in UTC."""
        return (self._fixed_at or datetime.now(UTC)) + self._shift

    def advance(self, days: int) -> None:
        """Put the clock forward."""
        self._shift += timedelta(days=days)


def day_number(instant: datetime) -> int:
    """Days from 1970-01-01 to the UTC day of ``instant``."""
    return (instant.date() - _EPOCH).days


def date_of(day: int) -> str:
    """The ISO date of a day number."""
    return (_EPOCH + timedelta(days=day)).isoformat()


def iso_instant(seconds: int) -> str:
    """Unix seconds as ISO 8601 with microseconds and ``Z``."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%dT%H:%M:%S.000000Z")


def plain_instant(seconds: int) -> str:
    """Unix seconds as ``YYYY-MM-DD HH:MM:SS``, meaning UTC."""
    return datetime.fromtimestamp(seconds, UTC).strftime("%Y-%m-%d %H:%M:%S")
