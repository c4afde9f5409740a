"""What is measured, how often, and where the benchmarks keep their data."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Settings:
    """One run.

    `rows` of the catalogue table, `tracks` that are synced while stalls are watched, `passes` that
    a median is taken of, `starts` of each side of the start; `folder` keeps data between runs.
    """

    rows: int = 100_000
    tracks: int = 20_000
    passes: int = 9
    starts: int = 15
    folder: Path = ROOT / "build" / "bench"
