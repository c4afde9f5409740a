"""The keychain on a real Secret Service, in a session of its own."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from beatpass_desktop.system import secret_service
from beatpass_desktop.system.secret_service import Found

_PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
_MISSING = [program for program in _PROGRAMS if shutil.which(program) is None]
_SESSION = """
printf %s a-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"
"""


def _said_in_a_session(program: str, folder: Path, *, session: str = _SESSION) -> object:
    """What a program prints as JSON within a D-Bus session of its own."""
    runtime = folder / "run"
    runtime.mkdir(mode=0o700)
    private = {"HOME": folder, "XDG_DATA_HOME": folder / "data", "XDG_RUNTIME_DIR": runtime}
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "XDG_CONFIG_HOME")
    } | {name: str(path) for name, path in private.items()}
    words = [sys.executable, str(Path(__file__).with_name(program))]
    run = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", session, "sh", *words],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


@pytest.mark.end_to_end
@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
def test_that_secrets_are_kept_by_a_real_gnome_keyring(tmp_path: Path) -> None:
    assert _said_in_a_session("gnome_keyring_session.py", tmp_path) == {
        "backend": "SecretService Keyring",
        "before": None,
        "kept": ["second", "other store"],
        "after": [None, "other store"],
    }
    files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert files
    assert not any(b"other store" in file.read_bytes() for file in files)


@pytest.mark.end_to_end
@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
def test_that_the_short_way_finds_what_keyring_keeps_and_never_asks(tmp_path: Path) -> None:
    assert _said_in_a_session("lean_keychain_session.py", tmp_path) == {
        "before": "NOTHING",
        "kept": "the secret of one",
        "other": "another",
        "absent": "NOTHING",
        "locked": "LOCKED",
        "locked absent": "LOCKED",
    }


def test_that_without_a_session_the_short_way_has_no_answer(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("DBUS_SESSION_BUS_ADDRESS", raising=False)
    assert secret_service.read("x", "y", 1) is Found.NO_ANSWER
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path / 'none'}")
    assert secret_service.read("x", "y", 1) is Found.NO_ANSWER


def test_that_a_session_that_never_answers_is_given_up(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "bus"
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={path}")
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(path))
        silent.listen()
        begun = time.monotonic()
        assert secret_service.read("x", "y", 0.2) is Found.NO_ANSWER
        assert time.monotonic() - begun < 5
