"""Simulated power cuts while the store's writer commits, and a control that has to lose data."""

from __future__ import annotations

import multiprocessing
import random
import shutil
from collections import Counter
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

import apsw
from effort import MEMORY, Effort
from figures import Figure
from kinds import Kind, both
from logged_disk import LoggedDisk, Step, cuts
from rows import DAY, Desk, track

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.store import accounts, catalogue, cipher, connection, documents, figures
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.opening import open_store
from beatpass_desktop.store.renewing import bring_up_to_date
from beatpass_desktop.store.threads import Writer

_COMMITS = 60
_ROWS = 40
_CONTROL = 100
_PER_LOG = 500
_READABLE = b"https://x"
"""can be read where nothing is encrypted"""
_BEGUN = 2
"""steps that a new store takes before it has its name"""


def measure(effort: Effort) -> list[Figure]:
    """Cut the power during ordinary commits, then without waiting for the disk; with a store of
    each kind."""
    return [figure for kind in both() for figure in _of_kind(kind, kind.with_effort(effort))]


def _of_kind(kind: Kind, effort: Effort) -> list[Figure]:
    found: Counter[str] = Counter()
    rng = random.Random(effort.seed)
    parts = replace(effort, count=-(-effort.count // _PER_LOG))
    for number in parts.rounds():
        log = _logged(kind, "", effort.seed + number)
        found += _cut(log, rng, min(_PER_LOG, effort.count))
    control = _cut(_logged(kind, "PRAGMA synchronous=OFF;", effort.seed), rng, _CONTROL)
    bad = found["lost"] + found["damaged"]
    return [
        Figure(
            f"power cuts, {kind.name} store: committed data lost or store damaged",
            bad,
            f"of {found.total():,}",
            must=0,
            aim=0,
            remarks=f"{found['lost']} lost, {found['damaged']} damaged; unsynced writes lost, torn",
        ),
        Figure(
            f"the control, synchronous=OFF, {kind.name} store: lost or damaged",
            control["lost"] + control["damaged"],
            f"of {control.total():,}",
            must=1,
            aim=1,
            more_is_better=True,
            remarks="has to fail, or the simulation shows nothing",
        ),
    ]


def _logged(kind: Kind, pragmas: str, seed: int) -> list[Step]:
    """What reaches the disk in a process of its own, where the logged disk is the only one."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_write, args=(theirs, kind, pragmas, seed))
    process.start()
    theirs.close()
    log: list[Step] = ours.recv()
    process.join()
    if any(_READABLE in step.data for step in log) is (kind.key is not None):
        raise RuntimeError(f"what the disk saw is not of an {kind.name} store")
    return log


def _write(pipe: Connection, kind: Kind, pragmas: str, seed: int) -> None:
    disk = LoggedDisk()
    disk.put_below_everything()
    # The log has no shared memory: one connection has the file to itself. Checkpoints come often.
    set_as_usual = connection._set
    alone = "PRAGMA locking_mode=EXCLUSIVE; PRAGMA wal_autocheckpoint=25;"
    connection._set = lambda c, usual: set_as_usual(c, alone + usual + pragmas)
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.db"
        if kind.key is not None:
            cipher.have(kind.key)
        bring_up_to_date(path, kind.key)
        # What was written before the new file got its name was synced under another one.
        disk.steps[:] = [Step("write", path.name, 0, path.read_bytes()), Step("sync", path.name)]
        writer = Writer(path)
        _commit(Desk(SimpleNamespace(write=writer.submit)), disk, random.Random(seed))
        pipe.send(disk.steps[:])
        pipe.close()
        writer.close()


def _commit(desk: Desk, disk: LoggedDisk, rng: random.Random) -> None:
    who = Identity(1, "Ada")
    desk.account = desk.write(
        lambda c: accounts.remember(c, _READABLE.decode(), who, "t", DAY)
    ).account
    key = desk.key()
    for number in range(1, _COMMITS + 1):
        rows = [track(n, plays=number, name="x" * rng.randrange(300)) for n in range(1, _ROWS)]

        def take(c, rows=rows, number=number):  # type: ignore[no-untyped-def]
            generation = catalogue.begin(c, catalogue.TRACKS, key)
            catalogue.stage(c, catalogue.TRACKS, key, generation, rows)
            catalogue.replace(c, catalogue.TRACKS, key, generation, DAY)
            figures.record(c, key.account, key.artist, {figures.Figure.PLAYS: number}, DAY)
            documents.succeeded(c, key, DAY, etag=str(number))

        desk.write(take)
        disk.steps.append(Step("told", "", number))


def _cut(log: list[Step], rng: random.Random, wanted: int) -> Counter[str]:
    found: Counter[str] = Counter()
    with TemporaryDirectory(dir=MEMORY) as folder:
        for cut in cuts(log, rng, wanted, _BEGUN):
            place = Path(folder) / "after"
            shutil.rmtree(place, ignore_errors=True)
            place.mkdir()
            for name, content in cut.files.items():
                (place / name).write_bytes(content)
            found[_held(place / "store.db", cut.told)] += 1
    return found


def _held(path: Path, told: int) -> str:
    try:
        reading = open_store(path, create=False).reading
    except StoreError:
        return "damaged"
    try:
        if reading.pragma("integrity_check") != "ok":
            return "damaged"
        rows = reading.execute("SELECT DISTINCT plays FROM tracks").fetchall()
        (plays,) = rows[0] if len(rows) == 1 else (0,)
        etag = reading.execute("SELECT max(CAST(etag AS INTEGER)) FROM documents").get or 0
        return "kept" if plays == etag >= told and len(rows) <= 1 else "lost"
    except apsw.Error:
        return "damaged"
    finally:
        reading.close()
