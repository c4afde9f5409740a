"""Buttons, fields, notices: what they say and how they are worked."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible, QColor, QImage
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.avatar import Avatar, Cover, initials, name_hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind, IconButton, LinkButton
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.gauge import Gauge
from beatpass_desktop.views.widgets.menu import Menu
from beatpass_desktop.views.widgets.painted import Clickable, mirrored
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.scroll_bar import ScrollBar, use_quiet_scroll_bars
from beatpass_desktop.views.widgets.search_field import SearchField
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.skeleton import Skeleton
from beatpass_desktop.views.widgets.switch import Switch
from beatpass_desktop.views.widgets.text_field import TextField
from beatpass_desktop.views.widgets.toast import Toast


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


def test_that_an_empty_state_offers_its_next_step(qtbot: QtBot, theme: Theme) -> None:
    state = EmptyState(theme, "disc-3", "No albums yet", "Create one <b>now</b>.", "New album")
    qtbot.addWidget(state)
    state.resize(700, 400)
    state.show()
    assert state.accessibleName() == "No albums yet. Create one <b>now</b>."
    button = state.findChild(Button)
    with qtbot.waitSignal(state.action_requested):
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    state.set_texts("Nothing found")
    state.set_icon("search")
    assert button.isHidden()
    assert (state.title(), state.sentence()) == ("Nothing found", "")


def test_that_a_long_sentence_in_an_empty_state_is_not_cut(qtbot: QtBot, theme: Theme) -> None:
    state = EmptyState(theme, "disc-3", "No albums yet", "Tracks that belong together. " * 12)
    qtbot.addWidget(state)
    state.resize(900, 600)
    state.show()
    label = next(
        label for label in state.findChildren(QWidget) if label.property("text") == state.sentence()
    )
    assert label.height() >= label.heightForWidth(label.width())
    assert label.width() <= 420


def test_that_banners_are_one_line_literal_and_dismissible(qtbot: QtBot, theme: Theme) -> None:
    stack = BannerStack(theme)
    qtbot.addWidget(stack)
    assert stack.isHidden()
    stack.show_banner("offline", BannerKind.WARN, "Offline <b>now</b>", "Try again", True)
    stack.show_banner("sandbox", BannerKind.SANDBOX, "Sandbox data")
    stack.resize(500, stack.sizeHint().height())
    stack.show()
    assert stack.texts() == ["Offline <b>now</b>", "Sandbox data"]
    with qtbot.waitSignal(stack.action_requested) as asked:
        qtbot.mouseClick(stack.findChild(LinkButton), Qt.MouseButton.LeftButton)
    assert asked.args == ["offline"]
    with qtbot.waitSignal(stack.dismissed) as dismissed:
        qtbot.mouseClick(stack.findChild(IconButton), Qt.MouseButton.LeftButton)
    assert dismissed.args == ["offline"]
    assert stack.texts() == ["Sandbox data"]
    stack.clear()
    assert stack.isHidden()


def test_that_a_banner_changes_in_place(qtbot: QtBot, theme: Theme) -> None:
    stack = BannerStack(theme)
    qtbot.addWidget(stack)
    stack.show_banner("limit", BannerKind.WARN, "Retrying in 40 s")
    stack.show_banner("limit", BannerKind.WARN, "Retrying in 39 s")
    stack.remove("unknown")
    assert stack.texts() == ["Retrying in 39 s"]


def test_that_banners_are_told_apart_by_their_icons() -> None:
    assert len({kind.icon for kind in BannerKind}) == len(BannerKind)


@pytest.mark.parametrize("state", list(FreshnessState))
def test_that_freshness_is_said_in_words(qtbot: QtBot, theme: Theme, state: FreshnessState) -> None:
    chip = FreshnessChip(theme)
    qtbot.addWidget(chip)
    chip.set_freshness(state, "Updated 3 min ago", "Monday 14:02:11")
    assert chip.state() is state
    assert chip.text() == "Updated 3 min ago"
    assert chip.accessibleName().endswith("Updated 3 min ago")
    assert "Monday 14:02:11" in chip.toolTip()
    resting = chip.grab().toImage()
    chip.set_refreshing(True)
    assert "refreshing" in chip.accessibleName()
    assert chip.text() == "Updated 3 min ago"
    assert chip.grab().toImage() != resting
    assert chip.state() is state


def test_that_the_states_of_freshness_have_names_of_their_own(qtbot: QtBot, theme: Theme) -> None:
    chip = FreshnessChip(theme)
    qtbot.addWidget(chip)
    names = set()
    for state in FreshnessState:
        chip.set_freshness(state, "")
        names.add(chip.accessibleName())
    assert len(names) == len(FreshnessState)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Midnight Rivers", "MR"),
        ("ana de la luz", "AL"),
        ("DJ", "D"),
        ("", ""),
        ("  ", ""),
        ("日本 太郎", "日太"),
        ("(the) Band", "B"),
        ("!!!", "!"),
    ],
)
def test_that_initials_are_taken_from_names(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_that_a_name_always_has_the_same_colour() -> None:
    assert name_hue("Ana Lima") is name_hue("Ana Lima")
    assert len({name_hue(f"Artist {i}") for i in range(50)}) > 3


def test_that_a_picture_takes_the_place_of_initials_and_goes_again(
    qtbot: QtBot, theme: Theme
) -> None:
    avatar = Avatar(theme, 40)
    qtbot.addWidget(avatar)
    avatar.set_name("Ana Lima")
    avatar.resize(40, 40)
    assert (avatar.accessibleName(), avatar.name()) == ("Ana Lima", "Ana Lima")
    image = QImage(100, 60, QImage.Format.Format_RGB32)
    image.fill(QColor("#00FF00"))
    avatar.set_image(image)
    assert pixel(avatar, 20, 20).name() == "#00ff00"
    avatar.set_image(None)
    assert pixel(avatar, 20, 5).name() != "#00ff00"


def test_that_a_cover_without_a_name_still_draws_something(qtbot: QtBot, theme: Theme) -> None:
    cover, badge = Cover(theme), Badge(theme, "music", Hue.TRACKS)
    qtbot.addWidget(cover)
    qtbot.addWidget(badge)
    badge.set_icon("disc-3", Hue.ALBUMS)
    assert not cover.grab().isNull()
    assert badge.sizeHint().width() == 36


def test_that_progress_is_told_in_words_and_can_be_cancelled(qtbot: QtBot, theme: Theme) -> None:
    line = ProgressLine(theme)
    qtbot.addWidget(line)
    line.resize(300, line.sizeHint().height())
    line.show()
    line.set_progress(25_000, 100_000, "25,000 of 100,000 tracks")
    assert line.fraction() == pytest.approx(0.25)
    assert line.accessibleName() == line.text() == "25,000 of 100,000 tracks"
    line.set_progress(2_000_000_000_000, 1_000_000_000_000, "done")
    assert line.fraction() == 1.0
    line.set_progress(5, None, "5 tracks")
    assert line.fraction() == 0.0
    cancel = line.findChild(IconButton)
    with qtbot.waitSignal(line.cancel_requested):
        qtbot.keyClick(cancel, Qt.Key.Key_Return)
    line.set_cancellable(False)
    assert cancel.isHidden()


def test_that_menus_show_ampersands(qtbot: QtBot, theme: Theme) -> None:
    menu = Menu(theme)
    qtbot.addWidget(menu)
    chosen: list[str] = []
    action = menu.add_entry("Drum & Bass", lambda: chosen.append("x"), "music")
    assert action.text() == "Drum && Bass"
    action.trigger()
    assert chosen == ["x"]


@pytest.mark.parametrize(
    ("value", "zone"),
    [
        (None, Hue.NEUTRAL),
        (-5.1, Hue.BAD),
        (-5.0, Hue.WARN),
        (-0.1, Hue.WARN),
        (0.0, Hue.GOOD),
        (40.0, Hue.GOOD),
    ],
)
def test_that_the_growth_meter_knows_its_zones(
    qtbot: QtBot, theme: Theme, value: float | None, zone: Hue
) -> None:
    gauge = Gauge(theme)
    qtbot.addWidget(gauge)
    gauge.set_value(value)
    assert gauge.zone() is zone
    assert gauge.value() == value
    assert not gauge.grab().isNull()


def test_that_unknown_growth_is_an_em_dash_and_loss_has_a_real_minus(
    qtbot: QtBot, theme: Theme
) -> None:
    gauge = Gauge(theme)
    qtbot.addWidget(gauge)
    gauge.set_value(-2.0)
    assert "−2" in gauge.accessibleName()
    gauge.set_value(None)
    assert gauge.accessibleName().endswith("—")


def test_that_a_skeleton_rests_with_reduced_motion(qtbot: QtBot, theme: Theme) -> None:
    skeleton = Skeleton(theme)
    qtbot.addWidget(skeleton)
    skeleton.show()
    assert skeleton.is_moving()
    theme.set_reduced_motion(True)
    assert not skeleton.is_moving()
    theme.set_reduced_motion(False)
    skeleton.hide()
    assert not skeleton.is_moving()


def test_that_a_toast_goes_away_by_itself_and_follows_its_window(
    qtbot: QtBot, theme: Theme
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    toast = Toast(theme, window)
    toast.show_text("Copied <b>3</b> rows", ms=60_000)
    assert toast.isVisible()
    assert toast.accessibleName() == "Copied <b>3</b> rows"
    window.resize(600, 400)
    qtbot.waitUntil(lambda: toast.geometry().bottom() < 400)
    toast.show_text("Saved", ms=1)
    qtbot.waitUntil(lambda: not toast.isVisible())


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
    qtbot.mouseMove(bar, end)
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
