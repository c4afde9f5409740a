"""Controls: buttons, fields, choices, menus, scroll bars."""

from __future__ import annotations

import pytest
from pointing import point_at
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind, IconButton, LinkButton
from beatpass_desktop.views.widgets.menu import Menu
from beatpass_desktop.views.widgets.painted import Clickable, mirrored
from beatpass_desktop.views.widgets.scroll_bar import ScrollBar, use_quiet_scroll_bars
from beatpass_desktop.views.widgets.search_field import SearchField
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.switch import Switch
from beatpass_desktop.views.widgets.text_field import TextField


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def pixel(widget: QWidget, x: int, y: int) -> QColor:
    return widget.grab().toImage().pixelColor(x, y)


@pytest.mark.parametrize("kind", list(ButtonKind))
def test_that_every_kind_of_button_works_by_keyboard(
    qtbot: QtBot, theme: Theme, kind: ButtonKind
) -> None:
    button = Button(theme, "Terms & <b>conditions</b>", kind, "info")
    qtbot.addWidget(button)
    button.show()
    assert button.accessibleName() == "Terms & <b>conditions</b>"
    assert role(button) is QAccessible.Role.Button
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    button.setEnabled(False)
    with qtbot.assertNotEmitted(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert not button.grab().isNull()


def test_that_a_button_looks_different_under_the_pointer_pressed_and_disabled(
    qtbot: QtBot, theme: Theme
) -> None:
    button = Button(theme, "Go", ButtonKind.PRIMARY)
    qtbot.addWidget(button)
    button.resize(80, 32)
    button.show()
    resting = pixel(button, 8, 16)
    button.setDown(True)
    pressed = pixel(button, 8, 16)
    button.setDown(False)
    button.setEnabled(False)
    assert len({resting.name(), pressed.name(), pixel(button, 8, 16).name()}) == 3


def test_that_an_icon_button_says_what_it_does(qtbot: QtBot, theme: Theme) -> None:
    button = IconButton(theme, "refresh-cw", "Refresh")
    qtbot.addWidget(button)
    button.set_tooltip("Refresh", "F5")
    assert button.accessibleName() == "Refresh"
    assert button.toolTip() == "Refresh (F5)"
    with qtbot.waitSignal(button.clicked):
        qtbot.keyClick(button, Qt.Key.Key_Space)


def test_that_links_have_a_hand_and_no_button_has(qtbot: QtBot, theme: Theme) -> None:
    link, button = LinkButton(theme, "View profile", "external-link"), Button(theme, "Export")
    qtbot.addWidget(link)
    qtbot.addWidget(button)
    assert link.cursor().shape() is Qt.CursorShape.PointingHandCursor
    assert button.cursor().shape() is Qt.CursorShape.ArrowCursor
    before = link.sizeHint().width()
    link.set_text("View the public profile")
    assert link.sizeHint().width() > before


def test_that_a_mirrored_rectangle_keeps_its_distance_to_the_other_side() -> None:
    bounds, rect = QRect(10, 0, 100, 20), QRect(14, 2, 30, 5)
    ltr, rtl = Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft
    assert mirrored(ltr, bounds, rect) == rect
    assert mirrored(rtl, bounds, rect) == QRect(76, 2, 30, 5)
    assert mirrored(rtl, bounds, mirrored(rtl, bounds, rect)) == rect


def test_that_a_search_field_is_emptied_by_its_cross_and_by_escape(
    qtbot: QtBot, theme: Theme
) -> None:
    field = SearchField(theme, "Search tracks")
    qtbot.addWidget(field)
    field.show()
    assert field.accessibleName() == "Search tracks"
    assert field.sizeHint().height() == 32
    cross = field.findChild(IconButton)
    assert cross.isHidden()
    qtbot.keyClicks(field, "night")
    assert cross.isVisible()
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""
    qtbot.keyClicks(field, "x")
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert SearchField(theme).accessibleName() == "Search"


def test_that_fields_grow_with_the_text_scale(qtbot: QtBot, theme: Theme) -> None:
    field, select = TextField(theme, "Token"), Select(theme, "Genre")
    qtbot.addWidget(field)
    qtbot.addWidget(select)
    select.addItems(["All genres", "Trap"])
    before = field.sizeHint().height(), select.sizeHint().height()
    theme.set_scale(2.0)
    assert (field.sizeHint().height(), select.sizeHint().height()) > before
    assert select.accessibleName() == "Genre"
    assert role(select) is QAccessible.Role.ComboBox


def test_that_fields_and_lists_show_what_they_hold_in_every_state(
    qtbot: QtBot, theme: Theme
) -> None:
    for widget in (SearchField(theme, "Search"), TextField(theme, "Token"), Select(theme, "Genre")):
        qtbot.addWidget(widget)
        widget.resize(200, 32)
        widget.show()
        empty = widget.grab().toImage()
        if isinstance(widget, Select):
            widget.addItems(["All genres", "Trap"])
        else:
            widget.setText("night")
        filled = widget.grab().toImage()
        assert filled != empty
        widget.setEnabled(False)
        assert widget.grab().toImage() != filled


def test_that_the_choice_in_a_segmented_control_moves_by_arrow_keys(
    qtbot: QtBot, theme: Theme
) -> None:
    control = Segmented(theme, [(7, "7D"), (30, "30D"), (0, "All")])
    qtbot.addWidget(control)
    control.show()
    assert control.current() == 7
    with qtbot.waitSignal(control.current_changed) as changed:
        qtbot.keyClick(control, Qt.Key.Key_Right)
    assert changed.args == [30]
    qtbot.keyClick(control, Qt.Key.Key_Left)
    qtbot.keyClick(control, Qt.Key.Key_Left)
    assert control.current() == 0
    control.set_text(0, "All (3)")
    assert control.texts() == ["7D", "30D", "All (3)"]
    with pytest.raises(KeyError):
        control.set_current(12)
    with pytest.raises(KeyError):
        control.set_text(12, "x")


def test_that_a_choice_is_taken_by_pointer_and_announced_once(qtbot: QtBot, theme: Theme) -> None:
    control = Segmented(theme, [("a", "First"), ("b", "Second")])
    qtbot.addWidget(control)
    control.show()
    assert role(control.findChildren(Clickable)[0]) is QAccessible.Role.RadioButton
    second = control.childAt(QPoint(control.width() - 10, control.height() // 2))
    with qtbot.waitSignal(control.current_changed) as changed:
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)
    assert changed.args == ["b"]
    with qtbot.assertNotEmitted(control.current_changed):
        qtbot.mouseClick(second, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_that_a_switch_is_a_check_box_that_looks_otherwise(
    qtbot: QtBot, theme: Theme, direction: Qt.LayoutDirection
) -> None:
    switch = Switch(theme, "X-Ray")
    switch.setLayoutDirection(direction)
    qtbot.addWidget(switch)
    switch.show()
    assert role(switch) is QAccessible.Role.CheckBox
    assert switch.accessibleName() == switch.label() == "X-Ray"
    off = switch.grab().toImage()
    with qtbot.waitSignal(switch.toggled):
        qtbot.keyClick(switch, Qt.Key.Key_Space)
    assert switch.grab().toImage() != off
    with qtbot.waitSignal(switch.toggled):
        qtbot.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())


def test_that_menus_show_ampersands(qtbot: QtBot, theme: Theme) -> None:
    menu = Menu(theme)
    qtbot.addWidget(menu)
    chosen: list[str] = []
    action = menu.add_entry("Drum & Bass", lambda: chosen.append("x"), "music")
    assert action.text() == "Drum && Bass"
    action.trigger()
    assert chosen == ["x"]


@pytest.fixture
def area(qtbot: QtBot, theme: Theme) -> QScrollArea:
    area = QScrollArea()
    qtbot.addWidget(area)
    use_quiet_scroll_bars(area, theme)
    content = QWidget()
    content.resize(180, 2000)
    area.setWidget(content)
    area.resize(200, 200)
    area.show()
    return area


def test_that_dragging_the_handle_scrolls(qtbot: QtBot, area: QScrollArea) -> None:
    bar = area.verticalScrollBar()
    assert isinstance(bar, ScrollBar)
    start = bar.handle().center().toPoint()
    end = QPoint(start.x(), bar.height())
    qtbot.mousePress(bar, Qt.MouseButton.LeftButton, pos=start)
    point_at(bar, end)
    qtbot.mouseRelease(bar, Qt.MouseButton.LeftButton, pos=end)
    assert bar.value() == bar.maximum()
    assert bar.handle().bottom() == pytest.approx(bar.height())


def test_that_a_press_beside_the_handle_moves_by_a_page(qtbot: QtBot, area: QScrollArea) -> None:
    bar = area.verticalScrollBar()
    below = QPointF(bar.width() / 2, bar.height() - 2).toPoint()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=below)
    assert bar.value() == bar.pageStep()
    qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=QPoint(bar.width() // 2, 1))
    assert bar.value() == 0


def test_that_a_horizontal_handle_starts_on_the_reading_side(qtbot: QtBot, theme: Theme) -> None:
    bar = ScrollBar(theme, Qt.Orientation.Horizontal)
    qtbot.addWidget(bar)
    bar.setRange(0, 0)
    bar.resize(200, 10)
    assert bar.handle().isEmpty()
    bar.setRange(0, 100)
    bar.setPageStep(100)
    assert bar.handle().left() == 0
    bar.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert bar.handle().right() == pytest.approx(200)
