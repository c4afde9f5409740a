"""A BeatPass with several accounts, in a thread of its own, whose answers a test can replace."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import urlsplit

PREFIX = "/api/v1/"
Reply = tuple[int, str, bytes]


def said(status: int, body: object) -> Reply:
    """An answer in JSON."""
    return status, "application/json", json.dumps(body).encode()


WEB_PAGE: Reply = (200, "text/html", b"<html>Welcome to our Wi-Fi</html>")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        self._answer(None)

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        self._answer(json.loads(data) if data else None)

    def _answer(self, body: Any) -> None:
        path = urlsplit(self.path).path.removeprefix(PREFIX)
        token = (self.headers["Authorization"] or "").removeprefix("Bearer ")
        status, kind, data = self.server.accounts.answer(path, token, body)
        self.send_response_only(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if status == 429:
            self.send_header("Retry-After", "60")
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests read `AccountsServer.asked`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    accounts: AccountsServer

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of switching accounts."""


class AccountsServer:
    """Knows people by their tokens; the account with number n has the artist 10 n.

    Attributes:
        users: number and name of an account by token.
        passwords: the token that somebody gets, or None for no token, by e-mail and password.
        answers: what to answer in place of the ordinary, by path.
        gates: while the gate of a path is there and not set, its answer waits.
        asked: path, token and body of every request.
    """

    def __init__(self) -> None:
        self.users: dict[str, tuple[int, str]] = {}
        self.passwords: dict[tuple[str, str], str | None] = {}
        self.answers: dict[str, Reply] = {}
        self.gates: dict[str, threading.Event] = {}
        self.asked: list[tuple[str, str, Any]] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.accounts = self
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}{PREFIX.rstrip('/')}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    def answer(self, path: str, token: str, body: Any) -> Reply:
        """The answer to one request."""
        self.asked.append((path, token, body))
        if path in self.gates:
            self.gates[path].wait(20)
        if path in self.answers:
            return self.answers[path]
        if path == "auth/login":
            return self._log_in(body)
        if token not in self.users:
            return said(401, {"message": "Unauthenticated."})
        number, name = self.users[token]
        artist = {"id": 10 * number, "name": f"Artist of {name}", "verified": True}
        fixed: dict[str, Any] = {
            "users/me": {"user": {"id": number, "display_name": name, "artists": [artist]}},
            "artist/profile": artist | {"total_tracks": 3},
            "artist/dashboard-stats": {
                "total_tracks": 100 * number + 3,
                "total_plays": 100 * number + 7,
            },
            f"artists/{10 * number}": {"artist": artist},
        }
        if path in fixed:
            return said(200, {"status": "success", **fixed[path]})
        return said(404, {"message": "Not found."})

    def paths_with(self, token: str) -> list[str]:
        """What was asked with a token."""
        return [path for path, given, _ in self.asked if given == token]

    def close(self) -> None:
        """End it."""
        for gate in self.gates.values():
            gate.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def _log_in(self, body: Any) -> Reply:
        key = (body["email"], body["password"])
        if key not in self.passwords:
            return said(401, {"status": "error", "message": "These credentials do not match."})
        user = {"id": 1, "display_name": "Somebody", "access_token": self.passwords[key]}
        if user["access_token"] is None:
            del user["access_token"]
        return said(200, {"status": "success", "user": user})


@contextmanager
def running_accounts_server() -> Iterator[AccountsServer]:
    """A server that is closed afterwards."""
    server = AccountsServer()
    try:
        yield server
    finally:
        server.close()
