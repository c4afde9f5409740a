"""The composed program with an engine behind it, and a time for a coroutine to use it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from children import Sandbox
from PySide6.QtWidgets import QApplication

from beatpass_desktop.api.budget import GROUPS, Budget
from beatpass_desktop.api.session import Session
from beatpass_desktop.app import App
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.options import Options
from beatpass_desktop.sync.engine import Engine

import qasync  # isort: skip - it looks for the Qt binding that is loaded


def options_for(sandbox: Sandbox) -> Options:
    """The options of a program that uses this sandbox."""
    return Options(base_url=sandbox.base_url, token=sandbox.token)


def unlimited() -> Budget:
    """Leave for more requests than the published limits allow, for a sandbox that allows them."""
    return Budget(overall=10**6, groups=dict.fromkeys(GROUPS, 10**6))


def run(
    app: App, sandbox: Sandbox, budget: Budget, use: Callable[[App, Engine], Awaitable[None]]
) -> None:
    """Connect the app to the sandbox, `use` it, and close both."""
    loop = qasync.QEventLoop(QApplication.instance())
    asyncio.set_event_loop(loop)

    async def work() -> None:
        session = Session(sandbox.base_url, sandbox.token, user_agent="bench", budget=budget)
        engine = Engine(
            app.store,
            session,
            origin=app.options.origin,
            token=sandbox.token,
            announce=app.feed.tell,
        )
        app.requests.connect(engine)
        try:
            await use(app, engine)
        finally:
            await engine.close()
            app.close()

    with loop:
        loop.run_until_complete(work())


async def settled(app: App, engine: Engine, page: Page) -> None:
    """Wait until a page has everything it asked for on the screen."""
    while engine.is_busy(page) or not app.window.page_widget(page).is_settled():
        await asyncio.sleep(0.02)
