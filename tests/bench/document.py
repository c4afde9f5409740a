"""Writes docs/benchmarks.md: the figures, what they mean, and where they were measured."""

from __future__ import annotations

import os
import platform
import shlex
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

import apsw
from figures import Figure, markdown_table
from PySide6.QtCore import qVersion
from settings import ROOT, Settings

_INTRODUCTION = """\
# Benchmarks

`make bench` prints these figures; `.venv/bin/python tests/bench/run.py --write` renews this file,
`… run.py table --rows 1000000` measures one work at another size.

Nothing here is a test. Other machines give other figures, so look at the ratios and at the limits
of what people notice (a frame of a 60 Hz screen is 16.7 ms). *must* is the least that a release has
to reach, *aim* what it should reach; *reached* names the better of the two. Windows are painted
offscreen, by the same code that paints them on a screen, without a compositor's share.
"""

_MEANINGS = {
    "start": """\
Start

From the start of the process until Home stands on the screen with its stored values, without a
network, next to the same Python showing an empty window with a table. Both run from bytecode and
take turns, {starts} times each; ratios are medians of pairs.

Counted in instructions (`valgrind --tool=callgrind`), which vary less than times: the empty window
takes 663 million, Home 1,092. Of the 429 million between them about 180 go into the Python enum
and wrapper classes that Qt's binding makes of every Qt class touched (the `Qt` namespace alone
120), about 140 into building and painting the page, and about 110 into importing 75 small modules
of ours, a fifth of that because the binding reads the source of each. The
first version of this page took 2.7 times the empty window; compiling at set-up, measuring cards
once, an icon font, named tuples and later imports brought it to where it is.""",
    "pages": """\
Pages

From the wish to see a page until everything on it is painted and the event loop has nothing left
to do. A first visit includes the import and the construction of the page, in {passes} fresh
processes.""",
    "table": """\
Catalogue of {rows:,} tracks

The Tracks page over a store with {rows:,} made-up rows, next to its peer: the same rows as a list
of dicts behind `QSortFilterProxyModel` in a plain `QTableView`. *Rows shown* is when the first
screenful is right and painted; the order of all rows then comes from a thread, until they are *all
in place*. The peer searches one prepared text a row, which is kind to it. Medians of {passes}; the
peer sorts each column once and searches three times. Scrolling: 600 frames each, by the notch of a
wheel, by the page, and by jumps that always meet rows not read yet.""",
    "chart": """\
Charts

A line of 1,000,000 points, panned with a fifth of it in view and zoomed in step by step, each frame
until it is painted.""",
    "memory": """\
Memory

Resident sets, shared libraries included, medians of {passes}. *Live* is the running program with
its event loop, network and engine, after a first sync with the sandbox.""",
    "request_count": """\
Requests

What the sandbox was asked until every page of a new installation had been shown once with its
figures (profile `established`).""",
    "stall": """\
Stalls

A timer that is due every millisecond while the catalogue comes in over HTTP, is decoded, stored
and finally shown, with the Tracks page in view. The client's own limit of 300 requests a minute is
lifted, so that the load is many times that of real use.""",
}
"""A title and what the figures below it mean, by work."""


def write(
    figures: Mapping[str, Sequence[Figure]], settings: Settings, arguments: Sequence[str]
) -> None:
    """Renew the document."""
    sections = []
    for work, group in figures.items():
        meaning = _MEANINGS[work].format(
            rows=settings.rows, passes=settings.passes, starts=settings.starts
        )
        sections.append(f"## {meaning}\n\n{markdown_table(group)}\n")
    text = "\n".join([_INTRODUCTION, _surroundings(arguments), *sections])
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")


def _surroundings(arguments: Sequence[str]) -> str:
    rows = (
        ("Machine", f"{_processor()}, {os.cpu_count()} cores, {_memory():.0f} GB"),
        ("System", _system()),
        ("Python", platform.python_version()),
        ("Qt", qVersion()),
        ("SQLite", apsw.sqlite_lib_version()),
        ("Date", datetime.now(UTC).strftime("%Y-%m-%d")),
        ("Command", f"`{shlex.join(['tests/bench/run.py', *arguments])}`"),
    )
    return "| | |\n| --- | --- |\n" + "".join(f"| {name} | {value} |\n" for name, value in rows)


def _system() -> str:
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except OSError:
        name = platform.system()
    return f"{name}, {platform.machine()}"


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, platform.machine())


def _memory() -> float:
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
