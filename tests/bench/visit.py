"""A child: shows one page, then another for the first time, and prints how many ms that took.

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
print(clock.painted(lambda: app.window.show_page(Page(then))))
app.close()
