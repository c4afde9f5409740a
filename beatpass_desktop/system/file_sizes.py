"""How much the app's own files take up, and clearing the images."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from beatpass_desktop.system.folders import Folders

_SANDBOX = "sandbox"
"""The folder of the sandbox accounts, which stands inside the one of real accounts."""


def image_bytes(places: Folders) -> int:
    """The size of the image cache."""
    return _size(places.cache)


def log_bytes(places: Folders) -> int:
    """The size of the logs."""
    return _size(places.state)


def clear_images(places: Folders) -> None:
    """Delete the image cache; what cannot be deleted stays."""
    for entry in _entries(places.cache):
        if entry.is_dir(follow_symlinks=False):
            shutil.rmtree(entry.path, ignore_errors=True)
        else:
            with suppress(OSError):
                Path(entry.path).unlink()


def _size(folder: Path) -> int:
    total = 0
    for entry in _entries(folder):
        with suppress(OSError):
            if entry.is_dir(follow_symlinks=False):
                total += _size(Path(entry.path))
            else:
                total += entry.stat(follow_symlinks=False).st_size
    return total


def _entries(folder: Path) -> Iterator[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            found = [entry for entry in entries if entry.name != _SANDBOX]
    except OSError:
        return
    yield from found
