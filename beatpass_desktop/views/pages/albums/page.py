"""Albums: what they come to, the albums themselves, and the tracks of the current one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.models.albums import AlbumsModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.views.pages.albums.catalogue import AlbumCatalogue
from beatpass_desktop.views.pages.albums.summary import AlbumSummary
from beatpass_desktop.views.pages.albums.tracks import AlbumTracks
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.pages.list_news import ListNews, ListWords
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button, IconButton
from beatpass_desktop.views.widgets.side_pane import SidePane

_WITH_WORDS = 640
"""px at 100 % from which the heading has room for a button with words"""
_HERE = Qt.ShortcutContext.WidgetShortcut


class AlbumsPage(PageFrame):
    """Cards, the albums as a table or as covers, and beside them the tracks of the current one.

    Space opens and closes the tracks. In the table the arrow that points to them does too, and
    leads into them; the other one leads back.

    Attributes:
        catalogue: the albums with their filters.
        tracks: the pane with the tracks; None until it is first opened.

    Signals (besides those of PageFrame):
        tracks_shown: the tracks were opened or closed.
    """

    tracks_shown = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        model: AlbumsModel,
        port: RequestPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(theme, model, port, now, self.tr("Albums"), icon="disc-3", hue=Hue.ALBUMS)
        self._albums = model
        self._current: int | None = None
        self._grown: list[int] = []
        self.tracks: AlbumTracks | None = None
        self.summary = AlbumSummary(theme, model)
        self.cards = [*self.summary.cards]
        self.catalogue = AlbumCatalogue(theme, model)
        self.catalogue.link_requested.connect(self.link_requested)
        self.catalogue.tracks_requested.connect(self.show_tracks)
        self.catalogue.tracks_turned.connect(self._turn_tracks)
        self.catalogue.current_album_changed.connect(self._on_current_album_changed)
        self._new = Button(theme, self.tr("New album"), icon="plus")
        self._new.clicked.connect(self._empty_action)
        self.add_action(self._new)
        # Large text leaves no room for it in the heading.
        self._plus = IconButton(theme, "plus", self.tr("New album"))
        self._plus.clicked.connect(self._empty_action)
        self.catalogue.tools.addWidget(self._plus)
        self._tracks_button = self._build_tracks_button(theme)
        self._with_tracks = SidePane(theme, self.catalogue)
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.summary)
        self._column.addWidget(self._build_news(theme, port))
        self._column.addWidget(self._with_tracks, 1)
        self._listen_to_keys()
        theme.changed.connect(self._space_content)
        self._space_content()
        self._show()

    def are_tracks_shown(self) -> bool:
        """Whether the tracks are open."""
        return self.tracks is not None and not self.tracks.isHidden()

    def show_tracks(self, shown: bool = True) -> None:
        """Open or close the tracks of the current album."""
        if shown is self.are_tracks_shown():
            return
        if self.tracks is None:
            self.tracks = self._build_tracks()
        self.tracks.setVisible(shown)
        self._tracks_button.setChecked(shown)
        self._albums.tracks.show(self._current if shown else None)
        if not shown:
            self.catalogue.focus_albums()
        elif not self._with_tracks.is_beside():
            # Once it has its place.
            QTimer.singleShot(0, self, self._scroll_to_tracks)
        self.tracks_shown.emit(shown)

    def _build_news(self, theme: Theme, port: RequestPort) -> QWidget:
        words = ListWords(
            self.tr("{} of {} albums"),
            self.tr("BeatPass now lists {} of your {} albums. The earlier list is kept."),
        )
        return ListNews(theme, self._albums, port, words)

    def _build_tracks_button(self, theme: Theme) -> IconButton:
        button = IconButton(theme, "music", "")
        button.set_tooltip(self.tr("Tracks of the album"), self.tr("Space"))
        button.setCheckable(True)
        button.clicked.connect(self._turn_tracks)
        tools = self.catalogue.tools
        tools.insertWidget(tools.count() - 1, button)
        return button

    def _build_tracks(self) -> AlbumTracks:
        model = self._albums.tracks
        model.wanted.connect(self._port.want)
        tracks = AlbumTracks(self._theme, model, self._now, self._albums.pictures)
        tracks.hide()
        tracks.link_requested.connect(self.link_requested)
        tracks.close_requested.connect(lambda: self.show_tracks(False))
        self._with_tracks.set_pane(tracks)
        for key in self._horizontal_keys()[1:]:
            self._on_key(key, tracks.table, self.catalogue.focus_albums)
        return tracks

    def _listen_to_keys(self) -> None:
        table = self.catalogue.table
        there, back = self._horizontal_keys()
        self._on_key(there, table, self._enter_tracks)
        self._on_key(back, table, lambda: self.show_tracks(False))
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self._with_tracks, context=around)
        escape.activated.connect(lambda: self.show_tracks(False))
        escape.setEnabled(False)
        self.tracks_shown.connect(escape.setEnabled)

    def _horizontal_keys(self) -> tuple[Qt.Key, Qt.Key]:
        """The arrow towards the tracks, and the one back."""
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            return Qt.Key.Key_Left, Qt.Key.Key_Right
        return Qt.Key.Key_Right, Qt.Key.Key_Left

    @staticmethod
    def _on_key(key: Qt.Key, widget: QWidget, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(key), widget, context=_HERE).activated.connect(act)

    def _turn_tracks(self) -> None:
        self.show_tracks(not self.are_tracks_shown())

    def _enter_tracks(self) -> None:
        """The first time opens the tracks, the second leads into them."""
        if not self.are_tracks_shown():
            self.show_tracks()
        elif self.tracks is not None and self.tracks.table.isVisible():
            self.tracks.table.setFocus(Qt.FocusReason.TabFocusReason)
            if not self.tracks.table.currentIndex().isValid():
                self.tracks.table.selectRow(0)

    def _scroll_to_tracks(self) -> None:
        if self.tracks is not None:
            self.scroll_area.ensureWidgetVisible(self.tracks)

    def _show(self) -> None:
        self._show_new()
        super()._show()

    def _show_new(self) -> None:
        # An empty page has its own button for it.
        there = self._albums.state is PageState.READY
        with_words = self.width() >= self._theme.px(_WITH_WORDS)
        self._new.setVisible(there and with_words)
        self._plus.setVisible(there and not with_words)

    def _want_growth(self) -> None:
        """Ask for the growth of the album tracks, once while they stay the same."""
        track_ids = self._albums.track_ids()
        if self.isVisible() and track_ids != self._grown:
            self._grown = track_ids
            self._port.want_growth(track_ids)

    def _show_figures(self) -> None:
        self._want_growth()
        self.summary.show_figures()
        self.catalogue.show_count()

    def _empty_words(self) -> tuple[str, str, str, str]:
        return (
            "disc-3",
            self.tr("No albums yet"),
            self.tr("Put your beats together in Backstage; the album appears here."),
            self.tr("New album"),
        )

    def _empty_action(self) -> None:
        self.link_requested.emit(links.upload())

    def _space_content(self) -> None:
        self._column.setSpacing(self._theme.px(Space.L))

    def _on_current_album_changed(self, album_id: int | None) -> None:
        # A table that is read again has no current row for a moment; the tracks stay.
        if album_id is not None and album_id != self._current:
            self._current = album_id
            if self.are_tracks_shown():
                self._albums.tracks.show(album_id)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._show_new()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._grown = []
        self._want_growth()
