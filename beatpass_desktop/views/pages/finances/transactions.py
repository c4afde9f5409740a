"""The transactions: tabs, search, period and table."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from PySide6.QtCore import QCoreApplication, QSignalBlocker, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.transactions import (
    Tab,
    Total,
    TransactionColumn,
    TransactionKind,
    TransactionRow,
    TransactionSort,
)
from beatpass_desktop.models import formatting
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.models.transaction_choice import Period, TransactionChoice
from beatpass_desktop.models.transaction_table import COLUMNS, ICON_ROLE, NOTE_ROLE, STATUS_ROLE
from beatpass_desktop.views.pages.finances.status_look import STATUS_HUES
from beatpass_desktop.views.pages.listing import ROWS_AT_LEAST, ListingView, ListingWords
from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.date_field import DateField
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.menu import Menu
from beatpass_desktop.views.widgets.search_field import SearchField
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.tab_row import TabRow

_WIDTHS = {
    TransactionColumn.DATE: 112,
    TransactionColumn.KIND: 128,
    TransactionColumn.DESCRIPTION: 150,
    TransactionColumn.AMOUNT: 116,
    TransactionColumn.STATUS: 108,
}
_AMOUNT = COLUMNS.index(TransactionColumn.AMOUNT)


class TransactionList(ListingView[TransactionSort, TransactionRow]):
    """The table of transactions with what chooses among them.

    Signals (besides those of ListingView):
        search_changed: the text searched for.
        choice_changed: the TransactionChoice as it is now.
        current_changed: the store's number of the row the keyboard is on, None for none.
        details_requested: the details of the current row are to be shown.
        statement_requested: a statement is to be written.
        least_height_changed: the controls may take another height.

    Attributes:
        tabs, period, first, last: what is chosen from.
    """

    search_changed = Signal(str)
    choice_changed = Signal(object)
    current_changed = Signal(object)
    details_requested = Signal()
    statement_requested = Signal()
    least_height_changed = Signal()

    def __init__(self, theme: Theme, model: FinancesModel, now: Callable[[], datetime]) -> None:
        table_words = ListingWords(
            _tr("Transactions"), _tr("Copy {} rows"), _tr("Copy the selected rows"), ""
        )
        super().__init__(theme, model.table, None, table_words, Hue.FINANCES)
        self._model = model
        self._now = now
        self._choice = TransactionChoice()
        self.tabs = TabRow(
            theme,
            [(tab, "", words.tab_text(tab)) for tab in Tab],
            Hue.FINANCES,
        )
        self.tabs.setAccessibleName(self.tr("Which transactions"))
        self.tabs.current_changed.connect(self._on_tab_chosen)
        self.search_field = SearchField(theme, self.tr("Search description, track or amount"))
        self.search_field.setAccessibleName(self.tr("Search transactions"))
        self._build_period(theme)
        self._statement = Button(theme, self.tr("Statement…"), icon="download")
        self._statement.clicked.connect(self.statement_requested)
        self._sums = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._sums.setWordWrap(True)
        self._typing = QTimer(self)
        self._typing.setSingleShot(True)
        # No pause: keys that have already come are taken together, nothing else is waited for.
        self._typing.setInterval(0)
        self._typing.timeout.connect(self._on_typed)
        self.search_field.textChanged.connect(lambda: self._typing.start())
        self._dress_table()
        self._nothing.action_requested.connect(self._on_nothing_answered)
        self._lay_out(theme)
        model.table.counted.connect(self.show_count)
        model.table.modelReset.connect(self._on_current_changed)
        model.totals.changed.connect(self._show_sums)
        theme.changed.connect(self._space)
        self._space()
        self._show_sort()

    def add_tool(self, tool: QWidget) -> None:
        """Put a control at the end of the toolbar."""
        self._toolbar.addWidget(tool)

    def least_height(self) -> int:
        """The height that the controls and a few rows need at the present width."""
        return self._column.minimumHeightForWidth(self.width())

    @property
    def choice(self) -> TransactionChoice:
        """What is filtered by besides the text."""
        return self._choice

    def set_choice(self, choice: TransactionChoice) -> None:
        """Filter by this."""
        self._choice = choice
        with QSignalBlocker(self.tabs), QSignalBlocker(self.period):
            self.tabs.set_current(choice.tab)
            self.period.setCurrentIndex(list(Period).index(choice.period))
        today = self._now().astimezone().date()
        fields = (self.first, choice.first or today.replace(day=1)), (self.last, choice.last)
        for field, day in fields:
            with QSignalBlocker(field):
                field.set_day(day or today)
            field.setVisible(choice.period is Period.BETWEEN)
        self._filter()
        self.least_height_changed.emit()
        self.choice_changed.emit(choice)

    def set_search(self, text: str) -> None:
        """Search as remembered."""
        self.search_field.setText(text)
        self._on_typed()

    def current(self) -> TransactionRow | None:
        """The row the keyboard is on."""
        return self._model.table.at(self.table.currentIndex().row())

    def reveal(self, transaction_id: int) -> None:
        """Stand on a transaction, whatever is filtered."""
        self.set_search("")
        self.set_choice(TransactionChoice())
        row = self._model.table.row_of(transaction_id)
        if row is not None:
            self.table.setCurrentIndex(self._model.table.index(row, 0))
            self.table.setFocus()

    def show_count(self) -> None:
        """Say how many there are, or why there are none."""
        table = self._model.table
        total = formatting.number(table.total)
        if not self._model.is_listed or not table.total:
            text = ""
        elif not table.wanted.is_set:
            text = self.tr("{} transactions").format(total)
        elif table.matching is None:
            text = self.tr("Searching {} transactions…").format(total)
        else:
            shown = formatting.number(table.matching)
            text = self.tr("Showing {} of {}").format(shown, total)
        self._count.setText(text)
        self._show_nothing()
        self._show_sums()

    def _show_nothing(self) -> None:
        table = self._model.table
        is_empty = self._model.is_listed and table.matching == 0
        if not self._model.is_listed and table.total == 0:
            is_empty = True
            reason = self._model.freshness.reason
            loading = self._model.is_refreshing or not reason
            self._nothing.set_texts(
                self.tr("Your transactions are not here yet"),
                self.tr("They are loading.") if loading else reason,
            )
        elif is_empty and table.wanted.is_set and table.total:
            self._nothing.set_texts(
                self.tr("No transaction matches"),
                self.tr("Take a filter away, or show all transactions again."),
                self.tr("Show all transactions"),
            )
        elif is_empty:
            self._nothing.set_texts(
                self.tr("No transactions yet"),
                self.tr("They appear here after your first sale or your first subscription split."),
                self.tr("Upload a track"),
            )
        self._nothing.setVisible(is_empty)
        self.table.setVisible(not is_empty)

    def _show_sums(self) -> None:
        """Counts on the tabs, and below the table the sums of what is shown."""
        totals = self._model.totals
        for tab in Tab:
            text = words.tab_text(tab)
            if totals.counts is not None:
                text = f"{text} {formatting.number(totals.counts[tab])}"
            self.tabs.set_text(tab, text, words.tab_meaning(tab))
        order = [str(kind) for kind in TransactionKind]
        lines = []
        in_order = sorted(
            totals.totals,
            key=lambda one: (
                one.currency,
                order.index(one.kind) if one.kind in order else len(order),
            ),
        )
        for _, group in groupby(in_order, attrgetter("currency")):
            lines.append("  ·  ".join(map(self._sum_text, group)))
        if totals.uncounted:
            count = formatting.number(totals.uncounted)
            lines.append(self.tr("{} in no sum: amount or currency not known").format(count))
        self._sums.setText("\n".join(lines))
        self._sums.setVisible(bool(lines) and not self.table.isHidden())
        self.least_height_changed.emit()

    def _sum_text(self, total: Total) -> str:
        name = formatting.isolated(words.kind_text(total.kind))
        amount = formatting.amount(Money(total.amount, total.currency), signed=True)
        return f"{name} {amount} ({formatting.number(total.count)})"

    def _build_period(self, theme: Theme) -> None:
        self.period = Select(theme, self.tr("Period"))
        for value, text in (
            (Period.ANY, self.tr("Any time")),
            (Period.THIS_MONTH, self.tr("This month")),
            (Period.LAST_MONTH, self.tr("Last month")),
            (Period.THIS_YEAR, self.tr("This year")),
            (Period.LAST_YEAR, self.tr("Last year")),
            (Period.BETWEEN, self.tr("Between two days")),
        ):
            self.period.addItem(text, value)
        self.period.currentIndexChanged.connect(self._on_period_chosen)
        self.first = DateField(theme, self.tr("First day"))
        self.last = DateField(theme, self.tr("Last day"))
        for field in (self.first, self.last):
            field.hide()
            field.dateChanged.connect(self._on_period_chosen)

    def _lay_out(self, theme: Theme) -> None:
        self._toolbar = FlowLayout()
        for widget in (self.search_field, self.period, self.first, self.last):
            self._toolbar.addWidget(widget)
        self._toolbar.add_spring()
        for button in (self._columns, self._statement):
            self._toolbar.addWidget(button)
        card = Card(theme, padding=Space.XS)
        card.body.addWidget(self.table)
        card.body.addWidget(self._nothing, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.tabs)
        self._column.addLayout(self._toolbar)
        self._column.addWidget(card, 1)
        self._below = QVBoxLayout()
        self._below.addWidget(self._count)
        self._below.addWidget(self._sums)
        self._column.addLayout(self._below)

    def _dress_table(self) -> None:
        table = self.table
        self._set_widths(_WIDTHS)
        kind, description, status = (
            COLUMNS.index(column)
            for column in (
                TransactionColumn.KIND,
                TransactionColumn.DESCRIPTION,
                TransactionColumn.STATUS,
            )
        )
        table.set_look(kind, ColumnLook(icon=ICON_ROLE, muted=True))
        table.set_look(description, ColumnLook(secondary=NOTE_ROLE))
        table.set_look(_AMOUNT, ColumnLook(icon=ICON_ROLE))
        table.set_look(status, ColumnLook(icon=ICON_ROLE, hue=STATUS_ROLE, hues=STATUS_HUES))
        table.set_required([_AMOUNT])
        table.set_filler(description)
        table.selectionModel().currentRowChanged.connect(self._on_current_changed)

    def _fill_menu(self, menu: Menu, row: TransactionRow) -> None:
        menu.add_entry(self.tr("Details"), self.details_requested.emit, "info")
        track = row.transaction.track
        if track is not None and track.id is not None:
            address = links.track(track.id)
            menu.add_entry(
                self.tr("Open the track on BeatPass"),
                lambda: self.link_requested.emit(address),
                "external-link",
            )
        menu.addSeparator()
        self._add_copying(menu)

    def _filter(self) -> None:
        today = self._now().astimezone().date()
        wanted = self._choice.wanted(self.search_field.text(), today)
        if wanted != self._model.table.wanted:
            self._model.table.filter_by(wanted)
            self.table.scrollToTop()

    def _space(self) -> None:
        px = self._theme.px
        self._column.setSpacing(px(Space.M))
        self._below.setSpacing(px(Space.XS))
        self._toolbar.setSpacing(px(Space.S))
        self.search_field.setMinimumWidth(min(px(220), 380))
        self.table.setMinimumHeight(px(Size.ROW * ROWS_AT_LEAST))

    def _on_typed(self) -> None:
        self._typing.stop()
        self._filter()
        self.search_changed.emit(self.search_field.text())

    def _on_tab_chosen(self, tab: Tab) -> None:
        self.set_choice(self._choice._replace(tab=tab))

    def _on_period_chosen(self) -> None:
        period = list(Period)[self.period.currentIndex()]
        first, last = None, None
        if period is Period.BETWEEN:
            first, last = self.first.day(), self.last.day()
        self.set_choice(self._choice._replace(period=period, first=first, last=last))

    def _on_nothing_answered(self) -> None:
        if self._model.table.total:
            self.set_search("")
            self.set_choice(TransactionChoice())
        else:
            self.link_requested.emit(links.upload())

    def _on_current_changed(self) -> None:
        row = self.current()
        self.current_changed.emit(None if row is None else row.row)

    def _on_row_activated(self, at: int) -> None:
        self.details_requested.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.least_height_changed.emit()


def _tr(text: str) -> str:
    return QCoreApplication.translate("TransactionList", text)
