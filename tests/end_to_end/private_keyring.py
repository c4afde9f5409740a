"""A GNOME Keyring of one's own, on a session bus of its own, that can be locked and brought to a
standstill."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from processes import wait_until

PROGRAMS = ("dbus-daemon", "dbus-send", "gnome-keyring-daemon")
MISSING = [program for program in PROGRAMS if shutil.which(program) is None]
_PASSWORD = b"a-password"
_SERVICE = "org.freedesktop.secrets"
_COLLECTION = "/org/freedesktop/secrets/aliases/default"


class PrivateKeyring:
    """One keyring daemon.

    Attributes:
        environment: what makes a program find it.
    """

    def __init__(self, environment: dict[str, str], daemon: subprocess.Popen[bytes]) -> None:
        self.environment = environment
        self._daemon = daemon

    def stand_still(self) -> None:
        """From now on it takes questions and does not answer."""
        self._daemon.send_signal(signal.SIGSTOP)

    def go_on(self) -> None:
        """Answer again, also what was asked meanwhile."""
        self._daemon.send_signal(signal.SIGCONT)

    def lock(self) -> None:
        """Lock it; nobody is there to be asked for the password."""
        self._send("org.freedesktop.Secret.Service.Lock", f"array:objpath:{_COLLECTION}")

    def unlock(self) -> None:
        """Have it open again, as after signing in to the computer anew."""
        self.end()
        self._daemon = _started(self.environment)

    def end(self) -> None:
        """End it."""
        self._daemon.kill()
        self._daemon.wait()

    def _send(self, method: str, *arguments: str) -> None:
        subprocess.run(
            ["dbus-send", "--session", "--print-reply", f"--dest={_SERVICE}",
             "/org/freedesktop/secrets", method, *arguments],
            env=_private(self.environment), stdout=subprocess.DEVNULL, check=True,
        )  # fmt: skip


@contextmanager
def running_keyring(folder: Path) -> Iterator[PrivateKeyring]:
    """An unlocked keyring without secrets."""
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700)
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder / "data"),
        "XDG_RUNTIME_DIR": str(runtime),
    }
    bus = subprocess.Popen(
        ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address"],
        env=_private(environment),
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert bus.stdout is not None
    environment["DBUS_SESSION_BUS_ADDRESS"] = bus.stdout.readline().decode().strip()
    try:
        keyring = PrivateKeyring(environment, _started(environment))
        try:
            yield keyring
        finally:
            keyring.end()
    finally:
        bus.kill()
        bus.wait()
        bus.stdout.close()


def _started(environment: dict[str, str]) -> subprocess.Popen[bytes]:
    daemon = subprocess.Popen(
        ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"],
        env=_private(environment),
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    assert daemon.stdin is not None
    daemon.stdin.write(_PASSWORD)
    daemon.stdin.close()
    wait_until(lambda: _is_there(environment), "the keyring is there")
    return daemon


def _is_there(environment: dict[str, str]) -> bool:
    # Asking itself would have the bus start another one, which is locked.
    asked = subprocess.run(
        ["dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.DBus",
         "/org/freedesktop/DBus", "org.freedesktop.DBus.NameHasOwner", f"string:{_SERVICE}"],
        env=_private(environment), capture_output=True, check=False,
    )  # fmt: skip
    return b"boolean true" in asked.stdout


def _private(environment: dict[str, str]) -> dict[str, str]:
    return {**os.environ, **environment}
