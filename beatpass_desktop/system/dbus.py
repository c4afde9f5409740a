"""As much of D-Bus as reading one secret takes, without a round trip that is not needed.

A client proper (jeepney, which keyring uses) costs 20 ms at the start, more than all else that
reading the key takes. Calls are written at once, before anybody has answered, as sd-bus does it;
answers are read when they are wanted. What is malformed raises one of `BROKEN`.

https://dbus.freedesktop.org/doc/dbus-specification.html
"""

from __future__ import annotations

import os
import struct
import time
from _socket import (
    AF_UNIX,
    SOCK_CLOEXEC,
    SOCK_STREAM,
    socket,
)  # `socket` brings selectors and enums
from typing import Any, NamedTuple

BROKEN = (OSError, ValueError, IndexError, struct.error)
"""What goes wrong with a bus that is not there, does not answer in time, or talks otherwise."""

_ADDRESS = "DBUS_SESSION_BUS_ADDRESS"
_DAEMON = "org.freedesktop.DBus"
_CALL, _ERROR = 1, 3
_PATH, _INTERFACE, _MEMBER, _ERROR_NAME, _REPLY_SERIAL, _DESTINATION, _SIGNATURE = (
    1, 2, 3, 4, 5, 6, 8,
)  # fmt: skip
_MAX_BYTES = 1_000_000
_PROMPT = 0.1
"""s within which a bus that lives takes what is written to it"""
_CHUNK = 65_536


class DBusError(ValueError):
    """The other side answered with an error of this name."""


class Call(NamedTuple):
    """A method call. `body` holds texts; a dictionary stands for a{ss}, and in a signature "sv" the
    last one is a variant that holds a text."""

    destination: str
    path: str
    interface: str
    method: str
    signature: str = ""
    body: tuple[str | dict[str, str], ...] = ()


class SessionBus:
    """A connection to the session's bus. Raises `BROKEN` from all it does."""

    def __init__(self) -> None:
        self._socket = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC)
        self._serial = 0
        self._received = bytearray()
        self._is_accepted = False
        try:
            self._socket.settimeout(_PROMPT)
            self._socket.connect(_path(os.environ.get(_ADDRESS, "")))
            user = str(os.geteuid()).encode().hex()
            self._socket.sendall(f"\0AUTH EXTERNAL {user}\r\nBEGIN\r\n".encode())
            self.send(Call(_DAEMON, "/org/freedesktop/DBus", _DAEMON, "Hello"))
        except BaseException:
            self.close()
            raise

    def send(self, *calls: Call) -> list[int]:
        """Write calls at once; the numbers that their answers will bear."""
        first, data = self._serial + 1, b""
        for call in calls:
            self._serial += 1
            data += _message(self._serial, call)
        self._socket.sendall(data)
        return list(range(first, self._serial + 1))

    def answer(self, number: int, deadline: float) -> tuple[Any, ...]:
        """The answer with this number; those before it are passed over. Raises also DBusError."""
        while True:
            kind, fields, body = self._next(deadline)
            if fields.get(_REPLY_SERIAL) != number:
                continue
            if kind == _ERROR:
                raise DBusError(fields.get(_ERROR_NAME))
            return tuple(_Reader(body).values(fields.get(_SIGNATURE, "")))

    def close(self) -> None:
        """Hang up."""
        self._socket.close()

    def _next(self, deadline: float) -> tuple[int, dict[int, Any], bytes]:
        if not self._is_accepted:
            while b"\r\n" not in self._received:
                self._receive(deadline)
            said, _, rest = bytes(self._received).partition(b"\r\n")
            if not said.startswith(b"OK "):
                raise ValueError("the bus did not let us in")
            self._received = bytearray(rest)
            self._is_accepted = True
        head = self._take(16, deadline)
        if head[0] != ord("l"):
            raise ValueError("a bus of another byte order")
        kind, body, _, fields = struct.unpack("<xBxxIII", head)
        if body + fields > _MAX_BYTES:
            raise ValueError("a message too long")
        padded = (fields + 7) // 8 * 8
        whole = self._take(padded + body, deadline)
        (found,) = _Reader(head[12:] + whole[:fields], 12).values("a(yv)")
        return kind, dict(found), whole[padded:]

    def _take(self, count: int, deadline: float) -> bytes:
        while len(self._received) < count:
            self._receive(deadline)
        taken = bytes(self._received[:count])
        del self._received[:count]
        return taken

    def _receive(self, deadline: float) -> None:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the bus did not answer in time")
        self._socket.settimeout(left)
        data = self._socket.recv(_CHUNK)
        if not data:
            raise ValueError("the bus hung up")
        self._received += data


def _path(addresses: str) -> bytes:
    """Where the first Unix socket of a list of addresses is; one in the abstract space begins with
    NUL. Raises ValueError."""
    for address in addresses.split(";"):
        kind, _, rest = address.partition(":")
        given = dict(pair.partition("=")[::2] for pair in rest.split(","))
        for name, prefix in (("path", b""), ("abstract", b"\0")):
            if kind == "unix" and name in given:
                return prefix + _unescaped(given[name])
    raise ValueError("no session bus")


def _unescaped(text: str) -> bytes:
    first, *others = os.fsencode(text).split(b"%")
    return first + b"".join(bytes.fromhex(part[:2].decode()) + part[2:] for part in others)


def _text(data: bytes, text: str) -> bytes:
    raw = text.encode()
    return _padded(data, 4) + struct.pack("<I", len(raw)) + raw + b"\0"


def _signature(data: bytes, text: str) -> bytes:
    return data + bytes((len(text),)) + text.encode() + b"\0"


def _padded(data: bytes, size: int) -> bytes:
    return data + bytes(-len(data) % size)


def _message(serial: int, call: Call) -> bytes:
    body = b""
    for number, value in enumerate(call.body):
        if isinstance(value, dict):
            entries = b""
            for name, text in value.items():
                entries = _text(_text(_padded(entries, 8), name), text)
            body = _padded(_padded(body, 4) + struct.pack("<I", len(entries)), 8) + entries
        elif call.signature[number] == "v":
            body = _text(_signature(body, "s"), value)
        else:
            body = _text(body, value)
    fields = b""
    for code, kind, text in (
        (_PATH, "o", call.path),
        (_INTERFACE, "s", call.interface),
        (_MEMBER, "s", call.method),
        (_DESTINATION, "s", call.destination),
    ):
        fields = _text(_signature(_padded(fields, 8) + bytes((code,)), kind), text)
    if call.signature:
        begun = _signature(_padded(fields, 8) + bytes((_SIGNATURE,)), "g")
        fields = _signature(begun, call.signature)
    head = struct.pack("<cBBBIII", b"l", _CALL, 0, 1, len(body), serial, len(fields))
    return _padded(head + fields, 8) + body


class _Reader:
    """Reads values of the kinds that answers hold: y b u s o g v, arrays and structures."""

    def __init__(self, data: bytes, offset: int = 0) -> None:
        self._data = data
        self._at = 0
        self._offset = offset

    def values(self, signature: str) -> list[Any]:
        """One value for each type of `signature`."""
        found = []
        while signature:
            first = _first(signature)
            found.append(self._value(first))
            signature = signature[len(first) :]
        return found

    def _value(self, kind: str) -> Any:
        if kind == "y":
            return self._bytes(1)[0]
        if kind in ("u", "b"):
            return self._number()
        if kind in ("s", "o"):
            text = self._bytes(self._number()).decode()
            self._bytes(1)
            return text
        if kind == "g":
            text = self._bytes(self._bytes(1)[0]).decode()
            self._bytes(1)
            return text
        if kind == "v":
            (value,) = self.values(self._value("g"))
            return value
        if kind[0] == "(":
            self._align(8)
            return self.values(kind[1:-1])
        if kind[0] == "a":
            return self._array(kind[1:])
        raise ValueError(f"a value of the kind {kind}")

    def _array(self, kind: str) -> Any:
        size = self._number()
        if kind == "y":
            return self._bytes(size)
        self._align(8 if kind[0] == "(" else 4)
        end, found = self._at + size, []
        while self._at < end:
            found.append(self._value(kind))
        return found

    def _number(self) -> int:
        self._align(4)
        return int.from_bytes(self._bytes(4), "little")

    def _align(self, size: int) -> None:
        self._at += -(self._at + self._offset) % size

    def _bytes(self, count: int) -> bytes:
        end = self._at + count
        if end > len(self._data):
            raise ValueError("a message cut short")
        taken = self._data[self._at : end]
        self._at = end
        return taken


def _first(signature: str) -> str:
    """The first whole type of a signature."""
    if signature[0] == "a":
        return "a" + _first(signature[1:])
    if signature[0] != "(":
        return signature[0]
    depth = 0
    for place, character in enumerate(signature):
        depth += (character == "(") - (character == ")")
        if depth == 0:
            return signature[: place + 1]
    raise ValueError("an unclosed structure")
