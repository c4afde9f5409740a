"""One bit of the store file is flipped; everything is read; nothing wrong may be answered."""

from __future__ import annotations

import random
import shutil
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

import apsw
from effort import MEMORY, Effort
from figures import Figure
from stored_samples import AT, answers, fill, kept

from beatpass_desktop.store import backups
from beatpass_desktop.store.errors import StoreError, StoreTooNew
from beatpass_desktop.store.opening import open_store
from beatpass_desktop.store.store import Store

_RENEWED_EVERY = 10


def measure(effort: Effort) -> list[Figure]:
    """Flip bits."""
    rng = random.Random(effort.seed)
    found: Counter[str] = Counter()
    lost = renewed = 0
    with TemporaryDirectory(dir=MEMORY) as folder:
        path = Path(folder) / "whole" / "store.db"
        account = fill(path)
        reading = open_store(path, create=False).reading
        expected, days = answers(reading, account), kept(reading)
        backups.make(reading, path, "daily", AT)
        reading.close()
        whole = path.read_bytes()
        for number in effort.rounds():
            bent = bytearray(whole)
            bent[rng.randrange(len(bent))] ^= 1 << rng.randrange(8)
            copy = Path(folder) / "bent" / "store.db"
            shutil.rmtree(copy.parent, ignore_errors=True)
            copy.parent.mkdir()
            copy.write_bytes(bent)
            found[_answered(copy, account, expected)] += 1
            if number % _RENEWED_EVERY == 0:
                shutil.copytree(backups.folder_of(path), backups.folder_of(copy))
                renewed += 1
                lost += not _is_kept(copy, days)
    flips = found.total()
    return [
        Figure(
            "flipped bits served as valid figures",
            found["wrong"],
            f"of {flips:,}",
            must=0,
            aim=0,
            remarks=f"{found['refused']} refused, {found['same']} where nothing is read",
        ),
        Figure(
            "history lost when a flipped store is begun anew",
            lost,
            f"of {renewed:,}",
            must=0,
            aim=0,
            remarks="with a backup beside it",
        ),
    ]


def _is_kept(path: Path, days: object) -> bool:
    """Whether a start finds what only this computer has, or leaves the file untouched."""
    try:
        store = Store(path)
    except StoreTooNew:
        # The bit was one of the version: nothing is thrown away for that.
        return True
    try:
        return kept(store.reading) == days
    finally:
        store.close()


def _answered(path: Path, account: int, expected: object) -> str:
    """What comes of reading all without the check that small files get at the start."""
    try:
        reading = open_store(path, create=False).reading
    except (StoreError, apsw.Error):
        return "refused"
    try:
        return "same" if answers(reading, account) == expected else "wrong"
    except apsw.Error:
        return "refused"
    finally:
        reading.close()
