"""How long the GUI loop stands still while a large catalogue comes in."""

from __future__ import annotations

import shutil
import time

import live
from children import running_sandbox
from composition import compose
from figures import Figure, median, percentile
from PySide6.QtCore import QObject, Qt, QTimer
from settings import Settings

from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.sync.engine import Engine

_BEAT_MS = 1


class Heartbeat(QObject):
    """Notes the ms between beats of a timer that is due every millisecond."""

    def __init__(self) -> None:
        super().__init__()
        self.gaps: list[float] = []
        self._last = time.perf_counter()
        self._timer = QTimer(self)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._on_beat)
        self._timer.start(_BEAT_MS)

    def stop(self) -> None:
        """Beat no more."""
        self._timer.stop()

    def _on_beat(self) -> None:
        now = time.perf_counter()
        self.gaps.append((now - self._last) * 1e3)
        self._last = now


def measure(settings: Settings) -> list[Figure]:
    """Sync the catalogue with the Tracks page in view."""
    data = settings.folder / "stall"
    shutil.rmtree(data, ignore_errors=True)
    beats: list[Heartbeat] = []
    seconds: list[float] = []

    async def sync(app: App, engine: Engine) -> None:
        await engine.identified()
        started = time.perf_counter()
        heart = Heartbeat()
        beats.append(heart)
        app.window.show_page(Page.TRACKS)
        await live.settled(app, engine, Page.TRACKS)
        heart.stop()
        seconds.append(time.perf_counter() - started)

    options = ("--tracks", str(settings.tracks), "--rate-limit", "1000000")
    with running_sandbox(*options) as sandbox:
        app = compose(data, Page.TRACKS, live.options_for(sandbox))
        live.run(app, sandbox, live.unlimited(), sync)
    gaps = beats[0].gaps
    over = sum(gap > 16.7 for gap in gaps)
    remarks = (
        f"p50 {median(gaps):.1f} ms; {over} of {len(gaps):,} beats over 16.7 ms; "
        f"{settings.tracks / seconds[0]:,.0f} tracks/s"
    )
    work = f"loop stall while {settings.tracks:,} tracks are synced"
    return [
        Figure(f"{work}, p99", percentile(gaps, 99), "ms", 16.7, remarks=remarks),
        Figure(f"{work}, longest", max(gaps), "ms", 100, 33),
    ]
