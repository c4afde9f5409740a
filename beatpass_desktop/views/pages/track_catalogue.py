"""The catalogue on the Tracks page: search, count and table."""

from __future__ import annotations

import base64
import contextlib
from functools import partial

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.track_table import TrackColumn, TrackSort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.track_table import COLUMNS, COVER_ROLE
from beatpass_desktop.models.tracks import TracksModel
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.menu import Menu
from beatpass_desktop.views.widgets.search_field import SearchField

_ROWS_AT_LEAST = 8
_WIDTHS = {
    TrackColumn.NAME: 260,
    TrackColumn.ARTISTS: 160,
    TrackColumn.PLAYS: 80,
    TrackColumn.CREATED: 110,
    TrackColumn.DURATION: 76,
    TrackColumn.BPM: 64,
    TrackColumn.KEY: 130,
    TrackColumn.GENRES: 150,
    TrackColumn.PRICE: 90,
    TrackColumn.LICENCE: 166,
    TrackColumn.COMPLETENESS: 90,
}
_QUIET = (TrackColumn.ARTISTS, TrackColumn.GENRES, TrackColumn.LICENCE)


class TrackCatalogue(QWidget):
    """The table of tracks with its search.

    Signals:
        link_requested: a web address is to be opened.
        sort_changed: a TrackSort was chosen.
        search_changed: the text searched for.
    """

    link_requested = Signal(str)
    sort_changed = Signal(object)
    search_changed = Signal(str)

    def __init__(self, theme: Theme, model: TracksModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._kept_scroll = 0
        self.search_field = SearchField(theme, self.tr("Search name, artist or tag"))
        self.search_field.setAccessibleName(self.tr("Search tracks"))
        self.search_field.textChanged.connect(self._on_text_changed)
        self._count = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self.table = self._build_table(theme)
        self._nothing = EmptyState(theme, "search", "", hue=Hue.TRACKS)
        self._nothing.action_requested.connect(self.search_field.clear)
        card = Card(theme, padding=Space.XS)
        card.body.addWidget(self.table)
        card.body.addWidget(self._nothing, 1)
        toolbar = QHBoxLayout()
        toolbar.addWidget(self.search_field)
        toolbar.addStretch(1)
        toolbar.addWidget(self._count)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(toolbar)
        self._column.addWidget(card, 1)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        # No pause: keys that have already come are taken together, nothing else is waited for.
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._on_typed)
        model.table.counted.connect(self.show_count)
        model.table.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.table.modelReset.connect(self._on_reset)
        theme.changed.connect(self._space)
        self._space()
        self._show_sort()

    def set_sort(self, sort: TrackSort) -> None:
        """Sort as remembered."""
        self._model.table.sort_by(sort)
        self._show_sort()

    def set_search(self, text: str) -> None:
        """Search as remembered."""
        self.search_field.setText(text)
        self._on_typed()

    def columns(self) -> str:
        """The table's columns, to be remembered."""
        return base64.b64encode(self.table.save_state()).decode()

    def set_columns(self, remembered: str) -> None:
        """The table's columns as remembered; what cannot be read is ignored."""
        with contextlib.suppress(ValueError):
            self.table.restore_state(base64.b64decode(remembered, validate=True))

    def show_count(self) -> None:
        """Say how many tracks there are, or why there are none."""
        table = self._model.table
        total = formatting.number(table.total)
        if not self._model.is_listed:
            text = ""
        elif not table.text.strip():
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
        missed = not unlisted and table.matching == 0 and bool(table.text.strip())
        if unlisted:
            reason = self._model.freshness.reason
            loading = self._model.is_refreshing or not reason
            self._nothing.set_texts(
                self.tr("Your catalogue is not here yet"),
                self.tr("It is loading.") if loading else reason,
            )
        elif missed:
            self._nothing.set_texts(
                self.tr("No track matches “{}”").format(table.text.strip()),
                self.tr("Looked for in names, artists, albums, genres and tags."),
                self.tr("Clear the search"),
            )
        self._nothing.setVisible(unlisted or missed)
        self.table.setVisible(not unlisted and not missed)

    def _build_table(self, theme: Theme) -> DataTable:
        table = DataTable(theme)
        table.setAccessibleName(self.tr("Tracks"))
        table.setModel(self._model.table)
        table.set_default_widths({COLUMNS.index(column): w for column, w in _WIDTHS.items()})
        name = COLUMNS.index(TrackColumn.NAME)
        table.set_look(name, ColumnLook(image=COVER_ROLE, strong=True))
        table.set_required([name])
        for column in _QUIET:
            table.set_look(COLUMNS.index(column), ColumnLook(muted=True))
        table.sort_requested.connect(self._on_sort_requested)
        table.row_activated.connect(self._on_row_activated)
        table.context_menu_requested.connect(self._on_context_menu_requested)
        table.type_ahead_requested.connect(self._on_type_ahead_requested)
        return table

    def _space(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(Space.M))
        self.search_field.setMinimumWidth(px(250))
        self.table.setMinimumHeight(px(40 * _ROWS_AT_LEAST))

    def _show_sort(self) -> None:
        sort = self._model.table.sort_order
        if sort == TrackSort():
            self.table.set_sort(-1, None)
            return
        order = Qt.SortOrder.DescendingOrder if sort.descending else Qt.SortOrder.AscendingOrder
        self.table.set_sort(COLUMNS.index(sort.column), order)

    def _on_sort_requested(self, column: int, order: Qt.SortOrder | None) -> None:
        sort = TrackSort()
        if order is not None:
            sort = TrackSort(COLUMNS[column], order is Qt.SortOrder.DescendingOrder)
        self._model.table.sort_by(sort)
        self.sort_changed.emit(sort)

    def _on_text_changed(self) -> None:
        self._typing.start()

    def _on_typed(self) -> None:
        self._typing.stop()
        self._model.table.search(self.search_field.text())
        self.search_changed.emit(self.search_field.text())

    def _on_about_to_reset(self) -> None:
        self._kept_scroll = self.table.verticalScrollBar().value()

    def _on_reset(self) -> None:
        self.table.verticalScrollBar().setValue(self._kept_scroll)

    def _on_row_activated(self, row: int) -> None:
        track = self._model.table.track(row)
        if track is not None:
            self.link_requested.emit(links.track(track.id))

    def _on_context_menu_requested(self, row: int, where: QPoint) -> None:
        track = self._model.table.track(row)
        if track is None:
            return
        menu = Menu(self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, icon, address in (
            (self.tr("Open on BeatPass"), "external-link", links.track(track.id)),
            (self.tr("Insights"), "activity", links.track_insights(track.id)),
            (self.tr("Edit"), "settings", links.track_edit(track.id)),
        ):
            menu.add_entry(text, partial(self.link_requested.emit, address), icon)
        menu.addSeparator()
        menu.add_entry(self.tr("Copy"), self.table.copy_selection, "copy")
        menu.popup(where)

    def _on_type_ahead_requested(self, text: str) -> None:
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.setText(text)
