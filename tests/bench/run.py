"""Runs the benchmarks and prints one table of their figures.

    run.py [WORK …] [--rows N] [--tracks N] [--passes N] [--json] [--write]

Nothing is asserted: machines differ, so that only ratios within one run and limits that people
notice mean something. Each work has a process of its own.
"""

from __future__ import annotations

import argparse
import compileall
import importlib
import json
import multiprocessing
import os
import sys
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict

import document
from figures import Figure, plain_table
from settings import ROOT, Settings

WORKS = ("start", "pages", "table", "chart", "memory", "request_count", "stall")


def main() -> int:
    """Run what was asked for."""
    found = _parsed()
    settings = Settings(rows=found.rows, tracks=found.tracks, passes=found.passes)
    settings.folder.mkdir(parents=True, exist_ok=True)
    _prepare()
    figures: dict[str, list[Figure]] = {}
    for work in found.works or WORKS:
        print(f"{work} …", file=sys.stderr)
        figures[work] = _apart(work, settings)
    if found.json:
        print(json.dumps({work: [asdict(f) for f in group] for work, group in figures.items()}))
    else:
        print(plain_table([figure for group in figures.values() for figure in group]))
    if found.write:
        document.write(figures, settings, sys.argv[1:])
    return 0


def _prepare() -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The offscreen platform says with every window that it has no size hints.
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"
    os.environ.pop("BEATPASS_TOKEN", None)
    # This checkout is measured, whatever is installed, and from bytecode as installed software is.
    sys.path.insert(1, str(ROOT))
    os.environ["PYTHONPATH"] = str(ROOT)
    for package in ("beatpass_desktop", "beatpass_sandbox"):
        compileall.compile_dir(ROOT / package, quiet=1)


def _apart(work: str, settings: Settings) -> list[Figure]:
    """The figures of one work, measured in a process of its own."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=fresh) as pool:
        return pool.submit(_measure, work, settings).result()


def _measure(work: str, settings: Settings) -> list[Figure]:
    figures: list[Figure] = importlib.import_module(work).measure(settings)
    return figures


def _parsed() -> argparse.Namespace:
    defaults = Settings()
    parser = argparse.ArgumentParser(description="Measure BeatPass Desktop.", allow_abbrev=False)
    parser.add_argument("works", nargs="*", metavar="WORK", help=", ".join(WORKS))
    parser.add_argument("--rows", type=int, default=defaults.rows, help="of the catalogue table")
    parser.add_argument("--tracks", type=int, default=defaults.tracks, help="synced under watch")
    parser.add_argument("--passes", type=int, default=defaults.passes, help="behind each median")
    parser.add_argument("--json", action="store_true", help="print JSON in place of the table")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md (all works)")
    found = parser.parse_args()
    unknown = set(found.works).difference(WORKS)
    if unknown:
        parser.error(f"no such work: {', '.join(sorted(unknown))}")
    if found.write and found.works:
        parser.error("--write goes with all works")
    return found


if __name__ == "__main__":
    sys.exit(main())
