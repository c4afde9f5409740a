"""Times in the store: whole milliseconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MILLISECOND = timedelta(milliseconds=1)


def to_ms(moment: datetime) -> int:
    """Milliseconds since 1970 of an aware time."""
    return (moment - _EPOCH) // _MILLISECOND


def from_ms(value: int) -> datetime:
    """The aware UTC time of stored milliseconds."""
    return _EPOCH + value * _MILLISECOND


def optional_ms(moment: datetime | None) -> int | None:
    """Like `to_ms`, with None for no time."""
    return None if moment is None else to_ms(moment)


def optional_time(value: int | None) -> datetime | None:
    """Like `from_ms`, with None for no time."""
    return None if value is None else from_ms(value)
