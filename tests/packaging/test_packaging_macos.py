"""What the macOS bundle says of itself, and how it is put there."""

from __future__ import annotations

import plistlib
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from beatpass_desktop.domain.page_links import SCHEME

ROOT = Path(__file__).parents[2]
MACOS = ROOT / "packaging" / "macos"


def plist(name: str) -> dict[str, Any]:
    """A property list of the recipe."""
    found: dict[str, Any] = plistlib.loads((MACOS / name).read_bytes())
    return found


def test_that_links_and_the_oldest_system_are_declared() -> None:
    info = plist("Info.plist")
    (kind,) = info["CFBundleURLTypes"]
    assert kind["CFBundleURLSchemes"] == [SCHEME]
    assert info["CFBundleIdentifier"] == "ca.beatpass.Desktop"
    assert tuple(map(int, info["LSMinimumSystemVersion"].split("."))) >= (13, 0)
    assert info["NSHighResolutionCapable"] is True
    assert "NSAppTransportSecurity" not in info


def test_that_the_hardened_runtime_is_opened_no_further_than_needed() -> None:
    assert plist("entitlements.plist") == {
        "com.apple.security.cs.allow-unsigned-executable-memory": True
    }


def test_that_the_values_are_put_into_the_app(tmp_path: Path) -> None:
    contents = tmp_path / "BeatPass Desktop.app" / "Contents"
    contents.mkdir(parents=True)
    (contents / "Info.plist").write_bytes(
        plistlib.dumps({"CFBundleExecutable": "beatpass-desktop", "CFBundleIdentifier": "other"})
    )
    script = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]);"
        "import image; image.describe(Path(sys.argv[2]))"
    )
    command = [sys.executable, "-c", script, MACOS, contents.parent]
    subprocess.run(command, check=True)
    written = plistlib.loads((contents / "Info.plist").read_bytes())
    assert written == plist("Info.plist") | {"CFBundleExecutable": "beatpass-desktop"}


@pytest.mark.skipif(sys.platform == "darwin", reason="this is macOS")
def test_that_elsewhere_it_says_that_it_needs_macos() -> None:
    done = subprocess.run([sys.executable, MACOS / "image.py"], capture_output=True, text=True)
    assert done.returncode == 1
    assert "on macOS only" in done.stderr
