"""The listing of an artist's tracks, albums or the like on its page: a table and what is done with
it."""

from __future__ import annotations

import base64
import contextlib
from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, Generic, NamedTuple

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain.exporting import Format
from beatpass_desktop.models import formatting
from beatpass_desktop.models.listing_table import ListingTableModel, RowT, SortT
from beatpass_desktop.views.pages.export_line import ExportLine
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.search_field import SearchField

if TYPE_CHECKING:
    from beatpass_desktop.views.widgets.menu import Menu
    from beatpass_desktop.views.widgets.toast import Toast

ROWS_AT_LEAST = 8
"""how many rows a listing has room for, however low the window"""
_COUNTED_ROWS = 5_000
"""a selection of more rows is not counted before its menu opens"""


class ListingWords(NamedTuple):
    """What rows are called: `name` all together, `copy_some` with a place for how many, the others
    as entries of the menu."""

    name: str
    copy_some: str
    copy_many: str
    export: str


class RowAddresses(NamedTuple):
    """Where a row leads on the web."""

    page: str
    insights: str
    edit: str


class ListingView(QWidget, Generic[SortT, RowT]):
    """A listing as a table, which remembers its order and columns; rows open, are copied and
    exported. Subclasses lay it out, say where a row leads (`_addresses`) and offer a filter.

    Signals:
        link_requested: a web address is to be opened.
        sort_changed: an order of the listing was chosen.

    Attributes:
        table: the rows.
        exporting: writes what is shown to a file; None where that is done in another way.
        search_field: where typing looks for rows; set by the subclass.
    """

    link_requested = Signal(str)
    sort_changed = Signal(object)
    search_field: SearchField

    def __init__(
        self,
        theme: Theme,
        listing: ListingTableModel[SortT, Any, RowT],
        exporting: ExportLine | None,
        words: ListingWords,
        hue: Hue,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._listing = listing
        self._words = words
        self.exporting = exporting
        self.table = DataTable(theme)
        self.table.setAccessibleName(words.name)
        self.table.setModel(listing)
        self.table.sort_requested.connect(self._on_sort_requested)
        self.table.row_activated.connect(self._on_row_activated)
        self.table.context_menu_requested.connect(self._on_context_menu_requested)
        self.table.type_ahead_requested.connect(self._on_type_ahead_requested)
        self.table.rows_copied.connect(self._on_rows_copied)
        self._toast: Toast | None = None
        self._count = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._columns = IconButton(theme, "columns-3", self.tr("Choose columns"))
        self._columns.clicked.connect(self._on_columns_requested)
        self._nothing = EmptyState(theme, "search", "", hue=hue)

    def set_sort(self, sort: SortT) -> None:
        """Sort as remembered."""
        self._listing.sort_by(sort)
        self._show_sort()

    def columns(self) -> str:
        """The table's columns, to be remembered."""
        return base64.b64encode(self.table.save_state()).decode()

    def set_columns(self, remembered: str) -> None:
        """The table's columns as remembered; what cannot be read is ignored."""
        with contextlib.suppress(ValueError):
            self.table.restore_state(base64.b64decode(remembered, validate=True))

    def _addresses(self, row: RowT) -> RowAddresses:
        """Where a row leads."""
        raise NotImplementedError

    def _set_widths(self, widths: Mapping[Any, int]) -> None:
        """How wide columns are, in px at 100 %."""
        sections = self._listing.columns
        self.table.set_default_widths({sections.index(one): px for one, px in widths.items()})

    def _show_sort(self) -> None:
        self.table.set_sort(*self._listing.sorted_section())

    def _fill_menu(self, menu: Menu, row: RowT) -> None:
        """The entries of a row's menu."""
        addresses = self._addresses(row)
        for text, icon, address in (
            (self.tr("Open on BeatPass"), "external-link", addresses.page),
            (self.tr("Insights"), "activity", addresses.insights),
            (self.tr("Edit"), "settings", addresses.edit),
        ):
            menu.add_entry(text, partial(self.link_requested.emit, address), icon)
        menu.addSeparator()
        self._add_copying(menu)

    def _add_copying(self, menu: Menu) -> None:
        """The entries for what is selected."""
        chosen = len(self.table.selected_rows(_COUNTED_ROWS + 1))
        text = self.tr("Copy")
        if chosen > _COUNTED_ROWS:
            text = self._words.copy_many
        elif chosen > 1:
            text = self._words.copy_some.format(formatting.number(chosen))
        menu.add_entry(text, self.table.copy_selection, "copy")
        if chosen > 1 and self.exporting is not None:
            menu.add_entry(self._words.export, self._export_selected, "download")

    def _export_selected(self) -> None:
        if self.exporting is None:
            return
        numbers = self._listing.numbers(self.table.selected_rows())
        self.exporting.ask(Format.CSV, numbers)

    def _on_sort_requested(self, column: int, order: Qt.SortOrder | None) -> None:
        self._listing.sort_by_section(column, order)
        self.sort_changed.emit(self._listing.sort_order)

    def _on_columns_requested(self) -> None:
        menu = self.table.column_chooser()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._columns.mapToGlobal(self._columns.rect().bottomLeft()))

    def _on_row_activated(self, at: int) -> None:
        row = self._listing.at(at)
        if row is not None:
            self.link_requested.emit(self._addresses(row).page)

    def _on_context_menu_requested(self, at: int, where: QPoint) -> None:
        row = self._listing.at(at)
        if row is None:
            return
        from beatpass_desktop.views.widgets.menu import Menu

        menu = Menu(self._theme, self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu, row)
        menu.popup(where)

    def _on_rows_copied(self, copied: int, selected: int) -> None:
        """Say when a copy has not taken all; else it is where it was wanted, and needs no word."""
        if copied == selected:
            return
        from beatpass_desktop.views.widgets.toast import Toast

        if self._toast is None:
            self._toast = Toast(self._theme, self.window())
        self._toast.show_text(
            self.tr("Copied the first {} of {} rows; an export takes all.").format(
                formatting.number(copied), formatting.number(selected)
            )
        )

    def _on_type_ahead_requested(self, text: str) -> None:
        self.search_field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search_field.setText(text)
