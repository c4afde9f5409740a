"""The doctor's look at the computer: versions, language, folders, room on the disk."""

from __future__ import annotations

import locale
import os
import platform
import shutil
import sys
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

import apsw

from beatpass_desktop.commands.doctor.report import Finding, Section, Verdict
from beatpass_desktop.store.connection import MINIMUM_SQLITE, check_library
from beatpass_desktop.system.folders import Folders
from beatpass_desktop.version import VERSION

_TIGHT = 200 * 1024 * 1024
"""bytes; a catalogue of 100,000 tracks takes about half of that"""


def environment(places: Folders) -> Section:
    """What the app runs on and where it keeps its files."""
    qt = _version_of("PySide6-Essentials")
    facts: dict[str, Any] = {
        "app": VERSION,
        "python": platform.python_version(),
        "qt": qt,
        "sqlite": apsw.sqlite_lib_version(),
        "cipher": _cipher(),
        "httpx": _version_of("httpx"),
        "keyring": _version_of("keyring"),
        "platform": platform.platform(),
        "machine": platform.machine(),
        "display": _display(),
        "locale": ".".join(part for part in locale.getlocale() if part) or None,
        "encoding": sys.stdout.encoding,
        "folders": {name: _folder(path) for name, path in places._asdict().items()},
    }
    findings = [
        Finding(Verdict.WELL, "BeatPass Desktop", VERSION),
        Finding(Verdict.WELL, "Python", facts["python"]),
        Finding(Verdict.WELL if qt else Verdict.NOTE, "Qt", qt or "version not known"),
        _sqlite(),
        Finding(Verdict.WELL, "Cipher library", facts["cipher"] or "none"),
        Finding(Verdict.WELL, "Platform", f"{facts['platform']}, {facts['machine']}"),
        Finding(Verdict.WELL, "Display", facts["display"] or "none"),
        Finding(Verdict.WELL, "Locale", facts["locale"] or "none set"),
        *(_about_folder(name, facts["folders"][name]) for name in places._fields),
        _about_room(facts["folders"]["data"]["free"]),
    ]
    return Section("environment", "Environment", facts, findings)


def size_text(count: int) -> str:
    """Bytes in a unit that people read, such as `12.3 MB`."""
    size = float(count)
    for unit in ("bytes", "kB", "MB", "GB"):
        if size < 1000:
            return f"{size:.0f} {unit}" if unit == "bytes" else f"{size:.1f} {unit}"
        size /= 1000
    return f"{size:.1f} TB"


def _version_of(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


def _cipher() -> str | None:
    # A plain apsw has none; the stubs are those of a plain apsw.
    found: str | None = getattr(apsw, "mc_version", None)
    return found


def _sqlite() -> Finding:
    found = apsw.sqlite_lib_version()
    try:
        check_library()
    except RuntimeError:
        needed = ".".join(map(str, MINIMUM_SQLITE))
        return Finding(Verdict.WRONG, "SQLite", f"{found} can damage data; {needed} is needed")
    return Finding(Verdict.WELL, "SQLite", found)


def _display() -> str | None:
    """What a window would be shown on."""
    if not sys.platform.startswith("linux"):
        return sys.platform
    given = os.environ
    if chosen := given.get("QT_QPA_PLATFORM"):
        return f"Qt platform {chosen}"
    if given.get("WAYLAND_DISPLAY"):
        return "Wayland"
    return "X11" if given.get("DISPLAY") else None


def _folder(path: Path) -> dict[str, Any]:
    nearest = next((p for p in (path, *path.parents) if p.is_dir()), None)
    free = None
    if nearest is not None:
        try:
            free = shutil.disk_usage(nearest).free
        except OSError:
            free = None
    return {
        "path": str(path),
        "exists": path.is_dir(),
        "writable": nearest is not None and os.access(nearest, os.W_OK | os.X_OK),
        "free": free,
    }


def _about_folder(name: str, folder: dict[str, Any]) -> Finding:
    subject = f"Folder for {name}"
    if not folder["writable"]:
        verdict = Verdict.WRONG if name == "data" else Verdict.NOTE
        return Finding(verdict, subject, f"{folder['path']} cannot be written")
    state = "" if folder["exists"] else " (made when it is needed)"
    return Finding(Verdict.WELL, subject, folder["path"] + state)


def _about_room(free: int | None) -> Finding:
    if free is None:
        return Finding(Verdict.NOTE, "Free disk space", "not known")
    verdict = Verdict.WELL if free >= _TIGHT else Verdict.NOTE if free else Verdict.WRONG
    return Finding(verdict, "Free disk space", size_text(free))
