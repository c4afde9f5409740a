"""A store for this session only, for when the data folder cannot be written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from tempfile import TemporaryDirectory

from beatpass_desktop.store.errors import StoreReadOnly
from beatpass_desktop.store.store import Store


class SessionStore(Store):
    """Begins with what the unwritable store holds; what is fetched is gone when it is closed."""

    def __init__(self, original: Path) -> None:
        self._folder = TemporaryDirectory(prefix="beatpass-desktop-")
        path = Path(self._folder.name) / original.name
        # The main file and its log belong together: the newest commits may only be in the log.
        for member in ("", "-wal"):
            source = original.with_name(original.name + member)
            if source.exists():
                shutil.copyfile(source, path.with_name(path.name + member))
        super().__init__(path)
        self.notice = (
            f"The data folder {original.parent} cannot be written: "
            "what is fetched now is kept for this session only."
        )

    def look_after(self, damaged: Callable[[str], None]) -> None:
        """Nothing: what lasts for a session needs no backup."""

    def erase_traces(self) -> Future[None]:
        """Raises StoreReadOnly: the original stays as it is."""
        raise StoreReadOnly("The data folder cannot be written, so what is stored there stays.")

    def close(self) -> None:
        """Close every connection and remove the copy."""
        super().close()
        self._folder.cleanup()
