"""The table of the house, as quick at a million rows as at ten."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import (
    QAbstractItemModel,
    QElapsedTimer,
    QEvent,
    QItemSelection,
    QItemSelectionRange,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QFrame, QHeaderView, QTableView, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.cell_delegate import CellDelegate, ColumnLook
from beatpass_desktop.views.widgets.ground import give_ground, use_fill
from beatpass_desktop.views.widgets.painted import paint_focus_ring
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars
from beatpass_desktop.views.widgets.table_header import TableHeader

if TYPE_CHECKING:
    from beatpass_desktop.views.widgets.menu import Menu
    from beatpass_desktop.views.widgets.page_body import PageBody
    from beatpass_desktop.views.widgets.row_copy import RowCopy

COPY_LIMIT = 5_000
"""most rows that a copy takes; an export takes all"""

_HORIZONTAL = Qt.Orientation.Horizontal
_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class DataTable(QTableView):
    """Rows of a model, sorted by asking for it. Looks best in a `Card` with `Space.XS` of padding.

    Ctrl+C copies the selected rows as tab-separated text with a header line; Enter and a double
    click open a row; typing looks for a row.

    Signals:
        sort_requested: column, and Qt.SortOrder or None for the model's default order.
        row_activated: a row was opened.
        context_menu_requested: row (-1 beside the rows) and the point of the screen.
        type_ahead_requested: what was typed in quick succession so far.
        columns_changed: width, order or visibility of columns is other than before.
        rows_copied: how many rows were copied, of how many that are selected.
    """

    sort_requested = Signal(int, object)
    row_activated = Signal(int)
    context_menu_requested = Signal(int, QPoint)
    type_ahead_requested = Signal(str)
    columns_changed = Signal()
    rows_copied = Signal(int, int)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._ground = give_ground(self, QPalette.ColorRole.Base)
        self._page: PageBody | None = None
        self._hovered = -1
        self._keyboard = False
        self._typed = ""
        self._typing = QElapsedTimer()
        self._copy: RowCopy | None = None
        self._required: set[int] = set()
        self._hidden_by_default: set[int] = set()
        self._widths: dict[int, int] = {}
        self._scale = theme.scale
        self.delegate = CellDelegate(theme, self)
        self.header = TableHeader(theme, self)
        self.setItemDelegate(self.delegate)
        self.setHorizontalHeader(self.header)
        self.header.sort_chosen.connect(self.sort_requested)
        self.header.chooser_requested.connect(self._on_chooser_requested)
        self.header.sectionResized.connect(self.columns_changed)
        self.header.sectionMoved.connect(self.columns_changed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QTableView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QTableView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        use_quiet_scroll_bars(self, theme)
        # The style would draw an edge where the bars meet.
        self.setCornerWidget(QWidget())
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._on_double_clicked)
        self._space()
        theme.changed.connect(self._on_theme_changed)

    def set_look(self, column: int, look: ColumnLook) -> None:
        """Says what a column shows beside its text."""
        self.delegate.set_look(column, look)

    def set_default_widths(self, widths: Mapping[int, int]) -> None:
        """Widths by column in logical pixels at 100 % text scale."""
        self._widths = dict(widths)
        self._apply_widths()

    def set_filler(self, column: int) -> None:
        """This column takes the width that the others leave, in place of the last one; it is
        never narrower than its default."""
        self.header.set_filler(column, self._widths.get(column, 0))

    def set_hidden_by_default(self, columns: Iterable[int]) -> None:
        """Hides columns that the column chooser can bring back."""
        self._hidden_by_default = set(columns)
        for column in self._hidden_by_default:
            self.setColumnHidden(column, True)

    def set_required(self, columns: Iterable[int]) -> None:
        """Columns that cannot be hidden."""
        self._required = set(columns)

    def share_wheel(self, page: PageBody) -> None:
        """Leave the wheel to the page that the table is on when it is the page's turn."""
        self._page = page

    def set_sort(self, column: int, order: Qt.SortOrder | None) -> None:
        """Shows which column the model is sorted by, without asking for it."""
        self.header.set_sort(column, order)

    def save_state(self) -> bytes:
        """Widths, order and visibility of the columns."""
        state = bytes(self.header.saveState().data())
        return b"%d:%s" % (self.header.count(), state)

    def restore_state(self, state: bytes) -> bool:
        """Takes up what `save_state` gave; False when it is of another set of columns."""
        count, _, rest = state.partition(b":")
        if count != b"%d" % self.header.count():
            return False
        sort = self.header.sort_state()
        restored = self.header.restoreState(rest)
        self.header.set_sort(*sort)
        self.header.fill()
        return restored

    def reset_columns(self) -> None:
        """Brings back the default columns, widths and order."""
        for column in range(self.header.count()):
            self.header.moveSection(self.header.visualIndex(column), column)
            self.setColumnHidden(column, column in self._hidden_by_default)
        self._apply_widths()
        self.columns_changed.emit()

    def visible_columns(self) -> list[int]:
        """The columns shown, in the order in which they are shown."""
        columns = (self.header.logicalIndex(i) for i in range(self.header.count()))
        return [column for column in columns if not self.isColumnHidden(column)]

    def selected_rows(self, limit: int | None = None) -> list[int]:
        """The selected rows from the top, at most `limit`."""
        ranges = sorted((part.top(), part.bottom()) for part in self._selected_ranges())
        rows: list[int] = []
        for top, bottom in ranges:
            first = max(top, rows[-1] + 1) if rows else top
            end = bottom + 1 if limit is None else min(bottom + 1, first + limit - len(rows))
            rows.extend(range(first, end))
        return rows

    def rows_in_view(self) -> range:
        """The rows that can be seen."""
        return self._visible_rows(self._ground.rect())

    def copy_selection(self) -> None:
        """Puts the selected rows on the clipboard, at most COPY_LIMIT of them."""
        rows = self.selected_rows(COPY_LIMIT)
        if not rows:
            return
        selected = sum(part.height() for part in self._selected_ranges())
        from beatpass_desktop.views.widgets.row_copy import RowCopy

        if self._copy is not None:
            self._copy.give_up()
        self._copy = RowCopy(self.model(), self.visible_columns(), rows)
        told = partial(self.rows_copied.emit, len(rows), max(selected, len(rows)))
        self._copy.copied.connect(told)
        self._copy.start()

    def column_chooser(self) -> Menu:
        """A menu with a check mark for each column that may be hidden."""
        from beatpass_desktop.views.widgets.menu import Menu

        menu = Menu(self._theme, self)
        model = self.model()
        for visual in range(self.header.count()):
            column = self.header.logicalIndex(visual)
            title = str(model.headerData(column, _HORIZONTAL) or "")
            if not title:
                continue
            action = menu.add_entry(title)
            action.setCheckable(True)
            action.setChecked(not self.isColumnHidden(column))
            action.setEnabled(column not in self._required)
            action.toggled.connect(lambda shown, at=column: self._on_column_toggled(at, shown))
        menu.addSeparator()
        menu.add_entry(self.tr("Reset columns"), self.reset_columns)
        return menu

    def _selected_ranges(self) -> list[QItemSelectionRange]:
        selection = self.selectionModel()
        if selection is None:
            return []
        # Qt's stubs do not say that a selection is a list of ranges.
        return list(cast("list[QItemSelectionRange]", selection.selection()))

    def _space(self) -> None:
        vertical = self.verticalHeader()
        vertical.setMinimumSectionSize(1)
        vertical.setDefaultSectionSize(self._theme.px(Size.ROW))
        tokens = self._theme.tokens
        palette = QPalette()
        # The style fills selected rows with Highlight; the delegate draws ordinary text on them.
        palette.setColor(QPalette.ColorRole.Highlight, colour(tokens.selection))
        palette.setColor(QPalette.ColorRole.Window, colour(tokens.surface))
        self.setPalette(palette)

    def _apply_widths(self) -> None:
        for column, width in self._widths.items():
            self.setColumnWidth(column, self._theme.px(width))

    def _rescale_widths(self, factor: float) -> None:
        self._scale = self._theme.scale
        for column in range(self.header.count()):
            self.setColumnWidth(column, round(self.columnWidth(column) * factor))

    def _update_row(self, row: int) -> None:
        if row >= 0:
            viewport = self._ground
            top = self.rowViewportPosition(row)
            viewport.update(0, top, viewport.width(), self.rowHeight(row))

    def _set_hovered(self, row: int) -> None:
        if row != self._hovered:
            self._update_row(self._hovered)
            self._hovered = row
            self._update_row(row)

    def _visible_rows(self, area: QRect) -> range:
        first, last = self.rowAt(area.top()), self.rowAt(area.bottom())
        if first < 0:
            return range(0)
        if last < 0:
            last = self.model().rowCount() - 1
        return range(first, last + 1)

    def _paint_hovered(self) -> None:
        if self._hovered >= 0:
            top, height = self.rowViewportPosition(self._hovered), self.rowHeight(self._hovered)
            painter = use_fill(QPainter(self._ground), self._theme.tokens.raised)
            painter.drawRect(0, top, self._ground.width(), height)

    def _paint_lines(self, area: QRect) -> None:
        painter = use_fill(QPainter(self._ground), self._theme.tokens.border)
        width = self._ground.width()
        for row in self._visible_rows(area):
            bottom = self.rowViewportPosition(row) + self.rowHeight(row) - 1
            painter.drawRect(0, bottom, width, 1)

    def _paint_current(self) -> None:
        row = self.currentIndex().row()
        if row < 0 or not self._keyboard or not self.hasFocus():
            return
        rect = QRect(0, self.rowViewportPosition(row), self._ground.width(), self.rowHeight(row))
        paint_focus_ring(QPainter(self._ground), rect, self._theme, Radius.SMALL)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.row_activated.emit(index.row())

    def _on_column_toggled(self, column: int, shown: bool) -> None:
        self.setColumnHidden(column, not shown)
        self.columns_changed.emit()

    def _on_chooser_requested(self, position: QPoint) -> None:
        menu = self.column_chooser()
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(position)

    def _on_theme_changed(self) -> None:
        self._space()
        if self._theme.scale != self._scale:
            self._rescale_widths(self._theme.scale / self._scale)
        self._ground.update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self.delegate.forget_columns()
        self._apply_widths()
        for column in self._hidden_by_default:
            self.setColumnHidden(column, True)

    def keyboardSearch(self, text: str) -> None:
        # The stock search asks the model row by row, which at a million rows stops the window.
        pause = QApplication.keyboardInputInterval()
        if not self._typing.isValid() or self._typing.elapsed() > pause:
            self._typed = ""
        self._typing.start()
        self._typed += text
        self.type_ahead_requested.emit(self._typed)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
            return
        if event.key() in _ENTER and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex().row())
            return
        super().keyPressEvent(event)

    def currentChanged(
        self,
        current: QModelIndex | QPersistentModelIndex,
        previous: QModelIndex | QPersistentModelIndex,
    ) -> None:
        super().currentChanged(current, previous)
        self._update_row(previous.row())
        self._update_row(current.row())

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        super().selectionChanged(selected, deselected)
        self._ground.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _BY_KEYBOARD:
            self._keyboard = True
        super().focusInEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._set_hovered(self.rowAt(event.position().toPoint().y()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self._page is None:
            super().wheelEvent(event)
        else:
            self._page.share_wheel(self, event, super().wheelEvent)

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._set_hovered(-1)

    def scrollContentsBy(self, dx: int, dy: int) -> None:
        super().scrollContentsBy(dx, dy)
        if self._hovered >= 0:
            self._set_hovered(-1)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            point = rect.center() if rect.isValid() else QPoint(0, 0)
            row = self.currentIndex().row()
            self.context_menu_requested.emit(row, self._ground.mapToGlobal(point))
            return
        self.context_menu_requested.emit(self.rowAt(event.pos().y()), event.globalPos())

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.model() is None:
            return
        self._paint_hovered()
        super().paintEvent(event)
        self._paint_lines(event.rect())
        self._paint_current()
