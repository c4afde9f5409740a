"""Measures the installed program against the one of the checkout: its size, and how it starts.

    python packaging/measure.py [--runs N]

Needs the Python of the checkout's .venv, and build/bundle and dist/ as `make package` leaves them.
Prints a table and the same as JSON. Times are ms from the start of the process to Home painted with
stored values, offscreen and without a network; the programs take turns.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from project import BUNDLE, NAME, ROOT, VERSION

FROZEN = (str(BUNDLE / NAME),)
SOURCE = (sys.executable, "-m", "beatpass_desktop")
SANDBOX = ("--sandbox", "established")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="Measure the packages.")
    parser.add_argument("--runs", type=int, default=11, help="how often each program is started")
    runs = parser.parse_args().runs
    with tempfile.TemporaryDirectory() as scratch:
        data = Path(scratch) / "data"
        tour = (*SANDBOX, "--tour", scratch, "--data-dir", str(data))
        subprocess.run([*SOURCE, *tour], check=True, cwd=ROOT, env=_environment())
        words = (*SANDBOX, "--data-dir", str(data), "--offline", "--quit-after-first-paint")
        # The first start of each reads its files from the disk.
        cold = [_start(program, words) for program in (SOURCE, FROZEN)]
        pairs = [(_start(SOURCE, words), _start(FROZEN, words)) for _ in range(runs)]
    source = statistics.median(pair[0] for pair in pairs)
    frozen = statistics.median(pair[1] for pair in pairs)
    figures: dict[str, float] = {
        "runs": runs,
        "start_source_ms": round(source, 1),
        "start_frozen_ms": round(frozen, 1),
        "start_ratio": round(statistics.median(after / before for before, after in pairs), 3),
        "first_start_source_ms": round(cold[0], 1),
        "first_start_frozen_ms": round(cold[1], 1),
        "installed_mb": round(_size(BUNDLE) / 1e6, 1),
    }
    for package in sorted((ROOT / "dist").glob(f"{NAME}*{VERSION}*")):
        figures[f"{package.suffix[1:]}_mb"] = round(package.stat().st_size / 1e6, 1)
    width = max(map(len, figures))
    lines = [f"{name:{width}}  {value:>9}" for name, value in figures.items()]
    sys.stdout.write("\n".join([*lines, json.dumps(figures), ""]))


def _environment() -> dict[str, str]:
    return {**os.environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONUNBUFFERED": "1"}


def _start(program: tuple[str, ...], words: tuple[str, ...]) -> float:
    """Until the program says that it has painted, in ms."""
    began = time.perf_counter()
    with subprocess.Popen(
        [*program, *words], stdout=subprocess.PIPE, cwd=ROOT, env=_environment()
    ) as process:
        assert process.stdout is not None
        said = process.stdout.readline()
        spoken = time.perf_counter()
    if process.returncode or b"painted" not in said:
        raise RuntimeError(f"{program[0]} ended with {process.returncode}: {said!r}")
    return (spoken - began) * 1e3


def _size(folder: Path) -> int:
    return sum(
        path.stat().st_size
        for path in folder.rglob("*")
        if path.is_file() and not path.is_symlink()
    )


if __name__ == "__main__":
    main()
