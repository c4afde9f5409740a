"""How long the GUI loop stands still while a large catalogue comes in."""

from __future__ import annotations

import shutil
import time

import live
from children import running_sandbox
from composition import compose
from figures import Figure, median, percentile
from heartbeat import Heartbeat
from resident_set import forget_peak, peak_resident_set, resident_set
from settings import Settings

from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.sync.engine import Engine


def measure(settings: Settings) -> list[Figure]:
    """Sync the catalogue with the Tracks page in view."""
    data = settings.folder / "stall"
    shutil.rmtree(data, ignore_errors=True)
    gaps: list[float] = []
    seconds: list[float] = []
    held: list[float] = []

    async def sync(app: App, engine: Engine) -> None:
        await engine.identified()
        forget_peak()
        held.append(resident_set())
        started = time.perf_counter()
        heart = Heartbeat()
        app.window.show_page(Page.TRACKS)
        await live.settled(app, engine, Page.TRACKS)
        heart.stop()
        gaps.extend(heart.gaps)
        seconds.append(time.perf_counter() - started)
        held.append(peak_resident_set())

    options = ("--tracks", str(settings.tracks), "--rate-limit", "1000000")
    with running_sandbox(*options) as sandbox:
        app = compose(data, Page.TRACKS, live.options_for(sandbox))
        live.run(app, sandbox, live.unlimited(), sync)
    over = sum(gap > 16.7 for gap in gaps)
    work = f"loop stall while {settings.tracks:,} tracks are synced"
    stalls = (
        f"p50 {median(gaps):.1f} ms; {over} of {len(gaps):,} beats over 16.7 ms; "
        f"{settings.tracks / seconds[0]:,.0f} tracks/s"
    )
    before, most = held
    memory = f"at most {most:.0f} MB at a time, {before:.0f} before the first page of tracks came"
    return [
        Figure(f"{work}, p99", percentile(gaps, 99), "ms", 16.7, remarks=stalls),
        Figure(f"{work}, longest", max(gaps), "ms", 100, 33),
        Figure(
            f"memory while {settings.tracks:,} tracks are synced",
            most - before,
            "MB",
            60,
            40,
            remarks=memory,
        ),
    ]
