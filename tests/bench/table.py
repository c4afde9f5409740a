"""The catalogue table with very many rows, and its peer with the same rows."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import dataclass

import children
import stored_catalogue as catalogue
from composition import compose
from figures import Figure, median, percentile
from painting import PaintClock
from proxy_peer import ProxyPeer
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMainWindow, QScrollBar
from settings import Settings

from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.track_table import COLUMNS, TrackTableModel
from beatpass_desktop.options import Options
from beatpass_desktop.system.folders import folders
from beatpass_desktop.views.pages.tracks.page import TracksPage
from beatpass_desktop.views.widgets.search_field import SearchField

_FRAMES = 600
_WHEEL_PIXELS = 60
_ORDERS = (Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder)
_SEARCHES = {
    "one common letter": catalogue.LETTER,
    "a common word": catalogue.COMMON_WORD,
    "a rare word": catalogue.RARE_WORD,
    "no hit": catalogue.NO_HIT,
}


@dataclass(frozen=True, slots=True)
class _Sorted:
    """One column: medians in ms until rows are shown and all are in place, and the peer's time."""

    shown: float
    settled: float
    peer: float


class _Ours:
    """The Tracks page of the program."""

    def __init__(self, app: App) -> None:
        self.clock = PaintClock(app.window)
        page = app.window.current_page
        assert isinstance(page, TracksPage)
        self._page = page
        model = page.table.model()
        assert isinstance(model, TrackTableModel)
        self.model = model
        self._field = page.findChild(SearchField)

    @property
    def bar(self) -> QScrollBar:
        return self._page.table.verticalScrollBar()

    def sort(self, column: int, order: Qt.SortOrder) -> tuple[float, float]:
        return self._settled(lambda: self._page.table.sort_requested.emit(column, order))

    def search(self, text: str) -> tuple[float, float]:
        return self._settled(lambda: self.model.search(text))

    def type(self, text: str) -> tuple[float, float]:
        """As a person does it: with the pause in which further keystrokes are waited for.

        The field itself paints at once, so what counts is the first paint after the search began.
        """
        return self.clock.painted_and_done(
            lambda: self._field.setText(text),
            lambda: self.model.wanted.text == text and self.model.is_settled,
            counts=lambda: self.model.wanted.text == text,
        )

    def _settled(self, action: Callable[[], object]) -> tuple[float, float]:
        return self.clock.painted_and_done(action, lambda: self.model.is_settled)


def measure(settings: Settings) -> list[Figure]:
    """Open, sort, filter and scroll."""
    data = catalogue.stored_catalogue(settings.folder, settings.rows)
    app = compose(data, Page.TRACKS, Options(offline=True))
    ours = _Ours(app)
    ours.clock.painted_and_done(app.window.update, lambda: ours.model.is_settled)
    assert ours.model.total == settings.rows
    window = QMainWindow()
    window.resize(app.window.size())
    window.show()
    clock = PaintClock(window)
    peers: list[ProxyPeer] = []

    def open_peer() -> None:
        peers[:] = [ProxyPeer(folders(data).store, window)]

    opened = [clock.painted(open_peer) for _ in range(settings.passes)]
    gc.freeze()
    figures = [
        *_opening(settings, str(data), median(opened)),
        *_sorting(settings, ours, clock, peers[0]),
        *_filtering(settings, ours, clock, peers[0]),
        *_scrolling(ours.clock, ours.bar, "", 16.7, 16.7),
        *_scrolling(clock, peers[0].view.verticalScrollBar(), " (peer)"),
    ]
    app.close()
    return figures


def _opening(settings: Settings, data: str, peer: float) -> list[Figure]:
    command = children.script("visit.py", data, Page.HOME, Page.TRACKS)
    visits = [float(children.timed(command).output) for _ in range(settings.passes)]
    remarks = f"longest {max(visits):.0f} ms; in fresh processes, imports included; peer {peer:.0f}"
    return [Figure("open Tracks, to painted", median(visits), "ms", 150, 50, remarks=remarks)]


def _sorting(settings: Settings, ours: _Ours, clock: PaintClock, peer: ProxyPeer) -> list[Figure]:
    columns: dict[str, _Sorted] = {}
    for column, name in enumerate(COLUMNS):
        times = []
        for number in range(settings.passes):
            # Every pass comes from another order and goes to the top of this one.
            ours.sort((column + 1) % len(COLUMNS), _ORDERS[0])
            times.append(ours.sort(column, _ORDERS[number % 2]))
        theirs = clock.painted(lambda column=column: peer.sort(column, _ORDERS[0]))
        shown, settled = (median([time[at] for time in times]) for at in (0, 1))
        columns[name] = _Sorted(shown, settled, theirs)
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
            remarks=f"slowest column ({slowest}); median {median([c.shown for c in every]):.0f}, "
            f"peer {median([c.peer for c in every]):,.0f} ms",
        ),
        Figure(
            "sort, to the last row in place",
            columns[last].settled,
            "ms",
            remarks=f"slowest column ({last}); median {median([c.settled for c in every]):.0f} ms; "
            "on the reader thread",
        ),
        Figure(
            "sort faster than the peer, rows shown",
            median([c.peer / c.shown for c in every]),
            "×",
            50,
            150,
            more_is_better=True,
            remarks=f"least {min(c.peer / c.shown for c in every):.0f} ×, over all columns",
        ),
        Figure(
            "sort faster than the peer, all in place",
            median([c.peer / c.settled for c in every]),
            "×",
            remarks=f"least {min(c.peer / c.settled for c in every):.0f} ×",
        ),
    ]


def _filtering(settings: Settings, ours: _Ours, clock: PaintClock, peer: ProxyPeer) -> list[Figure]:
    figures = []
    cleared: list[float] = []
    typed: list[float] = []
    for kind, text in _SEARCHES.items():
        found, theirs = [], []
        for _ in range(settings.passes):
            found.append(ours.search(text))
            cleared.append(ours.search("")[0])
            typed.append(ours.type(text)[0])
            ours.type("")
        for _ in range(3):
            theirs.append(clock.painted(lambda text=text: peer.search(text)))
            clock.painted(lambda: peer.search(""))
        shown, settled = (median([time[at] for time in found]) for at in (0, 1))
        remarks = f"all in place {settled:.0f}; peer {median(theirs):,.0f} ms"
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
