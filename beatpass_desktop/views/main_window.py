"""The window: sidebar, banners, and the page in view."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.models import formatting
from beatpass_desktop.models.banners import BannersModel, Notice, Tone
from beatpass_desktop.models.home import HomeModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.views.navigation import Destination
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.theme.metrics import Size, Space
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.column import centred_row
from beatpass_desktop.views.widgets.nav_button import NavEntry
from beatpass_desktop.views.widgets.sidebar import Sidebar

if TYPE_CHECKING:
    from beatpass_desktop.domain.requests import RequestPort
    from beatpass_desktop.models.pictures import Pictures

_KINDS = {
    Tone.INFO: BannerKind.INFO,
    Tone.WARN: BannerKind.WARN,
    Tone.BAD: BannerKind.BAD,
    Tone.SANDBOX: BannerKind.SANDBOX,
}
_COUNTDOWN_MS = 1_000
_ROOM_FOR_LABELS = 720


class _Canvas(QWidget):
    """The window's content; tells when it has been painted for the first time.

    Signals:
        first_painted: it and everything on it is on the screen.
    """

    first_painted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._is_painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._is_painted:
            self._is_painted = True
            # Children paint after their parent: the whole picture stands when this turn is over.
            QTimer.singleShot(0, self.first_painted.emit)


class MainWindow(QMainWindow):
    """Shows one page at a time; pages are built when they are first shown.

    Signals:
        first_painted: the first page is on the screen.
        page_changed: this `domain.resources.Page` is in view now.
        link_requested: a web address is to be opened.
        theme_mode_changed: another ThemeMode was chosen.
        sidebar_collapsed: the sidebar was collapsed or opened.
        sign_in_requested, sign_out_requested: somebody wants to sign in, or out.
        account_requested: another account is to be shown; its number.
        settings_requested: the settings are to be shown.
        token_requested: the keychain is to be asked for the token once more.
        store_requested: what the banner about the stored data offers was pressed.
        search_requested: everything is to be searched.
        closed: the window is about to close; whoever composed it ends the program.
    """

    first_painted = Signal()
    page_changed = Signal(object)
    link_requested = Signal(str)
    theme_mode_changed = Signal(object)
    sidebar_collapsed = Signal(bool)
    sign_in_requested = Signal()
    sign_out_requested = Signal()
    account_requested = Signal(object)
    settings_requested = Signal()
    token_requested = Signal()
    store_requested = Signal()
    search_requested = Signal()
    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        places: list[Destination],
        pages: Mapping[Page, Callable[[], PageFrame]],
        who: Who,
        home: HomeModel,
        banners: BannersModel,
        port: RequestPort,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._builders = pages
        self._who = who
        self._home = home
        self._banners = banners
        self._port = port
        self._pages: dict[Page, PageFrame] = {}
        self._wants_collapsed = False
        self._is_narrow = False
        self._shown_notices: list[Notice] = []
        self._instead: QWidget | None = None
        self._pictures: Pictures | None = None
        self._places = places
        self._labels = {place.page: place.label for place in places}
        self.setMinimumSize(960, 600)
        self.resize(1280, 832)
        self._sidebar = self._build_sidebar(theme, places)
        self._banner_stack = BannerStack(theme)
        self._banner_stack.dismissed.connect(self._on_banner_dismissed)
        self._banner_stack.action_requested.connect(self._on_banner_action_requested)
        self._stack = QStackedWidget()
        canvas = _Canvas()
        canvas.first_painted.connect(self.first_painted)
        self._side = QVBoxLayout()
        self._side.setSpacing(0)
        self._side.addLayout(self._banner_row())
        self._side.addWidget(self._stack, 1)
        row = QHBoxLayout(canvas)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self._sidebar)
        row.addLayout(self._side, 1)
        self.setCentralWidget(canvas)
        self._countdown = QTimer(self)
        self._countdown.setInterval(_COUNTDOWN_MS)
        self._countdown.timeout.connect(self._show_banners)
        canvas.first_painted.connect(self._on_first_painted)
        banners.changed.connect(self._show_banners)
        who.changed.connect(self._show_account)
        home.changed.connect(self._show_account)
        theme.changed.connect(self._on_theme_changed)
        self._show_account()

    @property
    def page(self) -> Page:
        """The page in view."""
        return self.current_page.model.page

    @property
    def current_page(self) -> PageFrame:
        """The widget of the page in view."""
        page = self._stack.currentWidget()
        assert isinstance(page, PageFrame)
        return page

    @property
    def pages(self) -> list[Page]:
        """The pages that can be shown, in order."""
        return list(self._builders)

    def page_widget(self, page: Page) -> PageFrame:
        """The widget of a page, built when it was not there yet."""
        if page not in self._pages:
            widget = self._builders[page]()
            widget.link_requested.connect(self.link_requested)
            widget.page_requested.connect(self.show_page)
            widget.search_requested.connect(self.search_requested)
            widget.sign_in_requested.connect(self.sign_in_requested)
            widget.scroll_area.width_changed.connect(self._space_banners)
            self._pages[page] = widget
            self._stack.addWidget(widget)
        return self._pages[page]

    def show_page(self, page: Page) -> None:
        """Bring a page into view and ask for what it needs."""
        widget = self.page_widget(page)
        self.show_pages()
        self._stack.setCurrentWidget(widget)
        self._sidebar.set_current(page)
        self.setWindowTitle(f"{self._labels[page]} · BeatPass Desktop")
        self._banners.show_page(widget.model)
        self._space_banners()
        self._port.show_page(page)
        self.page_changed.emit(page)
        if self.isVisible():
            from beatpass_desktop.views.widgets.settling import settle

            settle()

    def show_instead(self, view: QWidget) -> None:
        """Put `view` in the place of the pages until one of them is shown again."""
        self.show_pages()
        self._instead = view
        self._stack.hide()
        self._side.addWidget(view, 1)
        self._space_banners()
        view.show()
        view.setFocus()

    def show_pages(self) -> None:
        """Show the page again that something stood in the place of."""
        if self._instead is not None:
            self._instead.hide()
            self._instead = None
            self._stack.show()

    def come_to_the_front(self) -> None:
        """Stand before other windows, as they were: also from the dock, but as large as before."""
        self.setWindowState(self.windowState() & ~Qt.WindowState.WindowMinimized)
        self.show()
        self.raise_()
        self.activateWindow()

    def show_shortcuts(self) -> None:
        """List the keyboard shortcuts."""
        from beatpass_desktop.views.shortcut_list import ShortcutList
        from beatpass_desktop.views.shortcuts import shortcut_groups

        ShortcutList(self._theme, shortcut_groups(self._places), self).open()

    def show_pictures(self, pictures: Pictures) -> None:
        """From now on show the artist's picture, which the first paint does without."""
        self._pictures = pictures
        pictures.arrived.connect(self._show_account)
        self._show_account()

    def set_sidebar_collapsed(self, collapsed: bool) -> None:
        """Show the sidebar as remembered."""
        self._wants_collapsed = collapsed
        self._sidebar.set_collapsed(collapsed or self._is_narrow)

    def place(self) -> str:
        """The window's place and size, to be remembered."""
        return bytes(self.saveGeometry().toBase64().data()).decode()

    def set_place(self, remembered: str) -> None:
        """Put the window where it was; a place on a screen that is gone is corrected by Qt."""
        self.restoreGeometry(QByteArray.fromBase64(remembered.encode()))

    def _banner_row(self) -> QHBoxLayout:
        """The banners, as wide as the column of the page below them."""
        self._banner_place = centred_row(self._banner_stack)
        return self._banner_place

    def _build_sidebar(self, theme: Theme, places: list[Destination]) -> Sidebar:
        entries = [
            NavEntry(place.page, place.icon, place.label, place.hue, place.shortcut)
            for place in places
        ]
        sidebar = Sidebar(theme, entries)
        sidebar.page_requested.connect(self.show_page)
        sidebar.collapsed_changed.connect(self._on_sidebar_collapsed)
        sidebar.account_menu_requested.connect(self._on_account_menu_requested)
        return sidebar

    def _on_first_painted(self) -> None:
        # In a turn of its own, after whoever waits for the paint has gone on.
        QTimer.singleShot(0, self, self._add_shortcuts)

    def _add_shortcuts(self) -> None:
        from beatpass_desktop.views.shortcuts import Action, install, shortcut_groups

        install(
            self,
            shortcut_groups(self._places),
            self.show_page,
            {
                Action.REFRESH_PAGE: self._on_refresh_requested,
                Action.REFRESH_ALL: self._port.refresh_all,
                Action.FIND: self.search_requested.emit,
                Action.SEARCH: self._focus_search,
                Action.SETTINGS: self.settings_requested.emit,
                Action.SHORTCUTS: self.show_shortcuts,
                Action.QUIT: self.close,
            },
        )

    def _show_account(self) -> None:
        name = formatting.one_line(self._who.artist_name or self._who.name or "")
        level = self._home.value(Figure.LEVEL)
        image = None if self._pictures is None else self._pictures.image(self._who.artist_image)
        self._sidebar.set_account(
            name, self.tr("Level {}").format(level) if isinstance(level, int) else "", image
        )

    def _show_banners(self) -> None:
        banners = self._banners.banners()
        wanted = [banner.notice for banner in banners]
        staying = [notice for notice in self._shown_notices if notice in wanted]
        # The stack puts a new banner last: where one belongs higher, all are put up again.
        if wanted[: len(staying)] != staying:
            staying = []
        for notice in self._shown_notices:
            if notice not in staying:
                self._banner_stack.remove(notice)
        self._shown_notices = wanted
        for banner in banners:
            self._banner_stack.show_banner(
                banner.notice,
                _KINDS[banner.tone],
                banner.text,
                action=banner.action,
                dismissible=banner.dismissible,
            )
        if self._banners.is_counting_down:
            self._countdown.start()
        else:
            self._countdown.stop()
        self._space_banners()

    def _space_banners(self) -> None:
        px = self._theme.px
        self._banner_stack.setMaximumWidth(px(Size.CONTENT_WIDTH))
        if not self._shown_notices:
            self._banner_place.setContentsMargins(0, 0, 0, 0)
            return
        has_page = self._instead is None and self._stack.count() > 0
        left = px(Space.XXL)
        right = left + (self.current_page.beside if has_page else 0)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        self._banner_place.setContentsMargins(left, px(Space.L), right, 0)

    def _on_banner_dismissed(self, notice: Notice) -> None:
        self._banners.dismiss(notice)

    def _on_banner_action_requested(self, notice: Notice) -> None:
        if notice is Notice.KEYCHAIN:
            self.token_requested.emit()
        elif notice is Notice.STORE:
            self.store_requested.emit()
        elif notice is Notice.UPDATE:
            self.link_requested.emit(self._banners.release_notes)
        else:
            self.sign_in_requested.emit()

    def _focus_search(self) -> None:
        from beatpass_desktop.views.widgets.search_field import SearchField

        fields = self.current_page.findChildren(SearchField)
        field = next((field for field in fields if field.isVisible()), None)
        if field is not None:
            field.setFocus(Qt.FocusReason.ShortcutFocusReason)
            field.selectAll()

    def _on_refresh_requested(self) -> None:
        self._port.refresh_page(self.page)

    def _on_account_menu_requested(self, where: QPoint) -> None:
        # Menus are loaded when the first one is opened.
        from beatpass_desktop.views.account_menu import AccountMenu

        is_offline = self.current_page.model.is_offline
        menu = AccountMenu(self._theme, self._who, self, is_offline=is_offline)
        menu.artist_requested.connect(self._port.switch_artist)
        menu.link_requested.connect(self.link_requested)
        menu.theme_mode_requested.connect(self.choose_theme)
        menu.account_requested.connect(self.account_requested)
        menu.sign_in_requested.connect(self.sign_in_requested)
        menu.sign_out_requested.connect(self.sign_out_requested)
        menu.settings_requested.connect(self.settings_requested)
        menu.shortcuts_requested.connect(self.show_shortcuts)
        menu.quit_requested.connect(self.close)
        menu.popup(where - QPoint(0, menu.sizeHint().height()))

    def choose_theme(self, mode: ThemeMode) -> None:
        """Change the theme, as somebody asked for."""
        self._theme.set_mode(mode)
        self.theme_mode_changed.emit(mode)

    def _on_sidebar_collapsed(self, collapsed: bool) -> None:
        self._wants_collapsed = collapsed
        self.sidebar_collapsed.emit(collapsed)

    def _fit_sidebar(self) -> None:
        """Large text in a small window leaves no room for labels beside the page."""
        narrow = self.width() < self._theme.px(_ROOM_FOR_LABELS)
        if narrow is not self._is_narrow:
            self._is_narrow = narrow
            self._sidebar.set_collapsed(narrow or self._wants_collapsed)

    def _on_theme_changed(self) -> None:
        self._fit_sidebar()
        self._show_banners()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit_sidebar()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closed.emit()
        event.accept()
