"""A keyring back end for tests: it keeps secrets in a file, so that a later process finds them.

Its file is the one that TEST_KEYRING_FILE names; TEST_KEYRING_FAULT makes it fail: `locked`
always, `no store key` when it is to keep the key of a store, which stays plain then.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import keyring.errors
from keyring.backend import KeyringBackend

NAME = "file_keyring.FileKeyring"


class FileKeyring(KeyringBackend):
    priority = 1  # type: ignore[assignment]

    def get_password(self, service: str, username: str) -> str | None:
        self._fail()
        return self._read().get(f"{service}/{username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        self._fail()
        if os.environ.get("TEST_KEYRING_FAULT") == "no store key" and "store-key" in username:
            raise keyring.errors.PasswordSetError("refused")
        self._write({**self._read(), f"{service}/{username}": password})

    def delete_password(self, service: str, username: str) -> None:
        self._fail()
        secrets = self._read()
        del secrets[f"{service}/{username}"]
        self._write(secrets)

    def _fail(self) -> None:
        if os.environ.get("TEST_KEYRING_FAULT") == "locked":
            raise keyring.errors.KeyringLocked("locked")

    def _read(self) -> dict[str, str]:
        file = Path(os.environ["TEST_KEYRING_FILE"])
        found: dict[str, str] = json.loads(file.read_text()) if file.exists() else {}
        return found

    def _write(self, secrets: dict[str, str]) -> None:
        Path(os.environ["TEST_KEYRING_FILE"]).write_text(json.dumps(secrets))
