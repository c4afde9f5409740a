"""The application object where links come as events: macOS."""

from __future__ import annotations

import logging

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

from beatpass_desktop.domain.page_links import BadPageLink, page_of

_log = logging.getLogger(__name__)


class LinkedApplication(QApplication):
    """Takes the links that macOS hands to the program that runs, or to the one it starts for them.

    They come to the application itself; an event filter would see all events of every widget.

    Signals:
        page_requested: (str) the name of the page that a link leads to.
    """

    page_requested = Signal(str)

    def event(self, event: QEvent) -> bool:
        if event.type() is not QEvent.Type.FileOpen or not isinstance(event, QFileOpenEvent):
            return super().event(event)
        try:
            self.page_requested.emit(page_of(event.url().toString()).value)
        except BadPageLink as error:
            _log.warning("%s", error)
        return True
