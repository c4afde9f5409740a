"""The data table: sorting, columns, keyboard, clipboard, and its cost at a million rows."""

from __future__ import annotations

from typing import Any

import pytest
from pointing import point_at
from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    QTimer,
)
from PySide6.QtGui import QColor, QGuiApplication, QHelpEvent, QImage
from PySide6.QtWidgets import QApplication, QStyleOptionViewItem, QToolTip
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import DARK, Hue
from beatpass_desktop.views.widgets.cell_delegate import ColumnLook
from beatpass_desktop.views.widgets.data_table import COPY_LIMIT, DataTable

TITLES = ["Name", "Plays", "Growth", "Key"]
RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
SECOND, HUE, ICON, IMAGE = range(300, 304)
ASCENDING, DESCENDING = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
Index = QModelIndex | QPersistentModelIndex


class Tracks(QAbstractTableModel):
    """As many rows as asked for, with every role a cell can show; counts what it is asked."""

    def __init__(self, rows: int) -> None:
        super().__init__()
        self.rows = rows
        self.asked: set[int] = set()
        self.image: QImage | None = None

    def rowCount(self, parent: Index | None = None) -> int:
        return self.rows

    def columnCount(self, parent: Index | None = None) -> int:
        return len(TITLES)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if section == 1 else None
        return TITLES[section] if role == Qt.ItemDataRole.DisplayRole else None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        row, column = index.row(), index.column()
        self.asked.add(row)
        if role == Qt.ItemDataRole.DisplayRole:
            values = (f"<b>Track</b> {row}", f"{row:,}", "+1 %", "C\tmin\nor so")
            return values[column]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return RIGHT if column == 1 else None
        return {SECOND: "below", HUE: Hue.GOOD, ICON: "trending-up", IMAGE: self.image}.get(role)


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


@pytest.fixture
def model() -> Tracks:
    return Tracks(100)


@pytest.fixture
def table(qtbot: QtBot, theme: Theme, model: Tracks) -> DataTable:
    table = DataTable(theme)
    qtbot.addWidget(table)
    table.setModel(model)
    table.set_default_widths({0: 240, 1: 100, 2: 100})
    table.resize(700, 400)
    table.show()
    return table


def clipboard() -> str:
    return QGuiApplication.clipboard().text()


def press_title(qtbot: QtBot, table: DataTable, column: int) -> None:
    header = table.header
    at = QPoint(header.sectionViewportPosition(column) + 20, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=at)


def test_that_a_title_sorts_ascending_then_descending_then_by_default(
    qtbot: QtBot, table: DataTable
) -> None:
    asked: list[tuple[int, object]] = []
    table.sort_requested.connect(lambda column, order: asked.append((column, order)))
    for _ in range(4):
        press_title(qtbot, table, 1)
    assert asked == [(1, ASCENDING), (1, DESCENDING), (1, None), (1, ASCENDING)]
    press_title(qtbot, table, 0)
    assert asked[-1] == (0, ASCENDING)
    assert table.header.sort_state() == (0, ASCENDING)


def test_that_a_remembered_sort_order_is_shown_without_asking_for_it(
    qtbot: QtBot, table: DataTable
) -> None:
    with qtbot.assertNotEmitted(table.sort_requested):
        table.set_sort(1, DESCENDING)
    assert table.header.sort_state() == (1, DESCENDING)
    press_title(qtbot, table, 1)
    assert table.header.sort_state() == (-1, None)


def test_that_the_header_sorts_by_keyboard(qtbot: QtBot, table: DataTable) -> None:
    header = table.header
    table.activateWindow()
    qtbot.waitUntil(table.isActiveWindow)
    header.setFocus(Qt.FocusReason.TabFocusReason)
    table.setColumnHidden(1, True)
    qtbot.keyClick(header, Qt.Key.Key_Right)
    with qtbot.waitSignal(table.sort_requested) as asked:
        qtbot.keyClick(header, Qt.Key.Key_Return)
    assert asked.args == [2, ASCENDING]
    qtbot.keyClick(header, Qt.Key.Key_Left)
    with qtbot.waitSignal(table.sort_requested) as asked:
        qtbot.keyClick(header, Qt.Key.Key_Space)
    assert asked.args == [0, ASCENDING]
    assert not header.grab().isNull()


def test_that_copying_gives_tab_separated_text_with_titles(qtbot: QtBot, table: DataTable) -> None:
    table.selectRow(3)
    extend = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    table.selectionModel().select(table.model().index(1, 0), extend)
    table.setColumnHidden(2, True)
    table.header.moveSection(0, 1)
    with qtbot.waitSignal(table.rows_copied) as copied:
        qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied.args == [2, 2]
    assert clipboard().split("\n") == [
        "Plays\tName\tKey",
        "1\t<b>Track</b> 1\tC min or so",
        "3\t<b>Track</b> 3\tC min or so",
    ]


def test_that_a_copy_of_everything_is_bounded_and_says_so(qtbot: QtBot, table: DataTable) -> None:
    table.setModel(Tracks(1_000_000))
    table.selectAll()
    with qtbot.waitSignal(table.rows_copied) as copied:
        table.copy_selection()
    assert copied.args == [COPY_LIMIT, 1_000_000]
    assert clipboard().count("\n") == COPY_LIMIT


def test_that_many_rows_are_copied_while_the_window_goes_on(qtbot: QtBot, table: DataTable) -> None:
    QGuiApplication.clipboard().setText("before")
    table.setModel(Tracks(1_000))
    table.selectAll()
    beats: list[str] = []
    QTimer.singleShot(0, table, lambda: beats.append(clipboard()))
    with qtbot.waitSignal(table.rows_copied):
        table.copy_selection()
    assert beats == ["before"]


def test_that_a_table_about_to_change_does_not_change_a_copy(
    qtbot: QtBot, table: DataTable
) -> None:
    model = Tracks(1_000)
    table.setModel(model)
    table.selectAll()
    with qtbot.waitSignal(table.rows_copied) as copied:
        table.copy_selection()
        model.beginResetModel()
        model.endResetModel()
    assert copied.args == [1_000, 1_000]
    assert clipboard().count("\n") == 1_000


def test_that_the_rows_of_the_last_copy_are_those_on_the_clipboard(
    qtbot: QtBot, table: DataTable
) -> None:
    table.setModel(Tracks(1_000))
    table.selectAll()
    table.copy_selection()
    table.clearSelection()
    table.selectRow(5)
    with qtbot.waitSignal(table.rows_copied) as copied:
        table.copy_selection()
    assert copied.args == [1, 1]
    assert clipboard().count("\n") == 1


def test_that_copying_nothing_leaves_the_clipboard_alone(table: DataTable) -> None:
    QGuiApplication.clipboard().setText("mine")
    table.clearSelection()
    table.copy_selection()
    assert clipboard() == "mine"


def test_that_enter_and_a_double_click_open_a_row(qtbot: QtBot, table: DataTable) -> None:
    table.selectRow(2)
    with qtbot.waitSignal(table.row_activated) as opened:
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert opened.args == [2]
    at = table.visualRect(table.model().index(1, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    with qtbot.waitSignal(table.row_activated) as opened:
        qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=at)
    assert opened.args == [1]


def test_that_typing_looks_for_a_row_without_asking_the_model(
    qtbot: QtBot, table: DataTable
) -> None:
    model = Tracks(1_000_000)
    table.setModel(model)
    model.asked.clear()
    typed: list[str] = []
    table.type_ahead_requested.connect(typed.append)
    qtbot.keyClicks(table, "ni")
    assert typed == ["n", "ni"]
    assert model.asked == set()


def test_that_the_context_menu_knows_its_row_by_pointer_and_by_keyboard(
    qtbot: QtBot, table: DataTable
) -> None:
    from PySide6.QtGui import QContextMenuEvent

    at = table.visualRect(table.model().index(4, 0)).center()
    by_pointer = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, at, table.viewport().mapToGlobal(at)
    )
    with qtbot.waitSignal(table.context_menu_requested) as asked:
        QApplication.sendEvent(table.viewport(), by_pointer)
    assert asked.args[0] == 4
    table.selectRow(2)
    by_keys = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, QPoint(0, 0), QPoint(0, 0))
    with qtbot.waitSignal(table.context_menu_requested) as asked:
        QApplication.sendEvent(table.viewport(), by_keys)
    assert asked.args[0] == 2


def test_that_columns_can_be_hidden_and_brought_back_but_not_the_required_one(
    qtbot: QtBot, table: DataTable
) -> None:
    table.set_required([0])
    table.set_hidden_by_default([3])
    menu = table.column_chooser()
    actions = {action.text(): action for action in menu.actions() if action.text()}
    assert not actions["Name"].isEnabled()
    assert not actions["Key"].isChecked()
    with qtbot.waitSignal(table.columns_changed):
        actions["Growth"].trigger()
    assert table.visible_columns() == [0, 1]
    actions["Key"].trigger()
    assert table.visible_columns() == [0, 1, 3]
    table.header.moveSection(0, 2)
    actions["Reset columns"].trigger()
    assert table.visible_columns() == [0, 1, 2]


def test_that_the_header_opens_the_column_chooser(qtbot: QtBot, table: DataTable) -> None:
    with qtbot.waitSignal(table.header.chooser_requested):
        table.header.chooser_requested.emit(table.mapToGlobal(QPoint(5, 5)))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_that_columns_are_remembered(qtbot: QtBot, theme: Theme, table: DataTable) -> None:
    table.setColumnWidth(0, 333)
    table.setColumnHidden(2, True)
    table.header.moveSection(0, 1)
    table.set_sort(1, DESCENDING)
    state = table.save_state()
    other = DataTable(theme)
    qtbot.addWidget(other)
    other.setModel(Tracks(5))
    other.set_sort(0, ASCENDING)
    assert other.restore_state(state)
    assert other.columnWidth(0) == 333
    assert other.visible_columns() == [1, 0, 3]
    assert other.header.sort_state() == (0, ASCENDING)


@pytest.mark.parametrize("state", [b"", b"rubbish", b"9:xxxx", b"4:xxxx"])
def test_that_rubbish_is_not_taken_for_remembered_columns(table: DataTable, state: bytes) -> None:
    before = table.visible_columns()
    assert not table.restore_state(state)
    assert table.visible_columns() == before


def test_that_rows_grow_with_the_text_scale(table: DataTable, theme: Theme) -> None:
    assert table.rowHeight(0) == 40
    theme.set_scale(1.5)
    assert table.rowHeight(0) == 60
    assert table.columnWidth(0) == 360


def test_that_another_theme_leaves_the_widths_chosen_by_hand(
    table: DataTable, theme: Theme
) -> None:
    table.setColumnWidth(0, 333)
    theme.set_mode(ThemeMode.LIGHT if theme.is_dark else ThemeMode.DARK)
    assert table.columnWidth(0) == 333


def test_that_only_rows_in_view_are_asked_for_at_a_million_rows(qtbot: QtBot, theme: Theme) -> None:
    model = Tracks(1_000_000)
    table = DataTable(theme)
    qtbot.addWidget(table)
    table.setModel(model)
    table.resize(700, 400)
    table.show()
    table.grab()
    assert len(model.asked) < 30
    table.verticalScrollBar().setValue(table.verticalScrollBar().maximum())
    table.grab()
    assert 999_999 in model.asked
    assert len(model.asked) < 60


def test_that_the_row_under_the_pointer_and_the_selected_row_stand_out(
    qtbot: QtBot, table: DataTable
) -> None:
    def ground(row: int) -> str:
        rect = table.visualRect(table.model().index(row, 3))
        image = table.viewport().grab().toImage()
        return image.pixelColor(rect.right() - 3, rect.center().y()).name().upper()

    table.selectRow(1)
    point_at(table.viewport(), table.visualRect(table.model().index(3, 0)).center())
    qtbot.waitUntil(lambda: ground(3) == DARK.raised)
    assert ground(1) == DARK.selection
    assert ground(0) == DARK.surface
    QApplication.sendEvent(table, QEvent(QEvent.Type.Leave))
    qtbot.waitUntil(lambda: ground(3) == DARK.surface)


@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_that_cells_show_pictures_icons_hues_and_second_lines(
    table: DataTable, model: Tracks, direction: Qt.LayoutDirection
) -> None:
    plain = table.viewport().grab().toImage()
    table.setLayoutDirection(direction)
    table.set_look(0, ColumnLook(secondary=SECOND, image=IMAGE, strong=True))
    table.set_look(2, ColumnLook(hue=HUE, icon=ICON, muted=True))
    adorned = table.viewport().grab().toImage()
    assert adorned != plain
    image = QImage(64, 64, QImage.Format.Format_RGB32)
    image.fill(QColor("#00FF00"))
    model.image = image
    rect = table.visualRect(model.index(0, 0))
    x = rect.left() + 28 if direction is Qt.LayoutDirection.LeftToRight else rect.right() - 28
    pictured = table.viewport().grab().toImage()
    assert pictured.pixelColor(x, rect.center().y()).name() == "#00ff00"


def test_that_the_tooltip_of_a_cut_cell_is_literal(qtbot: QtBot, table: DataTable) -> None:
    table.setColumnWidth(0, 60)
    index = table.model().index(0, 0)
    at = table.visualRect(index).center()
    event = QHelpEvent(QEvent.Type.ToolTip, at, table.viewport().mapToGlobal(at))
    assert table.delegate.helpEvent(event, table, QStyleOptionViewItem(), index)
    assert QToolTip.text().replace("\u2060", "") == "<b>Track</b> 0"
    assert "<b>" not in QToolTip.text()
    QToolTip.hideText()


def test_that_an_empty_table_has_nothing_to_copy_open_or_paint(qtbot: QtBot, theme: Theme) -> None:
    table = DataTable(theme)
    qtbot.addWidget(table)
    assert table.selected_rows() == []
    table.copy_selection()
    table.resize(300, 200)
    assert not table.grab().isNull()
    table.setModel(Tracks(0))
    with qtbot.assertNotEmitted(table.row_activated):
        qtbot.keyClick(table, Qt.Key.Key_Return)
    assert not table.grab().isNull()
