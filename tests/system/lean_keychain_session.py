"""What a Secret Service answers the short way: run within a session of its own."""

from __future__ import annotations

import json
import subprocess
import sys

import keyring

from beatpass_desktop.system import secret_service
from beatpass_desktop.system.keychain import SERVICE

_LOCK = (
    "dbus-send", "--session", "--print-reply", "--dest=org.freedesktop.secrets",
    "/org/freedesktop/secrets", "org.freedesktop.Secret.Service.Lock",
    "array:objpath:/org/freedesktop/secrets/aliases/default",
)  # fmt: skip


def _read(name: str) -> str:
    found = secret_service.read(SERVICE, name, 5)
    return found if isinstance(found, str) else found.name


if __name__ == "__main__":
    said = {"before": _read("one")}
    keyring.set_password(SERVICE, "one", "the secret of one")
    keyring.set_password(SERVICE, "two", "another")
    said |= {"kept": _read("one"), "other": _read("two"), "absent": _read("three")}
    subprocess.run(_LOCK, check=True, stdout=subprocess.DEVNULL)
    said |= {"locked": _read("one"), "locked absent": _read("three")}
    sys.stdout.write(json.dumps(said))
