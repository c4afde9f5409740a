"""A scriptable HTTP/1.1 server on loopback that answers as badly as it is told to."""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from types import TracebackType

from beatpass_desktop.api.budget import GROUPS, Budget
from beatpass_desktop.api.retries import RetryPolicy
from beatpass_desktop.api.session import Session

TOKEN = "secret-token-4711"
JSON = "application/json"


@dataclass(frozen=True)
class Seen:
    """A request as it came over the wire, header names in lower case."""

    method: str
    target: str
    headers: Mapping[str, str]
    body: bytes = b""


Answer = Callable[[Seen, asyncio.StreamWriter], Awaitable[None]]


def response(
    status: int = 200,
    body: object = b"",
    *,
    content_type: str | None = JSON,
    headers: Mapping[str, str] | None = None,
    length: bool = True,
) -> bytes:
    """A raw response; anything but bytes is sent as JSON."""
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = [f"HTTP/1.1 {status} Whatever"]
    if content_type is not None:
        lines.append(f"Content-Type: {content_type}")
    if length:
        lines.append(f"Content-Length: {len(raw)}")
    else:
        lines.append("Connection: close")
    lines += [f"{name}: {value}" for name, value in (headers or {}).items()]
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + raw


def sends(raw: bytes) -> Answer:
    """Sends `raw` whole; a response without a length ends the connection."""

    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        if b"Connection: close" in raw:
            writer.close()

    return answer


def replies(status: int = 200, body: object = b"", **options: object) -> Answer:
    """Sends `response(…)`."""
    return sends(response(status, body, **options))  # type: ignore[arg-type]


def cuts(raw: bytes, *, reset: bool = False) -> Answer:
    """Sends `raw` and ends the connection, with a TCP reset when asked."""

    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)
        await writer.drain()
        if reset:
            connection = writer.get_extra_info("socket")
            linger = struct.pack("ii", 1, 0)
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
        else:
            writer.close()

    return answer


def drips(raw: bytes, every: float) -> Answer:
    """Sends `raw` byte by byte, `every` s, for as long as anybody listens."""

    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        for index in range(len(raw)):
            writer.write(raw[index : index + 1])
            await writer.drain()
            await asyncio.sleep(every)

    return answer


def holds(release: asyncio.Event, then: Answer) -> Answer:
    """Answers with `then` once `release` is set."""

    async def answer(seen: Seen, writer: asyncio.StreamWriter) -> None:
        await release.wait()
        await then(seen, writer)

    return answer


@dataclass
class FaultServer:
    """Answers with the route of the path, or with `script` in order; its last answer repeats.

    Attributes:
        seen: every request, in order of arrival.
        connections: how many were accepted.
    """

    script: Sequence[Answer] = ()
    routes: dict[str, Answer] = field(default_factory=dict)
    tls: ssl.SSLContext | None = None
    seen: list[Seen] = field(default_factory=list)
    connections: int = 0

    async def __aenter__(self) -> FaultServer:
        self._handlers: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0, ssl=self.tls)
        self.port: int = self._server.sockets[0].getsockname()[1]
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self._server.close()
        for handler in tuple(self._handlers):
            handler.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def base_url(self) -> str:
        return f"{'https' if self.tls else 'http'}://127.0.0.1:{self.port}/api/v1"

    @property
    def paths(self) -> list[str]:
        """Targets seen, without the base path."""
        return [seen.target.removeprefix("/api/v1/") for seen in self.seen]

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        self.connections += 1
        try:
            while not writer.is_closing():
                seen = await _read(reader)
                self.seen.append(seen)
                await self._answer(seen)(seen, writer)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the client hung up, or the test is over
        finally:
            self._handlers.discard(task)
            writer.transport.abort()

    def _answer(self, seen: Seen) -> Answer:
        path = seen.target.removeprefix("/api/v1/").partition("?")[0]
        if path in self.routes:
            return self.routes[path]
        return self.script[min(len(self.seen), len(self.script)) - 1]


async def _read(reader: asyncio.StreamReader) -> Seen:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    method, target, _ = head[0].split(" ")
    headers = {
        name.lower(): value.strip() for name, _, value in (line.partition(":") for line in head[1:])
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Seen(method, target, headers, body)


QUICK = RetryPolicy(base=0.001, cap=0.001)
"""retries without waiting"""
ONCE = RetryPolicy(tries=1)
"""no retries"""


@asynccontextmanager
async def session_at(
    base_url: str, *, token: str | None = TOKEN, budget: Budget | None = None, **options: object
) -> AsyncIterator[Session]:
    """A session with quick retries, closed afterwards."""
    options.setdefault("retries", QUICK)
    session = Session(
        base_url,
        token,
        user_agent="BeatPass-Desktop/test",
        budget=budget or Budget(overall=100_000, groups=dict.fromkeys(GROUPS, 100_000)),
        **options,  # type: ignore[arg-type]
    )
    try:
        yield session
    finally:
        await session.aclose()


@asynccontextmanager
async def served(*script: Answer, **options: object) -> AsyncIterator[tuple[FaultServer, Session]]:
    """A server that answers with `script`, and a session that asks it."""
    async with FaultServer(script) as server, session_at(server.base_url, **options) as session:  # type: ignore[arg-type]
        yield server, session
