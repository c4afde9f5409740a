"""The transactions with the details of the current one beside them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.views.pages.finances.transactions import TransactionList
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.side_pane import SidePane

if TYPE_CHECKING:
    from beatpass_desktop.views.pages.finances.details import TransactionDetails


class Ledger(SidePane):
    """Enter or Space opens the details, Escape closes them.

    Attributes:
        list: the transactions.
        details: the pane; None until it is first opened.

    Signals:
        link_requested: a web address is to be opened.
        details_shown: the details were opened or closed.
        pane_below: the details were opened below the table; this is their widget.
    """

    link_requested = Signal(str)
    details_shown = Signal(bool)
    pane_below = Signal(object)

    def __init__(self, theme: Theme, model: FinancesModel, now: Callable[[], datetime]) -> None:
        self.list = TransactionList(theme, model, now)
        super().__init__(theme, self.list)
        self._model = model
        self._current: int | None = None
        self._of = (0, 0)
        self.details: TransactionDetails | None = None
        self._button = IconButton(theme, "info", "")
        self._button.set_tooltip(self.tr("Details of the transaction"), self.tr("Space"))
        self._button.setCheckable(True)
        self._button.clicked.connect(self._turn_details)
        self.list.add_tool(self._button)
        self.list.link_requested.connect(self.link_requested)
        self.list.current_changed.connect(self._on_current_changed)
        self.list.details_requested.connect(self.show_details)
        model.changed.connect(self._on_model_changed)
        self._listen_to_keys()
        for before, after in (
            (self._button, self.list.table.header),
            (self.list.table.header, self.list.table),
        ):
            QWidget.setTabOrder(before, after)

    def are_details_shown(self) -> bool:
        """Whether the details are open."""
        return self.details is not None and not self.details.isHidden()

    def show_details(self, shown: bool = True) -> None:
        """Open or close the details of the current transaction."""
        if shown is self.are_details_shown():
            return
        if self.details is None:
            self.details = self._build_details()
        self.details.setVisible(shown)
        self._button.setChecked(shown)
        self._model.details.show(self._current if shown else None)
        if not shown:
            self.list.table.setFocus()
        elif not self.is_beside():
            # Once it has its place.
            QTimer.singleShot(0, self, lambda: self.pane_below.emit(self.details))
        self.details_shown.emit(shown)

    def _turn_details(self) -> None:
        self.show_details(not self.are_details_shown())

    def _build_details(self) -> TransactionDetails:
        from beatpass_desktop.views.pages.finances.details import TransactionDetails
        from beatpass_desktop.views.widgets.tab_order import put_after

        details = TransactionDetails(self._theme, self._model.details)
        details.hide()
        details.link_requested.connect(self.link_requested)
        details.close_requested.connect(lambda: self.show_details(False))
        details.row_requested.connect(self._on_row_requested)
        self.set_pane(details)
        put_after(self.list.table, details)
        return details

    def _listen_to_keys(self) -> None:
        here = Qt.ShortcutContext.WidgetShortcut
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.list.table, context=here)
        space.activated.connect(self._turn_details)
        around = Qt.ShortcutContext.WidgetWithChildrenShortcut
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self, context=around)
        escape.activated.connect(self._on_escape)
        escape.setEnabled(False)
        self.details_shown.connect(escape.setEnabled)

    def _on_escape(self) -> None:
        search = self.list.search_field
        if search.hasFocus() and search.text():
            search.clear()
        else:
            self.show_details(False)

    def _on_current_changed(self, number: int | None) -> None:
        # A table that is read again has no current row for a moment; the details stay.
        if number is not None:
            self._current = number
            if self.are_details_shown():
                self._model.details.show(number)

    def _on_model_changed(self) -> None:
        """What was selected belongs to the artist before."""
        whom = (self._model.who.account, self._model.who.artist)
        if whom != self._of:
            self._of, self._current = whom, None

    def _on_row_requested(self, number: int) -> None:
        """Stand on another row of the ledger, if it is among those shown."""
        place = self._model.table.place_of(number)
        if place is None:
            self._model.details.show(number)
        else:
            self.list.table.setCurrentIndex(self._model.table.index(place, 0))
