"""kill -9 at any moment of real syncs: every commit that was told of is there afterwards."""

from __future__ import annotations

import asyncio
import json
import os
import random
import signal
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from desk import at_desk
from effort import Effort
from figures import Figure
from growing_backend import running
from kinds import Kind, both

from beatpass_desktop.domain.events import Event, ResourcesChanged
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store

_LONGEST = 0.12
"""seconds from the first commit of a cycle to its kill"""
_READ = {
    Resource.STATS: "SELECT value FROM figures WHERE figure = 'plays'",
    Resource.TRACKS: "SELECT min(plays) FROM tracks WHERE gone_at IS NULL",
}


def measure(effort: Effort) -> list[Figure]:
    """Sync, kill, look; with a store of each kind."""
    with running() as base_url:
        return [
            figure
            for kind in both()
            for figure in _of_kind(kind, base_url, kind.with_effort(effort))
        ]


def _of_kind(kind: Kind, base_url: str, effort: Effort) -> list[Figure]:
    rng = random.Random(effort.seed)
    lost = unreadable = cycles = told = 0
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        Store(path, key=kind.key).close()
        known: dict[str, int] = {}
        for _ in effort.rounds():
            acked = _synced_until_killed(path, base_url, rng.random() * _LONGEST)
            told += len(acked)
            for name, value in acked:
                known[name] = max(value, known.get(name, 0))
            cycles += 1
            try:
                found = _found(path, kind)
            except StoreError:
                unreadable += 1
                continue
            lost += any(found.get(name, 0) < value for name, value in known.items())
            lost += found["mixed"] > 1
    return [
        Figure(
            f"kill -9 in real syncs, {kind.name} store: committed data lost",
            lost,
            f"of {cycles:,} cycles",
            must=0,
            aim=0,
            remarks=f"{told:,} commits were told of",
        ),
        Figure(
            f"kill -9 in real syncs, {kind.name} store: unreadable or begun anew",
            unreadable,
            f"of {cycles:,} cycles",
            must=0,
            aim=0,
        ),
    ]


def _found(path: Path, kind: Kind) -> dict[str, int]:
    """What the store holds. Raises StoreError when it is not as it should be."""
    store = Store(path)
    try:
        is_as_begun = store.is_encrypted is (kind.key is not None)
        if store.notice or not is_as_begun or store.reading.pragma("integrity_check") != "ok":
            raise StoreError("damaged", store.notice)
        found = {r.value: store.reading.execute(sql).get or 0 for r, sql in _READ.items()}
        found["mixed"] = store.reading.execute("SELECT count(DISTINCT plays) FROM tracks").get
        return found
    finally:
        store.close()


def _synced_until_killed(path: Path, base_url: str, delay: float) -> list[tuple[str, int]]:
    """What a process said it had committed before it was killed."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        try:
            asyncio.run(_sync(path, base_url, writing))
        finally:
            os._exit(1)
    os.close(writing)
    with os.fdopen(reading, "rb") as lines:
        first = lines.readline()
        deadline = time.perf_counter() + delay
        while time.perf_counter() < deadline:
            pass
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        rest = lines.read()
    # What the kill cut off was not said.
    whole = [line for line in (first + rest).split(b"\n")[:-1] if line]
    if not whole:
        raise RuntimeError("a sync ended before its first commit")
    return [tuple(json.loads(line)) for line in whole]


async def _sync(path: Path, base_url: str, writing: int) -> None:
    """Refresh over and over; say each commit with what it brought."""
    async with at_desk(base_url, path) as desk:

        def hear(event: Event) -> None:
            if isinstance(event, ResourcesChanged):
                for key in event.keys & {desk.key(r) for r in _READ}:
                    value = desk.store.reading.execute(_READ[key.resource]).get or 0
                    os.write(writing, json.dumps([key.resource.value, value]).encode() + b"\n")

        desk._listener = hear
        await desk.shown(Page.TRACKS)
        while True:
            await desk.refreshed(Page.HOME)
            await desk.refreshed(Page.TRACKS)
