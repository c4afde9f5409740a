"""The small box that names a point of a plot."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.labels import PlainLabel
from beatpass_desktop.views.widgets.painted import paint_box, painter_on


class Callout(PlainLabel):
    """Floats beside a point of its parent, always inside it; the pointer goes through it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", TextStyle.SECONDARY_STRONG, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_at(self, text: str, point: QPoint, bounds: QRect) -> None:
        """Show `text` above `point`, or beside it where there is no room above."""
        px = self._theme.px
        self.setText(text)
        self.setContentsMargins(px(Space.S + 2), px(6), px(Space.S + 2), px(6))
        size = self.sizeHint().boundedTo(bounds.size())
        gap = px(Space.S)
        left = point.x() - size.width() // 2
        top = point.y() - size.height() - gap
        if top < bounds.top():
            top = bounds.top()
            left = point.x() + gap
            if left + size.width() > bounds.right():
                left = point.x() - gap - size.width()
        left = max(bounds.left(), min(left, bounds.right() - size.width()))
        self.setGeometry(QRect(QPoint(left, top), size))
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = painter_on(self)
        paint_box(painter, self.rect(), tokens.raised, tokens.control_border, Radius.CONTROL)
        painter.end()
        super().paintEvent(event)
