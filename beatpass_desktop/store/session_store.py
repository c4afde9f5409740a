"""A store for this session only."""

from __future__ import annotations

import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from beatpass_desktop.store import cipher
from beatpass_desktop.store.store import Store


class SessionStore(Store):
    """What is fetched is gone when it is closed. It begins with what an `original` holds that
    cannot be written, or else empty: then it is encrypted with a key that nobody keeps, so that a
    run that is killed leaves nothing readable either.
    """

    def __init__(self, original: Path | None = None) -> None:
        folder = TemporaryDirectory(prefix="beatpass-desktop-")
        path = Path(folder.name) / "store.db"
        if original is not None:
            # The main file and its log belong together: the newest commits may only be in the log.
            for member in ("", "-wal"):
                source = original.with_name(original.name + member)
                if source.exists():
                    shutil.copyfile(source, path.with_name(path.name + member))
        super().__init__(path, key=cipher.new_key())
        self._folder = folder
        if original is not None:
            self.notice = (
                f"The data folder {original.parent} cannot be written: "
                "what is fetched now is kept for this session only."
            )
