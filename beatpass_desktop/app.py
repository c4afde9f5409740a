"""The composition root: builds everything in this order and connects it; nothing else does.

First the part that the first paint needs: folders, lock, store, models, window. The page is on the
screen before the event loop of asyncio and the network stack are even imported (`online.py`).
"""

from __future__ import annotations

import contextlib
import gc
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.banners import BannersModel
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.formatting import UNKNOWN
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.options import Options
from beatpass_desktop.remembering import Remembering
from beatpass_desktop.requests import Requests
from beatpass_desktop.sign_in_requests import SignInRequests
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

if TYPE_CHECKING:
    from beatpass_desktop.exporting import Exporting
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.models.sign_in import SignInModel
    from beatpass_desktop.models.storage import StorageModel
    from beatpass_desktop.system.keychain import Keychain
    from beatpass_desktop.views.pages.export_line import ExportLine
    from beatpass_desktop.views.sign_in.page import SignInPage
    from beatpass_desktop.views.sign_in.sign_out import SignOutPage

PAGES = frozenset(
    {Page.HOME, Page.ACTIVITY, Page.TRACKS, Page.ALBUMS, Page.LEADERBOARDS, Page.PROGRESS}
)
"""The pages that this program has; the others open on the web."""


def utc_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


def system_keychain() -> Keychain:
    """The keychain of the operating system."""
    from beatpass_desktop.system.keychain import Keychain

    return Keychain()


class App:
    """Everything of one run, in the order in which it is built. `keychain` makes the keychain when
    one is needed."""

    def __init__(
        self,
        options: Options,
        places: Folders,
        guard: InstanceGuard,
        keychain: Callable[[], Keychain] = system_keychain,
    ) -> None:
        self.options = options
        self.keychain = keychain
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
        account = self._account()
        has_token = bool(options.token or options.sandbox)
        self.who = Who(
            self.store,
            self.feed,
            account,
            origin="" if options.sandbox else options.origin,
            is_asking=not options.offline and (has_token or account is not None),
        )
        self.requests = Requests()
        # A tour refreshes every page.
        is_automatic = options.tour is not None or self.remembering.automatic_refresh()
        self.requests.set_automatic(is_automatic)
        self.sign_in_requests = SignInRequests()
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
            {
                Page.HOME: self._home_page,
                Page.ACTIVITY: self._activity_page,
                Page.TRACKS: self._tracks_page,
                Page.ALBUMS: self._albums_page,
                Page.LEADERBOARDS: self._leaderboards_page,
                Page.PROGRESS: self._progress_page,
            },
            self.who,
            self.home,
            self.banners,
            self.requests,
        )
        self.window.link_requested.connect(self._on_link_requested)
        self.window.sign_in_requested.connect(self.show_sign_in)
        self.window.sign_out_requested.connect(self._on_sign_out_requested)
        self.window.account_requested.connect(self.sign_in_requests.show_account)
        self.window.token_requested.connect(self.sign_in_requests.read_token)
        self.window.settings_requested.connect(self.show_settings)
        self.window.search_requested.connect(self.show_search)

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
        if not self.who.is_asking and not self.who.account and self._can_sign_in():
            self.show_sign_in()
        self.window.show()

    @cached_property
    def sign_in(self) -> SignInModel:
        """How far signing in has come."""
        from beatpass_desktop.models.sign_in import SignInModel

        return SignInModel()

    @cached_property
    def sign_in_page(self) -> SignInPage:
        """The page to sign in with."""
        from beatpass_desktop.views.sign_in.page import SignInPage

        page = SignInPage(self.theme, self.sign_in, self.sign_in_requests, utc_now)
        page.link_requested.connect(self._on_link_requested)
        page.left.connect(self.window.show_pages)
        return page

    @cached_property
    def sign_out_page(self) -> SignOutPage:
        """The page to sign out with."""
        from beatpass_desktop.views.sign_in.sign_out import SignOutPage

        page = SignOutPage(self.theme, self.sign_in_requests)
        page.left.connect(self.window.show_pages)
        return page

    def show_sign_in(self) -> None:
        """Put the sign-in page in the place of the pages."""
        if self._can_sign_in():
            self.sign_in_page.begin(can_leave=bool(self.who.account))
            self.window.show_instead(self.sign_in_page)

    @cached_property
    def storage(self) -> StorageModel:
        """How much the app's files take up."""
        from beatpass_desktop.models.storage import StorageModel
        from beatpass_desktop.system.file_sizes import image_bytes, log_bytes

        places = self.folders
        return StorageModel(
            self.store, str(places.data), lambda: (image_bytes(places), log_bytes(places))
        )

    def show_search(self) -> None:
        """Open the global search."""
        from beatpass_desktop.finding import open_search

        open_search(self)

    def show_settings(self) -> None:
        """Show the settings; what is chosen there holds at once and is remembered."""
        from beatpass_desktop.views.browser import open_folder
        from beatpass_desktop.views.settings.dialog import SettingsDialog

        dialog = SettingsDialog(
            self.theme,
            self.storage,
            automatic_refresh=self.remembering.automatic_refresh(),
            can_clear=self._can_fetch_again(),
            parent=self.window,
        )
        self.remembering.follow_settings(dialog)
        dialog.automatic_refresh_changed.connect(self.requests.set_automatic)
        dialog.folder_requested.connect(lambda: open_folder(self.storage.folder))
        dialog.clear_requested.connect(self._on_clear_requested)
        dialog.open()

    def _can_fetch_again(self) -> bool:
        """Whether what would be cleared can be had again now."""
        who = self.who
        is_reached = self.home.freshness.state is not FreshnessState.OFFLINE
        return bool(who.account and who.is_asking and not who.is_refused and is_reached)

    def _can_sign_in(self) -> bool:
        options = self.options
        return not (options.offline or options.sandbox or options.tour)

    def _account(self) -> accounts.Account | None:
        """Whose figures to show before anybody has been asked."""
        options, connection = self.options, self.store.reading
        if options.token and not options.sandbox:
            return accounts.of_token(connection, options.origin, options.token)
        return accounts.last_used(connection, options.origin)

    def _home_page(self) -> PageFrame:
        return HomePage(self.theme, self.home, self.requests, utc_now, self.places)

    @cached_property
    def pictures(self) -> Pictures:
        """Covers and avatars."""
        from beatpass_desktop.models.pictures import Pictures
        from beatpass_desktop.system.picture_cache import PictureCache

        pictures = Pictures(PictureCache(self.folders.cache / "pictures", self.options.origin))
        self.feed.connection_changed.connect(
            lambda event: pictures.try_again() if event.online else None
        )
        return pictures

    def _activity_page(self) -> PageFrame:
        from beatpass_desktop.models.activity import ActivityModel
        from beatpass_desktop.views.pages.activity import ActivityPage

        model = ActivityModel(
            shown_by(Page.ACTIVITY),
            self.store,
            self.feed,
            self.who,
            utc_now,
            offline=self.options.offline,
        )
        return ActivityPage(self.theme, model, self.requests, utc_now, self.pictures)

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
            pictures=self.pictures,
        )
        page = TracksPage(self.theme, model, self.requests, utc_now, self.pictures)
        self._serve_exports(page.catalogue.exporting)
        if self.options.tour is None:
            self.remembering.follow_tracks(page.catalogue)
            self.remembering.follow_details(page)
        return page

    def _albums_page(self) -> PageFrame:
        from beatpass_desktop.models.albums import AlbumsModel
        from beatpass_desktop.views.pages.albums import AlbumsPage

        model = AlbumsModel(
            shown_by(Page.ALBUMS),
            self.store,
            self.feed,
            self.who,
            utc_now,
            offline=self.options.offline,
            pictures=self.pictures,
        )
        page = AlbumsPage(self.theme, model, self.requests, utc_now)
        self._serve_exports(page.catalogue.exporting)
        if self.options.tour is None:
            self.remembering.follow_albums(page)
        return page

    def _progress_page(self) -> PageFrame:
        from beatpass_desktop.models.progress import ProgressModel
        from beatpass_desktop.views.pages.progress import ProgressPage

        model = ProgressModel(
            shown_by(Page.PROGRESS),
            self.store,
            self.feed,
            self.who,
            utc_now,
            offline=self.options.offline,
        )
        return ProgressPage(self.theme, model, self.requests, utc_now)

    @cached_property
    def exporting(self) -> Exporting:
        """The export that is being written."""
        from beatpass_desktop.exporting import Exporting

        return Exporting(self.store.path)

    def _leaderboards_page(self) -> PageFrame:
        from beatpass_desktop.models.leaderboards import LeaderboardsModel
        from beatpass_desktop.views.pages.leaderboards import LeaderboardsPage

        model = LeaderboardsModel(
            shown_by(Page.LEADERBOARDS),
            self.store,
            self.feed,
            self.who,
            utc_now,
            offline=self.options.offline,
            pictures=self.pictures,
        )
        if self.options.tour is None:
            self.remembering.follow_leaderboards(model)
        return LeaderboardsPage(self.theme, model, self.requests, utc_now, self.pictures)

    def _serve_exports(self, line: ExportLine) -> None:
        """Have the files written that are asked for there."""
        line.requested.connect(lambda wish: self.exporting.start(wish, line))
        line.cancel_requested.connect(lambda: self.exporting.cancel())

    def close(self) -> None:
        """Give up what is being written and close the store."""
        if "exporting" in self.__dict__:
            self.exporting.close()
        if "pictures" in self.__dict__:
            self.pictures.close()
        self.store.close()

    def _on_sign_out_requested(self) -> None:
        self.sign_out_page.begin(self.who.name or "")
        self.window.show_instead(self.sign_out_page)

    def _on_clear_requested(self) -> None:
        from beatpass_desktop.system.file_sizes import clear_images

        clear_images(self.folders)
        self.requests.clear_cache()

    def _on_link_requested(self, address: str) -> None:
        from beatpass_desktop.views.browser import open_link

        open_link(address)


def run(options: Options, keychain: Callable[[], Keychain] = system_keychain) -> int:
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
        app = App(options, places, guard, keychain)
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
        sys.stdout.flush()
        app.close()
        # All is closed; taking the interpreter apart is no part of what is measured.
        os._exit(0)
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
