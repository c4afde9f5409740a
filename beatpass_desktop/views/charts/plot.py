"""What all plots share: look, a marker that pointer and keyboard move, and its callout."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QWheelEvent,
)

from beatpass_desktop.views.charts.accessible_role import announce_as_chart
from beatpass_desktop.views.charts.axes import ValueAxis
from beatpass_desktop.views.charts.callout import Callout
from beatpass_desktop.views.charts.data import Dataset
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import paint_focus_ring

_HEADROOM = 0.06
_PAGE = 10


class Plot(pg.PlotWidget):
    """A drawn Dataset. The arrow keys, Home, End and Page keys move the marker, Escape takes it
    away; the pointer moves it too.

    Signals:
        pointed: the marker stands at another index, or nowhere (None).
    """

    pointed = Signal(object)

    _is_built = False

    def __init__(self, theme: Theme, values: ValueAxis, below: Any, box: pg.ViewBox) -> None:
        super().__init__(viewBox=box, axisItems={"left": values, "bottom": below}, enableMenu=False)
        self._theme = theme
        self._values = values
        self._below = below
        self.data = Dataset()
        self.index: int | None = None
        self.with_total = False
        self.hideButtons()
        for axis in (values, below):
            # Gridlines behind what is drawn.
            axis.setZValue(-1000)
        box.setMouseEnabled(x=False, y=False)
        box.setDefaultPadding(0)
        self.getPlotItem().disableAutoRange()
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setMouseTracking(True)
        # Time runs from left to right also beside texts that do not.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self.getPlotItem().setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        announce_as_chart(type(self))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._callout = Callout(theme, self)
        self._keyboard = False
        self._is_built = True
        theme.changed.connect(self._on_theme_changed)

    def show_data(self, data: Dataset) -> None:
        """Draw other data; the marker goes away."""
        self.data = data
        self.point_at(None)
        self._draw()

    def point_at(self, index: int | None) -> None:
        """Put the marker at `index`, or take it away."""
        if index is not None:
            index = min(self.data.count - 1, max(0, index))
        changed = index != self.index
        self.index = index
        self._mark(index)
        self._show_callout()
        if changed:
            self.pointed.emit(index)

    def callout_text(self) -> str:
        """What is written beside the marker, empty when there is none."""
        return "" if self._callout.isHidden() else self._callout.text()

    def dress(self) -> None:
        """Take up the theme's colours, sizes and fonts."""
        self.setBackground(colour(self._theme.tokens.surface))
        self._values.dress()
        self._below.dress()
        px = self._theme.px
        line = self._theme.metrics(TextStyle.SECONDARY).height()
        self._below.setHeight(line + px(Space.S))
        self.getPlotItem().layout.setContentsMargins(0, line // 2 + 1, px(Space.S), 0)

    @abstractmethod
    def position(self, index: int) -> float:
        """Where `index` is along the lower axis."""

    @abstractmethod
    def nearest(self, position: float) -> int | None:
        """The index nearest to a place along the lower axis; None where there is none."""

    @abstractmethod
    def top(self, index: int) -> float:
        """The value at whose height the callout of `index` stands."""

    @abstractmethod
    def _draw(self) -> None:
        """Draw `data` anew."""

    @abstractmethod
    def _mark(self, index: int | None) -> None:
        """Draw the marker."""

    def _set_value_range(self, low: float, high: float) -> None:
        """Make room for values from `low` to `high`, up to a line above."""
        if high <= low:
            high = low + 1.0
        span = (high - low) * _HEADROOM
        self._box.setYRange(low - (span if low < 0 else 0.0), high + span, padding=0)
        self._fit_value_axis(high)

    def _fit_value_axis(self, high: float) -> None:
        low, high = self._box.viewRange()[1]
        _, ticks = self._values.positions(low, high, max(1.0, self._box.height()))
        texts = self._values.tickStrings(ticks, 1.0, 1.0)
        widest = max((self._values.width_of(text) for text in texts), default=0)
        self._values.setWidth(widest + self._theme.px(Space.M))

    @property
    def _box(self) -> Any:
        return self.getPlotItem().getViewBox()

    def _anchor(self, index: int) -> QPoint:
        at = self._box.mapViewToScene(QPointF(self.position(index), self.top(index)))
        return self.mapFromScene(at)

    def _area(self) -> QRect:
        """The drawn part without the axes."""
        return self.mapFromScene(self._box.sceneBoundingRect()).boundingRect()

    def _show_callout(self) -> None:
        if self.index is None or not self.isVisible():
            self._callout.hide()
            return
        text = self.data.told(self.index, with_total=self.with_total)
        area = self._area()
        anchor = self._anchor(self.index)
        point = QPoint(anchor.x(), min(area.bottom(), max(area.top(), anchor.y())))
        self._callout.show_at(text, point, area)

    def _hover(self, position: QPointF) -> None:
        point = position.toPoint()
        if not self._area().contains(point):
            self._on_left()
            return
        along = self._box.mapSceneToView(self.mapToScene(point)).x()
        self.point_at(self.nearest(along))

    def _on_left(self) -> None:
        if not (self._keyboard and self.hasFocus()):
            self.point_at(None)

    def _on_theme_changed(self) -> None:
        self.dress()
        self._draw()
        self._mark(self.index)
        self._show_callout()

    def _step(self, key: int) -> int | None:
        """The index that a key leads to; None for keys that lead nowhere."""
        last = self.data.count - 1
        at = self.index
        targets = {
            Qt.Key.Key_Right: 0 if at is None else at + 1,
            Qt.Key.Key_Left: last if at is None else at - 1,
            Qt.Key.Key_PageDown: min(last, _PAGE) if at is None else at + _PAGE,
            Qt.Key.Key_PageUp: max(0, last - _PAGE) if at is None else at - _PAGE,
            Qt.Key.Key_Home: 0,
            Qt.Key.Key_End: last,
        }
        return targets.get(Qt.Key(key))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._step(event.key()) if self.data.count else None
        self._keyboard = True
        if target is not None:
            self.point_at(target)
        elif event.key() == Qt.Key.Key_Escape and self.index is not None:
            self.point_at(None)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        if event.buttons() == Qt.MouseButton.NoButton:
            self._hover(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._on_left()

    def wheelEvent(self, event: QWheelEvent) -> None:
        # The page scrolls, also with the pointer on a chart.
        event.ignore()

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.point_at(None)
        self.viewport().update()

    def resizeEvent(self, event: Any) -> None:
        super().resizeEvent(event)
        # A graphics view is resized before it is built.
        if self._is_built:
            self._show_callout()

    def sizeHint(self) -> QSize:
        # A graphics view would ask for the size it has: a chart would never get lower again.
        return QSize(self._theme.px(240), self._theme.px(120))

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._keyboard and self.hasFocus():
            painter = QPainter(self.viewport())
            paint_focus_ring(painter, self.viewport().rect(), self._theme, Radius.CONTROL)
