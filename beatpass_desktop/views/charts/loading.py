"""Loads the plotting library beside the event loop."""

from __future__ import annotations

import importlib
import threading

from PySide6.QtCore import QObject, Signal

THREAD = "plot library"
"""the name of the thread"""


class PlotLibrary(QObject):
    """pyqtgraph, imported in a thread of its own: some 400 ms that the window does not wait for.

    It has no parent, so that the thread may end after whoever waited for it is gone.

    Signals:
        loaded: pyqtgraph can be imported without a pause. Emitted from the thread.
    """

    loaded = Signal()

    def load(self) -> None:
        """Start to load; `loaded` comes also when it was there already, but never at once."""
        # Not a daemon: a program that ends within an import of compiled code may crash.
        threading.Thread(target=self._run, name=THREAD).start()

    def _run(self) -> None:
        pyqtgraph = importlib.import_module("pyqtgraph")
        # What it does by itself at the end of the program takes widgets apart that are ours.
        pyqtgraph.setConfigOption("exitCleanup", False)
        for module in ("bar_plot", "line_plot"):
            importlib.import_module(f"beatpass_desktop.views.charts.{module}")
        self.loaded.emit()
