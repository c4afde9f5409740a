"""Loads the plotting library beside the event loop."""

from __future__ import annotations

import importlib
import threading
import time
from collections.abc import Iterator

from PySide6.QtCore import QObject, QTimer, Signal

THREAD = "plot library"
"""the name of the thread"""
_QT_MODULES = ("QtCore", "QtGui", "QtWidgets", "QtSvg", "QtOpenGLWidgets", "QtTest")
"""those that pyqtgraph reads through"""
_TURN_SECONDS = 0.004


class PlotLibrary(QObject):
    """pyqtgraph, imported in a thread of its own: some 250 ms that the window does not wait for.

    PySide makes the Python type of a Qt class when it is first asked for. pyqtgraph asks for all of
    them, and made in a second thread they crash the program when the window needs one at that
    moment. So they are made before, in short turns of the event loop.

    It has no parent, so that the thread may end after whoever waited for it is gone.

    Signals:
        loaded: pyqtgraph can be imported without a pause. Emitted from the thread.
    """

    loaded = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._types = _types()
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._make_types)

    def load(self) -> None:
        """Start to load; `loaded` comes also when it was there already, but never at once."""
        self._turns.start()

    def _make_types(self) -> None:
        end = time.perf_counter() + _TURN_SECONDS
        for _ in self._types:
            if time.perf_counter() > end:
                return
        self._turns.stop()
        # Not a daemon: a program that ends within an import of compiled code may crash.
        threading.Thread(target=self._run, name=THREAD).start()

    def _run(self) -> None:
        pyqtgraph = importlib.import_module("pyqtgraph")
        # What it does by itself at the end of the program takes widgets apart that are ours.
        pyqtgraph.setConfigOption("exitCleanup", False)
        for module in ("bar_plot", "line_plot"):
            importlib.import_module(f"beatpass_desktop.views.charts.{module}")
        self.loaded.emit()


def _types() -> Iterator[object]:
    for name in _QT_MODULES:
        try:
            module = importlib.import_module(f"PySide6.{name}")
        except ImportError:
            continue
        for attribute in dir(module):
            yield getattr(module, attribute)
