"""A BeatPass of a few artists on loopback, whose every answer a test can replace."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from types import TracebackType
from typing import Any
from urllib.parse import parse_qsl, urlsplit

TOKEN = "token-of-ada"
PER_PAGE = 100


@dataclass(frozen=True)
class Asked:
    """One request."""

    path: str
    query: dict[str, str]
    headers: dict[str, str]
    method: str = "GET"
    body: Any = None

    @property
    def page(self) -> int:
        return int(self.query.get("page", "1"))

    @property
    def where(self) -> str:
        return f"{self.path}?page={self.page}" if "page" in self.query else self.path


@dataclass(frozen=True)
class Said:
    """One answer; anything but text is sent as JSON."""

    body: object = None
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    content_type: str = "application/json"


Answer = Callable[[Asked], Said | Awaitable[Said]]

HTML = Said("<html>Please sign in to this network</html>", content_type="text/html")
REFUSED = Said({"message": "Unauthenticated."}, 401)
MISSING = Said({"message": "Not found."}, 404)
BROKEN = Said({"message": "Server Error"}, 501)
"""a status that is not tried again"""


def listed(rows: list[dict[str, Any]], size: int = PER_PAGE, /, **numbers: object) -> Answer:
    """A paginated list; `numbers` replaces what the pages say of themselves, None drops it."""

    def answer(asked: Asked) -> Said:
        start = (asked.page - 1) * size
        said = {
            "current_page": asked.page,
            "per_page": size,
            "last_page": max(1, -(-len(rows) // size)),
            "total": len(rows),
            "data": rows[start : start + size],
            **numbers,
        }
        page = {name: value for name, value in said.items() if value is not None}
        return Said({"status": "success", "pagination": page})

    return answer


def track(number: int, **values: object) -> dict[str, Any]:
    """A track as the API sends it."""
    return {"id": number, "name": f"Track {number}", "plays": number, "bpm": 140, **values}


def artist_routes(artist: int, *, followers: int = 5, tracks: int = 3) -> dict[str, Answer]:
    """What is asked by artist id."""
    page = {"id": artist, "name": f"Artist {artist}", "verified": True}
    rows = [track(1000 * artist + n) for n in range(1, tracks + 1)]
    return {
        f"artists/{artist}": lambda asked: Said({"status": "success", "artist": page}),
        f"artists/{artist}/followers": listed([{"id": n} for n in range(1, followers + 1)], 1),
        f"artists/{artist}/downloads-analytics": lambda asked: Said({"total_downloads": 7}),
        f"artists/{artist}/albums": listed([{"id": 1, "name": "Nuit"}]),
        f"artists/{artist}/tracks": listed(rows),
        f"artist/{artist}/collaborative-tracks": lambda asked: Said(
            [{"track_id": 1000 * artist + 1, "title": "Track", "collaborators": [{"id": 9}]}]
        ),
    }


def transaction(number: int, **values: object) -> dict[str, Any]:
    """A sale as the API sends it."""
    return {
        "id": number,
        "type": "track_sale",
        "description": f"Sale {number}",
        "amount": 12.5,
        "currency": "USD",
        "status": "paid",
        "created_at": "2026-11-01T00:00:00Z",
        **values,
    }


def money_routes() -> dict[str, Answer]:
    """What is asked by `artist_id`: everybody has a Stripe account, a balance and three sales."""
    status = {"connected": True, "charges_enabled": True, "payouts_enabled": True}
    balance = {"currency": "USD", "available": 25.0, "upcoming": 12.5, "lifetime": 37.5}

    def finances(asked: Asked) -> Said:
        artist = int(asked.query["artist_id"])
        return Said({"artist_id": artist, "balances": [{**balance, "in_transit": artist}]})

    def ledger(asked: Asked) -> Said | Awaitable[Said]:
        artist = int(asked.query["artist_id"])
        return listed([transaction(1000 * artist + n) for n in (3, 2, 1)])(asked)

    return {
        "artist/stripe-connect/status": lambda asked: Said(status),
        "artist/stripe-connect/finances": finances,
        "artist/unified-transactions": ledger,
    }


NETWORK = {
    "total_collaborators": 1,
    "total_collaborations": 1,
    "collaborators": [{"id": 9, "name": "Bob", "track_count": 1, "following": False}],
}


def grown(asked: Asked) -> Said:
    """Every track asked for grew by a tenth of its id, in percent."""
    rows = [
        {"track_id": n, "growth_rate": n / 10, "plays_this_period": n, "plays_previous_period": 1}
        for n in asked.body["track_ids"]
    ]
    return Said({"growth": rows})


class Backend:
    """Answers by `routes`; every answer gets the hash of its body as ETag.

    Attributes:
        asked: every request, in order of arrival.
        gate: answers wait while it is cleared.
    """

    def __init__(self) -> None:
        artists = [{"id": 1, "name": "Artist 1"}, {"id": 2, "name": "Artist 2"}]
        user = {"id": 77, "display_name": "Ada", "avatar": None, "artists": artists}
        self.routes: dict[str, Answer] = {
            "users/me": lambda asked: Said({"status": "success", "user": user}),
            "artist/profile": lambda asked: Said({"id": 1, "name": "Artist 1", "total_tracks": 3}),
            "artist/dashboard-stats": lambda asked: Said(
                {"total_tracks": 3, "total_plays": 6, "play_growth_percentage": None}
            ),
            "producer-intelligence/progress-data": lambda asked: Said(
                {
                    "level": {"number": 4, "title": "Rising", "xp": 420, "xp_to_next": 80},
                    "achievements": {"unlocked": 2, "total": 9, "items": []},
                }
            ),
            "producer-intelligence/collaboration-network": lambda asked: Said(NETWORK),
            "producer-intelligence/collaboration-opportunities": lambda asked: Said(
                {"recommendations": [{"artist": {"id": 8, "name": "Eve"}, "match_score": 91}]}
            ),
            "producer-intelligence/tracks/growth-batch": grown,
            "artist/upload-insights": lambda asked: Said({"total_uploads": 3}),
            "producer/earnings": lambda asked: Said({"contribution": 1.5, "platform_share": 0.5}),
            **money_routes(),
            **artist_routes(1),
            **artist_routes(2, followers=11, tracks=2),
        }
        self.asked: list[Asked] = []
        self.gate = asyncio.Event()
        self.gate.set()

    def say(self, path: str, said: Said | Answer) -> None:
        """Answer `path` so from now on."""
        self.routes[path] = said if callable(said) else lambda asked: said

    def say_everywhere(self, said: Said, but: tuple[str, ...] = ("users/me",)) -> None:
        for path in self.routes:
            if path not in but:
                self.say(path, said)

    @property
    def paths(self) -> list[str]:
        return [asked.where for asked in self.asked]

    def count(self, path: str) -> int:
        return sum(asked.path == path for asked in self.asked)

    async def until(self, path: str, times: int = 1) -> None:
        """Wait until `path` has been asked so often."""
        while self.count(path) < times:
            await asyncio.sleep(0.001)

    async def __aenter__(self) -> Backend:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> None:
        self._handlers: set[asyncio.Task[None]] = set()
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", port)
        self.port: int = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        self._server.close()
        for handler in tuple(self._handlers):
            handler.cancel()
        await asyncio.gather(*self._handlers, return_exceptions=True)
        await self._server.wait_closed()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/api/v1"

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._handlers.add(task)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                length = next((int(x[15:]) for x in head if x.lower()[:15] == "content-length:"), 0)
                writer.write(await self._reply(head, await reader.readexactly(length)))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass  # the client hung up, or the test is over
        finally:
            self._handlers.discard(task)
            writer.transport.abort()

    async def _reply(self, head: list[str], body: bytes) -> bytes:
        method, address, _ = head[0].split(" ")
        target = urlsplit(address)
        pairs = (line.partition(":") for line in head[1:])
        headers = {name.lower(): value.strip() for name, _, value in pairs}
        path = target.path.removeprefix("/api/v1/")
        sent = json.loads(body) if body else None
        asked = Asked(path, dict(parse_qsl(target.query)), headers, method, sent)
        self.asked.append(asked)
        found = self.routes[path](asked)
        said = found if isinstance(found, Said) else await found
        await self.gate.wait()
        return _raw(said, headers.get("if-none-match"))


def _raw(said: Said, known: str | None) -> bytes:
    text = said.body if isinstance(said.body, str) else json.dumps(said.body)
    etag = f'"{hash(text)}"'
    status, body = said.status, text.encode()
    if status == 200 and known == etag:
        status, body = 304, b""
    headers = {
        "Content-Type": said.content_type,
        "Content-Length": str(len(body)),
        "ETag": etag,
        **said.headers,
    }
    lines = [f"HTTP/1.1 {status} Said", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body
