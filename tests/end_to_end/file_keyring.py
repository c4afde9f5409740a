"""A keyring back end for tests: it keeps secrets in a file, so that a later process finds them.

Its file is the one that TEST_KEYRING_FILE names. What TEST_KEYRING_FAULT says makes it fail, or
what a file beside that one says, whose name ends with `.fault`; that one can change while a program
runs:

- `locked`: every call is refused, as by a keychain that is locked;
- `denied`: somebody says no each time they are asked;
- `hangs`: no call returns as long as this is said.

`… token` is for the names of tokens alone, any other second word for the names that hold it, such
as `… store-key`. `no store key` refuses to keep the key of a store, which stays plain then.
"""

from __future__ import annotations

import json
import os
import threading
from pathlib import Path
from typing import NoReturn

from keyring.backend import KeyringBackend
from keyring.errors import KeyringError, KeyringLocked, PasswordDeleteError, PasswordSetError

NAME = "file_keyring.FileKeyring"
_PAUSE = 0.02


class FileKeyring(KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        self._hinder(username, KeyringLocked)
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._hinder(username, PasswordSetError)
        if _said() == "no store key" and "store-key" in username:
            raise PasswordSetError("refused")
        self._write({**self._read(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        self._hinder(username, PasswordDeleteError)
        secrets = self._read()
        del secrets[f"{service}/{username}"]
        self._write(secrets)

    def _hinder(self, name: str, denial: type[KeyringError]) -> None:
        while (fault := _fault_of(name)) == "hangs":
            threading.Event().wait(_PAUSE)
        if fault == "locked":
            raise KeyringLocked("locked")
        if fault == "denied":
            _refuse(denial)

    def _read(self) -> dict[str, str]:
        file = _file()
        found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return found

    def _write(self, secrets: dict[str, str]) -> None:
        fresh = _file().with_suffix(".new")
        fresh.write_text(json.dumps(secrets))
        fresh.replace(_file())


def _refuse(denial: type[KeyringError]) -> NoReturn:
    raise denial("Cancelled by user")


def _file() -> Path:
    return Path(os.environ["TEST_KEYRING_FILE"])


def _said() -> str:
    beside = _file().with_suffix(".fault")
    return beside.read_text() if beside.exists() else os.environ.get("TEST_KEYRING_FAULT", "")


def _fault_of(name: str) -> str:
    """The fault that calls for this name meet; empty for none."""
    kind, _, part = _said().partition(" ")
    is_meant = "store-key" not in name if part == "token" else part in name
    return kind if is_meant else ""
