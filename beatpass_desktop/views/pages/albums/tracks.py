"""The pane beside the albums: one album with its tracks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.models import formatting
from beatpass_desktop.models.album_table import album_name, release_words
from beatpass_desktop.models.album_tracks import LENGTH, NAME, PLAYS, AlbumTracksModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.views.pages.section_age import show_age
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.avatar import Cover
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind, IconButton
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel, Tone

_COVER = 72
_WIDTHS = {NAME: 130, PLAYS: 84, LENGTH: 76}


class AlbumTracks(Card):
    """The current album and its tracks.

    Signals:
        link_requested: a web address is to be opened.
        close_requested: the pane is to be put away.

    Attributes:
        table: the tracks.
    """

    link_requested = Signal(str)
    close_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        model: AlbumTracksModel,
        now: Callable[[], datetime],
        pictures: Pictures | None,
    ) -> None:
        super().__init__(theme, padding=Space.M)
        self.setAccessibleName(self.tr("Tracks of the album"))
        self._model = model
        self._now = now
        self._pictures = pictures
        self.body.addLayout(self._build_top(theme))
        self.body.addLayout(self._build_actions(theme))
        self._chip = FreshnessChip(theme)
        self._failure = PlainLabel(theme, "", TextStyle.SECONDARY, Hue.WARN)
        self._failure.setWordWrap(True)
        self.table = self._build_table(theme)
        self._nothing = EmptyState(theme, "disc-3", "", hue=Hue.ALBUMS)
        self.body.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignLeading)
        self.body.addWidget(self._failure)
        self.body.addWidget(self.table, 1)
        self.body.addWidget(self._nothing, 1)
        model.changed.connect(self._show)
        self._space()
        self._show()

    def _build_top(self, theme: Theme) -> QHBoxLayout:
        self._cover = Cover(theme, _COVER)
        self._name = ElidedLabel(theme, "", TextStyle.SECTION)
        self._figures = ElidedLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._released = ElidedLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        close = IconButton(theme, "x", "")
        close.set_tooltip(self.tr("Close the tracks"), self.tr("Esc"))
        close.clicked.connect(self.close_requested)
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._name, self._figures, self._released):
            words.addWidget(label)
        words.addStretch(1)
        self._top = QHBoxLayout()
        self._top.addWidget(self._cover, 0, Qt.AlignmentFlag.AlignTop)
        self._top.addLayout(words, 1)
        self._top.addWidget(close, 0, Qt.AlignmentFlag.AlignTop)
        return self._top

    def _build_actions(self, theme: Theme) -> FlowLayout:
        row = self._actions = FlowLayout()
        self._buttons: list[Button] = []
        for text, icon, address in (
            (self.tr("Open"), "external-link", links.album),
            (self.tr("Insights"), "activity", links.album_insights),
            (self.tr("Edit"), "settings", links.album_edit),
        ):
            button = Button(theme, text, ButtonKind.SECONDARY, icon)
            button.clicked.connect(partial(self._open, address))
            row.addWidget(button)
            self._buttons.append(button)
        return row

    def _build_table(self, theme: Theme) -> DataTable:
        table = DataTable(theme)
        table.setAccessibleName(self.tr("Tracks of the album"))
        table.setModel(self._model.table)
        table.set_default_widths(_WIDTHS)
        table.set_required([NAME])
        table.set_filler(NAME)
        table.sort_requested.connect(self._model.table.sort_by)
        table.row_activated.connect(self._on_row_activated)
        return table

    def _show(self) -> None:
        model, album = self._model, self._model.album
        count = model.table.rowCount()
        with_rows = album is not None and count > 0
        self.table.setVisible(with_rows)
        self._nothing.setVisible(not with_rows)
        for widget in (self._cover, *self._buttons, self._chip):
            widget.setVisible(album is not None)
        self._failure.setText(model.failure)
        self._failure.setVisible(bool(model.failure) and with_rows)
        if not with_rows:
            self._nothing.set_texts(*self._nothing_words())
        if album is None:
            self._name.setText(self.tr("Tracks"))
            self._figures.setText("")
            self._released.setText("")
            return
        name = album_name(album)
        self._name.setText(name)
        self._cover.set_name(album.name or "")
        if self._pictures is not None:
            self._cover.show_picture(self._pictures, album.image)
        tracks = self.tr("{} tracks").format(formatting.number(album.track_count))
        if album.track_count == 1:
            tracks = self.tr("1 track")
        plays = self.tr("{} plays").format(formatting.number(album.plays))
        self._figures.setText(f"{tracks} · {plays}")
        self._released.setText(release_words(album, self._now().astimezone().date()))
        show_age(self._chip, model.freshness, is_refreshing=model.is_refreshing, now=self._now())

    def _nothing_words(self) -> tuple[str, str]:
        model = self._model
        if model.album is None:
            return (
                self.tr("No album is selected"),
                self.tr("Select an album to see its tracks here."),
            )
        if model.is_known:
            return self.tr("No tracks yet"), self.tr("This album has no tracks so far.")
        if model.failure:
            return self.tr("The tracks are not here yet"), model.failure
        if model.is_offline:
            sentence = self.tr("They are fetched when BeatPass can be reached again.")
            return self.tr("The tracks are not here yet"), sentence
        return self.tr("The tracks are loading"), self.tr("This takes a moment.")

    def _open(self, address: Callable[[int], str]) -> None:
        if self._model.album is not None:
            self.link_requested.emit(address(self._model.album.id))

    def _on_row_activated(self, row: int) -> None:
        track = self._model.table.at(row)
        if track is not None:
            self.link_requested.emit(links.track(track.id))

    def _space(self) -> None:
        super()._space()
        if hasattr(self, "_actions"):
            self._actions.setSpacing(self._theme.px(Space.S))
            self._top.setSpacing(self._theme.px(Space.M))
