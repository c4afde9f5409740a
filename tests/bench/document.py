"""Writes docs/benchmarks.md: the figures, what they mean, and where they were measured."""

from __future__ import annotations

import shlex
from collections.abc import Mapping, Sequence

from figures import Figure, markdown_table
from machine import machine
from settings import ROOT, Settings

_INTRODUCTION = """\
# Benchmarks

`make bench` prints these figures as a table and as JSON; `scripts/bench --write` renews this file,
`scripts/bench table --rows 200000` measures one work at another size, and
`make bench-compare REV=v1.0.0` has another revision take turns with this one. The first run makes
large stores in `build/bench`, which takes some minutes; later runs find them there.

Nothing here is a test. Other machines give other figures, so look at the ratios and at the limits
of what people notice (a frame of a 60 Hz screen is 16.7 ms). *must* is the least that a release has
to reach, *aim* what it should reach; *reached* names the better of the two. Windows are painted
offscreen, by the same code that paints them on a screen, without a compositor's share.
"""

_MEANINGS = {
    "start": """\
Start

From the start of the process until Home stands on the screen with its stored values, without a
network, next to the same Python showing an empty window with a table. All run from bytecode and
take turns, {starts} times each; ratios are medians of pairs. The empty window is that of PySide as
it is published. Set-up and the packages have PySide unpack its own Python files, which it otherwise
compiles with every start; the empty window gets quicker by that as well, and the third line
compares with it.

Counted in instructions (`valgrind --tool=callgrind`), which vary less than times: the empty window
takes 621 million until it is painted, 514 with the files unpacked; Home took 1,146 and takes about
900. Unpacking saved 107 of these, looking up symbols when they are called 20, not having the
binding read the source of every module 25, measuring each text once 17, and the rest came of
importing and asking less before the first paint. Of what is left
between the two about 110 go into the Python enums that Qt's binding makes of every Qt class touched
(the `Qt` namespace alone 70, all of it within Python's `enum`), about 150 into building and
painting the page, and about 90 into importing 85 small modules of ours. Threads bring nothing
here: neither loading libraries nor reading fonts leaves the interpreter to others.""",
    "pages": """\
Pages

From the wish to see a page until it is painted. A first visit includes the import and the
construction of the page, in {passes} fresh processes; its first paint shows what is in view,
sections further down and charts come after it. *All there* is when nothing is left to come: with a
chart in view that includes the import of the plotting library, in a thread. A switch ends with the
last of its paints; more than one would be seen as a jump.""",
    "search": """\
Global search

Over {rows:,} tracks and {transactions:,} transactions, as fast as the keys come: each text is typed
letter by letter into the palette, each time until everything found is painted. LIKE asks the same
store for six tracks and six transactions, without painting them.""",
    "table": """\
Catalogue of {rows:,} tracks

The Tracks page over a store with {rows:,} made-up rows, next to its peer: the same rows as a list
of dicts behind `QSortFilterProxyModel` in a plain `QTableView`. *Rows shown* is when the first
screenful is right and painted; the order of all rows then comes from a thread, until they are *all
in place*. The peer searches one prepared text a row, which is kind to it. Medians of {passes}; the
peer sorts each column once and searches three times. Scrolling: 600 frames each, by the notch of a
wheel, by the page, and by jumps that always meet rows not read yet.""",
    "million": """\
From {rows:,} to {many:,} tracks

The same table over ten times the rows, both open in one process and in turns. A growth of 1 is
flat. Where there are several columns or texts, the one that grows most stands for all.""",
    "taking_away": """\
Selecting, copying, exporting

All rows of the Tracks table, while a timer that is due every millisecond watches the event loop. A
copy takes 5,000 rows at most, in short turns of the event loop; an export takes all, on a thread
of its own.""",
    "chart": """\
Charts

A line of 1,000,000 points, panned with a fifth of it in view and zoomed in step by step, each frame
until it is painted.""",
    "memory": """\
Memory

Resident sets, shared libraries included, medians of {passes}. *Live* is the running program with
its event loop, network and engine, after a first sync with the sandbox (a process of its own).""",
    "request_count": """\
Requests

What the sandbox was asked until every page of a new installation had been shown once with its
figures (profile `established`).""",
    "stall": """\
Stalls

A timer that is due every millisecond while {tracks:,} tracks come in over HTTP, are decoded, stored
and finally shown, with the Tracks page in view. The client's own limit of 300 requests a minute is
lifted, so that the load is many times that of real use. Memory is the largest resident set
meanwhile, less what it was before.""",
    "size": """\
Size

Of the packages that `make package` built in this checkout; without them there is nothing to
measure.""",
}
"""A title and what the figures below it mean, by work."""


def write(
    figures: Mapping[str, Sequence[Figure]], settings: Settings, arguments: Sequence[str]
) -> None:
    """Renew the document."""
    sections = []
    for work, group in figures.items():
        meaning = _MEANINGS[work].format(
            rows=settings.rows,
            many=settings.rows * 10,
            transactions=settings.transactions,
            tracks=settings.tracks,
            passes=settings.passes,
            starts=settings.starts,
        )
        sections.append(f"## {meaning}\n\n{markdown_table(group)}\n")
    rows = machine() | {"Command": f"`{shlex.join(['tests/bench/run.py', *arguments])}`"}
    table = "| | |\n| --- | --- |\n" + "".join(
        f"| {key} | {value} |\n" for key, value in rows.items()
    )
    text = "\n".join([_INTRODUCTION, table, *sections])
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
