"""Going from page to page over stored data."""

from __future__ import annotations

import children
from composition import compose
from figures import Figure, median, percentile
from painting import PaintClock
from settings import Settings

_SWITCHES = 60


def measure(settings: Settings) -> list[Figure]:
    """First visits in fresh processes, then switches between pages seen before."""
    data = children.established(settings.folder)
    app = compose(data)
    figures = []
    pages = app.window.pages
    for page in pages:
        start = next(other for other in pages if other is not page)
        visits = [
            children.first_visit(data, start, page, children.ESTABLISHED)
            for _ in range(settings.passes)
        ]
        painted, settled = zip(*visits, strict=True)
        remarks = (
            f"longest of {len(visits)}: {max(painted):.0f} ms; imports included; "
            f"all there after {median(settled):.0f} ms"
        )
        work = f"first visit to {page.capitalize()}"
        figures.append(Figure(work, median(painted), "ms", 250, 100, remarks=remarks))
    clock = PaintClock(app.window)
    for page in pages:
        clock.painted(lambda page=page: app.window.show_page(page))
    switches, rounds = [], []
    for number in range(_SWITCHES * len(pages)):
        page = pages[number % len(pages)]
        switches.append(clock.painted(lambda page=page: app.window.show_page(page)))
        rounds.append(clock.rounds)
    remarks = f"p50 {median(switches):.1f}, longest {max(switches):.1f} ms of {len(switches)}"
    work = "switch to a page seen before, p95"
    figures.append(Figure(work, percentile(switches, 95), "ms", 33, 16.7, remarks=remarks))
    remarks = f"the most of {len(rounds)}; {sum(rounds) / len(rounds):.2f} on average"
    work = "switch to a page seen before, how often the window paints"
    figures.append(Figure(work, max(rounds), "", 2, 1, remarks=remarks))
    app.close()
    return figures
