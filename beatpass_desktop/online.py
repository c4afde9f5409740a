"""The second half of a start: the event loop, the sandbox, the network, and the way out."""

from __future__ import annotations

import asyncio
import gc
import logging
import signal
import sys
from collections.abc import Awaitable, Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

import qasync  # isort: skip - it looks for the Qt binding that is loaded

from beatpass_desktop.domain.events import (
    AccountChanged,
    Event,
    FetchEnded,
    FollowEnded,
    OnboardingFailed,
    RequestsPaused,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.last_resort import LastResort
from beatpass_desktop.release_source import release_source
from beatpass_desktop.resources import resource_path
from beatpass_desktop.safekeeping import Safekeeping
from beatpass_desktop.signing_in import SigningIn
from beatpass_desktop.store.places import caution
from beatpass_desktop.system import logs
from beatpass_desktop.system.recent_requests import RecentRequests
from beatpass_desktop.system.sandbox_server import SandboxFailed, SandboxServer
from beatpass_desktop.version import VERSION
from beatpass_desktop.views.garbage_collection import GarbageCollection

if TYPE_CHECKING:
    from beatpass_desktop.api.budget import Budget
    from beatpass_desktop.api.session import Session
    from beatpass_desktop.app import App
    from beatpass_desktop.sync.engine import Engine
    from beatpass_desktop.sync.pictures import PictureFetching

_log = logging.getLogger(__name__)
_CLOSING_SECONDS = 2.0


def run_online(qt: QApplication, app: App) -> int:
    """Run until the window is closed, a signal comes, or the tour is over; return the exit code."""
    loop = qasync.QEventLoop(qt)
    asyncio.set_event_loop(loop)
    collection = GarbageCollection(qt)
    closed = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            loop.add_signal_handler(number, closed.set)
        except NotImplementedError:
            signal.signal(number, lambda *_: loop.call_soon_threadsafe(closed.set))
    try:
        with loop:
            return int(loop.run_until_complete(live(qt, app, closed)))
    finally:
        collection.deleteLater()
        gc.collect()


async def live(qt: QApplication, app: App, closed: asyncio.Event) -> int:
    """One run, from the first painted page to the last stored row; return the exit code."""
    redaction = logs.start(app.folders.state, app.options.token)
    logs.keep_native_crashes(app.folders.state)
    last_resort = LastResort(app, redaction)
    last_resort.install()
    asyncio.get_running_loop().set_exception_handler(_heard_by(last_resort))
    if app.options.tour is None:
        app.store.look_after(last_resort.damaged.emit)
        if sentence := caution(app.folders.data):
            app.banners.say(Failure(FailureKind.STORAGE, sentence, reached=True))
        _come_to_the_front(app)
        _show_icon(qt)
    app.window.closed.connect(closed.set)
    app.window.show_pictures(app.pictures)
    _tell_of_releases(app)
    connection = Connection(qt, app)
    keychain = app.keychain()
    signing_in = SigningIn(app, connection, keychain, redaction.conceal)
    safekeeping = Safekeeping(app, keychain, redaction.conceal, last_resort.damaged.emit)
    try:
        await _until(closed, _open(app, connection, signing_in, safekeeping))
        if app.options.tour is not None and not closed.is_set():
            from beatpass_desktop.commands.tour import tour

            code = await _until(closed, tour(app, connection.engine, app.options.tour))
            return code or connection.exit_code
        await closed.wait()
        return 0
    finally:
        app.remembering.keep(app.window)
        app.window.hide()
        if app.updating is not None:
            await _bounded(app.updating.close())
        await _bounded(safekeeping.close())
        await _bounded(signing_in.close())
        await _bounded(connection.close())
        app.close()
        app.guard.release()
        last_resort.uninstall()


def _show_icon(qt: QApplication) -> None:
    """Give the window the icon that an installed program has from its package."""
    if not hasattr(sys, "frozen"):
        qt.setWindowIcon(QIcon(str(resource_path("icons", "app", "beatpass-desktop.svg"))))


def _come_to_the_front(app: App) -> None:
    """Do so whenever the program is started again with the same data folder."""
    from beatpass_desktop.views.second_start import SecondStart

    second_start = SecondStart(app.folders.data, app.window)
    second_start.noticed.connect(app.come_to_the_front)
    if not second_start.listen():
        _log.warning("a second start will not find this window")


def _tell_of_releases(app: App) -> None:
    """Do so where there is somebody to ask."""
    source = release_source(app.options)
    if source is not None:
        from beatpass_desktop.updating import Updating

        app.updating = Updating(source, app.settings, app.banners.offer)


async def _open(
    app: App, connection: Connection, signing_in: SigningIn, safekeeping: Safekeeping
) -> None:
    """Have whoever is shown be kept up to date."""
    options = app.options
    if options.sandbox:
        if not options.offline:
            await connection.open_sandbox(options.sandbox)
        return
    await safekeeping.begin()
    app.sign_in_requests.connect(signing_in)
    signing_in.resume()
    if options.token and not options.offline:
        connection.connect(options.base_url, options.token)
    elif not options.token:
        await signing_in.begin()


class Connection:
    """The engine and what it stands on; none of it while offline or signed out.

    Attributes:
        engine: None while there is none.
        token: what its requests carry; empty while there is none.
        exit_code: 1 when the sandbox that was asked for did not start.
    """

    def __init__(self, qt: QApplication, app: App) -> None:
        self._app = app
        self._sandbox: SandboxServer | None = None
        self._closing: set[asyncio.Future[None]] = set()
        self._budget: Budget | None = None
        # A sandbox of our own begins anew with each run.
        is_own = bool(app.options.sandbox)
        self._recent = None if is_own else RecentRequests(app.folders.state / "requests")
        self._pictures: PictureFetching | None = None
        self.engine: Engine | None = None
        self.token = ""
        self.exit_code = 0
        qt.applicationStateChanged.connect(self._on_application_state_changed)

    @property
    def paused_for(self) -> float:
        """Seconds for which BeatPass wants no request; 0 when it takes them."""
        return (self._budget.paused_for or 0.0) if self._budget is not None else 0.0

    def session(
        self,
        base_url: str,
        token: str,
        on_pause: Callable[[datetime | None], None],
        *,
        max_bytes: int | None = None,
    ) -> Session:
        """Requests with this token. All sessions share the limits."""
        # The network side is 15 MB that an offline run has no use for.
        from beatpass_desktop.api.budget import Budget
        from beatpass_desktop.api.session import Session

        if self._budget is None:
            self._budget = Budget(recent=self._recent.ages() if self._recent else ())
        return Session(
            base_url,
            token,
            user_agent=f"beatpass-desktop/{VERSION} ({sys.platform})",
            budget=self._budget,
            on_pause=on_pause,
            max_bytes=max_bytes,
        )

    def connect(self, base_url: str, token: str) -> None:
        """Put an engine behind the pages, for the account that is shown; there must be none yet."""
        from beatpass_desktop.sync.engine import Engine

        assert self.engine is None
        app = self._app
        engine = Engine(
            app.store,
            self.session(base_url, token, lambda until: engine.paused(until)),
            origin=app.options.origin,
            token=token,
            announce=lambda event: self._tell(engine, event),
            account=app.who.account,
        )
        self.engine, self.token = engine, token
        app.requests.connect(engine)
        self._connect_pictures(base_url)
        if self.paused_for:
            engine.paused(datetime.now(UTC) + timedelta(seconds=self.paused_for))

    def _connect_pictures(self, base_url: str) -> None:
        """Have covers and avatars fetched, without the token."""
        from beatpass_desktop.api.pictures import MAX_BYTES
        from beatpass_desktop.sync.pictures import PictureFetching

        pictures = self._app.pictures
        session = self.session(base_url, "", lambda until: None, max_bytes=MAX_BYTES)
        self._pictures = PictureFetching(session, pictures.shelf, pictures.on_fetched)
        pictures.connect_to(self._pictures)

    async def disconnect(self) -> None:
        """End the engine; nothing that is still under way reaches the screen."""
        engine, self.engine, self.token = self.engine, None, ""
        if engine is None:
            return
        self._app.requests.disconnect()
        self._app.pictures.connect_to(None)
        self._app.feed.tell(RequestsPaused(None))
        await self._whole(engine.close())
        if self._pictures is not None:
            await self._whole(self._pictures.close())
            self._pictures = None

    async def end(self, session: Session) -> None:
        """Close a session that `session` gave."""
        await self._whole(session.aclose())

    async def open_sandbox(self, profile: str) -> None:
        """Start the sandbox and connect to it."""
        app = self._app
        self._sandbox = SandboxServer(profile)
        try:
            address = await self._sandbox.start()
        except SandboxFailed as error:
            self.exit_code = 1
            sys.stderr.write(f"beatpass-desktop: {error}\n")
            failure = Failure(FailureKind.BUG, str(error), reached=True)
            app.banners.say(failure)
            app.feed.tell(AccountChanged(app.who.account, app.who.artist, failure))
        else:
            self.connect(address.base_url, address.token)

    async def close(self) -> None:
        """End everything; what is stored stays."""
        await self.disconnect()
        if self._closing:
            await asyncio.wait(self._closing)
        if self._budget is not None and self._recent is not None:
            self._recent.keep(self._budget.ages())
        if self._sandbox is not None:
            self._sandbox.stop()

    def _whole(self, work: Coroutine[None, None, None]) -> asyncio.Future[None]:
        """`work`, carried out whole also when whoever waits for it is cancelled."""
        task = asyncio.ensure_future(work)
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)
        return asyncio.shield(task)

    def _tell(self, engine: Engine, event: Event) -> None:
        # What an engine still tells while it is being closed is about somebody not shown any more,
        # but for the ends of what it has begun.
        if engine is self.engine or isinstance(event, FetchEnded | FollowEnded | OnboardingFailed):
            self._app.feed.tell(event)

    def _on_application_state_changed(self, state: Qt.ApplicationState) -> None:
        if state is Qt.ApplicationState.ApplicationActive and self.engine is not None:
            self.engine.show_page(self._app.window.page)


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


def _heard_by(
    last_resort: LastResort,
) -> Callable[[asyncio.AbstractEventLoop, dict[str, object]], None]:
    def on_exception(loop: asyncio.AbstractEventLoop, context: dict[str, object]) -> None:
        error = context.get("exception")
        found = error if isinstance(error, Exception) else None
        _log.error("%s", context.get("message"), exc_info=found)
        if found is not None:
            last_resort.take(found)

    return on_exception
