"""A sandbox of many tracks: time until it is ready, memory, pages, and one day that passes.

    sandbox_scale.py [--tracks N] [--pages N]

Prints one JSON object; times in milliseconds, memory in MB.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial

import httpx
from resident_set import resident_set
from settings import ROOT

_ROWS_A_PAGE = 100
_PATHS = (
    "/artist/dashboard-stats",
    "/artist/track-performance",
    "/artists/{id}/albums",
    "/artists/{id}/downloads-analytics?period=all",
    "/producer-intelligence/progress-data",
    "/producer-intelligence/leaderboard",
)


def main() -> int:
    """Measure one sandbox process."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tracks", type=int, default=100_000)
    parser.add_argument("--pages", type=int, default=60)
    options = parser.parse_args()
    command = [sys.executable, "-m", "beatpass_sandbox", "serve", "--rate-limit", "1000000"]
    command += ["--now", "2026-11-23T12:00:00", "--tracks", str(options.tracks)]
    started = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
        try:
            assert process.stdout is not None
            ready = json.loads(process.stdout.readline())
            figures = {"tracks": options.tracks, "ready_ms": _since(started)}
            with httpx.Client(
                base_url=ready["base_url"],
                headers={"Authorization": f"Bearer {ready['token']}"},
                timeout=120,
                trust_env=False,
            ) as client:
                figures |= _measured(client, process.pid, options.tracks, options.pages)
        finally:
            process.terminate()
    print(json.dumps(figures, indent=2))
    return 0


def _measured(client: httpx.Client, pid: int, tracks: int, pages: int) -> dict[str, object]:
    figures: dict[str, object] = {"ready_mb": round(resident_set(pid), 1)}
    artist = client.get("/artist/profile").raise_for_status().json()["id"]
    draw = random.Random(1)
    last = -(-tracks // _ROWS_A_PAGE)
    times = [
        _timed(
            lambda: client.get(
                f"/artists/{artist}/tracks",
                params={"perPage": _ROWS_A_PAGE, "page": draw.randint(1, last)},
            )
        )
        for _ in range(pages)
    ]
    figures["page_median_ms"] = round(statistics.median(times), 1)
    figures["page_worst_ms"] = max(times)
    for path in _PATHS:
        request = partial(client.get, path.format(id=artist))
        figures[path] = round(statistics.median(_timed(request) for _ in range(5)), 1)
    figures["served_mb"] = round(resident_set(pid), 1)
    control = str(client.base_url).removesuffix("api/v1/") + "_sandbox/advance"
    figures["day_ms"] = _timed(lambda: client.post(control, json={"days": 1}))
    figures["day_mb"] = round(resident_set(pid), 1)
    return figures


def _timed(request: Callable[[], httpx.Response]) -> float:
    started = time.perf_counter()
    request().raise_for_status()
    return _since(started)


def _since(started: float) -> float:
    return round((time.perf_counter() - started) * 1_000, 1)


if __name__ == "__main__":
    sys.exit(main())
