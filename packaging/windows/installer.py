"""Makes the Windows installer from the bundle, with NSIS (`makensis`), on any system.

    python packaging/windows/installer.py [--payload FOLDER] [--output FILE]

On Windows the bundle is what `python packaging/build.py bundle` froze. WINDOWS_SIGN is a command
that signs the file whose name follows, for the installer and the uninstaller; without it they stay
unsigned, and that is said.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))

from project import BUILD, BUNDLE, NAME, ROOT, VERSION, PackagingError, run, say  # noqa: E402

from beatpass_desktop.domain.versions import Version  # noqa: E402


def main() -> int:
    """Make it; 1 after a message when that is not possible."""
    parser = argparse.ArgumentParser(description="Make the Windows installer.")
    parser.add_argument("--payload", type=Path, default=BUNDLE, help="the folder to install")
    default = ROOT / "dist" / f"{NAME}-{VERSION}-windows-x64.exe"
    parser.add_argument("--output", type=Path, default=default, help="the installer to write")
    found = parser.parse_args()
    try:
        build(found.payload.resolve(), found.output.resolve())
    except PackagingError as error:
        say(str(error))
        return 1
    say(f"{found.output}: {found.output.stat().st_size / 1e6:.1f} MB")
    return 0


def build(payload: Path, output: Path) -> None:
    """Make `output`, which installs what is in `payload`. Raises PackagingError."""
    if shutil.which("makensis") is None:
        raise PackagingError("makensis not found: install NSIS")
    if not (payload / f"{NAME}.exe").is_file():
        raise PackagingError(f"there is no {NAME}.exe in {payload}")
    files = [path for path in payload.rglob("*") if path.is_file()]
    defines = {
        "VERSION": VERSION,
        "NUMBERS": ".".join(map(str, (*Version.of(VERSION).numbers, 0))),
        "PAYLOAD": str(payload),
        "SIZE_KB": str(sum(path.stat().st_size for path in files) // 1024),
        "OUTPUT": str(output),
        "LICENSE": str(ROOT / "LICENSE"),
    }
    icon = BUILD / "icons" / f"{NAME}.ico"
    if icon.is_file():
        defines["ICON"] = str(icon)
    if sign := os.environ.get("WINDOWS_SIGN", ""):
        defines["SIGN"] = sign
    else:
        say("the installer is not signed: WINDOWS_SIGN is not set")
    output.parent.mkdir(parents=True, exist_ok=True)
    # Options of makensis begin with a minus on every system.
    words = ["-V3", "-WX", "-INPUTCHARSET", "UTF8"]
    words += [f"-D{name}={value}" for name, value in defines.items()]
    run("makensis", *words, HERE / "installer.nsi")


if __name__ == "__main__":
    sys.exit(main())
