"""A network that swallows what is sent to one of a name's addresses."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from fault_server import ONCE, FaultServer, replies, session_at

HOLE = "127.0.0.2"


@pytest.fixture
def hole() -> Iterator[int]:
    """A port of `HOLE` whose connections are never answered: its queue is full."""
    with ExitStack() as stack:
        listener = stack.enter_context(socket.socket())
        listener.bind((HOLE, 0))
        listener.listen(0)
        port: int = listener.getsockname()[1]
        for _ in range(3):
            waiting = stack.enter_context(socket.socket())
            waiting.setblocking(False)
            waiting.connect_ex((HOLE, port))
        yield port


async def test_that_an_address_that_swallows_everything_gives_way_to_the_next(
    hole: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked_for = socket.getaddrinfo
    async with FaultServer([replies(200, {"ok": True})]) as server:
        found: list[Any] = [
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", (HOLE, hole)),
            (socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", server.port)),
        ]

        def resolve(host: Any, *rest: Any, **options: Any) -> Any:
            return (
                found if host in ("localhost", b"localhost") else asked_for(host, *rest, **options)
            )

        monkeypatch.setattr(socket, "getaddrinfo", resolve)
        base_url = server.base_url.replace("127.0.0.1", "localhost")
        async with session_at(base_url, retries=ONCE) as session:
            begun = time.monotonic()
            reply = await session.get("users/me")
    assert reply.status == 200
    assert time.monotonic() - begun < 10.0
    assert len(server.seen) == 1
