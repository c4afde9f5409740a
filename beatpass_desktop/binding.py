"""How Qt's binding is loaded, for a quick start: before any other module names it."""

from __future__ import annotations

import builtins
import os
import sys


def load() -> None:
    """Import PySide6.

    PySide replaces the import statement to learn who writes `from __feature__ import …`, and for
    that reads the source of every module imported afterwards; nothing here does, so it is put back.
    """
    if hasattr(sys, "setdlopenflags"):
        # What libraries need of each other is looked up when it is first called.
        sys.setdlopenflags(os.RTLD_LAZY)
    import PySide6.QtCore  # noqa: F401

    builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
