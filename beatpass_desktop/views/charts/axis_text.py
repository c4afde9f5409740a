"""Short figures and dates for axes, as the locale writes them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from math import floor, log10
from typing import overload

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.models import formatting

_NICE = (1, 2, 5, 10)


def _tr(text: str) -> str:
    return QCoreApplication.translate("charts", text)


def compact(value: float) -> str:
    """A figure in few characters: 950, 1.2K, 34M, 0.5."""
    size = abs(value)
    for limit, pattern in (
        (1e12, _tr("{}T")),
        (1e9, _tr("{}B")),
        (1e6, _tr("{}M")),
        (1e3, _tr("{}K")),
    ):
        if size >= limit:
            return pattern.format(_short(value / limit))
    return _short(value)


def nice_step(span: float, count: int, *, whole: bool = False) -> float:
    """A round distance (1, 2 or 5 times a power of ten) that cuts `span` into about `count`."""
    if span <= 0 or count <= 0:
        return 1.0
    rough = span / count
    power = 10.0 ** floor(log10(rough))
    step = next(nice * power for nice in _NICE if rough <= nice * power * 1.000001)
    return max(1.0, step) if whole else step


def month(text: str) -> str:
    """`YYYY-MM` in words: March 2026. What is no month is given back."""
    return formatting.month(text)


def short_month(text: str, *, with_year: bool = True) -> str:
    """`YYYY-MM` for an axis: Mar 2026, or Mar."""
    return formatting.month(text, short=True, with_year=with_year)


def day(value: date) -> str:
    """A date, with its local time when it has one."""
    text = formatting.short_date(value)
    return f"{text} {formatting.time_of_day(value.time())}" if isinstance(value, datetime) else text


class DayLabels(Sequence[str]):
    """The dates of a line in words, written when they are asked for: there may be a million."""

    def __init__(self, dates: Sequence[date]) -> None:
        self._dates = dates

    def __len__(self) -> int:
        return len(self._dates)

    @overload
    def __getitem__(self, index: int) -> str: ...

    @overload
    def __getitem__(self, index: slice) -> list[str]: ...

    def __getitem__(self, index: int | slice) -> str | list[str]:
        if isinstance(index, slice):
            return [day(value) for value in self._dates[index]]
        return day(self._dates[index])


def _short(value: float) -> str:
    rounded = round(value, 1)
    if abs(rounded) >= 100 or float(rounded).is_integer():
        return formatting.number(round(value))
    if abs(value) < 1:
        return formatting.decimal(value, 1 if round(value, 1) == round(value, 3) else 2)
    return formatting.decimal(value, 1)
