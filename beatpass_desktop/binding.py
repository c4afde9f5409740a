"""How Qt and its binding are loaded, for a quick start: before any other module names them."""

from __future__ import annotations

import builtins
import os
import sys
from threading import Thread

_WIDGETS, _MAJOR = "Qt6Widgets", 6


def load() -> None:
    """Import the binding of Qt's core, and have Qt's other libraries loaded on a thread meanwhile:
    that needs no Python, and a start has enough of it to do.

    PySide replaces the import statement to learn who writes `from __feature__ import …`, and for
    that reads the source of every module imported afterwards; nothing here does, so it is put back.
    """
    if hasattr(sys, "setdlopenflags"):
        # What libraries need of each other is looked up when it is first called.
        sys.setdlopenflags(os.RTLD_LAZY)
    from PySide6.QtCore import QLibrary, QLibraryInfo

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath)
    # Where it is not found there, it is loaded when it is imported.
    widgets = QLibrary(f"{folder}/{_WIDGETS}", _MAJOR)
    Thread(target=widgets.load, name="libraries").start()
