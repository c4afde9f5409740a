"""A child: the program after its first paint, offline; prints the MB that it holds.

opened.py DATA                    with what the sandbox stored
opened.py DATA --scroll           then also after Tracks was opened and scrolled through
"""

from __future__ import annotations

import gc
import sys
from pathlib import Path

from composition import compose
from painting import PaintClock
from resident_set import resident_set

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.options import Options

_STEPS = 300


def scroll(clock: PaintClock) -> None:
    """Open Tracks, wait for all rows, and go through them from end to end."""
    window = app.window
    clock.painted(lambda: window.show_page(Page.TRACKS))
    clock.painted_and_done(window.update, lambda: window.current_page.is_settled())
    bar = window.current_page.table.verticalScrollBar()
    for number in range(1, _STEPS):
        clock.painted(lambda n=number: bar.setValue(n * bar.maximum() // _STEPS))
        clock.painted(lambda: bar.setValue(bar.value() + bar.pageStep()))


data, *wishes = sys.argv[1:]
app = compose(Path(data), Page.HOME, Options(sandbox="" if wishes else "established", offline=True))
gc.collect()
print(resident_set(), flush=True)
if wishes:
    scroll(PaintClock(app.window))
    gc.collect()
    print(resident_set())
app.close()
