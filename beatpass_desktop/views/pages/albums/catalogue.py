"""The albums on their page: filters, count, and a table or a grid of covers."""

from __future__ import annotations

import contextlib
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from beatpass_desktop.domain import links
from beatpass_desktop.domain.album_table import AlbumColumn, AlbumFilter, AlbumRow, AlbumSort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.album_table import (
    COLUMNS,
    COVER_ROLE,
    LARGE_COVER_ROLE,
    LINES_ROLE,
    STATE_ICON_ROLE,
)
from beatpass_desktop.models.albums import AlbumsModel
from beatpass_desktop.views.pages.albums.export import album_export
from beatpass_desktop.views.pages.albums.filters import AlbumFilters, AlbumOrder
from beatpass_desktop.views.pages.export_line import ExportLine
from beatpass_desktop.views.pages.listing import (
    ROWS_AT_LEAST,
    ListingView,
    ListingWords,
    RowAddresses,
)
from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.segmented import Segmented

if TYPE_CHECKING:
    from beatpass_desktop.views.widgets.cover_grid import CoverGrid
    from beatpass_desktop.views.widgets.menu import Menu

_WIDTHS = {
    AlbumColumn.NAME: 190,
    AlbumColumn.TRACKS: 80,
    AlbumColumn.PLAYS: 88,
    AlbumColumn.RELEASED: 140,
    AlbumColumn.CREATED: 120,
}
_BESIDE = 960
"""px at 100 % from which filters and view stand in one line"""
_COUNT_APART = 460
"""px at 100 % below which the count has a line of its own"""
_TABLE, _COVERS = "table", "covers"
_NAME = COLUMNS.index(AlbumColumn.NAME)


class AlbumCatalogue(ListingView[AlbumSort, AlbumRow]):
    """The albums with their filters.

    Signals (besides those of ListingView):
        tracks_requested: the tracks of the current album are to be shown.
        tracks_turned: they are to be shown, or put away if they are shown.
        filter_changed: the AlbumFilter as it is now.
        view_changed: `table` or `covers` was chosen.
        current_album_changed: the id of the album the keyboard is on, None for none.

    Attributes:
        filters: what is filtered by.
        tools: the row of buttons above the albums.
    """

    exporting: ExportLine
    tracks_requested = Signal()
    tracks_turned = Signal()
    filter_changed = Signal(object)
    view_changed = Signal(str)
    current_album_changed = Signal(object)

    def __init__(self, theme: Theme, model: AlbumsModel) -> None:
        words = ListingWords(
            _tr("Albums"),
            _tr("Copy {} albums"),
            _tr("Copy the selected albums"),
            _tr("Export the selected albums…"),
        )
        exporting = album_export(theme, model.table)
        super().__init__(theme, model.table, exporting, words, Hue.ALBUMS)
        self._model = model
        self._kept: tuple[int | None, set[int], list[int]] = (None, set(), [])
        self.filters = AlbumFilters(theme, model.table)
        self.filters.wanted_changed.connect(self._on_wanted_changed)
        self.search_field = self.filters.search_field
        self.order = AlbumOrder(theme)
        self.order.sort_chosen.connect(self._on_sort_chosen)
        self.view = Segmented(theme, [(_TABLE, self.tr("Table")), (_COVERS, self.tr("Covers"))])
        self.view.setAccessibleName(self.tr("View"))
        self.view.current_changed.connect(self._on_view_changed)
        self._dress_table()
        self._nothing.action_requested.connect(lambda: self.filters.set_wanted(AlbumFilter()))
        self._build_column(theme)
        model.table.counted.connect(self.show_count)
        model.table.modelAboutToBeReset.connect(self._on_about_to_reset)
        model.table.modelReset.connect(self._on_reset)
        theme.changed.connect(self._space)
        self._space()
        self._show_sort()
        self._show_view()

    @cached_property
    def grid(self) -> CoverGrid:
        """The albums as covers, with the selection of the table; built when they are first
        looked at."""
        from beatpass_desktop.views.widgets.cover_grid import CoverGrid

        grid = CoverGrid(self._theme, image=LARGE_COVER_ROLE, lines=LINES_ROLE, line_count=3)
        grid.setAccessibleName(self.tr("Album covers"))
        grid.setModel(self._model.table)
        grid.setSelectionModel(self.table.selectionModel())
        grid.copy_requested.connect(self.table.copy_selection)
        grid.row_activated.connect(self._on_row_activated)
        grid.context_menu_requested.connect(self._on_context_menu_requested)
        grid.type_ahead_requested.connect(self._on_type_ahead_requested)
        self._turn_by_space(grid)
        self._card.body.insertWidget(1, grid, 1)
        grid.setMinimumHeight(self.table.minimumHeight())
        return grid

    def set_view(self, view: str) -> None:
        """Show a `table` or `covers`; what is neither is ignored."""
        with contextlib.suppress(KeyError):
            self.view.set_current(view)

    def focus_albums(self) -> None:
        """Put the keyboard on the albums."""
        self._shown_view().setFocus()

    def current_album(self) -> AlbumRow | None:
        """The album the keyboard is on."""
        return self._model.table.at(self.table.currentIndex().row())

    def show_count(self) -> None:
        """Say how many albums there are, and offer all of them when the filter leaves none."""
        table = self._model.table
        total, matching = formatting.number(table.total), formatting.number(table.matching)
        if table.wanted.is_set:
            text = self.tr("Showing {} of {} albums").format(matching, total)
        else:
            text = self.tr("1 album") if table.total == 1 else self.tr("{} albums").format(total)
        self._count.setText(text)
        self.filters.offer_years()
        self._show_view()

    def _dress_table(self) -> None:
        table = self.table
        self._set_widths(_WIDTHS)
        table.set_look(_NAME, ColumnLook(image=COVER_ROLE, strong=True))
        released = COLUMNS.index(AlbumColumn.RELEASED)
        table.set_look(released, ColumnLook(icon=STATE_ICON_ROLE))
        table.set_required([_NAME])
        table.set_filler(_NAME)
        table.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self._turn_by_space(table)

    def _turn_by_space(self, view: DataTable | CoverGrid) -> None:
        """The space bar shows the tracks of the current album, or puts them away."""
        here = Qt.ShortcutContext.WidgetShortcut
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), view, context=here)
        space.activated.connect(self.tracks_turned)

    def _build_column(self, theme: Theme) -> None:
        self._card = Card(theme, padding=Space.XS)
        for part in (self.table, self._nothing):
            self._card.body.addWidget(part, 1)
        self.tools = QHBoxLayout()
        self.tools.addWidget(self._count)
        self.tools.addStretch(1)
        for widget in (self.order, self.view, self._columns, self.exporting.button):
            self.tools.addWidget(widget)
        self._bar = ResponsiveRow()
        self._bar.addWidget(self.filters)
        self._bar.addLayout(self.tools, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._bar)
        self._column.addWidget(self.exporting)
        self._column.addWidget(self._card, 1)

    def _space(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(Space.M))
        self.tools.setSpacing(px(Space.S))
        for view in self._views():
            view.setMinimumHeight(px(40 * ROWS_AT_LEAST))
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._bar.set_beside(beside)
        self._bar.setSpacing(self._theme.px(Space.L if beside else Space.S))
        if self.width() < self._theme.px(_COUNT_APART):
            self._column.insertWidget(1, self._count)
        else:
            self.tools.insertWidget(0, self._count)

    def _views(self) -> list[DataTable | CoverGrid]:
        """The views that there are."""
        return [self.table, self.grid] if "grid" in self.__dict__ else [self.table]

    def _shown_view(self) -> DataTable | CoverGrid:
        return self.grid if self.view.current() == _COVERS else self.table

    def _show_view(self) -> None:
        table = self._model.table
        missed = table.matching == 0 and table.wanted.is_set
        with_covers = self.view.current() == _COVERS
        if missed:
            self._nothing.set_texts(
                self.tr("No album passes these filters"),
                self.tr("Take one away, or show all albums again."),
                self.tr("Show all albums"),
            )
        self._nothing.setVisible(missed)
        shown = self._shown_view()
        for view in self._views():
            view.setVisible(view is shown and not missed)
        self.order.setVisible(with_covers)
        self._columns.setVisible(not with_covers)

    def _show_sort(self) -> None:
        super()._show_sort()
        self.order.show_sort(self._listing.sort_order)

    def _addresses(self, row: AlbumRow) -> RowAddresses:
        return RowAddresses(
            links.album(row.id), links.album_insights(row.id), links.album_edit(row.id)
        )

    def _fill_menu(self, menu: Menu, row: AlbumRow) -> None:
        menu.add_entry(self.tr("Show the tracks"), self.tracks_requested.emit, "music")
        menu.addSeparator()
        super()._fill_menu(menu, row)

    def _on_sort_requested(self, column: int, order: Qt.SortOrder | None) -> None:
        super()._on_sort_requested(column, order)
        self.order.show_sort(self._listing.sort_order)

    def _on_sort_chosen(self, sort: AlbumSort) -> None:
        self.set_sort(sort)
        self.sort_changed.emit(sort)

    def _on_wanted_changed(self, wanted: AlbumFilter) -> None:
        self._model.table.filter_by(wanted)
        self.filter_changed.emit(wanted)

    def _on_view_changed(self, view: str) -> None:
        self._show_view()
        current = self.table.currentIndex()
        if current.isValid():
            self._shown_view().scrollTo(current)
        self.view_changed.emit(view)

    def _on_current_changed(self) -> None:
        album = self.current_album()
        self.current_album_changed.emit(None if album is None else album.id)

    def _on_about_to_reset(self) -> None:
        table = self._model.table
        chosen = (table.at(row) for row in self.table.selected_rows())
        current = self.current_album()
        self._kept = (
            None if current is None else current.id,
            {album.id for album in chosen if album is not None},
            [view.verticalScrollBar().value() for view in self._views()],
        )

    def _on_reset(self) -> None:
        """What was selected stays selected, wherever it stands now."""
        current, chosen, places = self._kept
        model, selection = self._model.table, self.table.selectionModel()
        flags = QItemSelectionModel.SelectionFlag
        for row in map(model.row_of, chosen):
            if row >= 0:
                selection.select(model.index(row, _NAME), flags.Select | flags.Rows)
        row = model.row_of(current)
        if row >= 0:
            selection.setCurrentIndex(model.index(row, _NAME), flags.NoUpdate)
        for view, place in zip(self._views(), places, strict=True):
            view.verticalScrollBar().setValue(place)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


def _tr(text: str) -> str:
    return QCoreApplication.translate("AlbumCatalogue", text)
