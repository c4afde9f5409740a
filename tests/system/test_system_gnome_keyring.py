"""The keychain on a real Secret Service, in a session of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

_PROGRAMS = ("dbus-run-session", "gnome-keyring-daemon")
_MISSING = [program for program in _PROGRAMS if shutil.which(program) is None]
_SESSION = """
printf %s a-password | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1
exec "$@"
"""


@pytest.mark.end_to_end
@pytest.mark.skipif(bool(_MISSING), reason=f"not installed: {', '.join(_MISSING)}")
def test_that_secrets_are_kept_by_a_real_gnome_keyring(tmp_path: Path) -> None:
    runtime = tmp_path / "run"
    runtime.mkdir(mode=0o700)
    private = {"HOME": tmp_path, "XDG_DATA_HOME": tmp_path / "data", "XDG_RUNTIME_DIR": runtime}
    environment = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DBUS_SESSION_BUS_ADDRESS", "PYTHON_KEYRING_BACKEND", "XDG_CONFIG_HOME")
    } | {name: str(path) for name, path in private.items()}
    program = [sys.executable, str(Path(__file__).with_name("gnome_keyring_session.py"))]
    run = subprocess.run(
        ["dbus-run-session", "--", "sh", "-c", _SESSION, "sh", *program],
        env=environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert json.loads(run.stdout) == {
        "backend": "SecretService Keyring",
        "before": None,
        "kept": ["second", "other store"],
        "after": [None, "other store"],
    }
    files = [file for file in (tmp_path / "data").rglob("*") if file.is_file()]
    assert files
    assert not any(b"other store" in file.read_bytes() for file in files)
