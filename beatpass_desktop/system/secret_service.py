"""Reads one secret from the Secret Service of a Linux desktop, quickly and without a prompt.

The item is the one that keyring's Secret Service back end finds. keyring itself takes ten times as
long: it brings secretstorage and cryptography with it, and looks for back ends first. The secret
crosses the session's own D-Bus socket unencrypted ("plain" session), which only this user can
connect to; whoever listens there could as well ask for the secret.

https://specifications.freedesktop.org/secret-service/latest/
"""

from __future__ import annotations

import time
from enum import Enum

from beatpass_desktop.system.dbus import BROKEN, Call, DBusError, SessionBus

_BUS = "org.freedesktop.secrets"
_SERVICE = "/org/freedesktop/secrets"
_DEFAULT = "/org/freedesktop/secrets/aliases/default"
_NAME = "org.freedesktop.Secret"
_GET = ("org.freedesktop.DBus.Properties", "Get", "ss")


class Found(Enum):
    """How looking for a secret ended, when it brought none."""

    NOTHING = "nothing"
    """the keychain is open and has no such secret"""
    LOCKED = "locked"
    """it is locked; opening it would ask somebody"""
    NO_ANSWER = "no answer"
    """there is none, or it did not say in time"""


class Question:
    """Asks for the secret that keyring keeps for `service` under `name`, and does not wait."""

    def __init__(self, service: str, name: str) -> None:
        self._bus: SessionBus | None = None
        self._numbers: list[int] = []
        query = {"service": service, "username": name}
        try:
            self._bus = SessionBus()
            self._numbers = self._bus.send(
                Call(_BUS, _DEFAULT, *_GET, (f"{_NAME}.Collection", "Locked")),
                Call(_BUS, _DEFAULT, f"{_NAME}.Collection", "SearchItems", "a{ss}", (query,)),
                Call(_BUS, _SERVICE, f"{_NAME}.Service", "OpenSession", "sv", ("plain", "")),
            )
        except BROKEN:
            self.close()

    def answer(self, timeout: float) -> str | Found:
        """The secret, or why there is none within `timeout` s. Asks once."""
        if self._bus is None:
            return Found.NO_ANSWER
        try:
            return self._read(self._bus, time.monotonic() + timeout)
        except DBusError as error:
            return Found.LOCKED if "IsLocked" in str(error) else Found.NO_ANSWER
        except BROKEN:
            return Found.NO_ANSWER
        finally:
            self.close()

    def close(self) -> None:
        """Do not ask any more."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()

    def _read(self, bus: SessionBus, deadline: float) -> str | Found:
        collection, search, opening = self._numbers
        (is_locked,) = bus.answer(collection, deadline)
        (items,) = bus.answer(search, deadline)
        if is_locked or not items:
            return Found.LOCKED if is_locked else Found.NOTHING
        _, session = bus.answer(opening, deadline)
        wanted = Call(_BUS, items[0], f"{_NAME}.Item", "GetSecret", "o", (session,))
        (number,) = bus.send(wanted)
        ((_, _, secret, _),) = bus.answer(number, deadline)
        return bytes(secret).decode()


def read(service: str, name: str, timeout: float) -> str | Found:
    """The secret that keyring keeps for `service` under `name`, within `timeout` s."""
    return Question(service, name).answer(timeout)
