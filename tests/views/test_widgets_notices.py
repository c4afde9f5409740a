"""What tells a state: banners, freshness, pictures, progress, growth, toasts."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.avatar import Avatar, Cover, initials, name_hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.banner import BannerKind, BannerStack
from beatpass_desktop.views.widgets.buttons import Button, IconButton, LinkButton
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.gauge import Gauge
from beatpass_desktop.views.widgets.progress_line import ProgressLine
from beatpass_desktop.views.widgets.skeleton import Skeleton
from beatpass_desktop.views.widgets.toast import Toast


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


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
    assert avatar.grab().toImage().pixelColor(20, 20).name() == "#00ff00"
    avatar.set_image(None)
    assert avatar.grab().toImage().pixelColor(20, 5).name() != "#00ff00"


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
