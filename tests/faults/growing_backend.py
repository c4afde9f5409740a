"""A BeatPass whose every figure is larger each time it is asked, in a process of its own."""

from __future__ import annotations

import asyncio
import itertools
import multiprocessing
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection

import effort  # noqa: F401 - finds the parts of other rooms
from backend import Asked, Backend, Said, listed, track

TRACKS = 120
"""so many that a walk has two pages"""


def growing(backend: Backend) -> None:
    """Have total plays and the plays of every track count what was asked."""
    stats, walks = itertools.count(1), itertools.count(1)
    generation = [0]

    def say_tracks(asked: Asked) -> Said:
        if asked.page == 1:
            generation[0] = next(walks)
        rows = [track(number, plays=generation[0]) for number in range(1, TRACKS + 1)]
        return listed(rows)(asked)  # type: ignore[return-value]

    backend.say("artists/1/tracks", say_tracks)
    backend.say("artist/dashboard-stats", lambda asked: Said({"total_plays": next(stats)}))


@contextmanager
def running() -> Iterator[str]:
    """The base URL of such a server."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs,), daemon=True)
    process.start()
    try:
        yield ours.recv()
    finally:
        process.terminate()
        process.join()


def _serve(pipe: Connection) -> None:
    async def run() -> None:
        backend = Backend()
        growing(backend)
        async with backend:
            pipe.send(backend.base_url)
            await asyncio.Event().wait()

    asyncio.run(run())
