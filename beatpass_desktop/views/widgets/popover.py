"""A small panel that opens beside a button and goes away when something else is clicked."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QHideEvent, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on


class Popover(Painted):
    """Holds widgets in its `body`; Escape closes it and brings the keyboard back to the button.

    Signals:
        closed: it is off the screen.
    """

    closed = Signal()

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setWindowFlags(Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.setAccessibleName(name)
        self.body = QVBoxLayout(self)
        self._space()
        theme.changed.connect(self._space)

    def open_below(self, button: QWidget) -> None:
        """Show it under `button`, moved so that it lies on the screen."""
        self.adjustSize()
        below = button.mapToGlobal(QPoint(0, button.height() + self._theme.px(Space.XS)))
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            below.setX(below.x() + button.width() - self.width())
        screen = button.screen().availableGeometry()
        below.setX(max(screen.left(), min(below.x(), screen.right() - self.width())))
        below.setY(max(screen.top(), min(below.y(), screen.bottom() - self.height())))
        self.move(below)
        self.show()
        self.focusNextChild()

    def _space(self) -> None:
        pad = self._theme.px(Space.L)
        self.body.setContentsMargins(pad, pad, pad, pad)
        self.body.setSpacing(self._theme.px(Space.M))

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        paint_box(painter_on(self), self.rect(), tokens.surface, tokens.control_border, Radius.CARD)
