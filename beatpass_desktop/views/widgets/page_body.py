"""The part of a page that scrolls."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent, QShowEvent, QWheelEvent
from PySide6.QtWidgets import QLayout, QScrollArea, QWidget

_PAUSE = 0.4
"""seconds without a turn of the wheel after which the next one begins anew"""


class _Sheet(QWidget):
    """What scrolls: as it covers its ground, scrolling moves what is painted.

    When a page is shown Qt marks the sheet and all that lies on it as to be painted, each for
    itself; a sheet that covers its ground is then painted first, and a second time with the rest.
    So it covers its ground from its first paint on only.
    """

    def covers_later(self) -> None:
        """The page is being shown."""
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent, False)

    def _cover(self) -> None:
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.palette().window())
        painter.drawRect(self.rect())
        painter.end()
        if not self.testAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent):
            # In a turn of its own: this one is painting.
            QTimer.singleShot(0, self, self._cover)


class PageBody(QScrollArea):
    """Scrolls one column downwards.

    Things on it that scroll themselves share the wheel with it. What a turn of the wheel began to
    move, it moves to its end: so a page is scrolled past a long table without being caught by it.
    A new turn moves the page until the thing under the pointer is wholly in view, then that.

    Signals:
        width_changed: there is more or less room beside the scroll bar, in px.
    """

    width_changed = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._turned_at = -_PAUSE
        self._moved: QWidget | None = None
        # Qt's own would cover its ground, see _Sheet.
        self.setViewport(QWidget())

    def set_column(self, column: QLayout) -> None:
        """What scrolls."""
        self._sheet = _Sheet()
        self._sheet.setLayout(column)
        self.setWidget(self._sheet)
        # Set by the scroll area; the sheet paints its ground itself.
        self._sheet.setAutoFillBackground(False)

    def share_wheel(
        self, inner: QWidget, event: QWheelEvent, scroll: Callable[[QWheelEvent], None]
    ) -> None:
        """A turn of the wheel over `inner`, which moves with `scroll` when it is its turn."""
        goes_on = monotonic() - self._turned_at < _PAUSE
        if self._moved is self if goes_on else self._goes_first(inner, event):
            event.ignore()
            return
        scroll(event)
        if event.isAccepted() or goes_on:
            event.accept()
            self._note_turn(inner)

    def _note_turn(self, moved: QWidget) -> None:
        self._moved, self._turned_at = moved, monotonic()

    def _goes_first(self, inner: QWidget, event: QWheelEvent) -> bool:
        """Whether a turn that begins over `inner` moves the page."""
        turn, bar = event.angleDelta(), self.verticalScrollBar()
        if abs(turn.x()) > abs(turn.y()):
            return False
        can_move = bar.value() > bar.minimum() if turn.y() > 0 else bar.value() < bar.maximum()
        return can_move and not self._is_in_view(inner)

    def _is_in_view(self, inner: QWidget) -> bool:
        """Wholly, or as much of it as there is room for."""
        top = inner.mapTo(self, QPoint(0, 0)).y()
        room = self.verticalScrollBar().pageStep()
        seen = min(top + inner.height(), room) - max(top, 0)
        return seen >= min(inner.height(), room)

    def showEvent(self, event: QShowEvent) -> None:
        self._sheet.covers_later()
        super().showEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._note_turn(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The event tells the viewport's size; asking for the viewport itself would have Python
        # wrap every widget class of Qt, which costs 20 ms at start.
        self.width_changed.emit(event.size().width())
