"""Exports while the window goes on: on a thread of their own, with a connection of their own."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

import apsw
from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.exporting import AlbumExport, Export, TrackExport
from beatpass_desktop.domain.statements import StatementExport, StatementFormat
from beatpass_desktop.exports.albums import albums_table
from beatpass_desktop.exports.table import Table
from beatpass_desktop.exports.tracks import tracks_table
from beatpass_desktop.exports.writing import ExportCancelled, ExportFailed, export
from beatpass_desktop.store import tracks
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreError, translated

if TYPE_CHECKING:
    from beatpass_desktop.press import Press
    from beatpass_desktop.store.store import Store

_log = logging.getLogger(__name__)
_SWITCH_SECONDS = 0.0005
"""how long the export may hold the interpreter while the window wants it"""


class ExportListener(Protocol):
    """Whoever wished for an export and is told how it goes."""

    def show_progress(self, done: int, total: int) -> None: ...

    def show_finished(self, path: str, rows: int) -> None: ...

    def show_failed(self, sentence: str) -> None: ...

    def show_cancelled(self) -> None: ...


class Exporting(QObject):
    """One export at a time, told to whoever wished for it.

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

    def __init__(self, store: Store) -> None:
        super().__init__()
        self._store = store
        self._thread: threading.Thread | None = None
        self._is_writing = False
        self._giving_up = threading.Event()
        self._listener: ExportListener | None = None
        self._press: Press | None = None

    def start(self, wish: Export, listener: ExportListener) -> None:
        """Write a file; a wish while another is being written is refused."""
        if self._is_writing:
            listener.show_failed(self.tr("Another export is still being written."))
            return
        self._tell(listener)
        self._is_writing = True
        self._giving_up.clear()
        self._press = self._press_for(wish)
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
        self._put_press_away()

    def _tell(self, listener: ExportListener) -> None:
        """From now on `listener` hears how it goes, and nobody else."""
        for signal, before, now in (
            (self.progressed, "show_progress", listener.show_progress),
            (self.finished, "show_finished", listener.show_finished),
            (self.failed, "show_failed", listener.show_failed),
            (self.cancelled, "show_cancelled", listener.show_cancelled),
        ):
            if self._listener is not None:
                signal.disconnect(getattr(self._listener, before))
            signal.connect(now)
        self._listener = listener

    def _press_for(self, wish: Export) -> Press | None:
        """What paints the pages of a PDF, made here because it paints on this thread."""
        self._put_press_away()
        if not isinstance(wish, StatementExport) or wish.format is not StatementFormat.PDF:
            return None
        from beatpass_desktop.press import Press

        return Press(wish.paper, wish.path.stem, self._giving_up.is_set)

    def _put_press_away(self) -> None:
        if self._press is not None:
            self._press.close()
            self._press = None

    def _run(self, wish: Export) -> None:
        before = sys.getswitchinterval()
        sys.setswitchinterval(_SWITCH_SECONDS)
        try:
            tell = self._outcome(wish)
        finally:
            sys.setswitchinterval(before)
        # Whoever hears of the end may ask for the next one.
        self._is_writing = False
        tell()

    def _outcome(self, wish: Export) -> Callable[[], None]:
        """Write the file; what tells how that ended."""
        try:
            count = self._write(wish)
        except ExportCancelled:
            return self.cancelled.emit
        except ExportFailed as error:
            return partial(self.failed.emit, str(error))
        except StoreError as error:
            return partial(self.failed.emit, error.sentence)
        except Exception:
            # Whoever waits must hear of the end in any case.
            _log.exception("export failed")
            return partial(self.failed.emit, self.tr("The file could not be written."))
        return partial(self.finished.emit, str(wish.path), count)

    def _write(self, wish: Export) -> int:
        connection = open_for_reading(self._store.path)
        try:
            with translated():
                if isinstance(wish, StatementExport):
                    return self._state(connection, wish)
                return export(
                    _table(connection, wish),
                    wish.path,
                    wish.format,
                    progressed=self.progressed.emit,
                    cancelled=self._giving_up.is_set,
                )
        finally:
            connection.close()

    def _state(self, connection: apsw.Connection, wish: StatementExport) -> int:
        from beatpass_desktop.exports.statement_writing import write_statement

        return write_statement(
            connection,
            wish,
            datetime.now(UTC),
            self._press,
            progressed=self.progressed.emit,
            cancelled=self._giving_up.is_set,
        )


def _table(connection: apsw.Connection, wish: TrackExport | AlbumExport) -> Table:
    whose = (wish.account, wish.artist)
    if isinstance(wish, AlbumExport):
        return albums_table(connection, *whose, wish.rows)
    rows = wish.rows
    if rows is None:
        rows = tracks.order(connection, *whose, wish.sort, wish.wanted)
    return tracks_table(connection, *whose, rows)
