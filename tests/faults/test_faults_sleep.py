"""A computer that slept, and clocks that are wrong."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from backend import Backend
from desk import at_desk

from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource


async def test_that_after_a_sleep_each_data_set_is_asked_for_once(tmp_path: Path) -> None:
    async with Backend() as backend, at_desk(backend, tmp_path / "store.db") as desk:
        await desk.shown(Page.HOME)
        first = len(backend.asked)
        backend.gate.clear()
        desk.engine.refresh_page(Page.HOME)
        await backend.until("artist/dashboard-stats", 2)
        desk.clock.advance(hours=9)
        backend.gate.set()
        for _ in range(5):  # focus, timers and the system's word all say that it is awake
            desk.engine.show_page(Page.HOME)
        await desk.settled(Page.HOME)
        assert backend.count("artist/dashboard-stats") <= 3
        assert len(backend.asked) <= 3 * first
        before = len(backend.asked)
        desk.engine.show_page(Page.HOME)
        await desk.settled(Page.HOME)
        assert len(backend.asked) == before


@pytest.mark.parametrize("years", [-10, 10])
async def test_that_a_wrong_clock_neither_signs_out_nor_asks_for_ever(
    tmp_path: Path, years: int
) -> None:
    async with Backend() as backend, at_desk(backend, tmp_path / "store.db") as desk:
        await desk.shown(Page.HOME)
        before = len(backend.asked)
        desk.clock.advance(days=years * 365)
        for _ in range(4):
            await desk.shown(Page.HOME)
            await asyncio.sleep(0)
        assert desk.last_account().failure is None
        assert desk.age(Resource.STATS).attempt is Attempt.SUCCEEDED
        assert len(backend.asked) <= 2 * before
