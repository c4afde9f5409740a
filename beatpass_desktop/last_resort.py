"""What happens to exceptions that nobody caught: logged, shown once, and the app goes on."""

from __future__ import annotations

import logging
import sys
import threading
from datetime import UTC, datetime
from types import TracebackType
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal, qVersion

from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.store.errors import is_damage
from beatpass_desktop.store.opening import mark_damaged
from beatpass_desktop.system.crash_reports import report
from beatpass_desktop.system.logs import Redaction
from beatpass_desktop.version import VERSION

if TYPE_CHECKING:
    from beatpass_desktop.app import App
    from beatpass_desktop.views.crash_dialog import CrashDialog

_log = logging.getLogger(__name__)

DAMAGED = (
    "The stored data is damaged. Please start BeatPass Desktop again: it will set the damaged file "
    "aside and fetch everything anew."
)


class LastResort(QObject):
    """Takes exceptions of slots, threads and tasks from any thread.

    A page of the store that does not bear its checksum is told as what it is, and the store is set
    aside at the next start; anything else is a mistake of the app, of which one report is shown at
    a time.

    Signals:
        caught: (object, object) an exception and its traceback, on whatever thread.
        damaged: (str) what to tell people of damaged data, on whatever thread.

    Attributes:
        dialog: the report on the screen, None while there is none.
    """

    caught = Signal(object, object)
    damaged = Signal(str)

    def __init__(self, app: App, redaction: Redaction) -> None:
        super().__init__()
        self._app = app
        self._redaction = redaction
        self.dialog: CrashDialog | None = None
        self.caught.connect(self._on_caught, Qt.ConnectionType.QueuedConnection)
        self.damaged.connect(self._on_damaged, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Be what Python and Qt call; `uninstall` gives that back."""
        self._before = sys.excepthook, threading.excepthook
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_thread_exception

    def uninstall(self) -> None:
        """Undo `install`."""
        sys.excepthook, threading.excepthook = self._before

    def take(self, error: BaseException) -> None:
        """Deal with an exception that has been logged already."""
        self.caught.emit(error, error.__traceback__)

    def report_of(self, error: BaseException, trace: TracebackType | None) -> str:
        """What is shown, and can be sent, of an exception."""
        versions = {
            "Version": VERSION,
            "Qt": qVersion(),
            "Python": ".".join(str(part) for part in sys.version_info[:3]),
        }
        return report(error, trace, datetime.now(UTC), versions, self._redaction)

    def _on_exception(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt | SystemExit):
            sys.__excepthook__(kind, error, trace)
            return
        _log.error("not foreseen", exc_info=(kind, error, trace))
        self.caught.emit(error, trace)

    def _on_thread_exception(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self._on_exception(found.exc_type, found.exc_value, found.exc_traceback)

    def _on_caught(self, error: BaseException, trace: TracebackType | None) -> None:
        if is_damage(error):
            mark_damaged(self._app.store.path)
            self._on_damaged(DAMAGED)
            return
        text = self.report_of(error, trace)
        sys.stderr.write(text + "\n")
        if self.dialog is None and self._app.options.tour is None:
            from beatpass_desktop.views.crash_dialog import CrashDialog

            self.dialog = CrashDialog(self._app.theme, text, self._app.window)
            self.dialog.destroyed.connect(self._on_dialog_destroyed)
            self.dialog.open()

    def _on_damaged(self, sentence: str) -> None:
        self._app.banners.say(Failure(FailureKind.STORAGE, sentence, reached=True))

    def _on_dialog_destroyed(self) -> None:
        self.dialog = None
