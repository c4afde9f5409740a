"""Fetching covers and avatars from a real server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from http import HTTPStatus
from pathlib import Path

import pytest

from beatpass_desktop.api.budget import Budget
from beatpass_desktop.api.retries import RetryPolicy
from beatpass_desktop.api.session import Session
from beatpass_desktop.sync.pictures import PictureFetching
from beatpass_desktop.system.picture_cache import PictureCache

PNG = b"\x89PNG\r\n\x1a\n" + b"pixels"
AT_ONCE = RetryPolicy(random=lambda: 0.0)


class Server:
    """Answers every request with a picture, or the status that it is told."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.status = 200

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = await reader.readuntil(b"\r\n\r\n")
        self.asked.append(head.split()[1].decode())
        line = f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}\r\n"
        writer.write(
            f"{line}Content-Type: image/png\r\nContent-Length: {len(PNG)}\r\n"
            "Connection: close\r\n\r\n".encode()
        )
        writer.write(PNG)
        await writer.drain()
        writer.close()


class Desk:
    """A fetching of pictures, its server, and a clock that the test moves."""

    def __init__(self, server: Server, session: Session, folder: Path) -> None:
        self.server = server
        self.arrived: list[str] = []
        self.time = 0.0
        self.cache = PictureCache(folder, "origin")
        self.fetching = PictureFetching(
            session, self.cache, self.arrived.append, clock=lambda: self.time
        )

    async def want(self, *addresses: str) -> None:
        """Wish, and wait until nothing is under way."""
        self.fetching.want(addresses)
        await _until(lambda: not self.fetching.is_busy)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not condition():
            await asyncio.sleep(0.005)


@asynccontextmanager
async def desk(folder: Path) -> AsyncIterator[Desk]:
    answering = Server()
    async with await asyncio.start_server(answering.serve, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        session = Session(
            f"http://127.0.0.1:{port}/api/v1",
            "",
            user_agent="test",
            budget=Budget(),
            retries=AT_ONCE,
        )
        found = Desk(answering, session, folder)
        yield found
        await found.fetching.close()


async def test_that_pictures_are_kept_and_told(tmp_path: Path) -> None:
    async with desk(tmp_path) as found:
        await found.want("/a.png", "/b.png")
        assert sorted(found.arrived) == ["/a.png", "/b.png"]
        path = found.cache.find("/a.png")
        assert path is not None
        assert path.read_bytes() == PNG


async def test_that_a_picture_that_cannot_be_kept_is_not_fetched_over_and_over(
    tmp_path: Path,
) -> None:
    (tmp_path / "file").write_text("in the way")
    async with desk(tmp_path / "file" / "pictures") as found:
        for _ in range(5):
            await found.want("/a.png")
        assert found.arrived == []
        assert len(found.server.asked) == 1
        found.time = 61.0
        await found.want("/a.png")
        assert len(found.server.asked) == 2


@pytest.mark.parametrize("status", [500, 503])
async def test_that_a_picture_is_tried_again_when_the_server_may_be_well(
    tmp_path: Path, status: int
) -> None:
    async with desk(tmp_path) as found:
        found.server.status = status
        await found.want("/a.png")
        asked = len(found.server.asked)
        await found.want("/a.png")
        assert len(found.server.asked) == asked
        found.server.status = 200
        found.time = 61.0
        await found.want("/a.png")
        assert found.arrived == ["/a.png"]


async def test_that_a_picture_that_is_not_there_is_not_asked_for_again(tmp_path: Path) -> None:
    async with desk(tmp_path) as found:
        found.server.status = 404
        await found.want("/a.png")
        found.time = 10_000.0
        await found.want("/a.png")
        assert len(found.server.asked) == 1


async def test_that_pictures_that_are_too_many_cost_the_rest_one_pause_alone(
    tmp_path: Path,
) -> None:
    async with desk(tmp_path) as found:
        found.server.status = 429
        found.fetching.want([f"/{number}.png" for number in range(20)])
        await _until(lambda: not found.fetching.is_busy)
        asked = len(found.server.asked)
        assert asked <= 4
        await found.want("/a.png")
        assert len(found.server.asked) == asked
        found.server.status = 200
        found.time = 61.0
        await found.want("/0.png")
        assert found.arrived == ["/0.png"]
