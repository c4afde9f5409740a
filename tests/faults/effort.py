"""How hard a fault is tried, and where the parts of other rooms' tests lie that help to try it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
TESTS = ROOT / "tests"
for _room in ("bench", "api", "sync", "store", "end_to_end"):
    if str(TESTS / _room) not in sys.path:
        sys.path.append(str(TESTS / _room))

MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
"""where files lie whose loss costs nothing"""


@dataclass(frozen=True, slots=True)
class Effort:
    """So many rounds, but none begun after `seconds` (None: as long as it takes).

    `seed` makes every random choice; another run with it makes the same ones.
    """

    count: int
    seconds: float | None = None
    seed: int = 4711

    def rounds(self) -> Iterator[int]:
        """The numbers of the rounds, at least one."""
        begun = time.monotonic()
        for number in range(self.count):
            if number and self.seconds is not None and time.monotonic() - begun > self.seconds:
                return
            yield number
