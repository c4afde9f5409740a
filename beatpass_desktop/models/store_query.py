"""A long query whose newest answer alone counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from concurrent.futures import Future

    import apsw


class StoreQuery(QObject):
    """Puts one question at a time to the store's reader thread; a newer one replaces it.

    Signals:
        answered: what the store said to the question put last.
        ended: the question put last was answered, or the store could not answer it.
    """

    answered = Signal(object)
    ended = Signal()
    _came = Signal(object, object)

    def __init__(self, store: Store, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._store = store
        self._pending: Future[Any] | None = None
        self._came.connect(self._on_came)

    @property
    def is_pending(self) -> bool:
        """Whether an answer is waited for."""
        return self._pending is not None

    def ask(self, job: Callable[[apsw.Connection], object]) -> None:
        """Have `job` run on the reader thread; it must know nothing of Qt."""
        self.cancel()
        self._pending = self._store.query(job)
        self._pending.add_done_callback(self._tell)

    def cancel(self) -> None:
        """Wait for no answer any more."""
        if self._pending is not None:
            self._store.cancel(self._pending)
            self._pending = None

    def _tell(self, future: Future[Any]) -> None:
        """Runs on the reader thread; the signal crosses over to ours."""
        if not future.cancelled():
            error = future.exception()
            self._came.emit(future, error if error is not None else future.result())

    def _on_came(self, future: Future[Any], answer: object) -> None:
        if future is not self._pending:
            return
        self._pending = None
        if isinstance(answer, BaseException) and not isinstance(answer, StoreError):
            raise answer
        if not isinstance(answer, StoreError):
            self.answered.emit(answer)
        self.ended.emit()
