"""A quiet scroll bar: a rounded handle on nothing."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractScrollArea, QScrollBar, QStyle, QStyleOptionSlider

from beatpass_desktop.views.theme.metrics import Size
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour


class ScrollBar(QScrollBar):
    """Takes the place of a scroll area's own bar; the style still decides where the handle is."""

    def __init__(self, theme: Theme, orientation: Qt.Orientation) -> None:
        super().__init__(orientation)
        self._theme = theme
        self._hovered = False
        theme.changed.connect(self.update)

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        self.update()

    def sizeHint(self) -> QSize:
        hint = super().sizeHint()
        if self.orientation() is Qt.Orientation.Vertical:
            return QSize(Size.SCROLL_BAR, hint.height())
        return QSize(hint.width(), Size.SCROLL_BAR)

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.maximum() <= self.minimum():
            return
        option = QStyleOptionSlider()
        self.initStyleOption(option)
        handle = self.style().subControlRect(
            QStyle.ComplexControl.CC_ScrollBar,
            option,
            QStyle.SubControl.SC_ScrollBarSlider,
            self,
        )
        tokens = self._theme.tokens
        active = self._hovered or self.isSliderDown()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tokens.control_border, 1.0 if active else 0.55))
        box = QRectF(handle).adjusted(2, 2, -2, -2)
        radius = min(box.width(), box.height()) / 2
        painter.drawRoundedRect(box, radius, radius)


def use_quiet_scroll_bars(area: QAbstractScrollArea, theme: Theme) -> None:
    """Gives a scroll area both of its bars in the theme's look."""
    area.setVerticalScrollBar(ScrollBar(theme, Qt.Orientation.Vertical))
    area.setHorizontalScrollBar(ScrollBar(theme, Qt.Orientation.Horizontal))
