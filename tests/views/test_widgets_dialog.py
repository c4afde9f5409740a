"""Dialogues: the house's base, and the guide to growth."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.domain.rules import GrowthZone
from beatpass_desktop.views.pages.tracks.growth_card import GrowthCard
from beatpass_desktop.views.pages.tracks.growth_guide import GrowthGuide
from beatpass_desktop.views.pages.tracks.growth_words import zone_words
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel

MARKUP = "<b>bold</b> & sons"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    window.resize(960, 600)
    qtbot.addWidget(window)
    window.show()
    return window


def texts(widget: QWidget) -> list[str]:
    return [label.text() for label in widget.findChildren(QLabel)]


def test_that_a_dialogue_has_a_name_and_shows_it_literally(theme: Theme, window: QWidget) -> None:
    dialog = Dialog(theme, MARKUP, parent=window)
    dialog.open()
    assert dialog.accessibleName() == dialog.windowTitle() == MARKUP
    labels = [label for label in dialog.findChildren(QLabel) if label.text() == MARKUP]
    assert [label.textFormat() for label in labels] == [Qt.TextFormat.PlainText]


def test_that_escape_and_the_button_close_a_dialogue(
    qtbot: QtBot, theme: Theme, window: QWidget
) -> None:
    for close in (
        lambda dialog, button: QTest.keyClick(dialog, Qt.Key.Key_Escape),
        lambda dialog, button: button.click(),
    ):
        dialog = Dialog(theme, "Title", parent=window)
        button = dialog.add_button("Close")
        dialog.open()
        assert dialog.isVisible()
        with qtbot.waitSignal(dialog.destroyed):
            close(dialog, button)


def test_that_a_button_may_do_something_else(theme: Theme, window: QWidget) -> None:
    done: list[bool] = []
    dialog = Dialog(theme, "Title", parent=window)
    button = dialog.add_button("Try again", on_clicked=lambda: done.append(True))
    dialog.open()
    button.click()
    assert done == [True]
    assert dialog.isVisible()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_that_a_dialogue_stays_within_its_window_and_scrolls(
    theme: Theme, window: QWidget, scale: float
) -> None:
    theme.set_scale(scale)
    dialog = Dialog(theme, "Title", parent=window)
    for number in range(100):
        dialog.add(PlainLabel(theme, f"Line {number}"))
    dialog.open()
    assert dialog.height() <= window.height()
    assert dialog.width() <= window.width()
    assert dialog._area.verticalScrollBar().maximum() > 0


def test_that_a_dialogue_with_room_does_not_scroll(theme: Theme, window: QWidget) -> None:
    window.resize(1280, 1000)
    dialog = GrowthGuide(theme, window)
    dialog.open()
    assert dialog._area.verticalScrollBar().maximum() == 0


def test_that_the_guide_names_every_zone_and_gives_five_tips(theme: Theme, window: QWidget) -> None:
    dialog = GrowthGuide(theme, window)
    shown = texts(dialog)
    for zone in GrowthZone:
        words = zone_words(zone)
        assert words.name in shown
        assert any(words.span in text for text in shown)
    tips = [text for text in shown if text[:2] in {"1.", "2.", "3.", "4.", "5."}]
    assert len(tips) == 5


@pytest.mark.parametrize(
    ("rate", "words"),
    [
        (None, "Not enough data yet"),
        (-5.1, "Needs attention"),
        (-5.0, "Slight decline"),
        (0.0, "Growing"),
        (5.1, "Strong growth"),
        (15.1, "Exceptional growth"),
    ],
)
def test_that_the_growth_card_says_the_zone(
    qtbot: QtBot, theme: Theme, rate: float | None, words: str
) -> None:
    card = GrowthCard(theme)
    qtbot.addWidget(card)
    card.show_rate(rate)
    assert words in texts(card)
    if rate is None:
        assert card.gauge.accessibleName() == "Growth: —"
    else:
        assert card.gauge.accessibleName().endswith(words)


def test_that_the_growth_card_leads_to_the_guide(qtbot: QtBot, theme: Theme) -> None:
    card = GrowthCard(theme)
    qtbot.addWidget(card)
    with qtbot.waitSignal(card.guide_requested):
        card._guide.click()
