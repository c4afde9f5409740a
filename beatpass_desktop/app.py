"""The composition root: builds everything in this order and connects it; nothing else does.

First the part that the first paint needs: folders, lock, store, models, window. The page is on the
screen before the event loop of asyncio and the network stack are even imported (`online.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from beatpass_desktop import pages
from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models.banners import BannersModel
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.options import Options
from beatpass_desktop.remembering import Remembering
from beatpass_desktop.requests import Requests
from beatpass_desktop.sign_in_requests import SignInRequests
from beatpass_desktop.store import accounts, cipher
from beatpass_desktop.store.errors import StoreLocked, StoreReadOnly
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.store.store import Store
from beatpass_desktop.store_key import PATIENCE, have_without_asking, system_keychain
from beatpass_desktop.system.folders import Folders
from beatpass_desktop.system.settings import Setting, Settings
from beatpass_desktop.views.main_window import MainWindow
from beatpass_desktop.views.navigation import destinations
from beatpass_desktop.views.theme.theme import Theme, ThemeMode

if TYPE_CHECKING:
    from beatpass_desktop.exporting import Exporting
    from beatpass_desktop.models.pictures import Pictures
    from beatpass_desktop.models.sign_in import SignInModel
    from beatpass_desktop.models.statement import StatementModel
    from beatpass_desktop.models.storage import StorageModel
    from beatpass_desktop.store_key import KeyFetch
    from beatpass_desktop.system.keychain import Keychain
    from beatpass_desktop.updating import Updating
    from beatpass_desktop.views.pages.export_line import ExportLine
    from beatpass_desktop.views.sign_in.page import SignInPage
    from beatpass_desktop.views.sign_in.sign_out import SignOutPage


def utc_now() -> datetime:
    """The present, aware, UTC."""
    return datetime.now(UTC)


class App:
    """Everything of one run, in the order in which it is built. `keychain` makes the keychain when
    one is needed; `key` is the key of the store, when it was asked for already.

    Attributes:
        is_waiting_for_key: whether the stored data cannot be shown before its key is had.
    """

    def __init__(
        self,
        options: Options,
        places: Folders,
        guard: InstanceGuard,
        keychain: Callable[[], Keychain] = system_keychain,
        key: KeyFetch | None = None,
    ) -> None:
        self.options = options
        self.is_waiting_for_key = False
        self.now = utc_now
        # A tour looks as the person has set it up, and leaves nothing behind.
        self.remembers = options.tour is None
        self.keychain = keychain
        self.folders = places
        self.guard = guard
        self.settings = Settings(places.config / "settings.json", keeps=self.remembers)
        self.remembering = Remembering(self.settings)
        self.theme = Theme(
            ThemeMode(options.theme) if options.theme else self.remembering.theme_mode(),
            scale=self.remembering.text_scale(),
            reduced_motion=options.tour is not None or self.remembering.reduced_motion(),
        )
        self.store = self._open_store(key)
        self.feed = Feed()
        account = self._account()
        has_token = bool(options.token or options.sandbox)
        self.who = Who(
            self.store,
            self.feed,
            account,
            origin="" if options.sandbox else options.origin,
            is_asking=self.is_waiting_for_key
            or (not options.offline and (has_token or account is not None)),
        )
        self.requests = Requests()
        # A tour refreshes every page.
        is_automatic = options.tour is not None or self.remembering.automatic_refresh()
        self.requests.set_automatic(is_automatic)
        self.sign_in_requests = SignInRequests()
        self.home = HomeModel(**pages.model_arguments(self, Page.HOME))
        self.banners = BannersModel(
            self.feed,
            self.who,
            utc_now,
            sandbox=options.sandbox,
            store_notice=self.store.notice,
            offline=options.offline,
        )
        self.updating: Updating | None = None
        self.places = destinations()
        self.window = MainWindow(
            self.theme,
            self.places,
            pages.builders(self),
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
        self.window.show_page(page)
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

    def come_to_the_front(self, page: str = "") -> None:
        """Show the window to whoever started the program again, with the page asked for."""
        if page in set(Page):
            self.window.show_page(Page(page))
        self.window.come_to_the_front()

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
            update_notice=self.remembering.update_notice() if self.updating else None,
            parent=self.window,
        )
        self.remembering.follow_settings(dialog)
        dialog.automatic_refresh_changed.connect(self.requests.set_automatic)
        if self.updating is not None:
            dialog.update_notice_changed.connect(self.updating.look)
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

    def show_stored(self) -> None:
        """Show whoever was here last by the store, which has become another one."""
        options, who = self.options, self.who
        who.show(self._account())
        if options.offline:
            who.lacks_token()
        elif options.token:
            who.has_token(None)
        if not who.is_asking and not who.account and self._can_sign_in():
            self.show_sign_in()
        else:
            self.window.show_pages()

    def _open_store(self, fetch: KeyFetch | None) -> Store:
        """The store of the data folder. One for this session where that cannot be written, where
        somebody chose so, or until the key of the real one comes (`is_waiting_for_key`).

        Raises StoreLocked in a run that nobody watches.
        """
        options, places = self.options, self.folders
        identity = None if options.sandbox else cipher.identity_of(places.store)
        if identity is not None and not cipher.is_at_hand(identity):
            if options.is_unwatched:
                have_without_asking(places, self.keychain, fetch)
            elif fetch is not None and (key := fetch.wait(PATIENCE)) is not None:
                cipher.have(key)
        is_kept = self.settings.text(Setting.WITHOUT_KEYCHAIN) != "session"
        try:
            if identity is not None or options.sandbox or is_kept:
                store = Store(places.store)
                if store.writable or options.offline:
                    return store
                store.close()
        except StoreReadOnly:
            pass
        except StoreLocked:
            if options.is_unwatched:
                raise
            self.is_waiting_for_key = True
        from beatpass_desktop.store.session_store import SessionStore

        return SessionStore(places.store if is_kept and not self.is_waiting_for_key else None)

    def _account(self) -> accounts.Account | None:
        """Whose figures to show before anybody has been asked."""
        options, connection = self.options, self.store.reading
        if options.token and not options.sandbox:
            return accounts.of_token(connection, options.origin, options.token)
        return accounts.last_used(connection, options.origin)

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

    @cached_property
    def exporting(self) -> Exporting:
        """The export that is being written."""
        from beatpass_desktop.exporting import Exporting

        return Exporting(self.store)

    def serve_exports(self, line: ExportLine | StatementModel) -> None:
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
