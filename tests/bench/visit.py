"""A child: shows one page, then another for the first time, and prints how many ms that took:
until its first paint, and until everything on it is painted, charts included.

visit.py DATA FROM TO [sandbox profile]
"""

from __future__ import annotations

import sys
from pathlib import Path

from composition import compose
from painting import PaintClock

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.options import Options

data, first, then, *sandbox = sys.argv[1:]
app = compose(Path(data), Page(first), Options(sandbox="".join(sandbox), offline=True))
clock = PaintClock(app.window)
_, settled = clock.painted_and_done(
    lambda: app.window.show_page(Page(then)), lambda: app.window.current_page.is_settled()
)
print(clock.first_paint, settled)
app.close()
