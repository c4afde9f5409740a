"""The feed that is written at a release is one that the program takes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from beatpass_desktop.api.release_feed import release_in
from beatpass_desktop.version import VERSION

WRITER = Path(__file__).parents[2] / "packaging" / "release_feed.py"
NOTES = "https://open.beatpass.ca/desktop/releases"
FILES = "https://open.beatpass.ca/desktop/files"


def write(*arguments: str | Path, key: str = "") -> subprocess.CompletedProcess[str]:
    """Run the writer."""
    return subprocess.run(
        [sys.executable, WRITER, *arguments],
        capture_output=True,
        text=True,
        env=os.environ | {"RELEASE_SIGNING_KEY": key},
    )


@pytest.fixture(scope="module")
def keys() -> dict[str, str]:
    lines = write("--new-key").stdout.splitlines()
    return {kind: key.strip() for kind, _, key in (line.partition(":") for line in lines)}


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    for name in ("_amd64.deb", ".x86_64.rpm", "-windows-x64.exe", "-macos-arm64.dmg", ".cdx.json"):
        (tmp_path / f"beatpass-desktop-{VERSION}{name}").write_text(name)
    (tmp_path / "beatpass-desktop-0.0.1_amd64.deb").write_text("an earlier one")
    return tmp_path


def test_that_the_program_takes_it_by_the_public_key(dist: Path, keys: dict[str, str]) -> None:
    done = write(dist, "--files", FILES, "--notes", NOTES, key=keys["private"])
    assert done.returncode == 0, done.stderr
    found = release_in((dist / "releases.json").read_text(), keys["public"])
    assert (found.version, found.notes) == (VERSION, NOTES)
    assert sorted(file.system for file in found.files) == ["linux", "linux", "macos", "windows"]
    (windows,) = [file for file in found.files if file.system == "windows"]
    path = dist / windows.url.rpartition("/")[2]
    assert windows.url == f"{FILES}/{path.name}"
    assert (windows.size, windows.sha256) == (
        path.stat().st_size,
        hashlib.sha256(path.read_bytes()).hexdigest(),
    )


@pytest.mark.parametrize("key", ["", "x", "AAAA"])
def test_that_without_a_key_nothing_is_written(dist: Path, key: str) -> None:
    done = write(dist, "--files", FILES, "--notes", NOTES, key=key)
    assert done.returncode == 1
    assert "RELEASE_SIGNING_KEY" in done.stderr
    assert not (dist / "releases.json").exists()


@pytest.mark.parametrize(("files", "notes"), [(FILES, "https://x.example"), ("http://x", NOTES)])
def test_that_a_feed_that_the_program_would_refuse_is_not_written(
    dist: Path, keys: dict[str, str], files: str, notes: str
) -> None:
    done = write(dist, "--files", files, "--notes", notes, key=keys["private"])
    assert done.returncode == 1
    assert "would not take" in done.stderr
    assert not (dist / "releases.json").exists()
