"""A line chart of a million points: its first paint, panning and zooming."""

from __future__ import annotations

import random
from datetime import datetime, timedelta

from figures import Figure, median, percentile
from painting import PaintClock
from PySide6.QtWidgets import QApplication
from settings import Settings

from beatpass_desktop.views.charts.lines import LineChart
from beatpass_desktop.views.theme.theme import Theme, ThemeMode

_POINTS = 1_000_000
_FRAMES = 120
_SHOWN = 0.2
"""of the line that is in view while it is panned"""


def measure(settings: Settings) -> list[Figure]:
    """Frame by frame, as a hand would move it."""
    qt = QApplication.instance() or QApplication(["bench"])
    assert isinstance(qt, QApplication)
    theme = Theme(ThemeMode.DARK)
    theme.apply(qt)
    chart = LineChart(theme, "Plays")
    walk, at = random.Random(7), 0.0
    values = []
    for _ in range(_POINTS):
        at += walk.gauss(0, 1)
        values.append(at)
    start = datetime(2020, 1, 1)
    chart.set_data([start + timedelta(minutes=n) for n in range(_POINTS)], values)
    chart.resize(1000, 400)
    clock = PaintClock(chart)
    clock.painted_and_done(chart.show, chart.is_settled)
    plot = chart.plot
    first, last = plot.position(0), plot.position(_POINTS - 1)
    span = last - first
    pans, zooms = [], []
    for frame in range(_FRAMES):
        left = first + span * (1 - _SHOWN) * frame / _FRAMES
        pans.append(clock.painted(lambda at=left: plot.zoom_to(at, at + span * _SHOWN)))
    for frame in range(_FRAMES):
        half = span / 2 * 0.95**frame
        middle = first + span / 2
        zooms.append(clock.painted(lambda h=half, m=middle: plot.zoom_to(m - h, m + h)))
    chart.close()
    return [
        _figure("pan a chart of 1,000,000 points, a frame, p95", pans),
        _figure("zoom a chart of 1,000,000 points, a frame, p95", zooms),
    ]


def _figure(work: str, frames: list[float]) -> Figure:
    remarks = f"p50 {median(frames):.1f}, longest {max(frames):.1f} ms of {len(frames)}"
    return Figure(work, percentile(frames, 95), "ms", 33, 16.7, remarks=remarks)
