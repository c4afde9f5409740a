"""Ties the window to the settings file: what is remembered between starts."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.track_table import TrackColumn, TrackSort
from beatpass_desktop.system.settings import Setting, Settings
from beatpass_desktop.views.main_window import MainWindow
from beatpass_desktop.views.theme.theme import ThemeMode

if TYPE_CHECKING:
    from beatpass_desktop.views.pages.track_catalogue import TrackCatalogue


class Remembering:
    """Restores what was remembered and keeps what changes."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tracks: TrackCatalogue | None = None

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
        window.page_changed.connect(lambda page: put(Setting.PAGE, page.value))
        window.sidebar_collapsed.connect(lambda yes: put(Setting.SIDEBAR_COLLAPSED, yes))
        window.theme_mode_changed.connect(lambda mode: put(Setting.THEME, mode.value))
        window.closed.connect(lambda: self.keep(window))

    def follow_tracks(self, catalogue: TrackCatalogue) -> None:
        """Restore the catalogue table and remember what changes there."""
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

    def keep(self, window: MainWindow) -> None:
        """Remember what is only read when the window closes."""
        self._settings.put(Setting.GEOMETRY, window.place())
        if self._tracks is not None:
            self._settings.put(Setting.TRACKS_TABLE, self._tracks.columns())

    def _on_sort_changed(self, sort: TrackSort) -> None:
        direction = "desc" if sort.descending else "asc"
        self._settings.put(Setting.TRACKS_SORT, f"{sort.column.value} {direction}")
