"""Paints pages on the window's thread while another thread composes them."""

from __future__ import annotations

import threading
from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.printing import Sheet
from beatpass_desktop.domain.statements import Paper
from beatpass_desktop.exports.writing import ExportCancelled
from beatpass_desktop.views.printing import PdfPrinter

_PATIENCE_SECONDS = 0.05
"""how often the thread that waits for a page looks whether everything was given up"""


class Press(QObject):
    """Takes pages from another thread and paints each in a turn of the event loop of its own, so
    that the window goes on. To be made and closed on the window's thread."""

    _wanted = Signal(object)

    def __init__(self, paper: Paper, title: str, given_up: Callable[[], bool]) -> None:
        super().__init__()
        self._printer = PdfPrinter(paper, title)
        self._given_up = given_up
        self._done = threading.Event()
        self._document = b""
        self._failure: Exception | None = None
        self._wanted.connect(self._on_wanted)

    def paint(self, sheet: Sheet) -> None:
        """Have a page painted; returns when it is. Raises ExportCancelled."""
        self._have(sheet)

    def finish(self) -> bytes:
        """The whole PDF. Raises ExportCancelled."""
        self._have(None)
        return self._document

    def close(self) -> None:
        """Give up what was painted."""
        self._printer.close()

    def _have(self, sheet: Sheet | None) -> None:
        self._done.clear()
        self._wanted.emit(sheet)
        while not self._done.wait(_PATIENCE_SECONDS):
            if self._given_up():
                raise ExportCancelled
        if self._failure is not None:
            raise self._failure

    def _on_wanted(self, sheet: Sheet | None) -> None:
        if self._given_up():
            return
        try:
            if sheet is None:
                self._document = self._printer.finish()
            else:
                self._printer.paint(sheet)
        except Exception as error:
            # Told where the file is written, or that thread would wait for ever.
            self._failure = error
        self._done.set()
