"""The doctor, with a keychain that accepts the tests' own keyring back end."""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import keyring.errors
from keyring.backend import KeyringBackend

from beatpass_desktop import cli
from beatpass_desktop.commands.doctor import command as doctor
from beatpass_desktop.system.keychain import Keychain


class FileKeyring(KeyringBackend):
    """Reads secrets from the file that TEST_KEYRING_FILE names; TEST_KEYRING_FAULT locks it."""

    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        if os.environ.get("TEST_KEYRING_FAULT") == "locked":
            raise keyring.errors.KeyringLocked("locked")
        found: dict[str, str] = json.loads(Path(os.environ["TEST_KEYRING_FILE"]).read_text())
        return found.get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise AssertionError("the doctor writes no secret")

    def delete_password(self, service: str, username: str) -> None:
        raise AssertionError("the doctor deletes no secret")


if __name__ == "__main__":
    keyring.set_keyring(FileKeyring())
    allowed = frozenset({"__main__.FileKeyring"})
    run = doctor.run
    doctor.run = lambda options, found: run(options, found, lambda: Keychain(allowed=allowed))
    sys.exit(cli.main(sys.argv[1:]))
