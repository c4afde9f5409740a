"""The catalogue on the Tracks page: search, filters, count and table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import pairwise

from PySide6.QtCore import QCoreApplication, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.track_table import TrackColumn, TrackRow, TrackSort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_choice import TrackChoice
from beatpass_desktop.models.track_table import COLUMNS, COVER_ROLE, TREND_ROLE
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.views.pages.export_line import ExportLine
from beatpass_desktop.views.pages.listing import (
    ROWS_AT_LEAST,
    ListingView,
    ListingWords,
    RowAddresses,
)
from beatpass_desktop.views.pages.tracks.export import track_export
from beatpass_desktop.views.pages.tracks.filter_chips import TrackFilterChips
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.search_field import SearchField

_WIDTHS = {
    TrackColumn.NAME: 260,
    TrackColumn.ARTISTS: 160,
    TrackColumn.PLAYS: 96,
    TrackColumn.GROWTH: 96,
    TrackColumn.CREATED: 110,
    TrackColumn.DURATION: 76,
    TrackColumn.BPM: 64,
    TrackColumn.KEY: 130,
    TrackColumn.GENRES: 190,
    TrackColumn.PRICE: 90,
    TrackColumn.LICENCE: 166,
    TrackColumn.COMPLETENESS: 90,
}
_LOOKED_THROUGH = 256
"""rows of a search by name, among which the track itself is"""
_VIEW_PAUSE_MS = 150
"""how long the rows in view must stand still before their growth is asked for"""
_QUIET = (TrackColumn.ARTISTS, TrackColumn.GENRES, TrackColumn.LICENCE)


class TrackCatalogue(ListingView[TrackSort, TrackRow]):
    """The table of tracks with its search and filters.

    Signals (besides those of ListingView):
        search_changed: the text searched for.
        choice_changed: the TrackChoice of the filters.
        rows_in_view: the ids of the tracks in view, once they stand still.
        current_track_changed: the id of the track the keyboard is on, None for none.
    """

    exporting: ExportLine
    search_changed = Signal(str)
    choice_changed = Signal(object)
    rows_in_view = Signal(object)
    current_track_changed = Signal(object)

    def __init__(self, theme: Theme, model: TracksModel, now: Callable[[], datetime]) -> None:
        words = ListingWords(
            _tr("Tracks"),
            _tr("Copy {} tracks"),
            _tr("Copy the selected tracks"),
            _tr("Export the selected tracks…"),
        )
        exporting = track_export(theme, model.table)
        super().__init__(theme, model.table, exporting, words, Hue.TRACKS)
        self._model = model
        self._now = now
        self._choice = TrackChoice()
        self._kept_scroll = 0
        self.search_field = SearchField(theme, self.tr("Search name, artist or tag"))
        self.search_field.setAccessibleName(self.tr("Search tracks"))
        self.search_field.textChanged.connect(self._on_text_changed)
        self._dress_table()
        self._nothing.action_requested.connect(self._on_everything_requested)
        self._filters = Button(theme, self.tr("Filter"), icon="list-filter")
        self._filters.clicked.connect(self._on_filters_requested)
        self._chips = TrackFilterChips(theme)
        self._chips.choice_changed.connect(self.set_choice)
        card = Card(theme, padding=Space.XS)
        card.body.addWidget(self.table)
        card.body.addWidget(self._nothing, 1)
        self._toolbar = FlowLayout()
        self._toolbar.addWidget(self.search_field)
        self._toolbar.addWidget(self._filters)
        self._toolbar.add_spring()
        for tool in (self._count, self._columns, self.exporting.button):
            self._toolbar.addWidget(tool)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._toolbar)
        self._column.addWidget(self._chips)
        self._column.addWidget(self.exporting)
        self._column.addWidget(card, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        # No pause: keys that have already come are taken together, nothing else is waited for.
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._on_typed)
        self._standing = QTimer(self)
        self._standing.setSingleShot(True)
        self._standing.setInterval(_VIEW_PAUSE_MS)
        self._standing.timeout.connect(self._on_standing_still)
        self.table.verticalScrollBar().valueChanged.connect(self._await_stillness)
        model.table.counted.connect(self.show_count)
        model.table.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.table.modelReset.connect(self._on_reset)
        theme.changed.connect(self._space)
        self._space()
        self._show_sort()

    def add_tool(self, tool: QWidget) -> None:
        """Put a control at the end of the toolbar."""
        self._toolbar.addWidget(tool)
        for before, after in pairwise((self.exporting.button, tool, self.table.header, self.table)):
            QWidget.setTabOrder(before, after)

    def least_height(self) -> int:
        """The height that toolbar and a few rows need at the present width."""
        return self._column.minimumHeightForWidth(self.width())

    def set_search(self, text: str) -> None:
        """Search as remembered."""
        self.search_field.setText(text)
        self._on_typed()

    @property
    def choice(self) -> TrackChoice:
        """What is filtered by besides the text."""
        return self._choice

    def set_choice(self, choice: TrackChoice) -> None:
        """Filter by this."""
        self._choice = choice
        self._chips.show_choice(choice)
        self._filter()
        self.choice_changed.emit(choice)

    def reveal(self, name: str, track_id: object) -> None:
        """Search for a track by its name and select it."""
        self._choice = TrackChoice()
        self._chips.show_choice(self._choice)
        self.search_field.setText(name)
        self._on_typed()
        table = self._model.table
        shown = range(min(table.rowCount(), _LOOKED_THROUGH))
        row = next((at for at in shown if (t := table.at(at)) and t.id == track_id), 0)
        self.table.setCurrentIndex(table.index(row, 0))
        self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def show_count(self) -> None:
        """Say how many tracks there are, or why there are none."""
        table = self._model.table
        total = formatting.number(table.total)
        if not self._model.is_listed:
            text = ""
        elif not table.wanted.is_set:
            text = self.tr("{} tracks").format(total)
        elif table.matching is None:
            text = self.tr("Searching {} tracks…").format(total)
        else:
            text = self.tr("Showing {} of {} tracks").format(
                formatting.number(table.matching), total
            )
        self._count.setText(text)
        self._show_nothing()

    def _show_nothing(self) -> None:
        """A catalogue that never came is not one without tracks."""
        table = self._model.table
        unlisted = not self._model.is_listed
        missed = not unlisted and table.matching == 0 and table.wanted.is_set
        if unlisted:
            reason = self._model.freshness.reason
            loading = self._model.is_refreshing or not reason
            self._nothing.set_texts(
                self.tr("Your catalogue is not here yet"),
                self.tr("It is loading.") if loading else reason,
            )
        elif missed:
            self._nothing.set_texts(*self._missed_texts())
        self._nothing.setVisible(unlisted or missed)
        self.table.setVisible(not unlisted and not missed)

    def _missed_texts(self) -> tuple[str, str, str]:
        text, filters = self._model.table.wanted.text.strip(), self._model.table.wanted.parts
        if not filters:
            return (
                self.tr("No track matches “{}”").format(text),
                self.tr("Looked for in names, artists, albums, genres and tags."),
                self.tr("Clear the search"),
            )
        return (
            self.tr("No track passes these filters"),
            self.tr("Take one away, or show all tracks again."),
            self.tr("Show all tracks"),
        )

    def _dress_table(self) -> None:
        table = self.table
        self._set_widths(_WIDTHS)
        name = COLUMNS.index(TrackColumn.NAME)
        table.set_look(name, ColumnLook(image=COVER_ROLE, strong=True))
        table.set_required([name])
        plays, growth = (COLUMNS.index(c) for c in (TrackColumn.PLAYS, TrackColumn.GROWTH))
        table.set_look(plays, ColumnLook(trend=TREND_ROLE))
        table.set_look(growth, ColumnLook(trend=TREND_ROLE, trend_in_text=True))
        for column in _QUIET:
            table.set_look(COLUMNS.index(column), ColumnLook(muted=True))
        table.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def _space(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(Space.M))
        self._toolbar.setSpacing(px(Space.S))
        # Large text needs the room beside it more.
        self.search_field.setMinimumWidth(min(px(250), 380))
        self.table.setMinimumHeight(px(40 * ROWS_AT_LEAST))

    def _addresses(self, row: TrackRow) -> RowAddresses:
        return RowAddresses(
            links.track(row.id), links.track_insights(row.id), links.track_edit(row.id)
        )

    def _on_sort_requested(self, column: int, order: Qt.SortOrder | None) -> None:
        super()._on_sort_requested(column, order)
        self.table.scrollToTop()

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_typed(self) -> None:
        self._typing.stop()
        self._filter()
        self.search_changed.emit(self.search_field.text())

    def _filter(self) -> None:
        today = self._now().astimezone().date()
        wanted = self._choice.wanted(self.search_field.text(), today)
        if wanted != self._model.table.wanted:
            self._model.table.filter_by(wanted)
            self.table.scrollToTop()
        parts = self._model.table.wanted.parts
        self._filters.set_text(self.tr("Filter ({})").format(parts) if parts else self.tr("Filter"))

    def _on_everything_requested(self) -> None:
        self.search_field.clear()
        self.set_choice(TrackChoice())

    def _on_filters_requested(self) -> None:
        # The panel is built when it is first wanted, with what the catalogue offers then.
        from beatpass_desktop.views.pages.tracks.filters import TrackFilterPanel

        today = self._now().astimezone().date()
        panel = TrackFilterPanel(self._theme, self._model.table, self._choice, today, self)
        panel.choice_changed.connect(self.set_choice)
        panel.open_below(self._filters)

    def _await_stillness(self) -> None:
        if self.isVisible():
            self._standing.start()

    def _on_standing_still(self) -> None:
        rows = self.table.rows_in_view()
        found = (self._model.table.at(row) for row in rows)
        self.rows_in_view.emit([track.id for track in found if track is not None])

    def _on_current_changed(self) -> None:
        track = self._model.table.at(self.table.currentIndex().row())
        self.current_track_changed.emit(None if track is None else track.id)

    def _on_about_to_reset(self) -> None:
        self._kept_scroll = self.table.verticalScrollBar().value()

    def _on_reset(self) -> None:
        self.table.verticalScrollBar().setValue(self._kept_scroll)
        self._await_stillness()
        self._on_current_changed()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._await_stillness()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._standing.stop()


def _tr(text: str) -> str:
    return QCoreApplication.translate("TrackCatalogue", text)
