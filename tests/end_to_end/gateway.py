"""A server between the program and the sandbox that answers in its stead as badly as it is told."""

from __future__ import annotations

import http.client
import re
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

PREFIX = "/api/v1"
_HOP_BY_HOP = {"connection", "keep-alive", "transfer-encoding", "content-length"}


class _Handler(BaseHTTPRequestHandler):
    """Forwards a request, or commits the fault that is set for its path."""

    protocol_version = "HTTP/1.1"
    server: _Server

    def do_GET(self) -> None:
        gateway = self.server.gateway
        path = self.path.removeprefix(PREFIX)
        fault = gateway.fault_for(path)
        gateway.seen.append((time.monotonic(), path))
        if fault is None:
            self.forward()
        else:
            fault(self)

    def forward(self) -> None:
        """The sandbox's own answer."""
        upstream = http.client.HTTPConnection(self.server.gateway.upstream, timeout=30)
        try:
            headers = {name: value for name, value in self.headers.items() if name != "Host"}
            upstream.request("GET", self.path, headers=headers)
            reply = upstream.getresponse()
            body = reply.read()
        finally:
            upstream.close()
        kept = [(n, v) for n, v in reply.getheaders() if n.lower() not in _HOP_BY_HOP]
        self.answer(reply.status, body, *kept)

    def answer(self, status: int, body: bytes, *headers: tuple[str, str]) -> None:
        """One whole reply."""
        self.send_response_only(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def begin(self, length: int) -> None:
        """The head of a JSON reply whose body is to follow."""
        self.send_response_only(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(length))
        self.end_headers()
        self.close_connection = True

    def pause(self, seconds: float) -> bool:
        """Wait; True when the gateway is closing."""
        return self.server.gateway.closing.wait(seconds)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the tests read `Gateway.seen`."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    gateway: Gateway

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that hangs up is part of every test here."""


Fault = Callable[[_Handler], None]


def status(code: int, body: bytes, *headers: tuple[str, str]) -> Fault:
    """Answers with an error in JSON."""
    return lambda request: request.answer(
        code, body, ("Content-Type", "application/json"), *headers
    )


def html(request: _Handler) -> None:
    """A web page where JSON should be, as a captive portal sends it."""
    page = b"<html><body><h1>Welcome to our Wi-Fi</h1></body></html>"
    request.answer(200, page, ("Content-Type", "text/html"))


def truncated(request: _Handler) -> None:
    """Promises more than comes."""
    request.begin(4_000)
    request.wfile.write(b'{"status": "success", "user": {"id": 1, "dis')


def reset(request: _Handler) -> None:
    """Ends the connection with a TCP reset before any answer."""
    linger = struct.pack("ii", 1, 0)
    request.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
    request.connection.close()
    request.close_connection = True


def drip(request: _Handler) -> None:
    """A byte now and then, for longer than anybody waits."""
    request.begin(100_000)
    for _ in range(100_000):
        request.wfile.write(b" ")
        if request.pause(0.25):
            return


@dataclass(frozen=True)
class _Rule:
    path: re.Pattern[str]
    fault: Fault
    times: list[None] | None


class Gateway:
    """Forwards to the sandbox but for the paths that a fault is set for.

    Attributes:
        seen: when (s, monotonic) which path was asked for, in order of arrival.
        held: set as soon as a request waits at `hold`.
        closing: set when the gateway closes; faults that wait end then.
    """

    def __init__(self, upstream: str) -> None:
        self.upstream = urlsplit(upstream).netloc
        self.seen: list[tuple[float, str]] = []
        self.held = threading.Event()
        self.closing = threading.Event()
        self._rules: list[_Rule] = []
        self._server = _Server(("127.0.0.1", 0), _Handler)
        self._server.gateway = self
        self.base_url = f"http://127.0.0.1:{self._server.server_address[1]}{PREFIX}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.05,))
        self._thread.start()

    @property
    def arguments(self) -> tuple[str, str]:
        """What makes the program use it."""
        return "--base-url", self.base_url

    def set_fault(self, fault: Fault, path: str = "", times: int | None = None) -> None:
        """From now on commit `fault` where `path` (a pattern) is found in the path asked for."""
        left = None if times is None else [None] * times
        self._rules.append(_Rule(re.compile(path), fault, left))

    def hold(self, path: str) -> None:
        """From now on let requests for `path` wait until the gateway closes."""

        def wait(request: _Handler) -> None:
            self.held.set()
            self.closing.wait()
            request.close_connection = True

        self.set_fault(wait, path)

    def heal(self) -> None:
        """From now on forward everything."""
        self._rules.clear()

    def fault_for(self, path: str) -> Fault | None:
        """The first fault that is set for `path` and not used up."""
        for rule in self._rules:
            if rule.path.search(path):
                if rule.times is None:
                    return rule.fault
                if rule.times:
                    rule.times.pop()
                    return rule.fault
        return None

    def close(self) -> None:
        """End it."""
        self.closing.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()


@contextmanager
def running_gateway(upstream: str) -> Iterator[Gateway]:
    """A gateway before the sandbox at the base URL `upstream`."""
    gateway = Gateway(upstream)
    try:
        yield gateway
    finally:
        gateway.close()
