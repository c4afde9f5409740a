"""How long it takes from an action until everything that it changes is on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

_GIVE_UP_MS = 120_000
_QUIET_TURNS = 6
"""of the event loop without a paint, after which no more is taken to follow"""


class PaintClock(QObject):
    """Times actions on one top-level window, in ms, by the event loop itself.

    A window has painted when it has carried out an UpdateRequest and none follows in the next
    turns of its event loop; what takes two paints is thus timed to the end of the second.

    Attributes:
        rounds: how often the window painted for the last action.
        first_paint: the ms until it had painted once.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._loop = QEventLoop()
        self.rounds = 0
        self.first_paint = 0.0
        self._started = 0.0
        self._noted = 0
        self._quiet = 0
        self._last_paint = 0.0
        self._painted_at = 0.0
        self._done_at = 0.0
        self._is_done: Callable[[], bool] = bool
        self._counts: Callable[[], bool] = bool
        self._limit = QTimer(self, singleShot=True, interval=_GIVE_UP_MS)
        self._limit.timeout.connect(lambda: self._loop.exit(1))
        window.installEventFilter(self)

    def painted(self, action: Callable[[], object]) -> float:
        """From the action until it is painted."""
        return self.painted_and_done(action, lambda: True)[0]

    def painted_and_done(
        self,
        action: Callable[[], object],
        is_done: Callable[[], bool],
        counts: Callable[[], bool] = lambda: True,
    ) -> tuple[float, float]:
        """From the action until it is painted, and until it `is_done` and that is painted.

        Only paints while `counts` are taken for the action's. Raises TimeoutError.
        """
        self.idle()
        self.rounds, self._noted = 0, 0
        self._painted_at, self._done_at = 0.0, 0.0
        self._is_done, self._counts = is_done, counts
        dispatcher = QAbstractEventDispatcher.instance()
        started = self._started = time.perf_counter()
        action()
        dispatcher.aboutToBlock.connect(self._on_about_to_block)
        self._limit.start()
        code = self._loop.exec()
        ended = max(self._done_at, self._last_paint)
        self._limit.stop()
        dispatcher.aboutToBlock.disconnect(self._on_about_to_block)
        if code:
            raise TimeoutError("nothing was painted")
        return (self._painted_at - started) * 1e3, (ended - started) * 1e3

    def idle(self, milliseconds: int = 0) -> None:
        """Let the event loop run until nothing is left of earlier work."""
        QTimer.singleShot(milliseconds, self._loop.quit)
        self._loop.exec()

    def _on_about_to_block(self) -> None:
        # Emitted before each turn, whether or not there is something left to do in it.
        if self._noted < self.rounds:
            now = time.perf_counter()
            if not self._noted:
                self.first_paint = (now - self._started) * 1e3
            self._noted, self._quiet, self._last_paint = self.rounds, 0, now
        elif not self.rounds:
            return
        if self._quiet < _QUIET_TURNS:
            self._quiet += 1
            QAbstractEventDispatcher.instance().wakeUp()
            return
        self._painted_at = self._painted_at or self._last_paint
        if self._done_at:
            self._loop.quit()
        elif self._is_done():
            # What came last may have to be painted yet.
            self._done_at, self._quiet = time.perf_counter(), 0
            QAbstractEventDispatcher.instance().wakeUp()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest and self._counts():
            self.rounds += 1
        return False
