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
from kinds import Kind, both
from stored_samples import AT, answers, fill, kept

from beatpass_desktop.store import backups, cipher
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.opening import mark_damaged, open_store
from beatpass_desktop.store.store import Store

_RENEWED_EVERY = 10


def measure(effort: Effort) -> list[Figure]:
    """Flip bits of a store of each kind, in turn."""
    rng = random.Random(effort.seed)
    kinds = both()
    found: dict[str, Counter[str]] = {kind.name: Counter() for kind in kinds}
    lost = renewed = 0
    with TemporaryDirectory(dir=MEMORY) as folder:
        samples = [_Sample(Path(folder), kind) for kind in kinds]
        for number in effort.rounds():
            sample = samples[number % 2]
            bent = bytearray(sample.whole)
            bent[rng.randrange(len(bent))] ^= 1 << rng.randrange(8)
            copy = Path(folder) / "bent" / "store.db"
            shutil.rmtree(copy.parent, ignore_errors=True)
            copy.parent.mkdir()
            copy.write_bytes(bent)
            found[sample.name][_answered(copy, sample)] += 1
            if number // 2 % _RENEWED_EVERY == 0:
                shutil.copytree(backups.folder_of(sample.path), backups.folder_of(copy))
                renewed += 1
                lost += not _is_kept(copy, sample.days)
    return [
        *(
            Figure(
                f"flipped bits served as valid figures, {name} store",
                counts["wrong"],
                f"of {counts.total():,}",
                must=0,
                aim=0,
                remarks=f"{counts['refused']} refused, {counts['same']} where nothing is read",
            )
            for name, counts in found.items()
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


class _Sample:
    """A whole store, what it answers, and a backup beside it."""

    def __init__(self, folder: Path, kind: Kind) -> None:
        self.name = kind.name
        self.path = folder / kind.name / "store.db"
        Store(self.path, key=kind.key).close()
        self.account = fill(self.path)
        reading = open_store(self.path, create=False).reading
        self.expected, self.days = answers(reading, self.account), kept(reading)
        backups.make(reading, self.path, "daily", AT)
        reading.close()
        self.whole = self.path.read_bytes()


def _is_kept(path: Path, days: object) -> bool:
    """Whether a start finds what only this computer has, or leaves the file untouched."""
    identity = cipher.identity_of(path)
    if identity is not None and not cipher.is_at_hand(identity):
        # The bit was one of the key's name; a start finds the right name in the backup.
        mark_damaged(path)
    store = Store(path)
    try:
        return kept(store.reading) == days
    finally:
        store.close()


def _answered(path: Path, sample: _Sample) -> str:
    """What comes of reading all without the check that small files get at the start."""
    try:
        reading = open_store(path, create=False).reading
    except (StoreError, apsw.Error):
        return "refused"
    try:
        return "same" if answers(reading, sample.account) == sample.expected else "wrong"
    except apsw.Error:
        return "refused"
    finally:
        reading.close()
