"""The table of the Tracks page at ten times the rows: by how much everything grows."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import children
from figures import Figure, median, percentile
from settings import Settings
from stored_catalogue import stored_catalogue
from tracks_table import ORDERS, SEARCHES, TracksTable, open_tracks

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.track_table import COLUMNS

_TIMES = 10
_PASSES = 5
"""at most: a million rows take their time until the last one is in place"""
_JUMPS = 200


class _Pair(NamedTuple):
    """Medians in ms of one work, with the rows and with ten times as many."""

    few: float
    many: float

    @property
    def growth(self) -> float:
        return self.many / self.few


def measure(settings: Settings) -> list[Figure]:
    """Both sizes take turns."""
    rows = settings.rows * _TIMES
    passes = min(settings.passes, _PASSES)
    folders = [stored_catalogue(settings.folder, count) for count in (settings.rows, rows)]
    opening = _opening(folders, passes)
    (few_app, few), (many_app, many) = map(open_tracks, folders)
    assert (few.model.total, many.model.total) == (settings.rows, rows)
    gc.freeze()
    tables = few, many
    shown, settled = {}, {}
    for column, name in enumerate(COLUMNS):
        shown[f"sort by {name}"], settled[name] = _sorting(tables, column, passes)
    for kind, text in SEARCHES.items():
        shown[f"filter: {kind}"], settled[kind] = _filtering(tables, text, passes)
    scrolling = _Pair(*(percentile(_scrolled(table), 95) for table in tables))
    few_app.close()
    many_app.close()
    return [
        _figure(f"open Tracks at {rows:,} rows", {"": opening}, 2, 1.1),
        _figure("sort by any column, to rows shown", _starting(shown, "sort"), 12),
        _figure("filter, to rows shown", _starting(shown, "filter"), 12),
        _figure("sort or filter, to the last row in place", settled),
        _figure("scroll by jump, frame p95", {"": scrolling}, 12),
    ]


def _opening(folders: list[Path], passes: int) -> _Pair:
    turns = [
        [children.first_visit(data, Page.HOME, Page.TRACKS)[0] for data in folders]
        for _ in range(passes)
    ]
    return _Pair(*(median([turn[which] for turn in turns]) for which in (0, 1)))


def _sorting(
    tables: tuple[TracksTable, TracksTable], column: int, passes: int
) -> tuple[_Pair, _Pair]:
    def sort(table: TracksTable, number: int) -> tuple[float, float]:
        # Every pass comes from another order and goes to the top of this one.
        table.sort((column + 1) % len(COLUMNS), ORDERS[0])
        return table.sort(column, ORDERS[number % 2])

    return _shown_and_settled(tables, sort, passes)


def _filtering(
    tables: tuple[TracksTable, TracksTable], text: str, passes: int
) -> tuple[_Pair, _Pair]:
    def search(table: TracksTable, _: int) -> tuple[float, float]:
        found = table.search(text)
        table.search("")
        return found

    return _shown_and_settled(tables, search, passes)


def _shown_and_settled(
    tables: tuple[TracksTable, TracksTable],
    act: Callable[[TracksTable, int], tuple[float, float]],
    passes: int,
) -> tuple[_Pair, _Pair]:
    times = [[act(table, number) for table in tables] for number in range(passes)]
    shown, settled = (
        _Pair(*(median([turn[which][at] for turn in times]) for which in (0, 1))) for at in (0, 1)
    )
    return shown, settled


def _scrolled(table: TracksTable) -> list[float]:
    bar = table.bar
    step = bar.maximum() // _JUMPS
    return [
        table.clock.painted(lambda to=to: bar.setValue(to))
        for to in range(step, step * _JUMPS, step)
    ]


def _starting(pairs: dict[str, _Pair], word: str) -> dict[str, _Pair]:
    return {name: pair for name, pair in pairs.items() if name.startswith(word)}


def _figure(
    work: str, pairs: dict[str, _Pair], must: float | None = None, aim: float | None = None
) -> Figure:
    """The work that grows most of all stands for all."""
    name = max(pairs, key=lambda one: pairs[one].growth)
    pair = pairs[name]
    slowest = max(one.many for one in pairs.values())
    remarks = f"{pair.few:.1f} to {pair.many:.1f} ms"
    if name:
        remarks = f"{name}: {remarks}; slowest of all {slowest:.0f} ms"
    return Figure(f"{work}, growth", pair.growth, "×", must, aim, remarks=remarks)
