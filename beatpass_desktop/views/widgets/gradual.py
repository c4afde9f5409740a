"""A column that is built after it has been shown, one part at a time."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme

_FIRST_MS = 40
"""how long after the page has been painted the first part is built"""
_CALM = 3
"""as many turns of the same height are taken for the last one"""
_NEXT_MS = 5
"""between two parts the window answers to whatever has come"""


class GradualColumn(QWidget):
    """Builds its parts in order, each in a turn of the event loop of its own, for what is below
    the fold and need not hold up the page.

    Signals:
        completed: all parts are there.
    """

    completed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._builders: list[Callable[[], QWidget]] = []
        self._is_painted = False
        self._is_complete = False
        self._heights: list[int] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        theme.changed.connect(self._space)
        self._space()

    def add_later(self, build: Callable[[], QWidget]) -> None:
        """Add what `build` returns, when it is its turn."""
        self._builders.append(build)
        self._is_complete = False
        if self.isVisible():
            self._timer.start(_NEXT_MS)

    def is_complete(self) -> bool:
        """Whether all parts are there and in their place."""
        return self._is_complete

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.XXL))

    def _on_timeout(self) -> None:
        if not self._is_painted:
            # What was asked for before the timer ran, painting too, has been done by now.
            self._is_painted = True
            self._timer.start(_FIRST_MS)
            return
        if self._builders:
            self._column.addWidget(self._builders.pop(0)())
            self._timer.start(_NEXT_MS)
        elif self._heights[-_CALM:] != [self.height()] * _CALM:
            # The last part is there, but wrapped lines and grids may take another round.
            self._heights.append(self.height())
            self._timer.start(_NEXT_MS)
        else:
            self._is_complete = True
            self.completed.emit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if not self._is_complete:
            self._timer.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        self._timer.stop()
        super().hideEvent(event)
