"""Lines over time, of up to millions of points."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent

from beatpass_desktop.views.charts.axes import DateAxis, ValueAxis
from beatpass_desktop.views.charts.plot import Plot
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour

_WIDTH = 2
_CLOSEST = 4
"""points that remain in view at the closest zoom"""
_DENSE = 2
"""points a pixel from which a line is a band"""
_ZOOM = 0.5
_EDGE = 0.08
"""of the height left free above and below a line that does not stand on zero"""
_DRAGGED = 6
"""px that the pointer travels before it is a drag"""


class _Box(pg.ViewBox):
    """Marks a stretch of time by dragging.

    Signals:
        stretch_chosen: from, to.
    """

    stretch_chosen = Signal(float, float)

    def __init__(self, theme: Theme) -> None:
        super().__init__(enableMenu=False)
        self._theme = theme
        self._band = pg.LinearRegionItem(movable=False)
        self._band.hide()
        self.addItem(self._band, ignoreBounds=True)

    def mouseDragEvent(self, ev: Any, axis: int | None = None) -> None:
        if ev.button() is not Qt.MouseButton.LeftButton:
            ev.ignore()
            return
        ev.accept()
        ends = sorted(self.mapToView(at).x() for at in (ev.buttonDownPos(), ev.pos()))
        self._band.setBrush(colour(self._theme.tokens.accent, 0.2))
        self._band.setRegion(ends)
        self._band.setVisible(not ev.isFinish())
        if ev.isFinish() and abs(ev.pos().x() - ev.buttonDownPos().x()) >= _DRAGGED:
            self.stretch_chosen.emit(*ends)


class LinePlot(Plot):
    """A line for each series. Drag to zoom, double-click for all of it; plus, minus and 0 do the
    same from the keyboard. Only what can be told apart is drawn. Signals: see Plot."""

    def __init__(
        self,
        theme: Theme,
        write: Callable[[float], str],
        *,
        whole: bool,
        from_zero: bool,
        upside_down: bool,
    ) -> None:
        box = _Box(theme)
        super().__init__(theme, ValueAxis(theme, write, whole=whole), DateAxis(theme), box)
        self._from_zero = from_zero
        box.invertY(upside_down)
        self._x = np.zeros(0)
        self._rows: list[np.ndarray] = []
        self._lines: list[pg.PlotDataItem] = []
        self._is_smooth = True
        self._here = pg.InfiniteLine(angle=90, movable=False)
        self._dots = pg.ScatterPlotItem(pxMode=True)
        for item in (self._here, self._dots):
            self.getPlotItem().addItem(item, ignoreBounds=True)
            item.hide()
        box.stretch_chosen.connect(self.zoom_to)
        box.sigXRangeChanged.connect(self._on_stretch_changed)
        self.dress()

    def show_lines(self, data: Any, dates: Sequence[date]) -> None:
        """Draw `data` over `dates`, which ascend."""
        self._x = seconds(dates)
        self._rows = [_array(series.values) for series in data.series]
        self.show_data(data)
        self.reset_zoom()
        self._smooth()

    def zoom_to(self, start: float, end: float) -> None:
        """Show a stretch of time, given in the axis's seconds."""
        first, last = self._whole_stretch()
        least = (last - first) * _CLOSEST / max(_CLOSEST, self._x.size)
        middle, half = (start + end) / 2, max(end - start, least) / 2
        self._box.setXRange(max(first, middle - half), min(last, middle + half), padding=0)

    def reset_zoom(self) -> None:
        """Show all of it."""
        self._box.setXRange(*self._whole_stretch(), padding=0)

    @property
    def is_zoomed(self) -> bool:
        """Whether only a part is in view."""
        first, last = self._whole_stretch()
        low, high = self._box.viewRange()[0]
        return high - low < (last - first) * 0.999

    def dress(self) -> None:
        super().dress()
        tokens = self._theme.tokens
        self._here.setPen(pg.mkPen(colour(tokens.control_border), width=1))

    def position(self, index: int) -> float:
        return float(self._x[index])

    def nearest(self, position: float) -> int | None:
        if not self._x.size:
            return None
        right = int(np.searchsorted(self._x, position))
        left = max(0, right - 1)
        right = min(right, self._x.size - 1)
        return left if position - self._x[left] <= self._x[right] - position else right

    def top(self, index: int) -> float:
        known = [float(row[index]) for row in self._rows if not np.isnan(row[index])]
        return max(known, default=float(self._box.viewRange()[1][0]))

    def _whole_stretch(self) -> tuple[float, float]:
        if not self._x.size:
            return 0.0, 1.0
        first, last = float(self._x[0]), float(self._x[-1])
        return (first, last) if last > first else (first - 43_200, last + 43_200)

    def _draw(self) -> None:
        plot = self.getPlotItem()
        for line in self._lines:
            plot.removeItem(line)
        self._lines = []
        self._is_smooth = True
        for series, row in zip(self.data.series, self._rows, strict=True):
            pen = pg.mkPen(colour(self._theme.hue(series.hue).mark), width=_WIDTH)
            line = pg.PlotDataItem(
                self._x, row, pen=pen, connect="finite", antialias=True, skipFiniteCheck=False
            )
            if row.size == 1:
                line.setSymbol("o")
                line.setSymbolBrush(pen.color())
                line.setSymbolPen(None)
            plot.addItem(line, ignoreBounds=True)
            line.setDownsampling(auto=True, method="peak")
            # Least and most of each pixel: more cannot be told apart.
            line.opts["autoDownsampleFactor"] = 1.0
            line.setClipToView(True)
            self._lines.append(line)
        self._fit_values()

    def _in_view(self) -> tuple[int, int]:
        """The first index in view and the one after the last."""
        start, end = self._box.viewRange()[0]
        first = int(np.searchsorted(self._x, start))
        return first, int(np.searchsorted(self._x, end, side="right"))

    def _smooth(self) -> None:
        """Smooth edges where points stand apart; they cost 40 ms a frame where none does."""
        first, last = self._in_view()
        is_smooth = last - first <= max(1, self._box.width()) * _DENSE
        if is_smooth is not self._is_smooth:
            self._is_smooth = is_smooth
            for line in self._lines:
                line.opts["antialias"] = is_smooth
                line.updateItems(styleUpdate=True)

    def _fit_values(self) -> None:
        """The values in view fill the height."""
        if not self._x.size:
            return
        first, last = self._in_view()
        parts = [row[max(0, first - 1) : last + 1] for row in self._rows]
        known = [part[~np.isnan(part)] for part in parts]
        lows = [float(part.min()) for part in known if part.size]
        highs = [float(part.max()) for part in known if part.size]
        low, high = min(lows, default=0.0), max(highs, default=1.0)
        if self._from_zero:
            low = min(0.0, low)
        else:
            # Not on the edge, where half the line would be cut off.
            room = (high - low) * _EDGE or 1.0
            low, high = low - room, high + room
        self._set_value_range(low, high)

    def _mark(self, index: int | None) -> None:
        if index is not None:
            self._here.setValue(self.position(index))
            spots = [
                {
                    "pos": (self._x[index], row[index]),
                    "size": self._theme.px(Space.S + 2),
                    "brush": colour(self._theme.hue(series.hue).mark),
                    "pen": pg.mkPen(colour(self._theme.tokens.surface), width=2),
                }
                for series, row in zip(self.data.series, self._rows, strict=True)
                if not np.isnan(row[index])
            ]
            self._dots.setData(spots)
        for item in (self._here, self._dots):
            item.setVisible(index is not None)

    def _keep_in_view(self) -> None:
        """The marker takes the view along when the keyboard moves it out."""
        if self.index is None:
            return
        at = self.position(self.index)
        low, high = self._box.viewRange()[0]
        if not low <= at <= high:
            shift = at - (low if at < low else high)
            self._box.setXRange(low + shift, high + shift, padding=0)
            self._show_callout()

    def _on_stretch_changed(self) -> None:
        self._smooth()
        self._fit_values()
        self._show_callout()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.reset_zoom()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        low, high = self._box.viewRange()[0]
        middle = (low + high) / 2 if self.index is None else self.position(self.index)
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            half = (high - low) * _ZOOM / 2
            self.zoom_to(middle - half, middle + half)
        elif event.key() == Qt.Key.Key_Minus:
            half = (high - low) / _ZOOM / 2
            self.zoom_to(middle - half, middle + half)
        elif event.key() == Qt.Key.Key_0:
            self.reset_zoom()
        else:
            super().keyPressEvent(event)
            self._keep_in_view()


def seconds(dates: Sequence[date]) -> np.ndarray:
    """Dates and local times as seconds since 1970 of the clock on the wall."""
    if isinstance(dates, np.ndarray):
        return dates.astype("datetime64[us]").astype(np.int64) / 1e6
    if dates and isinstance(dates[0], datetime) and dates[0].tzinfo is not None:
        dates = [moment.replace(tzinfo=None) for moment in dates if isinstance(moment, datetime)]
    return np.array(dates, dtype="datetime64[us]").astype(np.int64) / 1e6


def _array(values: Sequence[float | None]) -> np.ndarray:
    # None becomes NaN, which a line leaves out.
    return np.array(values, dtype=float)
