"""Runs `async def` tests, each on an event loop of its own that must be left clean; measures the
coverage of child processes only where that is asked for."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
from collections.abc import Coroutine, Generator
from typing import Any

import pytest

_LIMIT = 60.0
"""s a test may take on a busy machine"""

_MEASURING = pytest.StashKey[dict[str, str]]()

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


def pytest_itemcollected(item: pytest.Item) -> None:
    """Have the tests of a file run by one process, unless they are of a larger group."""
    if item.get_closest_marker("xdist_group") is None:
        item.add_marker(pytest.mark.xdist_group(item.path.name))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Keep from child processes what would have them measured: it takes half as long again, and
    nearly all that they run is measured in the tests of its room."""
    measuring = item.config.stash.setdefault(_MEASURING, {})
    # Coverage says it anew after each test that is not measured.
    for name in [name for name in os.environ if name.startswith("COV")]:
        measuring[name] = os.environ.pop(name)


@pytest.fixture(scope="session")
def measured(pytestconfig: pytest.Config) -> dict[str, str]:
    """The environment of a child process whose coverage is measured."""
    return {**os.environ, **pytestconfig.stash[_MEASURING]}


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Collect the garbage of a test after it alone, as the program does between events (see
    `beatpass_desktop.views.garbage_collection`), and leave none of its windows: they would take
    the pointer from those of later tests."""
    gc.disable()
    try:
        return (yield)
    finally:
        if "qapp" in getattr(item, "fixturenames", ()):
            _close_windows()
        # All that was made since the first line is of the youngest generation.
        gc.collect(0)
        gc.enable()


def _close_windows() -> None:
    from PySide6.QtCore import QEvent
    from PySide6.QtWidgets import QApplication

    for window in QApplication.topLevelWidgets():
        window.hide()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    names = pyfuncitem._fixtureinfo.argnames
    arguments = {name: pyfuncitem.funcargs[name] for name in names}
    complaints: list[str] = []
    asyncio.run(_watched(pyfuncitem.obj(**arguments), complaints))
    gc.collect()
    assert complaints == []
    return True


async def _watched(test: Coroutine[Any, Any, None], complaints: list[str]) -> None:
    """Run `test`; what the loop complains of, and tasks left behind, go to `complaints`."""
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: complaints.append(f"{context}"))
    await asyncio.wait_for(test, _LIMIT)
    left = asyncio.all_tasks() - {asyncio.current_task()}
    complaints.extend(f"left behind: {task}" for task in left)
