"""The Windows installer, made here with a dummy program and tried under Wine."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKER = ROOT / "packaging" / "windows" / "installer.py"

needs_nsis = pytest.mark.skipif(not shutil.which("makensis"), reason="makensis is not installed")
needs_wine = pytest.mark.skipif(
    not shutil.which("wine") or "PACKAGE_TEST_DIST" not in os.environ,
    reason="needs wine, and time: make package-test",
)


@pytest.fixture(scope="module")
def installer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An installer of a program that does nothing."""
    folder = tmp_path_factory.mktemp("windows")
    payload = folder / "payload"
    (payload / "_internal" / "PySide6").mkdir(parents=True)
    for name in ("beatpass-desktop.exe", "beatpass-sandbox.exe", "LICENCES.txt"):
        (payload / name).write_bytes(b"MZ")
    (payload / "_internal" / "PySide6" / "new.dll").write_bytes(b"MZ")
    output = folder / "beatpass-desktop-x64.exe"
    done = make(payload, output)
    assert done.returncode == 0, done.stderr
    assert "not signed" in done.stderr
    return output


def make(payload: Path, output: Path) -> subprocess.CompletedProcess[str]:
    """Run the maker."""
    command = [sys.executable, MAKER, "--payload", payload, "--output", output]
    environment = {name: value for name, value in os.environ.items() if name != "WINDOWS_SIGN"}
    environment["SOURCE_DATE_EPOCH"] = "1750000000"
    return subprocess.run(command, capture_output=True, text=True, env=environment)


@needs_nsis
def test_that_the_installer_compiles_without_a_warning(installer: Path) -> None:
    assert installer.read_bytes().startswith(b"MZ")


@needs_nsis
def test_that_without_a_program_there_is_no_installer(tmp_path: Path) -> None:
    done = make(tmp_path, tmp_path / "beatpass-desktop-x64.exe")
    assert done.returncode == 1
    assert "there is no beatpass-desktop.exe" in done.stderr
    assert not (tmp_path / "beatpass-desktop-x64.exe").exists()


class Windows:
    """A fresh Windows 10, as Wine has it.

    Attributes:
        local: %LOCALAPPDATA%
        program: where the program is installed.
    """

    def __init__(self, folder: Path) -> None:
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(folder),
            "USER": "user",
            "WINEPREFIX": str(folder / "prefix"),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
        }
        self.run("wineboot", "--init")
        self.run("winecfg", "-v", "win10")
        (self.local,) = (folder / "prefix" / "drive_c" / "users").glob("*/AppData/Local")
        self.program = self.local / "Programs" / "BeatPass Desktop"

    def run(self, *command: str | Path) -> subprocess.CompletedProcess[str]:
        """Run a program of Windows."""
        words = ["wine", *map(str, command)]
        return subprocess.run(
            words, capture_output=True, text=True, env=self._environment, timeout=120
        )

    def registry(self, key: str) -> str:
        """A key of the user with all below it; empty when it is not there."""
        done = self.run("reg", "query", rf"HKCU\Software\{key}", "/s")
        return "" if done.returncode else done.stdout

    def leftovers(self) -> list[str]:
        """Everything in the user's folders that bears the program's name."""
        found = self.local.parents[1].rglob("*")
        return sorted(path.name for path in found if "beatpass" in path.name.lower())

    def end(self) -> None:
        """End everything that Wine has started for this prefix."""
        subprocess.run(["wineserver", "--kill"], env=self._environment, capture_output=True)


@needs_nsis
@needs_wine
def test_that_it_installs_updates_and_removes_silently_and_leaves_the_data(
    installer: Path, tmp_path: Path
) -> None:
    windows = Windows(tmp_path)
    try:
        _try_out(windows, installer)
    finally:
        windows.end()


def _try_out(windows: Windows, installer: Path) -> None:
    assert windows.run(installer, "/S").returncode == 0
    assert {path.name for path in windows.program.iterdir()} == {
        "LICENCES.txt", "_internal", "beatpass-desktop.exe", "beatpass-sandbox.exe",
        "uninstall.exe",
    }  # fmt: skip
    assert "BeatPass Desktop.lnk" in windows.leftovers()
    scheme = windows.registry(r"Classes\beatpass")
    assert "URL Protocol" in scheme
    assert r'\Programs\BeatPass Desktop\beatpass-desktop.exe" -- "%1"' in scheme
    uninstall = r"Microsoft\Windows\CurrentVersion\Uninstall\BeatPass Desktop"
    assert "DisplayVersion" in windows.registry(uninstall)

    data = windows.local / "beatpass-desktop" / "data" / "store.db"
    data.parent.mkdir(parents=True)
    data.write_bytes(b"figures")
    (windows.program / "_internal" / "old.pyd").write_bytes(b"of the version before")
    (windows.program / "of-the-user.txt").write_bytes(b"kept")
    assert windows.run(installer, "/S").returncode == 0
    assert [path.name for path in (windows.program / "_internal").iterdir()] == ["PySide6"]

    # "_?=" has the uninstaller run in its place, so that it has ended when it returns; it cannot
    # remove itself then.
    place = rf"C:\users\{windows.local.parents[1].name}\AppData\Local\Programs\BeatPass Desktop"
    removed = windows.run(windows.program / "uninstall.exe", "/S", f"_?={place}")
    assert removed.returncode == 0
    assert {path.name for path in windows.program.iterdir()} <= {"of-the-user.txt", "uninstall.exe"}
    assert (windows.program / "of-the-user.txt").exists()
    assert data.read_bytes() == b"figures"
    assert windows.leftovers() == ["BeatPass Desktop", "beatpass-desktop"]
    assert windows.registry(r"Classes\beatpass") == ""
    assert windows.registry(uninstall) == ""
