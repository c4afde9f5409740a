"""The part of a page that scrolls."""

from __future__ import annotations

from collections.abc import Callable
from time import monotonic

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QScrollArea, QWidget

_PAUSE = 0.4
"""seconds without a turn of the wheel after which the next one begins anew"""


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

    def wheelEvent(self, event: QWheelEvent) -> None:
        super().wheelEvent(event)
        self._note_turn(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # The event tells the viewport's size; asking for the viewport itself would have Python
        # wrap every widget class of Qt, which costs 20 ms at start.
        self.width_changed.emit(event.size().width())
