"""Runs the benchmarks and prints their figures as a table and as JSON.

    run.py [WORK …] [--rows N] [--tracks N] [--passes N] [--starts N] [--without-peer] [--tree DIR]
           [--json FILE] [--write]

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
import time
import traceback
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from pathlib import Path

import document
from figures import Figure, plain_table
from machine import machine
from settings import ROOT, TREE, Settings

WORKS = (
    "start",
    "pages",
    "table",
    "million",
    "search",
    "taking_away",
    "chart",
    "memory",
    "request_count",
    "stall",
    "size",
)
_WHOLE = 100_000
"""see stored_catalogue.py"""


def main() -> int:
    """Run what was asked for."""
    found = _parsed()
    _prepare(found.tree)
    settings = Settings(
        rows=found.rows,
        tracks=found.tracks,
        passes=found.passes,
        starts=found.starts,
        peer=not found.without_peer,
    )
    settings.folder.mkdir(parents=True, exist_ok=True)
    figures: dict[str, list[Figure]] = {}
    begun = time.monotonic()
    for work in found.works or WORKS:
        figures[work] = _apart(work, settings)
        print(f"{work} {time.monotonic() - begun:.0f} s", file=sys.stderr)
    print(plain_table([figure for group in figures.values() for figure in group]))
    text = json.dumps({"machine": machine(), "figures": _plain(figures)})
    print(text)
    if found.json:
        found.json.write(text + "\n")
    if found.write:
        document.write(figures, settings, sys.argv[1:])
    return 0


def _plain(figures: dict[str, list[Figure]]) -> dict[str, list[dict[str, object]]]:
    return {
        work: [asdict(figure) | {"reached": figure.reached} for figure in group]
        for work, group in figures.items()
    }


def _prepare(measured: Path) -> None:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    # The offscreen platform says with every window that it has no size hints.
    os.environ["QT_LOGGING_RULES"] = "default.warning=false"
    os.environ.pop("BEATPASS_TOKEN", None)
    # This tree is measured, whatever is installed, and from bytecode as installed software is.
    sys.path.insert(1, str(measured))
    os.environ["PYTHONPATH"] = os.environ[TREE] = str(measured)
    for package in ("beatpass_desktop", "beatpass_sandbox"):
        compileall.compile_dir(measured / package, quiet=1)


def _apart(work: str, settings: Settings) -> list[Figure]:
    """The figures of one work, measured in a process of its own; one that says so if it failed."""
    fresh = multiprocessing.get_context("spawn")
    try:
        with ProcessPoolExecutor(1, mp_context=fresh) as pool:
            return pool.submit(_measure, work, settings).result()
    except Exception as error:
        # The other works are measured all the same.
        traceback.print_exception(error)
        return [Figure(f"{work}: could not be measured", None, "", remarks=type(error).__name__)]


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
    parser.add_argument("--starts", type=int, default=defaults.starts, help="of the program")
    parser.add_argument("--without-peer", action="store_true", help="leave the table's peer out")
    parser.add_argument("--tree", type=Path, default=ROOT, help="whose code is measured")
    parser.add_argument("--json", type=argparse.FileType("w"), help="also write the JSON there")
    parser.add_argument("--write", action="store_true", help="renew docs/benchmarks.md (all works)")
    found = parser.parse_args()
    unknown = set(found.works).difference(WORKS)
    if unknown:
        parser.error(f"no such work: {', '.join(sorted(unknown))}")
    if found.rows > _WHOLE and found.rows % _WHOLE:
        parser.error(f"beyond {_WHOLE:,} rows are made by the {_WHOLE:,}")
    if found.write and found.works:
        parser.error("--write goes with all works")
    return found


if __name__ == "__main__":
    sys.exit(main())
