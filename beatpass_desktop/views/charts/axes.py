"""The axes of a plot: figures at the side; names, or dates, below."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from math import ceil, floor
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRectF

from beatpass_desktop.models import formatting
from beatpass_desktop.views.charts.axis_text import nice_step
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour

_STYLE = TextStyle.SECONDARY
_LINES_APART = 3.0
"""distance of gridlines in lines of text"""
_MINUTE, _HOUR, _DAY = 60, 3_600, 86_400
_STEPS = (
    *(_MINUTE * n for n in (1, 5, 15, 30)),
    *(_HOUR * n for n in (1, 3, 6, 12)),
    *(_DAY * n for n in (1, 2, 7, 14)),
)
_MONTHS = (1, 2, 3, 6, 12, 24, 60, 120, 600)
_DAYS_A_MONTH = 30.44


class _Axis(pg.AxisItem):
    """An axis in the theme's look, with one level of ticks.

    pyqtgraph asks `tickValues` for a list of levels and `tickStrings` for their words.
    """

    def __init__(self, theme: Theme, orientation: str) -> None:
        super().__init__(orientation)
        self._theme = theme
        self.enableAutoSIPrefix(False)
        self.dress()

    def dress(self) -> None:
        """Take up the theme's colours and fonts."""
        theme = self._theme
        line = pg.mkPen(colour(theme.tokens.border), width=1)
        self.setPen(line)
        self.setTickPen(line)
        self.setTextPen(colour(theme.tokens.muted))
        self.setStyle(
            tickFont=theme.font(_STYLE),
            tickTextOffset=theme.px(Space.XS),
            tickLength=0,
            tickAlpha=255,
            hideOverlappingLabels=False,
        )

    def width_of(self, text: str) -> int:
        """How wide a word on this axis is, in drawn pixels."""
        return self._theme.metrics(_STYLE).horizontalAdvance(text)

    @abstractmethod
    def positions(self, low: float, high: float, length: float) -> tuple[float, list[float]]:
        """The distance of the ticks and where they are between `low` and `high`."""

    def tickValues(self, minVal: float, maxVal: float, size: float) -> list[Any]:
        # The range of an axis that is upside down comes upside down.
        low, high = sorted((minVal, maxVal))
        if size <= 0 or high <= low:
            return []
        return [self.positions(low, high, size)]


class ValueAxis(_Axis):
    """Figures at round distances, with faint lines across the plot."""

    def __init__(self, theme: Theme, write: Callable[[float], str], *, whole: bool) -> None:
        self._write = write
        self._whole = whole
        super().__init__(theme, "left")
        self.setGrid(255)

    def step(self, low: float, high: float, length: float) -> float:
        """The distance of two lines."""
        apart = self._theme.metrics(_STYLE).height() * _LINES_APART
        return nice_step(high - low, max(2, int(length / apart)), whole=self._whole)

    def dress(self) -> None:
        super().dress()
        # Without an axis line: the gridlines are enough.
        self.setPen(pg.mkPen(None))

    def positions(self, low: float, high: float, length: float) -> tuple[float, list[float]]:
        step = self.step(low, high, length)
        first = ceil(low / step - 1e-9)
        last = floor(high / step + 1e-9)
        return step, [number * step for number in range(first, last + 1)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._write(value) for value in values]

    def boundingRect(self) -> QRectF:
        # Words that reach beyond it are left out: half a line of the first and the last does.
        half = self._theme.metrics(_STYLE).height() / 2 + 1
        return super().boundingRect().adjusted(0, -half, 0, half)


class NameAxis(_Axis):
    """A name below each place, or below every second, third … where room is short."""

    def __init__(self, theme: Theme) -> None:
        self._names: Sequence[str] = ()
        self._widest = 1
        super().__init__(theme, "bottom")

    def set_names(self, names: Sequence[str]) -> None:
        """The names from the first place on."""
        self._names = names
        self._measure()

    def dress(self) -> None:
        super().dress()
        self._measure()

    def _measure(self) -> None:
        self._widest = max((self.width_of(name) for name in self._names), default=1)
        self.picture = None
        self.update()

    def positions(self, low: float, high: float, length: float) -> tuple[float, list[float]]:
        room = length / (high - low)
        step = max(1, ceil((self._widest + self._theme.px(Space.M)) / max(room, 1e-9)))
        first = max(0, ceil(low / step) * step)
        last = min(len(self._names) - 1, floor(high))
        return step, [float(number) for number in range(first, last + 1, step)]

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [self._names[round(value)] for value in values]


class DateAxis(_Axis):
    """Dates at round distances. Positions are seconds since 1970 of the clock on the wall."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "bottom")

    def positions(self, low: float, high: float, length: float) -> tuple[float, list[float]]:
        room = self.width_of("00 MMM 0000") + self._theme.px(Space.L)
        least = (high - low) * room / length
        for step in _STEPS:
            if step >= least:
                first = ceil(low / step)
                return step, [float(n * step) for n in range(first, floor(high / step) + 1)]
        months = next((n for n in _MONTHS if n * _DAYS_A_MONTH * _DAY >= least), _MONTHS[-1])
        return months * _DAYS_A_MONTH * _DAY, _month_starts(low, high, months)

    def tickStrings(self, values: Sequence[float], scale: float, spacing: float) -> list[str]:
        return [_date_text(value, spacing) for value in values]


def _month_starts(low: float, high: float, months: int) -> list[float]:
    start = datetime.fromtimestamp(low, UTC)
    number = start.year * 12 + start.month - 1
    number -= number % months
    found: list[float] = []
    while number // 12 <= 9999:
        at = datetime(number // 12, number % 12 + 1, 1, tzinfo=UTC).timestamp()
        if at > high:
            break
        if at >= low:
            found.append(at)
        number += months
    return found


def _date_text(value: float, spacing: float) -> str:
    moment = datetime.fromtimestamp(value, UTC)
    if spacing < _DAY and value % _DAY:
        return formatting.time_of_day(moment.time())
    if spacing >= 360 * _DAY:
        return f"{moment:%Y}"
    if spacing >= 28 * _DAY:
        return formatting.month(f"{moment:%Y-%m}", short=True)
    return formatting.short_date(moment.date(), with_year=False)
