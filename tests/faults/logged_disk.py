"""A disk that remembers in which order it was written to, below SQLite, its checksums and its
cipher."""

from __future__ import annotations

import random
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import apsw

from beatpass_desktop.store import cipher

SECTOR = 512
_NAME = "logged"


class Step(NamedTuple):
    """One thing that was done: "write", "truncate", "sync", "delete", or "told" by us.

    `number` is the offset, the size, or what was told of.
    """

    kind: str
    file: str
    number: int = 0
    data: bytes = b""


class _File(apsw.VFSFile):
    def __init__(self, disk: LoggedDisk, name: str | apsw.URIFilename, flags: list[int]) -> None:
        self._disk = disk
        full = name.filename() if isinstance(name, apsw.URIFilename) else name
        self._file = Path(full).name
        super().__init__("unix", name, flags)

    def xWrite(self, data: bytes, offset: int) -> None:
        self._disk.write(self._file)
        self._disk.steps.append(Step("write", self._file, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, size: int) -> None:
        self._disk.steps.append(Step("truncate", self._file, size))
        super().xTruncate(size)

    def xSync(self, flags: int) -> None:
        self._disk.steps.append(Step("sync", self._file))
        super().xSync(flags)


class LoggedDisk(apsw.VFS):
    """SQLite's own file system with a log of what reaches it.

    Attributes:
        steps: what was done, in order.
        room: how many more writes succeed; None for any number.
    """

    def __init__(self) -> None:
        self.steps: list[Step] = []
        self.room: int | None = None
        self._lock = threading.Lock()
        super().__init__(_NAME, "unix", makedefault=True)

    def put_below_everything(self) -> None:
        """Have encrypted files lie on this disk too, as plain ones do by default."""
        # SQLite3 Multiple Ciphers puts itself above whatever file system its name ends with.
        cipher.VFS = f"multipleciphers-{_NAME}"

    def write(self, file: str) -> None:
        """Raise FullError when there is no room for another write."""
        with self._lock:
            if self.room is not None:
                if self.room <= 0:
                    raise apsw.FullError("no room left")
                self.room -= 1

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        return _File(self, name or "", flags)

    def xDelete(self, name: str, sync: bool) -> None:
        self.steps.append(Step("delete", Path(name).name))
        super().xDelete(name, sync)


class Cut(NamedTuple):
    """What a disk may hold after the power went, and the last thing that had been told of."""

    files: dict[str, bytes]
    told: int


def cuts(steps: list[Step], rng: random.Random, wanted: int, first: int) -> Iterator[Cut]:
    """Disks after a power cut at `wanted` random moments, none before step number `first`.

    What was synced is there. Each write since may be there, lost, or there in part, by sectors, in
    any order; so may a change of a file's size.
    """
    moments = sorted(rng.randrange(first, len(steps) + 1) for _ in range(wanted))
    synced: dict[str, bytearray] = {}
    pending: dict[str, list[Step]] = {}
    told = done = 0
    for moment in moments:
        for step in steps[done:moment]:
            if step.kind == "told":
                told = step.number
            elif step.kind == "sync":
                content = synced.setdefault(step.file, bytearray())
                for write in pending.pop(step.file, []):
                    _apply(content, write)
            elif step.kind == "delete":
                synced.pop(step.file, None)
                pending.pop(step.file, None)
            else:
                pending.setdefault(step.file, []).append(step)
        done = moment
        files = {name: bytearray(content) for name, content in synced.items()}
        for name, writes in pending.items():
            content = files.setdefault(name, bytearray())
            share = rng.random()
            for write in writes:
                if rng.random() < share:
                    _apply(content, _torn(write, rng) if rng.random() < 0.3 else write)
        yield Cut({name: bytes(content) for name, content in files.items()}, told)


def _apply(content: bytearray, step: Step) -> None:
    if step.kind == "truncate":
        del content[step.number :]
        return
    end = step.number + len(step.data)
    if len(content) < end:
        content.extend(bytes(end - len(content)))
    content[step.number : end] = step.data


def _torn(step: Step, rng: random.Random) -> Step:
    """The beginning or the end of a write, in whole sectors."""
    if step.kind != "write" or len(step.data) <= SECTOR:
        return step
    at = rng.randrange(SECTOR, len(step.data), SECTOR)
    if rng.random() < 0.5:
        return step._replace(data=step.data[:at])
    return step._replace(number=step.number + at, data=step.data[at:])
