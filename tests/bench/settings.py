"""What is measured, how often, and where the benchmarks keep their data."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[2]
TREE = "BEATPASS_BENCH_TREE"
"""the variable that names the tree whose code is measured, where it is not this one"""


def tree() -> Path:
    """The tree whose code is measured."""
    return Path(os.environ.get(TREE, ROOT))


@dataclass(frozen=True, slots=True)
class Settings:
    """One run.

    `rows` of the catalogue table and `transactions` of the ledger, `tracks` that are synced while
    stalls are watched, `passes` that a median is taken of, `starts` of each side of the start;
    `folder` keeps data between runs. Without `peer` our own side alone is measured.
    """

    rows: int = 100_000
    transactions: int = 50_000
    tracks: int = 100_000
    passes: int = 9
    starts: int = 15
    folder: Path = field(default_factory=lambda: tree() / "build" / "bench")
    peer: bool = True
