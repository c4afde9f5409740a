"""Calendar months, written `YYYY-MM`."""

from __future__ import annotations

from collections.abc import Iterable

_LONGEST = 240
"""months; a longer time stays with its gaps, for a wrong date may be centuries away"""


def without_gaps(months: Iterable[str]) -> list[str]:
    """The months in order with those between them. What is no month leaves all as they came."""
    given = sorted(set(months))
    numbers = [number for month in given if (number := _number(month)) is not None]
    if len(numbers) < len(given) or not numbers or numbers[-1] - numbers[0] >= _LONGEST:
        return given
    every = range(numbers[0], numbers[-1] + 1)
    return [f"{number // 12:04}-{number % 12 + 1:02}" for number in every]


def _number(month: str) -> int | None:
    year, _, number = month.partition("-")
    if not (year.isdecimal() and number.isdecimal() and 1 <= int(number) <= 12):
        return None
    return int(year) * 12 + int(number) - 1
