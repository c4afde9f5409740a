"""Freezes the program: one folder with Python, Qt and both programs."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

import elf
import icons
import licences
from project import BUILD, BUNDLE, NAME, VERSION, PackagingError, run, settle

_VERSION_OF_WINDOWS = """\
VSVersionInfo(
  ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}),
  kids=[
    StringFileInfo([StringTable("040904B0", [
      StringStruct("CompanyName", "BeatPass Desktop contributors"),
      StringStruct("FileDescription", "BeatPass Desktop"),
      StringStruct("FileVersion", "{version}"),
      StringStruct("OriginalFilename", "{name}.exe"),
      StringStruct("ProductName", "BeatPass Desktop"),
      StringStruct("ProductVersion", "{version}"),
    ])]),
    VarFileInfo([VarStruct("Translation", [1033, 1200])]),
  ],
)
"""


def freeze() -> Path:
    """Make `build/bundle/beatpass-desktop` anew. Raises PackagingError."""
    icons.draw()
    if sys.platform == "win32":
        numbers = tuple(int(part) for part in [*VERSION.split("."), "0"][:4])
        text = _VERSION_OF_WINDOWS.format(numbers=numbers, version=VERSION, name=NAME)
        (BUILD / "windows-version.txt").write_text(text, encoding="utf-8")
    shutil.rmtree(BUNDLE.parent, ignore_errors=True)
    recipe = Path(__file__).with_name(f"{NAME}.spec")
    freezing = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean"]
    freezing += ["--workpath", str(BUILD / "freeze"), "--distpath", str(BUNDLE.parent)]
    run(*freezing, "--log-level", "WARN", recipe)
    if not BUNDLE.is_dir():
        raise PackagingError("PyInstaller made no bundle")
    if sys.platform.startswith("linux"):
        elf.slim(BUNDLE)
    (BUNDLE / "LICENCES.txt").write_text(licences.text(BUNDLE), encoding="utf-8")
    settle(BUNDLE)
    return BUNDLE
