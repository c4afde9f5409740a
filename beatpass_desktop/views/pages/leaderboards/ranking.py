"""The rows of a ranking: the first three as cards, the rest as a table."""

from __future__ import annotations

from PySide6.QtCore import QElapsedTimer, QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.leaderboards import Entry
from beatpass_desktop.models import formatting
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboard_table import Column
from beatpass_desktop.models.leaderboards import LeaderboardsModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.views.pages.leaderboards.delegate import LeaderboardDelegate
from beatpass_desktop.views.pages.leaderboards.podium import PodiumCard
from beatpass_desktop.views.theme.metrics import Size, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.data_table import DataTable
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.section import Section

_WIDTHS = {
    Column.RANK: 56,
    Column.SCORE: 160,
    Column.TIER: 116,
    Column.SHARE: 132,
}
_NARROW = {column: width for column, width in _WIDTHS.items() if column != Column.SHARE}
"""where the figures have no column of their own, and the bars none at all"""
_PRODUCER = 200
"""least width of the column of names"""
_FIGURES = 296
"""least width of the figures' own column"""
_BOTH = 256
"""least width of the column of names with the figures below them"""
_TWO_LINES = 300
"""width of that column from which two lines have room for the figures; three below it"""
_LEAST_ROWS = 4


class LeaderboardList(Section):
    """Cards, table, and what stands there when nobody is ranked.

    Signals:
        link_requested: a web address is to be opened.
        own_row_shown: the widget that the own row stands on.
    """

    link_requested = Signal(str)
    own_row_shown = Signal(object)

    def __init__(
        self, theme: Theme, model: LeaderboardsModel, pictures: Pictures | None = None
    ) -> None:
        super().__init__(theme)
        self._model = model
        self._pictures = pictures
        self._room = 0
        self._top: tuple[Entry, ...] | None = None
        self._own = 0
        self._since_opened = QElapsedTimer()
        self._opened = -1
        self.own_button = Button(theme, self.tr("Show my row"), icon="user")
        self.own_button.clicked.connect(self.show_own_row)
        self.add_action(self.own_button)
        self.podium = CardGrid(theme, min_column=250, columns=(1, 3))
        self.table = self._build_table(theme)
        self._card = Card(theme, padding=Space.XS)
        self._card.body.addWidget(self.table)
        self._nothing = EmptyState(
            theme,
            "trophy",
            self.tr("Nobody is ranked here yet"),
            self.tr("BeatPass lists no producer for this category and period."),
            hue=Hue.LEADERBOARDS,
        )
        for widget in (self.podium, self._card, self._nothing):
            self.add(widget)
        model.table.modelReset.connect(self._fit)
        theme.changed.connect(self._fit)

    def podium_cards(self) -> list[PodiumCard]:
        """The cards of the first three."""
        return [card for card in self.podium.cards() if isinstance(card, PodiumCard)]

    def show_rows(self) -> None:
        """Put the ranking on the screen; the table shows its model by itself."""
        model = self._model
        top, own = model.top, model.who.artist
        if (top, own) != (self._top, self._own):
            self._top, self._own = top, own
            self.podium.set_cards([self._podium_card(entry, own) for entry in top])
        self.set_title(words.ranking_name(model.shown))
        self.set_subtitle(self._count_words())
        self.own_button.setVisible(model.own_entry is not None)
        self.podium.setVisible(bool(top))
        self._card.setVisible(model.table.rowCount() > 0)
        self._nothing.setVisible(not top)
        self._fit()

    def set_room(self, height: int) -> None:
        """The height of the page's body, which the table fills at most."""
        self._room = height
        self._fit()

    def show_own_row(self) -> None:
        """Bring the artist's row into view and put the keyboard on it."""
        card = next((card for card in self.podium_cards() if card.is_own), None)
        if card is not None:
            card.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.own_row_shown.emit(card)
            return
        row = self._model.table.own_row()
        if row is not None:
            index = self._model.table.index(row, Column.PRODUCER)
            self.table.setCurrentIndex(index)
            self.table.scrollTo(index, DataTable.ScrollHint.PositionAtCenter)
            self.table.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.own_row_shown.emit(self.table)

    def _build_table(self, theme: Theme) -> DataTable:
        table = DataTable(theme)
        self._delegate = table.delegate = LeaderboardDelegate(theme, table)
        table.setItemDelegate(self._delegate)
        table.setModel(self._model.table)
        table.set_look(Column.SCORE, ColumnLook(strong=True))
        table.set_look(Column.FIGURES, ColumnLook(muted=True))
        table.set_required([Column.RANK, Column.PRODUCER])
        table.setAccessibleName(self.tr("Ranking"))
        table.sort_requested.connect(self._model.table.sort_by)
        table.type_ahead_requested.connect(self._on_type_ahead_requested)
        table.clicked.connect(self._on_clicked)
        table.row_activated.connect(self._open)
        table.context_menu_requested.connect(self._on_context_menu_requested)
        return table

    def _podium_card(self, entry: Entry, own: int) -> PodiumCard:
        is_own = entry.artist is not None and entry.artist == own
        card = PodiumCard(self._theme, entry, own=is_own, pictures=self._pictures)
        card.clicked.connect(lambda: self._open_page(entry))
        return card

    def _count_words(self) -> str:
        board = self._model.board
        if board is None:
            return ""
        listed, total = len(board.entries or ()), board.total_producers
        if total is None:
            text = self.tr("{} producers listed").format(formatting.number(listed))
        elif listed < total:
            text = self.tr("The first {} of {} producers").format(
                formatting.number(listed), formatting.number(total)
            )
        else:
            text = self.tr("{} producers").format(formatting.number(total))
        if board.updated_at is None:
            return text
        when = formatting.weekday_and_clock(board.updated_at, self._model.now())
        return f"{text}  ·  {self.tr('ranked by BeatPass {}').format(when)}"

    def _fit(self) -> None:
        """As high as its rows, at most as the page; the names take the width that is left."""
        self._fit_columns()
        rows, px = self._model.table.rowCount(), self._theme.px
        header = self.table.header.sizeHint().height()
        row = self._delegate.row_height()
        self.table.verticalHeader().setDefaultSectionSize(row)
        wanted = header + rows * row + px(Size.SCROLL_BAR)
        least = header + min(rows, _LEAST_ROWS) * row + px(Size.SCROLL_BAR)
        self.table.setFixedHeight(max(least, min(wanted, self._room or wanted)))

    def _fit_columns(self) -> None:
        px = self._theme.px
        inner = self.width() - 2 * px(Space.XS) - px(Size.SCROLL_BAR)
        room = inner - sum(map(px, _WIDTHS.values()))
        is_wide = room >= px(_PRODUCER + _FIGURES)
        self._delegate.with_figures = not is_wide
        self.table.setColumnHidden(Column.FIGURES, not is_wide)
        self.table.setColumnHidden(Column.SHARE, not is_wide)
        widths = _WIDTHS if is_wide else _NARROW
        for column, width in widths.items():
            self.table.setColumnWidth(column, px(width))
        left = inner - sum(map(px, widths.values()))
        producer = min(left // 2, left - px(_FIGURES)) if is_wide else max(px(_BOTH), left)
        self._delegate.lines = 2 if producer >= px(_TWO_LINES) else 3
        self.table.setColumnWidth(Column.PRODUCER, producer)
        if is_wide:
            self.table.setColumnWidth(Column.FIGURES, left - producer)

    def _on_type_ahead_requested(self, text: str) -> None:
        row = self._model.table.find(text)
        if row is not None:
            self.table.setCurrentIndex(self._model.table.index(row, Column.PRODUCER))

    def _on_clicked(self, index: QModelIndex) -> None:
        # With Ctrl or Shift rows are being selected.
        if QApplication.keyboardModifiers() == Qt.KeyboardModifier.NoModifier:
            self._open(index.row())

    def _open(self, row: int) -> None:
        """A double click is told as a click as well: it opens one page."""
        pause = QApplication.doubleClickInterval()
        again = self._since_opened.isValid() and self._since_opened.elapsed() <= pause
        entry = self._model.table.entry(row)
        if entry is not None and not (again and row == self._opened):
            self._opened = row
            self._since_opened.start()
            self._open_page(entry)

    def _open_page(self, entry: Entry) -> None:
        if entry.artist is not None:
            self.link_requested.emit(links.artist(entry.artist))

    def _on_context_menu_requested(self, row: int, where: QPoint) -> None:
        from beatpass_desktop.views.widgets.menu import Menu

        entry = self._model.table.entry(row)
        if entry is None:
            return
        menu = Menu(self._theme, self)
        menu.aboutToHide.connect(menu.deleteLater)
        if entry.artist is not None:
            menu.add_entry(
                self.tr("Open the artist page"), lambda: self._open_page(entry), "external-link"
            )
        menu.add_entry(self.tr("Copy"), self.table.copy_selection, "copy")
        menu.popup(where)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()


class Standings(QWidget):
    """Holds what belongs to one ranking, so that all of it can be dimmed together."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        from beatpass_desktop.views.widgets.veil import Veil

        self._theme = theme
        self.veil = Veil(theme, self)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        theme.changed.connect(self._space)
        self._space()

    def add(self, widget: QWidget) -> None:
        """Add a part below the others."""
        self._column.addWidget(widget)

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.XXL))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.veil.setGeometry(self.rect())
