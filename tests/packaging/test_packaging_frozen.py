"""The frozen program: what a bundle may lack, and what its children see."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from transcript import Transcript

from beatpass_desktop.system import sandbox_server

NAME = "beatpass-desktop"
HOOK = Path(__file__).parents[2] / "packaging" / "hooks" / "surroundings.py"
_SESSION = """
printf %s a-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"
"""
_KEYRING = ("dbus-run-session", "gnome-keyring-daemon")


def private(folder: Path) -> dict[str, str]:
    """The environment of a user who has just begun."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    return {
        "HOME": str(folder),
        "LC_ALL": "C.UTF-8",
        "PATH": os.environ["PATH"],
        "QT_QPA_PLATFORM": "offscreen",
        "XDG_RUNTIME_DIR": str(runtime),
    }


@pytest.mark.end_to_end
def test_that_a_page_with_charts_and_the_sandbox_work(
    deb_tree: Path, tmp_path: Path, transcript: Transcript
) -> None:
    program = deb_tree / "usr" / "bin" / NAME
    tour = tmp_path / "tour"
    words = ("--sandbox", "--tour", tour, "--size", "1280x2400")
    said = transcript.run(program, *words, environment=private(tmp_path))
    assert "Traceback" not in said
    pages = json.loads((tour / "tour.json").read_text(encoding="utf-8"))["pages"]
    assert {page["state"] for page in pages} == {"ready"}


@pytest.mark.end_to_end
def test_that_a_bundle_without_what_charts_need_is_noticed(
    deb_tree: Path, tmp_path: Path, transcript: Transcript
) -> None:
    bundle = tmp_path / "bundle"
    shutil.copytree(deb_tree / "usr" / "lib" / NAME, bundle, symlinks=True)
    shutil.rmtree(bundle / "_internal" / "numpy")
    words = ("--sandbox", "--tour", tmp_path / "tour", "--size", "1280x2400")
    said = transcript.run(bundle / NAME, *words, environment=private(tmp_path), code=1)
    assert "not settled" in said


@pytest.mark.end_to_end
@pytest.mark.skipif(
    not all(map(shutil.which, _KEYRING)), reason=f"not installed: {' or '.join(_KEYRING)}"
)
def test_that_the_keychain_of_the_desktop_is_found(
    deb_tree: Path, tmp_path: Path, transcript: Transcript
) -> None:
    words = ["dbus-run-session", "--", "sh", "-c", _SESSION, "sh"]
    words += [str(deb_tree / "usr" / "bin" / NAME), "doctor", "--json", "--offline"]
    said = transcript.run(*words, environment=private(tmp_path), code=None)
    # dbus-daemon speaks before it.
    report = json.loads(said[said.index("{") :])
    assert report["keychain"]["reachable"] is True
    assert "SecretService" in report["keychain"]["backend"]


@pytest.mark.parametrize("before", ["/opt/lib", None])
def test_that_children_see_the_library_path_that_the_user_has(before: str | None) -> None:
    asking = "import os, runpy, sys; runpy.run_path(sys.argv[1])"
    asking += "; print(os.environ.get('LD_LIBRARY_PATH'), 'LD_LIBRARY_PATH_ORIG' in os.environ)"
    environment = {**os.environ, "LD_LIBRARY_PATH": "/bundle"}
    environment.pop("LD_LIBRARY_PATH_ORIG", None)
    if before is not None:
        environment["LD_LIBRARY_PATH_ORIG"] = before
    command = [sys.executable, "-c", asking, str(HOOK)]
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.split() == [str(before), "False"]


def test_that_a_frozen_program_starts_the_sandbox_beside_itself(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", f"/opt/{NAME}/{NAME}")
    assert sandbox_server._program() == [f"/opt/{NAME}/beatpass-sandbox"]
