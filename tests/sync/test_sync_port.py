"""The engine stands behind the port that the screen speaks to."""

from __future__ import annotations

import asyncio
import logging
from inspect import isfunction, signature

import pytest

from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.sync.engine import Engine
from beatpass_desktop.sync.tasks import Tasks


def test_that_every_wish_of_the_port_is_one_of_the_engine() -> None:
    wishes = [
        name for name, item in vars(RequestPort).items() if isfunction(item) and name[0] != "_"
    ]
    assert len(wishes) == 13
    for name in wishes:
        expected = list(signature(getattr(RequestPort, name)).parameters)
        assert list(signature(getattr(Engine, name)).parameters) == expected


async def test_that_a_task_that_fails_is_logged_with_its_name(
    caplog: pytest.LogCaptureFixture,
) -> None:
    async def broken() -> None:
        raise ValueError("a bug")

    tasks = Tasks()
    with caplog.at_level(logging.ERROR):
        await asyncio.wait([tasks.start(broken(), "the task")])
    assert "the task failed" in caplog.text
    assert "a bug" in caplog.text


async def test_that_closing_does_not_wait_for_a_task_that_will_not_end() -> None:
    release = asyncio.Event()

    async def stubborn() -> None:
        while not release.is_set():
            try:
                await release.wait()
            except asyncio.CancelledError:
                continue

    tasks = Tasks()
    task = tasks.start(stubborn(), "stubborn")
    await asyncio.sleep(0)
    await tasks.close(0.01)
    assert not task.done()
    release.set()
    await task
