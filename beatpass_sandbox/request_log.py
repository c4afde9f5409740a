"""What the sandbox was asked, for tests to read back."""

from __future__ import annotations

from collections import deque
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from starlette.types import ASGIApp, Message, Receive, Scope, Send

_KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Entry:
    """One request and its reply; headers, so also the token, are never kept."""

    number: int
    time: str
    method: str
    path: str
    query: str
    status: int


class RequestLog:
    """The latest requests, oldest first, at most 20,000 of them."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=_KEPT)
        self._count = 0

    def add(self, method: str, path: str, query: str, status: int) -> None:
        """Note one finished request at the real current time."""
        self._count += 1
        moment = datetime.now(UTC).isoformat(timespec="microseconds")
        self._entries.append(Entry(self._count, moment, method, path, query, status))

    def rows(self) -> list[dict[str, object]]:
        """All entries as plain objects."""
        return [asdict(entry) for entry in self._entries]


class Logged:
    """ASGI layer that notes every request outside the sandbox's own control paths."""

    def __init__(self, app: ASGIApp, log: RequestLog, unlogged_prefix: str) -> None:
        self._app = app
        self._log = log
        self._unlogged_prefix = unlogged_prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and note the status it got (0 when none was sent)."""
        if scope["type"] != "http" or scope["path"].startswith(self._unlogged_prefix):
            await self._app(scope, receive, send)
            return
        status = 0

        async def send_noting_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, send_noting_status)
        finally:
            query = scope["query_string"].decode("latin-1")
            self._log.add(scope["method"], scope["path"], query, status)
