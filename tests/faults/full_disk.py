"""A disk that fills up at every page and at every write of a sync: what was there stays."""

from __future__ import annotations

import asyncio
import multiprocessing
from contextlib import suppress
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from backend import Backend, Said, listed, track
from desk import Desk as SyncDesk
from desk import at_desk
from effort import MEMORY, Effort
from figures import Figure
from kinds import Kind, both
from logged_disk import LoggedDisk
from rows import DAY, Desk
from rows import track as row

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.store import accounts, cipher, connection
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.renewing import bring_up_to_date
from beatpass_desktop.store.store import Store
from beatpass_desktop.store.threads import Writer

_TRACKS = 60


def measure(effort: Effort) -> list[Figure]:
    """Sync into a store that may grow by 0, 1, 2 … pages; then commit on a disk that takes 0, 1, 2
    … more writes; with a store of each kind."""
    return [figure for kind in both() for figure in _of_kind(kind, kind.with_effort(effort))]


def _of_kind(kind: Kind, effort: Effort) -> list[Figure]:
    pages = lost = 0
    for _ in effort.rounds():
        with TemporaryDirectory(dir=MEMORY) as folder:
            path = Path(folder) / "store.db"
            Store(path, key=kind.key).close()
            tried, bad = asyncio.run(_by_page(path))
        pages += tried
        lost += bad
    writes, harmed = _by_write(kind)
    return [
        Figure(
            f"disk full at every page of a sync, {kind.name} store: old data lost",
            lost,
            f"of {pages:,} pages",
            must=0,
            aim=0,
            remarks="figures, rows and ages, in the real sync path",
        ),
        Figure(
            f"disk full at every write of a commit, {kind.name} store: old data lost",
            harmed,
            f"of {writes:,} writes",
            must=0,
            aim=0,
            remarks="main file and log, by a disk that refuses the write",
        ),
    ]


async def _by_page(path: Path) -> tuple[int, int]:
    bad = tried = 0
    async with Backend() as backend, at_desk(backend, path) as desk:
        _say(backend, "old", plays=1)
        await desk.shown(Page.TRACKS)
        await desk.refreshed(Page.HOME)
        before = _stored(desk)
        _say(backend, "new " * 40, plays=2)
        limit = await _limit(desk, 0)
        while True:
            await _limit(desk, limit)
            await desk.refreshed(Page.TRACKS)
            await desk.refreshed(Page.HOME)
            after = _stored(desk)
            tried += 1
            # Each data set is as it was or as it is sent now, nothing in between.
            bad += after["names"] not in (before["names"], {"new " * 40})
            bad += after["plays"] not in ({1}, {2})
            if after["names"] != before["names"] and desk.failures() == {}:
                return tried, bad
            desk.events.clear()
            limit += 1


async def _limit(desk: SyncDesk, pages: int) -> int:
    """Let the file have so many pages; 0 for as many as it has. How many that is."""

    def job(c: Any) -> int:
        wanted = pages or int(c.pragma("page_count"))
        c.pragma("max_page_count", wanted)
        return wanted

    return await asyncio.wrap_future(desk.store.write(job))


def _say(backend: Backend, name: str, plays: int) -> None:
    rows = [track(number, name=name, plays=plays) for number in range(1, _TRACKS + 1)]
    backend.say("artists/1/tracks", listed(rows))
    backend.say("artist/dashboard-stats", Said({"total_plays": plays}))


def _stored(desk: SyncDesk) -> dict[str, set[Any]]:
    read = desk.store.reading.execute
    shown = "FROM tracks WHERE gone_at IS NULL"
    assert read("PRAGMA quick_check(1)").get == "ok"
    return {
        "names": {name for (name,) in read(f"SELECT DISTINCT name {shown}")},
        "plays": {value for (value,) in read(f"SELECT DISTINCT plays {shown}")},
    }


def _by_write(kind: Kind) -> tuple[int, int]:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_refuse_writes, args=(theirs, kind))
    process.start()
    theirs.close()
    found: tuple[int, int] = ours.recv()
    process.join()
    return found


def _refuse_writes(pipe: Connection, kind: Kind) -> None:
    disk = LoggedDisk()
    disk.put_below_everything()
    set_as_usual = connection._set
    alone = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA wal_autocheckpoint=5;"
    connection._set = lambda c, usual: set_as_usual(c, alone + usual)
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder) / "store.db"
        if kind.key is not None:
            cipher.have(kind.key)
        bring_up_to_date(path, kind.key)
        writer = Writer(path)
        desk = Desk(SimpleNamespace(write=writer.submit))
        who = Identity(1, "Ada")
        desk.account = desk.write(
            lambda c: accounts.remember(c, "https://x", who, "t", DAY)
        ).account
        old = [row(number, name="old") for number in range(1, _TRACKS)]
        new = [row(number, name="new" * 60) for number in range(1, _TRACKS)]
        desk.list(old)
        room = bad = 0
        while True:
            disk.room = room
            with suppress(StoreError):
                desk.list(new)
            disk.room = None
            names = {n for (n,) in desk.write(lambda c: c.execute("SELECT name FROM tracks"))}
            sound = desk.write(lambda c: c.pragma("integrity_check")) == "ok"
            bad += not sound or names not in ({"old"}, {"new" * 60})
            if names == {"new" * 60}:
                break
            room += 1
        writer.close()
        pipe.send((room + 1, bad))
        pipe.close()
