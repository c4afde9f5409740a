"""Copies many rows while the window goes on."""

from __future__ import annotations

import time
from collections.abc import Sequence

from PySide6.QtCore import QAbstractItemModel, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from beatpass_desktop.views.widgets.table_text import lines

_AT_ONCE = 50
"""rows that are copied before anything else, so that few are there when the key is released"""
_TURN_SECONDS = 0.008


class RowCopy(QObject):
    """Puts rows of a model on the clipboard, when all of them have been read.

    The text of 5,000 rows takes a second, so it is made in short turns of the event loop. When the
    model is about to change, the rest is read at once: what was selected is what is copied.

    Signals:
        copied: the rows are on the clipboard.
    """

    copied = Signal()

    def __init__(
        self, model: QAbstractItemModel, columns: Sequence[int], rows: Sequence[int]
    ) -> None:
        super().__init__()
        self._left = lines(model, columns, rows)
        self._lines: list[str] = []
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._on_turn)
        self._about_to_change = (
            model.modelAboutToBeReset,
            model.layoutAboutToBeChanged,
            model.rowsAboutToBeInserted,
            model.rowsAboutToBeMoved,
            model.rowsAboutToBeRemoved,
        )

    def start(self) -> None:
        """Read the first rows, and the others in turns to come."""
        for signal in self._about_to_change:
            signal.connect(self.finish)
        self._turns.start()
        for line in self._left:
            self._lines.append(line)
            if len(self._lines) > _AT_ONCE:
                return
        self._end()

    def finish(self) -> None:
        """Read what is left."""
        self._lines.extend(self._left)
        self._end()

    def give_up(self) -> None:
        """Leave the clipboard alone, if that is not too late."""
        if self._turns.isActive():
            self._turns.stop()
            for signal in self._about_to_change:
                signal.disconnect(self.finish)

    def _on_turn(self) -> None:
        end = time.perf_counter() + _TURN_SECONDS
        for line in self._left:
            self._lines.append(line)
            if time.perf_counter() > end:
                return
        self._end()

    def _end(self) -> None:
        self.give_up()
        QGuiApplication.clipboard().setText("\n".join(self._lines))
        self.copied.emit()
