"""Tries a program that was just frozen or installed, with a throw-away profile and sandbox data.

    python packaging/smoke.py PROGRAM [ARGUMENT ...]

It has to tell its version, tour every page, show figures, tables and charts there, and log no
trouble. 0 when it does, 1 with what is wrong.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))

from project import NAME, VERSION, PackagingError, say

_PAGES = ["home", "activity", "tracks", "albums", "finances", "leaderboards", "progress"]
_SMALLEST_PICTURE = 20_000
"""bytes; an empty window has fewer"""
_PATIENCE = 240


def main(program: list[str]) -> int:
    """Try it."""
    if not program:
        say("usage: smoke.py PROGRAM [ARGUMENT ...]")
        return 2
    try:
        _check_version(program)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            _check_tour(program, Path(folder))
    except (PackagingError, OSError, subprocess.TimeoutExpired) as error:
        say(f"the smoke test failed: {error}")
        return 1
    say(f"{NAME} {VERSION} toured all pages")
    return 0


def _check_version(program: list[str]) -> None:
    said = _run([*program, "--version"], {}).stdout
    if not said.startswith(f"{NAME} {VERSION} (Qt "):
        raise PackagingError(f"--version says {said!r}")


def _check_tour(program: list[str], folder: Path) -> None:
    tour, data = folder / "tour", folder / "data"
    _run(
        [*program, "--sandbox", "--tour", str(tour), "--data-dir", str(data)],
        {"QT_QPA_PLATFORM": "offscreen"},
    )
    record = json.loads((tour / "tour.json").read_text(encoding="utf-8"))
    pages: list[dict[str, Any]] = record["pages"]
    if [page["name"] for page in pages] != _PAGES:
        raise PackagingError(f"tour.json has the pages {[page['name'] for page in pages]}")
    for page in pages:
        found = (page["state"], page["freshness"])
        if found != ("ready", "live") or not page["cards"] or not page["texts"]:
            raise PackagingError(f"the page {page['name']} is {found} with {page['cards']}")
        if (tour / page["screenshot"]).stat().st_size < _SMALLEST_PICTURE:
            raise PackagingError(f"the picture of the page {page['name']} is empty")
    if sum(len(page["tables"]) for page in pages) < 3:
        raise PackagingError("tables are missing")
    # A chart that cannot be shown leaves its trace in the log alone.
    for log in data.rglob("*.log"):
        if text := log.read_text(encoding="utf-8").strip():
            raise PackagingError(f"{log.name} has {text[:2000]}")


def _run(command: list[str], extra: dict[str, str]) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if "BEATPASS" not in name}
    # Finds a program on the path, and on Windows its ".exe".
    program = shutil.which(command[0]) or command[0]
    done = subprocess.run(
        [program, *command[1:]],
        capture_output=True,
        text=True,
        encoding="utf-8",
        errors="replace",
        env=environment | extra,
        timeout=_PATIENCE,
    )
    if done.returncode:
        raise PackagingError(f"{command[0]} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
