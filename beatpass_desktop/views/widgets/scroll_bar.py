"""A quiet scroll bar: a rounded handle on nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar

from beatpass_desktop.views.theme.metrics import Size
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import painter_on

_SHORTEST = 32
_INSET = 2


class ScrollBar(QScrollBar):
    """Takes the place of a scroll area's own bar.

    It decides itself where its handle is: asking the style would cost 10 ms at the first paint.
    """

    def __init__(self, theme: Theme, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._theme = theme
        self._vertical = orientation is Qt.Orientation.Vertical
        self._hovered = False
        self._grip: float | None = None
        theme.changed.connect(self.update)

    def handle(self) -> QRectF:
        """Where the handle is; empty when everything is in view."""
        length, thickness = self.width(), self.height()
        if self._vertical:
            length, thickness = thickness, length
        span = self.maximum() - self.minimum()
        if span <= 0:
            return QRectF()
        size = min(length, max(_SHORTEST, length * self.pageStep() / (span + self.pageStep())))
        start = (length - size) * (self.sliderPosition() - self.minimum()) / span
        if self._vertical:
            return QRectF(0, start, thickness, size)
        if self._is_mirrored():
            start = length - size - start
        return QRectF(start, 0, size, thickness)

    def _is_mirrored(self) -> bool:
        return not self._vertical and self.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def _along(self, position: QPointF) -> float:
        return position.y() if self._vertical else position.x()

    def _drag_to(self, along: float) -> None:
        handle = self.handle()
        size = handle.height() if self._vertical else handle.width()
        room = (self.height() if self._vertical else self.width()) - size
        if room <= 0:
            return
        share = min(1.0, max(0.0, along / room))
        if self._is_mirrored():
            share = 1.0 - share
        span = self.maximum() - self.minimum()
        self.setSliderPosition(self.minimum() + round(share * span))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
            return
        handle, along = self.handle(), self._along(event.position())
        start = handle.top() if self._vertical else handle.left()
        end = handle.bottom() if self._vertical else handle.right()
        if start <= along <= end:
            self._grip = along - start
            self.setSliderDown(True)
        else:
            forward = (along > end) is not self._is_mirrored()
            step = QScrollBar.SliderAction
            self.triggerAction(step.SliderPageStepAdd if forward else step.SliderPageStepSub)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self._grip is not None:
            self._drag_to(self._along(event.position()) - self._grip)
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        self._grip = None
        self.setSliderDown(False)
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(Size.SCROLL_BAR, Size.SCROLL_BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        handle = self.handle()
        if handle.isEmpty():
            return
        active = self._hovered or self._grip is not None
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.tokens.control_border, 1.0 if active else 0.55))
        box = handle.adjusted(_INSET, _INSET, -_INSET, -_INSET)
        radius = min(box.width(), box.height()) / 2
        painter.drawRoundedRect(box, radius, radius)


def use_quiet_scroll_bars(area: QAbstractScrollArea, theme: Theme) -> None:
    """Gives a scroll area both of its bars in the theme's look."""
    area.setVerticalScrollBar(ScrollBar(theme, Qt.Orientation.Vertical))
    area.setHorizontalScrollBar(ScrollBar(theme, Qt.Orientation.Horizontal))
