"""The composition root: builds everything in this order and connects it; nothing else does.

First the part that the first paint needs: folders, lock, store, models, window. The page is on the
screen before the event loop of asyncio and the network stack are even imported (`online.py`).
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from datetime import UTC, datetime

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.banners import BannersModel
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.formatting import UNKNOWN
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.options import Options
from beatpass_desktop.remembering import Remembering
from beatpass_desktop.requests import Requests
from beatpass_desktop.store import accounts
from beatpass_desktop.store.connection import check_library
from beatpass_desktop.store.errors import StoreError, StoreReadOnly
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.store.store import Store
from beatpass_desktop.sync.resources import shown_by
from beatpass_desktop.system.folders import Folders, folders
from beatpass_desktop.system.settings import Settings
from beatpass_desktop.views.main_window import MainWindow
from beatpass_desktop.views.navigation import destinations
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.home import HomePage
from beatpass_desktop.views.theme.theme import STYLE_ARGUMENTS, Theme, ThemeMode

PAGES = frozenset({Page.HOME, Page.TRACKS})
"""The pages that this program has; the others open on the web."""


def utc_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


class App:
    """Everything of one run, in the order in which it is built."""

    def __init__(self, options: Options, places: Folders, guard: InstanceGuard) -> None:
        self.options = options
        self.folders = places
        self.guard = guard
        # A tour looks as the person has set it up, and leaves nothing behind.
        self.settings = Settings(places.config / "settings.json", keeps=options.tour is None)
        self.remembering = Remembering(self.settings)
        self.theme = Theme(
            ThemeMode(options.theme) if options.theme else self.remembering.theme_mode(),
            scale=self.remembering.text_scale(),
            reduced_motion=options.tour is not None or self.remembering.reduced_motion(),
        )
        self.store = _open_store(places, options)
        self.feed = Feed()
        self.who = Who(
            self.store,
            self.feed,
            self._account(),
            is_asking=not options.offline and bool(options.token or options.sandbox),
        )
        self.requests = Requests()
        self.home = HomeModel(
            shown_by(Page.HOME),
            self.store,
            self.feed,
            self.who,
            utc_now,
            offline=options.offline,
        )
        self.banners = BannersModel(
            self.feed,
            self.who,
            utc_now,
            sandbox=options.sandbox,
            store_notice=self.store.notice,
            offline=options.offline,
        )
        self.places = destinations(PAGES)
        self.window = MainWindow(
            self.theme,
            self.places,
            {Page.HOME: self._home_page, Page.TRACKS: self._tracks_page},
            self.who,
            self.home,
            self.banners,
            self.requests,
        )
        self.window.link_requested.connect(self._on_link_requested)

    def show(self) -> None:
        """Put the window on the screen with the page asked for, or the one last seen."""
        options = self.options
        self.remembering.restore(self.window, with_place=options.size is None)
        if options.size is not None:
            self.window.setMinimumSize(0, 0)
            self.window.resize(*options.size)
        page = options.page or (Page.HOME if options.tour else self.remembering.page())
        self.window.show_page(page if page in PAGES else Page.HOME)
        self.remembering.follow(self.window)
        self.window.show()

    def _account(self) -> accounts.Account | None:
        """Whose figures to show before anybody has been asked."""
        options, connection = self.options, self.store.reading
        if options.token and not options.sandbox:
            return accounts.of_token(connection, options.origin, options.token)
        if options.sandbox or options.offline:
            return accounts.last_used(connection, options.origin)
        return None

    def _home_page(self) -> PageFrame:
        return HomePage(self.theme, self.home, self.requests, utc_now, self.places)

    def _tracks_page(self) -> PageFrame:
        from beatpass_desktop.models.tracks import TracksModel
        from beatpass_desktop.views.pages.tracks import TracksPage

        model = TracksModel(
            shown_by(Page.TRACKS),
            self.store,
            self.feed,
            self.who,
            utc_now,
            offline=self.options.offline,
        )
        page = TracksPage(self.theme, model, self.requests, utc_now)
        if self.options.tour is None:
            self.remembering.follow_tracks(page.catalogue)
        return page

    def _on_link_requested(self, address: str) -> None:
        from beatpass_desktop.views.browser import open_link

        open_link(address)


def run(options: Options) -> int:
    """Run the program; the exit code is 0, or 1 after a message on standard error."""
    check_library()
    places = folders(options.data_dir)
    if options.sandbox:
        places = places.of_sandbox()
    guard = InstanceGuard(places.data)
    if not _can_show(options):
        return _fail("There is no display to open a window on; --tour DIR draws pictures instead.")
    try:
        with contextlib.suppress(StoreReadOnly):
            guard.acquire()
        qt = _application()
        app = App(options, places, guard)
    except StoreError as error:
        return _fail(error.sentence)
    app.theme.apply(qt)
    # Not quit(), which would close the window.
    app.window.first_painted.connect(qt.exit)
    app.show()
    qt.exec()
    gc.freeze()
    gc.enable()
    if options.quit_after_first_paint:
        # Written by hand: importing json would be measured as part of the start.
        page, figures = app.window.page.value, _figures_shown(app)
        sys.stdout.write(f'{{"painted": "{page}", "values": {figures}}}\n')
        app.store.close()
        return 0
    from beatpass_desktop.online import run_online

    return run_online(qt, app)


def _open_store(places: Folders, options: Options) -> Store:
    """The store of the data folder; one for this session where that cannot be written."""
    try:
        store = Store(places.store)
    except StoreReadOnly:
        store = None
    if store is not None and (store.writable or options.offline):
        return store
    if store is not None:
        store.close()
    from beatpass_desktop.store.session_store import SessionStore

    return SessionStore(places.store)


def _can_show(options: Options) -> bool:
    """Whether there is a display; what needs nobody to look draws without one."""
    given = os.environ
    if not sys.platform.startswith("linux") or "QT_QPA_PLATFORM" in given:
        return True
    if given.get("DISPLAY") or given.get("WAYLAND_DISPLAY"):
        return True
    if options.tour is None and not options.quit_after_first_paint:
        return False
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return True


def _application() -> QApplication:
    QCoreApplication.setApplicationName("BeatPass Desktop")
    QCoreApplication.setOrganizationName("beatpass-desktop")
    qt = QApplication([sys.argv[0], *STYLE_ARGUMENTS])
    qt.setDesktopFileName("beatpass-desktop")
    qt.setQuitOnLastWindowClosed(False)
    QLocale.setDefault(_locale())
    return qt


def _locale() -> QLocale:
    """The user's locale; English where the system names none, since "C" groups no digits."""
    system = QLocale.system()
    if system.language() is QLocale.Language.C:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return system


def _figures_shown(app: App) -> int:
    return sum(card.value() != UNKNOWN for card in app.window.current_page.cards)


def _fail(sentence: str) -> int:
    sys.stderr.write(f"beatpass-desktop: {sentence}\n")
    return 1
