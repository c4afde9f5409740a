"""Where the app keeps its files on each platform, private to the user."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import NamedTuple

_NAME = "beatpass-desktop"


class Folders(NamedTuple):
    """`data` holds the store, `config` the settings, `state` the logs, `cache` the images."""

    data: Path
    config: Path
    state: Path
    cache: Path

    def of_sandbox(self) -> Folders:
        """The folders for sandbox accounts, apart from real ones."""
        return Folders(
            self.data / "sandbox",
            self.config / "sandbox",
            self.state / "sandbox",
            self.cache / "sandbox",
        )

    @property
    def store(self) -> Path:
        """The store file."""
        return self.data / "store.db"


def folders(data_dir: Path | None = None) -> Folders:
    """The platform's folders, or everything inside `data_dir`."""
    if data_dir is not None:
        root = data_dir.absolute()
        return Folders(root, root / "config", root / "logs", root / "cache")
    home = Path.home()
    if sys.platform == "win32":
        local = Path(os.environ.get("LOCALAPPDATA") or home / "AppData" / "Local") / _NAME
        return Folders(local / "data", local / "config", local / "logs", local / "cache")
    if sys.platform == "darwin":
        library = home / "Library"
        support = library / "Application Support" / _NAME
        return Folders(
            support, library / "Preferences" / _NAME, library / "Logs" / _NAME,
            library / "Caches" / _NAME,
        )  # fmt: skip
    return Folders(
        _xdg("XDG_DATA_HOME", home / ".local" / "share"),
        _xdg("XDG_CONFIG_HOME", home / ".config"),
        _xdg("XDG_STATE_HOME", home / ".local" / "state"),
        _xdg("XDG_CACHE_HOME", home / ".cache"),
    )


def _xdg(variable: str, default: Path) -> Path:
    """A base directory; the specification says that relative values are to be ignored."""
    value = os.environ.get(variable, "")
    return (Path(value) if Path(value).is_absolute() else default) / _NAME
