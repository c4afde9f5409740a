"""Keyring back ends that fail as real ones do."""

from __future__ import annotations

import threading

from keyring.backend import KeyringBackend

from beatpass_desktop.system.keychain import ALLOWED


class MemoryKeyring(KeyringBackend):
    """Keeps secrets while it lives.

    Attributes:
        secrets: by service and name.
        error: raised by every call while it is set.
        drops: secrets are taken and forgotten.
        gate: calls wait while it is not set.
    """

    priority = 1  # type: ignore[assignment]

    def __init__(self) -> None:
        super().__init__()
        self.secrets: dict[tuple[str, str], str] = {}
        self.error: Exception | None = None
        self.drops = False
        self.gate = threading.Event()
        self.gate.set()

    def get_password(self, service: str, username: str) -> str | None:
        self._hinder()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._hinder()
        if not self.drops:
            self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._hinder()
        del self.secrets[service, username]

    def _hinder(self) -> None:
        self.gate.wait(20)
        if self.error is not None:
            raise self.error


class PlainTextKeyring(MemoryKeyring):
    """Stands for back ends that keep secrets in a plain file."""


NAME = f"{MemoryKeyring.__module__}.{MemoryKeyring.__qualname__}"
TRUSTED = ALLOWED | {NAME}
