"""Where figures were measured."""

from __future__ import annotations

import os
import platform
from datetime import UTC, datetime
from pathlib import Path

import apsw
from PySide6.QtCore import qVersion


def machine() -> dict[str, str]:
    """The machine, versions and today."""
    return {
        "Machine": f"{_processor()}, {os.cpu_count()} cores, {_memory():.0f} GB",
        "System": _system(),
        "Python": platform.python_version(),
        "Qt": qVersion(),
        "SQLite": apsw.sqlite_lib_version(),
        "Date": datetime.now(UTC).strftime("%Y-%m-%d"),
    }


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        name = platform.system()
    return f"{name}, {platform.machine()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
