"""Bars, one above the other where there are several series."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyqtgraph as pg

from beatpass_desktop.views.charts.axes import NameAxis, ValueAxis
from beatpass_desktop.views.charts.plot import Plot
from beatpass_desktop.views.theme.contrast import mixed
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour

_WIDTH = 0.72
_FEWEST = 6
"""room for this many bars, so that two bars do not become two walls"""


class BarPlot(Plot):
    """A bar for each label; what is negative hangs below the line. Signals: see Plot."""

    def __init__(
        self, theme: Theme, write: Callable[[float], str], *, whole: bool, stacked: bool
    ) -> None:
        self._names = NameAxis(theme)
        super().__init__(theme, ValueAxis(theme, write, whole=whole), self._names, pg.ViewBox())
        self.with_total = stacked
        self._tops = np.zeros(0)
        self._bars: list[pg.BarGraphItem] = []
        self._pointed_bars: list[pg.BarGraphItem] = []
        self.dress()

    def position(self, index: int) -> float:
        return float(index)

    def nearest(self, position: float) -> int | None:
        index = round(position)
        return index if 0 <= index < self.data.count else None

    def top(self, index: int) -> float:
        return float(self._tops[index])

    def _layers(self) -> list[tuple[np.ndarray, np.ndarray]]:
        """Where the bars of each series begin and how tall they are."""
        above = np.zeros(self.data.count)
        below = np.zeros(self.data.count)
        layers = []
        for series in self.data.series:
            heights = np.array([value or 0.0 for value in series.values], dtype=float)
            starts = np.where(heights >= 0, above, below)
            above += np.maximum(heights, 0)
            below += np.minimum(heights, 0)
            layers.append((starts, heights))
        self._tops = np.where(above > 0, above, 0.0)
        self._lowest = float(below.min(initial=0.0))
        return layers

    def _draw(self) -> None:
        plot = self.getPlotItem()
        for item in (*self._bars, *self._pointed_bars):
            plot.removeItem(item)
        self._bars, self._pointed_bars = [], []
        layers = self._layers()
        count = self.data.count
        tokens = self._theme.tokens
        for series, (starts, heights) in zip(self.data.series, layers, strict=True):
            mark = self._theme.hue(series.hue).mark
            places = np.arange(count)
            edge = pg.mkPen(colour(tokens.surface), width=1) if len(layers) > 1 else pg.mkPen(None)
            bars = pg.BarGraphItem(
                x=places, y0=starts, height=heights, width=_WIDTH, pen=edge, brush=colour(mark)
            )
            lit = colour(mixed(tokens.text, mark, 0.4))
            pointed = pg.BarGraphItem(x=[0], y0=[0], height=[0], width=_WIDTH, pen=edge, brush=lit)
            pointed.hide()
            for item in (bars, pointed):
                plot.addItem(item, ignoreBounds=True)
            self._bars.append(bars)
            self._pointed_bars.append(pointed)
        self._layered = layers
        self._names.set_names([self.data.tick(index) for index in range(count)])
        beside = max(0, _FEWEST - count) / 2
        self._box.setXRange(-0.5 - beside, count - 0.5 + beside, padding=0)
        self._set_value_range(self._lowest, float(self._tops.max(initial=0.0)))

    def _mark(self, index: int | None) -> None:
        for at, item in enumerate(self._pointed_bars):
            if index is not None:
                starts, heights = self._layered[at]
                item.setOpts(x=[index], y0=[starts[index]], height=[heights[index]])
            item.setVisible(index is not None)
