"""Runs `async def` tests, each on an event loop of its own that must be left clean."""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
from collections.abc import Coroutine
from typing import Any

import pytest

_LIMIT = 60.0
"""s a test may take on a busy machine"""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


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
