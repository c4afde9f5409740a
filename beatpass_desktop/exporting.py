"""Exports while the window goes on: on a thread of their own, with a connection of their own."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.exporting import TrackExport
from beatpass_desktop.exports.tracks import tracks_table
from beatpass_desktop.exports.writing import ExportCancelled, ExportFailed, export
from beatpass_desktop.store import tracks
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreError

_SWITCH_SECONDS = 0.0005
"""how long the export may hold the interpreter while the window wants it"""


class Exporting(QObject):
    """One export at a time.

    Signals:
        progressed: (done, total) rows are written.
        finished: the path and the number of rows of a complete file.
        failed: a sentence for people; whatever was there before is still there.
        cancelled: it was given up; whatever was there before is still there.
    """

    progressed = Signal(object, object)
    finished = Signal(str, object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, store: Path) -> None:
        super().__init__()
        self._store = store
        self._thread: threading.Thread | None = None
        self._giving_up = threading.Event()

    def start(self, wish: TrackExport) -> None:
        """Write a file; a wish while another is being written is refused with `failed`."""
        if self._thread is not None and self._thread.is_alive():
            self.failed.emit(self.tr("Another export is still being written."))
            return
        self._giving_up.clear()
        self._thread = threading.Thread(target=self._run, args=(wish,), name="export", daemon=True)
        self._thread.start()

    def cancel(self) -> None:
        """Give up the export."""
        self._giving_up.set()

    def close(self) -> None:
        """Give up the export and wait until nothing of it is left."""
        self.cancel()
        if self._thread is not None:
            self._thread.join()
            self._thread = None

    def _run(self, wish: TrackExport) -> None:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        try:
            count = self._write(wish)
        except ExportCancelled:
            self.cancelled.emit()
        except ExportFailed as error:
            self.failed.emit(str(error))
        except StoreError as error:
            self.failed.emit(error.sentence)
        else:
            self.finished.emit(str(wish.path), count)
        finally:
            sys.setswitchinterval(before)

    def _write(self, wish: TrackExport) -> int:
        connection = open_for_reading(self._store)
        try:
            rows = wish.rows
            if rows is None:
                whose = (wish.account, wish.artist)
                rows = tracks.order(connection, *whose, wish.sort, wish.wanted)
            return export(
                tracks_table(connection, wish.account, wish.artist, rows),
                wish.path,
                wish.format,
                progressed=self.progressed.emit,
                cancelled=self._giving_up.is_set,
            )
        finally:
            connection.close()
