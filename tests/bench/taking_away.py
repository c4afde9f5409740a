"""Selecting, copying and exporting whole catalogues: how long, what it holds up, what it takes."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from figures import Figure
from heartbeat import Heartbeat
from PySide6.QtCore import QEventLoop
from resident_set import forget_peak, peak_resident_set, resident_set
from settings import Settings
from stored_catalogue import stored_catalogue
from tracks_table import TracksTable, open_tracks

from beatpass_desktop.app import App
from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.views.widgets.data_table import COPY_LIMIT

_TIMES = 10


def measure(settings: Settings) -> list[Figure]:
    """A catalogue with every format, then one of ten times the rows as CSV."""
    few, many = settings.rows, settings.rows * _TIMES
    return [
        *_measured(settings.folder, few, tuple(Format)),
        *_measured(settings.folder, many, (Format.CSV,)),
    ]


def _measured(folder: Path, rows: int, formats: tuple[Format, ...]) -> list[Figure]:
    app, table = open_tracks(stored_catalogue(folder, rows))
    gc.freeze()
    selected = table.select_all()
    copied, gap = table.copy()
    copying = f"copy {COPY_LIMIT:,} of {rows:,} selected"
    figures = [
        Figure(f"select all of {rows:,}", selected, "ms", 100, 33),
        Figure(copying, copied, "ms", remarks="in turns of the event loop"),
        Figure(f"{copying}: longest stall of the loop", gap, "ms", 100, 33),
    ]
    for kind in formats:
        path = folder / f"tracks.{kind}"
        figures += _figures(
            f"export {rows:,} tracks as {kind.upper()}", _exported(app, table, path)
        )
        path.unlink()
    app.window.hide()
    app.close()
    return figures


class _Writing(NamedTuple):
    """Seconds until the file was complete, the loop's longest gap in ms, MB more at the peak."""

    seconds: float
    gap: float
    grown: float
    size: float


def _exported(app: App, table: TracksTable, path: Path) -> _Writing:
    """Have all rows written while the window is in view."""
    loop = QEventLoop()
    gc.collect()
    forget_peak()
    held = resident_set()
    heart = Heartbeat()
    listener = _Listener(loop.exit)
    app.exporting.start(table.model.export_to(path, Format(path.suffix[1:])), listener)
    failed = loop.exec()
    heart.stop()
    if failed:
        raise OSError(listener.sentence)
    size = path.stat().st_size / 2**20
    return _Writing(sum(heart.gaps) / 1e3, max(heart.gaps), peak_resident_set() - held, size)


class _Listener:
    """Hears of the end of an export."""

    def __init__(self, end: Callable[[int], None]) -> None:
        self.sentence = ""
        self._end = end

    def show_progress(self, done: int, total: int) -> None:
        pass

    def show_finished(self, path: str, rows: int) -> None:
        self._end(0)

    def show_failed(self, sentence: str) -> None:
        self.sentence = sentence
        self._end(1)

    def show_cancelled(self) -> None:
        self._end(1)


def _figures(work: str, found: _Writing) -> list[Figure]:
    remarks = f"{found.size:.0f} MB"
    return [
        Figure(work, found.seconds, "s", remarks=remarks),
        Figure(f"{work}: longest stall of the loop", found.gap, "ms", 100, 33),
        Figure(
            f"{work}: memory", found.grown, "MB", 60, 40, remarks="more than before, at its peak"
        ),
    ]
