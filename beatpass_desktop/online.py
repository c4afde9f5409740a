"""The second half of a start: the event loop, the sandbox, the network, and the way out."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

import qasync  # isort: skip - it looks for the Qt binding that is loaded

from beatpass_desktop.domain.events import AccountChanged
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.system import logs
from beatpass_desktop.system.sandbox_server import Address, SandboxFailed, SandboxServer
from beatpass_desktop.version import VERSION

if TYPE_CHECKING:
    from beatpass_desktop.app import App
    from beatpass_desktop.sync.engine import Engine

_log = logging.getLogger(__name__)
_CLOSING_SECONDS = 2.0


def run_online(qt: QApplication, app: App) -> int:
    """Run until the window is closed, a signal comes, or the tour is over; return the exit code."""
    logs.start(app.folders.state, app.options.token)
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    loop.set_exception_handler(_on_loop_exception)
    try:
        with loop:
            return int(loop.run_until_complete(_live(qt, app, loop)))
    finally:
        gc.collect()


async def _live(qt: QApplication, app: App, loop: asyncio.AbstractEventLoop) -> int:
    closed = asyncio.Event()
    app.window.closed.connect(closed.set)
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, closed.set)
        except NotImplementedError:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(closed.set))
    sandbox = SandboxServer(app.options.sandbox) if app.options.sandbox else None
    connection = _Connection(qt, app, sandbox)
    try:
        await _until(closed, connection.open())
        if app.options.tour is not None and not closed.is_set():
            from beatpass_desktop.commands.tour import tour

            code = await _until(closed, tour(app, connection.engine, app.options.tour))
            return code or connection.exit_code
        await closed.wait()
        return 0
    finally:
        app.remembering.keep(app.window)
        app.window.hide()
        await _bounded(connection.close())
        app.store.close()
        app.guard.release()


class _Connection:
    """The engine and what it stands on; none of it when offline or signed out.

    Attributes:
        engine: None while there is none.
        exit_code: 1 when the sandbox that was asked for did not start.
    """

    def __init__(self, qt: QApplication, app: App, sandbox: SandboxServer | None) -> None:
        self._qt = qt
        self._app = app
        self._sandbox = sandbox
        self.engine: Engine | None = None
        self.exit_code = 0

    async def open(self) -> None:
        """Start the sandbox when asked for, then the engine."""
        app, options = self._app, self._app.options
        if options.offline or not app.store.writable:
            return
        address = Address(options.base_url, options.token)
        if self._sandbox is not None:
            try:
                address = await self._sandbox.start()
            except SandboxFailed as error:
                self.exit_code = 1
                sys.stderr.write(f"beatpass-desktop: {error}\n")
                failure = Failure(FailureKind.BUG, str(error), reached=True)
                app.banners.say(failure)
                app.feed.tell(AccountChanged(app.who.account, app.who.artist, failure))
                return
        if not address.token:
            return
        engine = self._engine(address)
        app.requests.connect(engine)
        self._qt.applicationStateChanged.connect(self._on_application_state_changed)

    def _engine(self, address: Address) -> Engine:
        # The network side is 15 MB that an offline run has no use for.
        from beatpass_desktop.api.budget import Budget
        from beatpass_desktop.api.session import Session
        from beatpass_desktop.sync.engine import Engine

        app = self._app
        session = Session(
            address.base_url,
            address.token,
            user_agent=f"beatpass-desktop/{VERSION} ({sys.platform})",
            budget=Budget(),
            on_pause=lambda until: self.engine.paused(until) if self.engine else None,
        )
        self.engine = Engine(
            app.store,
            session,
            origin=app.options.origin,
            token=address.token,
            announce=app.feed.tell,
            account=app.who.account,
        )
        return self.engine

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self.engine is not None:
            self.engine.show_page(self._app.window.page)

    async def close(self) -> None:
        """End everything; what is stored stays."""
        if self.engine is not None:
            await self.engine.close()
        if self._sandbox is not None:
            self._sandbox.stop()


async def _until(closed: asyncio.Event, work: Awaitable[int | None]) -> int | None:
    """Do `work`, but give it up when the program is to end."""
    task = asyncio.ensure_future(work)
    end = asyncio.ensure_future(closed.wait())
    try:
        await asyncio.wait({task, end}, return_when=asyncio.FIRST_COMPLETED)
        return task.result() if task.done() else None
    finally:
        for pending in (task, end):
            pending.cancel()
        await asyncio.wait({task, end})


async def _bounded(work: Awaitable[None]) -> None:
    try:
        async with asyncio.timeout(_CLOSING_SECONDS):
            await work
    except TimeoutError:
        _log.warning("closing took longer than %s s", _CLOSING_SECONDS)


def _on_loop_exception(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
    error = context.get("exception")
    _log.error(
        "%s", context.get("message"), exc_info=error if isinstance(error, Exception) else None
    )
