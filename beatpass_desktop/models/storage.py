"""How much the app's files take up."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future

import apsw
from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.storage import StorageUse
from beatpass_desktop.store.cache import used_bytes
from beatpass_desktop.store.store import Store


class StorageModel(QObject):
    """Sizes, measured away from the GUI thread when `measure` asks for it.

    `files` measures images and logs (bytes).

    Signals:
        changed: `use` was measured.

    Attributes:
        folder: where the data is kept.
        use: None while it is not known.
    """

    changed = Signal()
    _measured = Signal(object)

    def __init__(
        self,
        store: Store,
        folder: str,
        files: Callable[[], tuple[int, int]],
    ) -> None:
        super().__init__()
        self.folder = folder
        self.use: StorageUse | None = None
        self._store = store
        self._files = files
        self._measured.connect(self._on_measured)

    def measure(self) -> None:
        """Look again; `changed` tells when that is done."""
        files = self._files

        def look(connection: apsw.Connection) -> StorageUse:
            return StorageUse(used_bytes(connection), *files())

        self._store.query(look).add_done_callback(self._announce)

    def _announce(self, future: Future[StorageUse]) -> None:
        """Runs on the reader thread; the signal crosses over to ours."""
        if not future.cancelled() and future.exception() is None:
            self._measured.emit(future.result())

    def _on_measured(self, use: StorageUse) -> None:
        self.use = use
        self.changed.emit()
