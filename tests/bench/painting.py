"""How long it takes from an action until everything that it changes is on the screen."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QAbstractEventDispatcher, QEvent, QEventLoop, QObject, QTimer
from PySide6.QtWidgets import QWidget

_GIVE_UP_MS = 120_000


class PaintClock(QObject):
    """Times actions on one top-level window, in ms, by the event loop itself.

    A window has painted when it has carried out an UpdateRequest and its event loop has nothing
    left to do; layouts that paint in two rounds are thus timed to the end of the second.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__()
        self._window = window
        self._loop = QEventLoop()
        self._has_painted = False
        self._painted_at = 0.0
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
        """From the action until it is first painted, and until `is_done` and idle again.

        Only paints while `counts` are taken for the action's. Raises TimeoutError.
        """
        self.idle()
        self._has_painted, self._painted_at = False, 0.0
        self._is_done, self._counts = is_done, counts
        dispatcher = QAbstractEventDispatcher.instance()
        started = time.perf_counter()
        action()
        dispatcher.aboutToBlock.connect(self._on_about_to_block)
        self._limit.start()
        code = self._loop.exec()
        ended = time.perf_counter()
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
        if not self._has_painted:
            return
        if not self._painted_at:
            self._painted_at = time.perf_counter()
        if self._is_done():
            self._loop.quit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.UpdateRequest and self._counts():
            self._has_painted = True
        return False
