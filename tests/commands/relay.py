"""A server before a sandbox that changes answers as a test wants, for programs of their own.

It takes the token `CANARY` for the sandbox's own, so that a test can look for it everywhere.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PREFIX = "/api/v1/"
CANARY = "canary-5f0e-token"


@dataclass(frozen=True)
class Said:
    """One answer."""

    status: int
    body: bytes = b"{}"
    headers: tuple[tuple[str, str], ...] = (("Content-Type", "application/json"),)


Change = Callable[[Said], Said]


@dataclass
class Relay:
    """The server.

    Attributes:
        changes: what happens to the answer of a path.
        seen: path and Authorization of every request.
    """

    upstream: str
    token: str
    base_url: str = ""
    changes: dict[str, Change] = field(default_factory=dict)
    seen: list[tuple[str, str]] = field(default_factory=list)

    def ask(self, method: str, target: str, body: bytes, headers: dict[str, str]) -> Said:
        """The sandbox's own answer."""
        if headers.get("Authorization") == f"Bearer {CANARY}":
            headers = {**headers, "Authorization": f"Bearer {self.token}"}
        connection = HTTPConnection(urlsplit(self.upstream).netloc, timeout=30)
        try:
            connection.request(method, target, body or None, headers)
            reply = connection.getresponse()
            kind = reply.getheader("Content-Type", "")
            return Said(reply.status, reply.read(), (("Content-Type", kind),))
        finally:
            connection.close()


def edits(edit: Callable[[Any], None]) -> Change:
    """The answer with its document edited in place."""

    def change(said: Said) -> Said:
        document = json.loads(said.body)
        edit(document)
        return Said(said.status, json.dumps(document).encode())

    return change


def refuses(status: int, message: str = "", *headers: tuple[str, str]) -> Change:
    """Another status."""
    body = json.dumps({"message": message}).encode()
    return lambda said: Said(status, body, (("Content-Type", "application/json"), *headers))


def sends_html(said: Said) -> Said:
    """An answer as a hotel's network gives it."""
    return Said(200, b"<html>Please sign in</html>", (("Content-Type", "text/html"),))


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        relay = self.server.relay
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        path = urlsplit(self.path).path.removeprefix(PREFIX)
        headers = {name: value for name, value in self.headers.items() if name != "Host"}
        headers |= {"Accept-Encoding": "identity"}
        relay.seen.append((path, self.headers.get("Authorization", "")))
        said = relay.ask(self.command, self.path, body, headers)
        said = relay.changes.get(path, lambda said: said)(said)
        self.send_response(said.status)
        for name, value in (*said.headers, ("Content-Length", str(len(said.body)))):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(said.body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *values: object) -> None:
        return


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, relay: Relay) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.relay = relay


@contextmanager
def running_relay(upstream: str, token: str) -> Iterator[Relay]:
    """A relay that changes nothing until a test has it do so."""
    relay = Relay(upstream, token)
    server = _Server(relay)
    relay.base_url = f"http://127.0.0.1:{server.server_address[1]}{PREFIX.rstrip('/')}"
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        yield relay
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
