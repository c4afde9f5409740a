"""The catalogue table with very many rows, and its peer with the same rows."""

from __future__ import annotations

import gc
from dataclasses import dataclass
from pathlib import Path

import children
import stored_catalogue as catalogue
from figures import Figure, median, percentile
from painting import PaintClock
from peer_table import PeerTable
from PySide6.QtWidgets import QScrollBar
from settings import Settings
from tracks_table import ORDERS, SEARCHES, TracksTable, open_tracks

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.track_table import COLUMNS

_FRAMES = 600
_WHEEL_PIXELS = 60


@dataclass(frozen=True, slots=True)
class _Sorted:
    """One column: medians in ms until rows are shown and all are in place, and the peer's time."""

    shown: float
    settled: float
    peer: float | None


def measure(settings: Settings) -> list[Figure]:
    """Open, sort, filter and scroll, and have the peer do the same."""
    data = catalogue.stored_catalogue(settings.folder, settings.rows)
    app, ours = open_tracks(data)
    assert ours.model.total == settings.rows
    peer = PeerTable(data, app.window.size(), settings.passes) if settings.peer else None
    gc.freeze()
    figures = [
        *_opening(settings, data, peer),
        *_sorting(settings, ours, peer),
        *_filtering(settings, ours, peer),
        *_scrolling(ours.clock, ours.bar, "", 16.7, 16.7),
    ]
    if peer is not None:
        figures += _scrolling(peer.clock, peer.bar, " (peer)")
    app.close()
    return figures


def _opening(settings: Settings, data: Path, peer: PeerTable | None) -> list[Figure]:
    visits = [children.first_visit(data, Page.HOME, Page.TRACKS)[0] for _ in range(settings.passes)]
    remarks = f"longest {max(visits):.0f} ms; in fresh processes, imports included"
    if peer is not None:
        remarks += f"; peer {peer.opened:.0f}"
    return [Figure("open Tracks, to painted", median(visits), "ms", 150, 50, remarks=remarks)]


def _sorting(settings: Settings, ours: TracksTable, peer: PeerTable | None) -> list[Figure]:
    columns: dict[str, _Sorted] = {}
    for column, name in enumerate(COLUMNS):
        times = []
        for number in range(settings.passes):
            # Every pass comes from another order and goes to the top of this one.
            ours.sort((column + 1) % len(COLUMNS), ORDERS[0])
            times.append(ours.sort(column, ORDERS[number % 2]))
        shown, settled = (median([time[at] for time in times]) for at in (0, 1))
        columns[name] = _Sorted(shown, settled, None if peer is None else peer.sort(column))
    slowest = max(columns, key=lambda name: columns[name].shown)
    last = max(columns, key=lambda name: columns[name].settled)
    every = list(columns.values())
    return [
        Figure(
            "sort by any column, to rows shown",
            columns[slowest].shown,
            "ms",
            100,
            40,
            remarks=f"slowest column ({slowest}); median {median([c.shown for c in every]):.0f} ms",
        ),
        Figure(
            "sort, to the last row in place",
            columns[last].settled,
            "ms",
            remarks=f"slowest column ({last}); median {median([c.settled for c in every]):.0f} ms; "
            "on the reader thread",
        ),
        *_faster(every),
    ]


def _faster(columns: list[_Sorted]) -> list[Figure]:
    peers = [column.peer for column in columns if column.peer is not None]
    if not peers:
        return []
    shown = [peer / column.shown for peer, column in zip(peers, columns, strict=True)]
    settled = [peer / column.settled for peer, column in zip(peers, columns, strict=True)]
    return [
        Figure(
            "sort faster than the peer, rows shown",
            median(shown),
            "×",
            50,
            150,
            more_is_better=True,
            remarks=f"least {min(shown):.0f} ×, over all columns; peer {median(peers):,.0f} ms",
        ),
        Figure(
            "sort faster than the peer, all in place",
            median(settled),
            "×",
            remarks=f"least {min(settled):.0f} ×",
        ),
    ]


def _filtering(settings: Settings, ours: TracksTable, peer: PeerTable | None) -> list[Figure]:
    figures = []
    cleared: list[float] = []
    typed: list[float] = []
    for kind, text in SEARCHES.items():
        found = []
        for _ in range(settings.passes):
            found.append(ours.search(text))
            cleared.append(ours.search("")[0])
            typed.append(ours.type(text)[0])
            ours.type("")
        shown, settled = (median([time[at] for time in found]) for at in (0, 1))
        remarks = f"all in place {settled:.0f} ms"
        if peer is not None:
            remarks += f"; peer {peer.search(text):,.0f} ms"
        work = f"filter: {kind}, to rows shown"
        figures.append(Figure(work, shown, "ms", 33, 16, remarks=remarks))
    remarks = "with the pause in which further keys are waited for; all kinds"
    return [
        *figures,
        Figure("filter: cleared, to rows shown", median(cleared), "ms", 33, 16),
        Figure("filter: key pressed, to rows shown", median(typed), "ms", 33, 16, remarks=remarks),
    ]


def _scrolling(
    clock: PaintClock,
    bar: QScrollBar,
    whose: str,
    must: float | None = None,
    aim: float | None = None,
) -> list[Figure]:
    figures = []
    far = bar.maximum() // _FRAMES
    for kind, step in (("wheel", _WHEEL_PIXELS), ("page", bar.pageStep()), ("jump", far)):
        bar.setValue(0)
        places = range(step, step * _FRAMES, step)
        frames = [clock.painted(lambda to=to: bar.setValue(to)) for to in places]
        p95, p99 = percentile(frames, 95), percentile(frames, 99)
        remarks = f"p50 {median(frames):.1f}, p99 {p99:.1f}, longest {max(frames):.1f} ms"
        within = aim if p99 <= (aim or 0) else None
        figures.append(
            Figure(f"scroll by {kind}, frame p95{whose}", p95, "ms", must, within, remarks=remarks)
        )
    return figures
