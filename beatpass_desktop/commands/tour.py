"""The tour: visits every page, takes its picture, and writes down what stands on the screen."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from beatpass_desktop.commands.screen import read_page
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.page import PageState

if TYPE_CHECKING:
    from beatpass_desktop.app import App
    from beatpass_desktop.sync.engine import Engine

_log = logging.getLogger(__name__)

_SETTLE_SECONDS = 30.0
_PICTURE_SECONDS = 5.0
"""pictures that take longer are left out"""
_LOOK_SECONDS = 0.02
_IDENTITY_SECONDS = 75.0


class _Patience:
    """Measures how long nothing has moved; announced pauses and rows that come count as moving."""

    def __init__(self, app: App) -> None:
        self._paused = False
        self._moved = time.monotonic()
        app.feed.requests_paused.connect(self._on_requests_paused)
        for signal in (
            app.feed.resources_changed,
            app.feed.fetch_started,
            app.feed.fetch_progressed,
            app.feed.fetch_ended,
            app.feed.account_changed,
        ):
            signal.connect(self.moved)

    def moved(self, *_: object) -> None:
        """Something happened."""
        self._moved = time.monotonic()

    async def until(self, done: Callable[[], bool], seconds: float) -> bool:
        """Wait for `done`; False when nothing moved for `seconds`."""
        self.moved()
        while not done():
            if self._paused:
                self.moved()
            if time.monotonic() - self._moved > seconds:
                return False
            await asyncio.sleep(_LOOK_SECONDS)
        return True

    def _on_requests_paused(self, event: Any) -> None:
        self._paused = event.until is not None
        self.moved()


async def tour(app: App, engine: Engine | None, folder: Path) -> int:
    """Write a picture of every page and `tour.json` into `folder`.

    Every page is refreshed whatever its age and recorded when its requests have ended. Returns 0,
    or 1 after a message when a page did not settle.
    """
    patience = _Patience(app)
    if engine is not None:
        identity = asyncio.ensure_future(engine.identified())
        await patience.until(identity.done, _IDENTITY_SECONDS)
    unsettled = []
    records = []
    for number, page in enumerate(app.window.pages, 1):
        settled = await _visit(app, engine, page, patience)
        record = {"name": page.value, **read_page(app.window)}
        if not settled:
            record["state"] = "unsettled"
            unsettled.append(page.value)
        record["screenshot"] = f"{number:02}-{page.value}.png"
        records.append((record, app.window.grab()))
    try:
        _write(folder, records)
    except OSError as error:
        print(f"beatpass-desktop: the tour could not be written: {error}", file=sys.stderr)
        return 1
    if unsettled:
        print(f"beatpass-desktop: not settled: {', '.join(unsettled)}", file=sys.stderr)
        return 1
    return 0


async def _visit(app: App, engine: Engine | None, page: Page, patience: _Patience) -> bool:
    app.window.show_page(page)
    if engine is not None:
        engine.refresh_page(page)

    def settled() -> bool:
        busy = engine is not None and engine.is_busy(page)
        shown = app.window.current_page
        return not busy and shown.is_settled() and _is_final(shown.state, engine)

    arrived = await patience.until(settled, _SETTLE_SECONDS)
    if not arrived:
        _log.warning("%s did not settle; under way: %s", page, "; ".join(_under_way()))
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(_PICTURE_SECONDS):
            await _pictures_shown(app)
    # Layouts asked for by what came last are done in the next turns of the event loop.
    for _ in range(3):
        await asyncio.sleep(0)
    await asyncio.sleep(_LOOK_SECONDS)
    return arrived


async def _pictures_shown(app: App) -> None:
    """Covers and avatars are asked for as they are painted."""
    app.window.grab()
    while app.pictures.is_busy:
        await asyncio.sleep(_LOOK_SECONDS)


def _under_way() -> list[str]:
    """Every task, and the line at which it waits."""
    found = []
    for task in asyncio.all_tasks() - {asyncio.current_task()}:
        frames = [f"{f.f_code.co_qualname}:{f.f_lineno}" for f in task.get_stack()]
        found.append(f"{task.get_name()} at {' < '.join(frames)}")
    return sorted(found)


def _is_final(state: PageState, engine: Engine | None) -> bool:
    return engine is None or state is not PageState.LOADING


def _write(folder: Path, records: list[tuple[dict[str, Any], Any]]) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for record, picture in records:
        if not picture.save(str(folder / record["screenshot"])):
            raise OSError(f"{record['screenshot']} could not be saved")
    text = json.dumps({"pages": [record for record, _ in records]}, ensure_ascii=False, indent=1)
    (folder / "tour.json").write_text(text + "\n", encoding="utf-8")
