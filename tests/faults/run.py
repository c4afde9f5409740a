"""Tries the faults of docs/faults.md and prints what came of it as a table and as JSON.

    run.py [WORK …] [--minutes N] [--seed N] [--json FILE]

Without --minutes each work has a bounded number of rounds (`make faults`); with it the time is
shared among the works (`make prove`). The exit code is 1 when a figure misses what it must reach.
"""

from __future__ import annotations

import argparse
import importlib
import json
import multiprocessing
import os
import sys
import time
import traceback
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict
from typing import NamedTuple

from effort import ROOT, Effort
from figures import Figure, plain_table


class Work(NamedTuple):
    """Rounds in `make faults`, rounds at most in `make prove`, and the share of its time.

    Three quarters of the rounds are for an encrypted store, where there are two kinds (`kinds.py`).
    """

    few: int
    many: int
    share: float


WORKS = {
    "cut_replies": Work(1, 1, 0.1),
    "kills": Work(60, 13_400, 0.4),
    "canary": Work(1, 1, 0.05),
    "bit_flips": Work(1_000, 20_000, 0.1),
    "power_cuts": Work(500, 134_000, 0.3),
    "fuzzed_replies": Work(20_000, 1_000_000, 0.2),
    "limiter": Work(300_000, 1_000_000, 0.05),
    "account_switches": Work(60, 5_000, 0.1),
    "full_disk": Work(1, 20, 0.05),
    "upgrades": Work(1, 1, 0.05),
}
"""the longest first, since two run at a time"""
_AT_ONCE = 2


def main() -> int:
    """Run what was asked for."""
    found = _parsed()
    _prepare()
    figures: dict[str, list[Figure]] = {}
    begun = time.monotonic()
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(_AT_ONCE, mp_context=fresh, max_tasks_per_child=1) as pool:
        wanted = found.works or list(WORKS)
        running = {
            pool.submit(_measure, work, _effort(work, wanted, found)): work for work in wanted
        }
        for done in as_completed(running):
            figures[running[done]] = _result(running[done], done)
            print(f"{running[done]} {time.monotonic() - begun:.0f} s", file=sys.stderr)
    ordered = {work: figures[work] for work in wanted}
    every = [figure for group in ordered.values() for figure in group]
    print(plain_table(every))
    text = json.dumps(
        {
            work: [asdict(f) | {"reached": f.reached} for f in group]
            for work, group in ordered.items()
        }
    )
    print(text)
    if found.json:
        found.json.write(text + "\n")
    missed = [figure.work for figure in every if figure.reached == "missed"]
    for name in missed:
        print(f"missed: {name}", file=sys.stderr)
    return 1 if missed else 0


def _result(work: str, done: Future[list[Figure]]) -> list[Figure]:
    """The figures; one that is missed where the work itself failed."""
    try:
        return done.result()
    except Exception as error:
        traceback.print_exception(error)
        last = str(error).strip().splitlines()[-1:] or [type(error).__name__]
        return [Figure(f"{work}: could not be tried", 1, "", must=0, remarks=last[0])]


def _effort(work: str, wanted: list[str], found: argparse.Namespace) -> Effort:
    plan = WORKS[work]
    if found.minutes is None:
        return Effort(plan.few, seed=found.seed)
    shares = sum(WORKS[name].share for name in wanted)
    seconds = found.minutes * 60 * _AT_ONCE * plan.share / shares
    return Effort(plan.many, seconds, found.seed)


def _measure(work: str, effort: Effort) -> list[Figure]:
    figures: list[Figure] = importlib.import_module(work).measure(effort)
    return figures


def _prepare() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ.pop("BEATPASS_TOKEN", None)
    os.umask(0o077)
    sys.path.insert(1, str(ROOT))
    os.environ["PYTHONPATH"] = str(ROOT)


def _parsed() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description="Try BeatPass Desktop's faults.", allow_abbrev=False
    )
    parser.add_argument("works", nargs="*", metavar="WORK", help=", ".join(WORKS))
    parser.add_argument("--minutes", type=float, help="as much as fits into so many minutes")
    parser.add_argument("--seed", type=int, default=4711, help="of every random choice")
    parser.add_argument("--json", type=argparse.FileType("w"), help="also write the JSON there")
    found = parser.parse_args()
    unknown = set(found.works).difference(WORKS)
    if unknown:
        parser.error(f"no such work: {', '.join(sorted(unknown))}")
    return found


if __name__ == "__main__":
    sys.exit(main())
