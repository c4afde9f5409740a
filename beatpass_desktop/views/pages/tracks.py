"""Tracks: what the catalogue is worth and the catalogue itself."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.events import CatalogueShrank
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.requests import RequestPort
from beatpass_desktop.domain.rules import GrowthZone, growth_zone
from beatpass_desktop.domain.track_table import TrackColumn, TrackSort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_table import COLUMNS, COVER_ROLE
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.views.pages.figure_text import amount, count, exact_growth, trend
from beatpass_desktop.views.pages.frame import PageFrame
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.menu import Menu
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.search_field import SearchField
from beatpass_desktop.views.widgets.stat_card import StatCard

_TYPING_MS = 40
_TABLE_ROWS = 8
_WIDTHS = {
    TrackColumn.NAME: 260,
    TrackColumn.ARTISTS: 170,
    TrackColumn.PLAYS: 80,
    TrackColumn.CREATED: 110,
    TrackColumn.DURATION: 76,
    TrackColumn.BPM: 64,
    TrackColumn.KEY: 130,
    TrackColumn.GENRES: 150,
    TrackColumn.PRICE: 90,
    TrackColumn.LICENCE: 150,
    TrackColumn.COMPLETENESS: 90,
}


class TracksPage(PageFrame):
    """The catalogue.

    Signals (besides those of PageFrame):
        sort_changed: (column, descending) of a TrackSort.
        search_changed: the text searched for.
    """

    sort_changed = Signal(object)
    search_changed = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: TracksModel,
        port: RequestPort,
        now: Callable[[], datetime],
    ) -> None:
        super().__init__(theme, model, port, now, self.tr("Tracks"), icon="music", hue=Hue.TRACKS)
        self._theme = theme
        self._tracks = model
        self._held_back: CatalogueShrank | None = None
        self._column = QVBoxLayout(self.content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(theme.px(Space.L))
        self._column.addWidget(self._cards(theme))
        self._questions = BannerStack(theme)
        self._questions.action_requested.connect(self._on_shrunken_accepted)
        self._questions.dismissed.connect(self._questions.remove)
        self._column.addWidget(self._questions)
        self._column.addLayout(self._toolbar(theme))
        self._progress = ProgressLine(theme)
        self._progress.cancel_requested.connect(self._on_cancel_requested)
        self._progress.hide()
        self._column.addWidget(self._progress)
        self._column.addWidget(self._catalogue(theme), 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        self._typing.setInterval(_TYPING_MS)
        self._typing.timeout.connect(self._on_typing_paused)
        model.table.counted.connect(self._show_count)
        model.table.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.table.modelReset.connect(self._on_reset)
        model.progressed.connect(self._on_progressed)
        model.shrank.connect(self._on_shrank)
        self._kept_scroll = 0
        self._show()

    @property
    def table(self) -> DataTable:
        """The catalogue table."""
        return self._table

    def is_settled(self) -> bool:
        return self._tracks.table.is_settled

    def set_sort(self, sort: TrackSort) -> None:
        """Sort as remembered."""
        self._tracks.table.sort_by(sort)
        self._show_sort()

    def columns(self) -> str:
        """The table's columns, to be remembered."""
        return base64.b64encode(self._table.save_state()).decode()

    def set_columns(self, remembered: str) -> None:
        """The table's columns as remembered; what cannot be read is ignored."""
        with contextlib.suppress(ValueError):
            self._table.restore_state(base64.b64decode(remembered, validate=True))

    def set_search(self, text: str) -> None:
        """Search as remembered."""
        self._search.setText(text)
        self._on_typing_paused()

    def _cards(self, theme: Theme) -> CardGrid:
        self._total = StatCard(theme, "music", self.tr("Total Tracks"), Hue.TRACKS)
        self._plays = StatCard(theme, "play", self.tr("Total Plays"), Hue.HOME)
        self._growth = StatCard(theme, "trending-up", self.tr("Growth Rate"), Hue.FINANCES)
        self._people = StatCard(theme, "users", self.tr("Collaborators"), Hue.ALBUMS)
        grid = CardGrid(theme, columns=(2, 4))
        for card in (self._total, self._plays, self._growth, self._people):
            grid.add(card)
        return grid

    def _toolbar(self, theme: Theme) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(theme.px(Space.M))
        self._search = SearchField(theme, self.tr("Search name, artist, genre or tag"))
        self._search.setAccessibleName(self.tr("Search tracks"))
        self._search.setMinimumWidth(theme.px(280))
        self._search.textChanged.connect(self._on_text_changed)
        self._count = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        row.addWidget(self._search)
        row.addStretch(1)
        row.addWidget(self._count)
        return row

    def _catalogue(self, theme: Theme) -> QWidget:
        self._table = DataTable(theme)
        self._table.setAccessibleName(self.tr("Tracks"))
        self._table.setModel(self._tracks.table)
        self._table.set_default_widths(
            {COLUMNS.index(column): width for column, width in _WIDTHS.items()}
        )
        self._table.set_look(
            COLUMNS.index(TrackColumn.NAME), ColumnLook(image=COVER_ROLE, strong=True)
        )
        for column in (TrackColumn.ARTISTS, TrackColumn.GENRES, TrackColumn.LICENCE):
            self._table.set_look(COLUMNS.index(column), ColumnLook(muted=True))
        self._table.set_required([COLUMNS.index(TrackColumn.NAME)])
        self._table.setMinimumHeight(theme.px(40 * _TABLE_ROWS))
        self._table.sort_requested.connect(self._on_sort_requested)
        self._table.row_activated.connect(self._on_row_activated)
        self._table.context_menu_requested.connect(self._on_context_menu_requested)
        self._table.type_ahead_requested.connect(self._on_type_ahead_requested)
        self._show_sort()
        card = Card(theme, padding=Space.XS)
        card.body.addWidget(self._table)
        return card

    def _show_figures(self) -> None:
        value = self._tracks.value
        total = value(Figure.TRACKS)
        count(self._total, total if total is not None else value(Figure.TRACKS_LISTED))
        recent = value(Figure.RECENT_UPLOADS)
        self._total.set_detail(
            self.tr("{} in 30 days").format(formatting.signed_number(recent))
            if isinstance(recent, int)
            else ""
        )
        count(self._plays, value(Figure.PLAYS))
        growth = value(Figure.GROWTH)
        percent = formatting.percent(growth if isinstance(growth, int | float) else None)
        self._plays.set_detail(
            self.tr("this month") if growth is not None else "",
            pill=percent if growth is not None else "",
            trend=trend(growth),
        )
        amount(self._growth, percent, exact_growth(growth))
        self._growth.set_detail(
            self._zone(growth_zone(growth)) if isinstance(growth, int | float) else ""
        )
        count(self._people, value(Figure.COLLABORATORS))
        together = value(Figure.COLLABORATIONS)
        self._people.set_detail(
            self.tr("{} tracks together").format(formatting.number(together))
            if isinstance(together, int)
            else ""
        )
        self._show_count()

    def _zone(self, zone: GrowthZone) -> str:
        return {
            GrowthZone.EXCEPTIONAL: self.tr("Exceptional growth"),
            GrowthZone.STRONG: self.tr("Strong growth"),
            GrowthZone.GROWING: self.tr("Growing"),
            GrowthZone.SLIGHT_DECLINE: self.tr("Slight decline"),
            GrowthZone.NEEDS_ATTENTION: self.tr("Needs attention"),
        }[zone]

    def _empty_words(self) -> tuple[str, str, str, str]:
        return (
            "music",
            self.tr("No tracks yet"),
            self.tr("Upload your first beat in Backstage; it appears here with its plays."),
            self.tr("Upload a track"),
        )

    def _empty_action(self) -> None:
        self.link_requested.emit(links.upload())

    def _show_count(self) -> None:
        table = self._tracks.table
        total = formatting.number(table.total)
        if not table.text.strip():
            text = self.tr("{} tracks").format(total)
        elif table.matching is None:
            text = self.tr("Searching {} tracks…").format(total)
        else:
            text = self.tr("Showing {} of {} tracks").format(
                formatting.number(table.matching), total
            )
        self._count.setText(text)

    def _show_sort(self) -> None:
        sort = self._tracks.table.sort_order
        if sort == TrackSort():
            self._table.set_sort(-1, None)
            return
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        self._table.set_sort(COLUMNS.index(sort.column), order)

    def _on_sort_requested(self, column: int, order: Qt.SortOrder | None) -> None:
        sort = TrackSort()
        if order is not None:
            sort = TrackSort(COLUMNS[column], order is Qt.SortOrder.DescendingOrder)
        self._tracks.table.sort_by(sort)
        self.sort_changed.emit(sort)

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_typing_paused(self) -> None:
        self._typing.stop()
        self._tracks.table.search(self._search.text())
        self.search_changed.emit(self._search.text())

    def _on_about_to_reset(self) -> None:
        self._kept_scroll = self._table.verticalScrollBar().value()

    def _on_reset(self) -> None:
        self._table.verticalScrollBar().setValue(self._kept_scroll)

    def _on_row_activated(self, row: int) -> None:
        track = self._tracks.table.track(row)
        if track is not None:
            self.link_requested.emit(links.track(track.id))

    def _on_context_menu_requested(self, row: int, where: QPoint) -> None:
        track = self._tracks.table.track(row)
        if track is None:
            return
        menu = Menu(self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, address in (
            (self.tr("Open on BeatPass"), links.track(track.id)),
            (self.tr("Insights"), links.track_insights(track.id)),
            (self.tr("Edit"), links.track_edit(track.id)),
        ):
            menu.add_entry(text, lambda address=address: self.link_requested.emit(address))
        menu.addSeparator()
        menu.add_entry(self.tr("Copy"), self._table.copy_selection)
        menu.popup(where)

    def _on_type_ahead_requested(self, text: str) -> None:
        self._search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._search.setText(text)

    def _on_progressed(self, done: int, total: int) -> None:
        # A catalogue of a page or two has come before anybody could read a count.
        self._progress.setVisible(total > 200)
        if total:
            text = self.tr("{} of {} tracks").format(
                formatting.number(done), formatting.number(total)
            )
            self._progress.set_progress(done, total, text)

    def _on_cancel_requested(self) -> None:
        if self._tracks.long_fetch is not None:
            self._port.cancel(self._tracks.long_fetch)

    def _on_shrank(self, event: CatalogueShrank) -> None:
        self._held_back = event
        text = self.tr("BeatPass now lists {} of your {} tracks. The earlier list is kept.").format(
            formatting.number(event.listed), formatting.number(event.stored)
        )
        self._questions.show_banner(
            "shrank", BannerKind.WARN, text, self.tr("Show the shorter list"), dismissible=True
        )

    def _on_shrunken_accepted(self) -> None:
        self._questions.remove("shrank")
        if self._held_back is not None:
            self._port.accept_shrunken(self._held_back.key)
