"""Ties the window to the settings file: what is remembered between starts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.system.settings import Setting, Settings
from beatpass_desktop.views.main_window import MainWindow
from beatpass_desktop.views.theme.theme import ThemeMode

if TYPE_CHECKING:
    from beatpass_desktop.domain.album_table import AlbumFilter, AlbumSort
    from beatpass_desktop.domain.track_table import TrackSort
    from beatpass_desktop.domain.transactions import TransactionSort
    from beatpass_desktop.models.leaderboards import LeaderboardsModel
    from beatpass_desktop.views.pages.albums.catalogue import AlbumCatalogue
    from beatpass_desktop.views.pages.albums.page import AlbumsPage
    from beatpass_desktop.views.pages.finances.page import FinancesPage
    from beatpass_desktop.views.pages.finances.transactions import TransactionList
    from beatpass_desktop.views.pages.tracks.catalogue import TrackCatalogue
    from beatpass_desktop.views.pages.tracks.page import TracksPage
    from beatpass_desktop.views.settings.dialog import SettingsDialog

_SEARCHES = (
    Setting.TRACKS_SEARCH,
    Setting.TRACKS_FILTER,
    Setting.ALBUMS_SEARCH,
    Setting.ALBUMS_FILTER,
    Setting.TRANSACTIONS_SEARCH,
    Setting.TRANSACTIONS_FILTER,
)
_AFTER_MS = 300
"""after a page was shown it is remembered"""


class Remembering:
    """Restores what was remembered and keeps what changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._page: Page | None = None
        self._pause = QTimer(singleShot=True, interval=_AFTER_MS)
        self._tracks: TrackCatalogue | None = None
        self._albums: AlbumCatalogue | None = None
        self._transactions: TransactionList | None = None

    def theme_mode(self) -> ThemeMode:
        """The theme last chosen; the system's when none was."""
        chosen = self._settings.text(Setting.THEME, ThemeMode.SYSTEM.value)
        return ThemeMode(chosen) if chosen in set(ThemeMode) else ThemeMode.SYSTEM

    def text_scale(self) -> float:
        """The text size, 0.8 to 2.0."""
        return self._settings.number(Setting.TEXT_SCALE, 100, 80, 200) / 100

    def reduced_motion(self) -> bool:
        """Whether nothing may move."""
        return self._settings.flag(Setting.REDUCED_MOTION)

    def automatic_refresh(self) -> bool:
        """Whether what is shown is renewed by itself."""
        return self._settings.flag(Setting.AUTOMATIC_REFRESH, True)

    def update_notice(self) -> bool:
        """Whether to tell of newer versions."""
        return self._settings.flag(Setting.UPDATE_NOTICE, True)

    def page(self) -> Page:
        """The page last shown."""
        name = self._settings.text(Setting.PAGE, Page.HOME.value)
        return Page(name) if name in set(Page) else Page.HOME

    def restore(self, window: MainWindow, *, with_place: bool) -> None:
        """Give the window its remembered state."""
        window.set_sidebar_collapsed(self._settings.flag(Setting.SIDEBAR_COLLAPSED))
        place = self._settings.text(Setting.GEOMETRY)
        if with_place and place:
            window.set_place(place)

    def follow(self, window: MainWindow) -> None:
        """Remember what changes in the window from now on."""
        put = self._settings.put
        # Not while somebody waits for the page: writing a file may take as long as painting it.
        self._pause.timeout.connect(self._keep_page)
        window.page_changed.connect(self._on_page_changed)
        window.sidebar_collapsed.connect(lambda yes: put(Setting.SIDEBAR_COLLAPSED, yes))
        window.theme_mode_changed.connect(lambda mode: put(Setting.THEME, mode.value))
        window.closed.connect(lambda: self.keep(window))

    def follow_tracks(self, catalogue: TrackCatalogue) -> None:
        """Restore the catalogue table and remember what changes there."""
        from beatpass_desktop.domain.track_table import TrackColumn, TrackSort
        from beatpass_desktop.models.track_choice import TrackChoice

        self._tracks = catalogue
        name, _, direction = self._settings.text(Setting.TRACKS_SORT).partition(" ")
        if name in set(TrackColumn):
            catalogue.set_sort(TrackSort(TrackColumn(name), direction == "desc"))
        catalogue.set_search(self._settings.text(Setting.TRACKS_SEARCH))
        with contextlib.suppress(ValueError):
            catalogue.set_choice(TrackChoice.from_json(self._settings.text(Setting.TRACKS_FILTER)))
        columns = self._settings.text(Setting.TRACKS_TABLE)
        if columns:
            catalogue.set_columns(columns)
        catalogue.sort_changed.connect(self._on_sort_changed)
        catalogue.choice_changed.connect(
            lambda choice: self._settings.put(Setting.TRACKS_FILTER, choice.to_json())
        )
        catalogue.search_changed.connect(
            lambda text: self._settings.put(Setting.TRACKS_SEARCH, text)
        )

    def follow_details(self, page: TracksPage) -> None:
        """Open the details of the current track if they were open, and remember it."""
        page.show_details(self._settings.flag(Setting.TRACK_DETAILS))
        page.details_shown.connect(lambda shown: self._settings.put(Setting.TRACK_DETAILS, shown))

    def follow_albums(self, page: AlbumsPage) -> None:
        """Restore the albums and remember what changes there."""
        from beatpass_desktop.domain.album_table import (
            AlbumColumn,
            AlbumFilter,
            AlbumSort,
            ReleaseState,
        )

        settings, put = self._settings, self._settings.put
        catalogue = self._albums = page.catalogue
        name, _, direction = settings.text(Setting.ALBUMS_SORT).partition(" ")
        if name in set(AlbumColumn):
            catalogue.set_sort(AlbumSort(AlbumColumn(name), direction == "desc"))
        year, _, state = settings.text(Setting.ALBUMS_FILTER).partition(":")
        catalogue.filters.set_wanted(
            AlbumFilter(
                settings.text(Setting.ALBUMS_SEARCH),
                int(year) if year.isdecimal() else None,
                ReleaseState(state) if state in set(ReleaseState) else None,
            )
        )
        columns = settings.text(Setting.ALBUMS_TABLE)
        if columns:
            catalogue.set_columns(columns)
        catalogue.set_view(settings.text(Setting.ALBUMS_VIEW))
        page.show_tracks(settings.flag(Setting.ALBUM_TRACKS))
        catalogue.sort_changed.connect(self._on_album_sort_changed)
        catalogue.filter_changed.connect(self._on_album_filter_changed)
        catalogue.view_changed.connect(lambda view: put(Setting.ALBUMS_VIEW, view))
        page.tracks_shown.connect(lambda shown: put(Setting.ALBUM_TRACKS, shown))

    def follow_finances(self, page: FinancesPage) -> None:
        """Restore the table of transactions and remember what changes there."""
        from beatpass_desktop.domain.transactions import TransactionColumn, TransactionSort
        from beatpass_desktop.models.transaction_choice import TransactionChoice

        settings, put = self._settings, self._settings.put
        listed = self._transactions = page.ledger.list
        name, _, direction = settings.text(Setting.TRANSACTIONS_SORT).partition(" ")
        if name in set(TransactionColumn):
            listed.set_sort(TransactionSort(TransactionColumn(name), direction == "desc"))
        listed.set_search(settings.text(Setting.TRANSACTIONS_SEARCH))
        with contextlib.suppress(ValueError):
            remembered = settings.text(Setting.TRANSACTIONS_FILTER)
            listed.set_choice(TransactionChoice.from_json(remembered))
        columns = settings.text(Setting.TRANSACTIONS_TABLE)
        if columns:
            listed.set_columns(columns)
        page.ledger.show_details(settings.flag(Setting.TRANSACTION_DETAILS))
        listed.sort_changed.connect(self._on_transaction_sort_changed)
        listed.search_changed.connect(lambda text: put(Setting.TRANSACTIONS_SEARCH, text))
        listed.choice_changed.connect(
            lambda choice: put(Setting.TRANSACTIONS_FILTER, choice.to_json())
        )
        page.ledger.details_shown.connect(lambda on: put(Setting.TRANSACTION_DETAILS, on))

    def follow_settings(self, dialog: SettingsDialog) -> None:
        """Remember what is chosen in the settings."""
        put = self._settings.put
        dialog.theme_mode_changed.connect(lambda mode: put(Setting.THEME, mode.value))
        dialog.text_scale_changed.connect(lambda x: put(Setting.TEXT_SCALE, round(x * 100)))
        dialog.reduced_motion_changed.connect(lambda yes: put(Setting.REDUCED_MOTION, yes))
        dialog.automatic_refresh_changed.connect(lambda yes: put(Setting.AUTOMATIC_REFRESH, yes))
        dialog.update_notice_changed.connect(lambda yes: put(Setting.UPDATE_NOTICE, yes))

    def follow_leaderboards(self, model: LeaderboardsModel) -> None:
        """Choose the ranking that was last looked at, and remember which is."""
        from beatpass_desktop.domain.leaderboards import Ranking

        with contextlib.suppress(ValueError):
            chosen = Ranking.of(self._settings.text(Setting.LEADERBOARD))
            model.choose_category(chosen.category)
            model.choose_period(chosen.period)
        model.chosen.connect(
            lambda ranking: self._settings.put(
                Setting.LEADERBOARD, ranking._replace(period=model.period).params
            )
        )

    def forget_searches(self) -> None:
        """Empty what was searched for: it may name what is erased."""
        for listed in (self._tracks, self._transactions):
            if listed is not None:
                listed.set_search("")
        if self._albums is not None:
            from beatpass_desktop.domain.album_table import AlbumFilter

            self._albums.filters.set_wanted(AlbumFilter())
        for setting in _SEARCHES:
            self._settings.put(setting, "")

    def keep(self, window: MainWindow) -> None:
        """Remember what is only read when the window closes."""
        self._pause.stop()
        self._keep_page()
        self._settings.put(Setting.GEOMETRY, window.place())
        if self._tracks is not None:
            self._settings.put(Setting.TRACKS_TABLE, self._tracks.columns())
        if self._albums is not None:
            self._settings.put(Setting.ALBUMS_TABLE, self._albums.columns())
        if self._transactions is not None:
            self._settings.put(Setting.TRANSACTIONS_TABLE, self._transactions.columns())

    def _on_page_changed(self, page: Page) -> None:
        self._page = page
        self._pause.start()

    def _keep_page(self) -> None:
        if self._page is not None:
            self._settings.put(Setting.PAGE, self._page.value)

    def _on_sort_changed(self, sort: TrackSort) -> None:
        direction = "desc" if sort.descending else "asc"
        self._settings.put(Setting.TRACKS_SORT, f"{sort.column.value} {direction}")

    def _on_album_sort_changed(self, sort: AlbumSort) -> None:
        direction = "desc" if sort.descending else "asc"
        self._settings.put(Setting.ALBUMS_SORT, f"{sort.column.value} {direction}")

    def _on_transaction_sort_changed(self, sort: TransactionSort) -> None:
        direction = "desc" if sort.descending else "asc"
        text = "" if sort.column is None else f"{sort.column.value} {direction}"
        self._settings.put(Setting.TRANSACTIONS_SORT, text)

    def _on_album_filter_changed(self, wanted: AlbumFilter) -> None:
        state = "" if wanted.state is None else wanted.state.value
        self._settings.put(Setting.ALBUMS_SEARCH, wanted.text)
        self._settings.put(Setting.ALBUMS_FILTER, f"{wanted.year or ''}:{state}")
