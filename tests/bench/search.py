"""The global search over a large catalogue and a large ledger, key by key, next to plain LIKE."""

from __future__ import annotations

import gc
import time

import apsw
from composition import compose
from figures import Figure, median, percentile
from painting import PaintClock
from settings import Settings
from stored_catalogue import COMMON_WORD, NO_HIT, RARE_WORD, stored_catalogue

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.finding import open_search
from beatpass_desktop.options import Options
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.system.folders import folders

_TEXTS = (COMMON_WORD, RARE_WORD, NO_HIT, "licence golden 77", "dark piano")
_LIKE = (
    "SELECT row FROM tracks WHERE gone_at IS NULL AND search LIKE ? ORDER BY plays DESC LIMIT 6",
    "SELECT row FROM transactions WHERE search LIKE ? ORDER BY created_at DESC LIMIT 6",
)


def measure(settings: Settings) -> list[Figure]:
    """Type each text letter by letter, and ask the store for each with LIKE."""
    data = stored_catalogue(settings.folder, settings.rows, settings.transactions)
    app = compose(data, Page.HOME, Options(offline=True))
    palette = open_search(app)
    model = palette.list.model()
    clock = PaintClock(palette)
    peer = open_for_reading(folders(data).store)
    gc.freeze()
    typed = [text[:end] for text in _TEXTS for end in range(1, len(text) + 1)]
    times: dict[str, list[float]] = {text: [] for text in typed}
    theirs: dict[str, list[float]] = {text: [] for text in typed}
    clock.painted_and_done(palette.update, lambda: model.is_settled)
    for _ in range(settings.passes):
        for text in typed:
            if not palette.field.text() or not text.startswith(palette.field.text()):
                clock.painted_and_done(
                    lambda: (palette.update(), palette.field.clear()), lambda: model.is_settled
                )
            _, found = clock.painted_and_done(
                lambda text=text: palette.field.setText(text), lambda: model.is_settled
            )
            times[text].append(found)
            theirs[text].append(_like(peer, text))
    peer.close()
    palette.close()
    app.close()
    every = [time for each in times.values() for time in each]
    slowest = max(times, key=lambda text: median(times[text]))
    ratio = median([median(theirs[text]) / median(times[text]) for text in typed])
    work = f"global search over {settings.rows:,} tracks and {settings.transactions:,} transactions"
    return [
        Figure(
            f"{work}: a key pressed, to all hits shown, p95",
            percentile(every, 95),
            "ms",
            50,
            16,
            remarks=f"p50 {median(every):.1f}, longest {max(every):.1f} ms of {len(every)}",
        ),
        Figure(
            "global search: the slowest text",
            median(times[slowest]),
            "ms",
            50,
            16,
            remarks=f"{slowest}; LIKE {median(theirs[slowest]):.0f} ms",
        ),
        Figure(
            "global search faster than LIKE",
            ratio,
            "×",
            more_is_better=True,
            remarks="which paints nothing and finds tracks and transactions alone",
        ),
    ]


def _like(peer: apsw.Connection, text: str) -> float:
    started = time.perf_counter()
    for sql in _LIKE:
        peer.execute(sql, (f"%{text}%",)).fetchall()
    return (time.perf_counter() - started) * 1e3
