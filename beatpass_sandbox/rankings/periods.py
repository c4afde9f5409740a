"""The periods of the leaderboards, as UTC days."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from beatpass_sandbox.clock import day_number

ALL_TIME = "all-time"
PERIOD_PATTERN = r"^(all-time|30d|7d|20[0-9]{2}-H[12])$"

_PERIOD = re.compile(PERIOD_PATTERN, re.ASCII)
_TRAILING = {"30d": 30, "7d": 7}
_DAY = 86_400
# Beyond any day that a row can carry, a quirky upload in the year 9999 included.
_LAST_DAY = 2**40


@dataclass(frozen=True, slots=True)
class Span:
    """Day numbers from ``first`` to ``last``, both within; empty when they are reversed."""

    first: int
    last: int


def period_span(period: str, as_of: int) -> Span | None:
    """The days of a period, seen at ``as_of`` (Unix seconds); None when it is not a period.

    ``30d`` and ``7d`` are that many days, the last of which is the current one. A half-year
    that has not ended reaches to the current day; one that has not begun is empty.
    """
    if _PERIOD.fullmatch(period) is None:
        return None
    if period == ALL_TIME:
        return Span(-_LAST_DAY, _LAST_DAY)
    today = as_of // _DAY
    if period in _TRAILING:
        return Span(today + 1 - _TRAILING[period], today)
    year, half = int(period[:4]), period[-1]
    begin, end = (1, 7) if half == "1" else (7, 13)
    first = date(year, begin, 1)
    last = date(year + end // 13, end % 12, 1) - timedelta(days=1)
    return Span(_number(first), min(_number(last), today))


def _number(day: date) -> int:
    return day_number(datetime(day.year, day.month, day.day, tzinfo=UTC))
