"""Cards, labels and the grid that holds them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QFontMetrics
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.labels import ElidedLabel, PlainLabel, plain_tooltip
from beatpass_desktop.views.widgets.page import Page
from beatpass_desktop.views.widgets.pill import Pill, Trend
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.shortcut_card import ShortcutCard
from beatpass_desktop.views.widgets.stat_card import LinkStatCard, StatCard

MARKUP = "<b>bold</b> & <img src='x'>"


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    return theme


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def stat_cards(theme: Theme, count: int) -> list[StatCard]:
    return [StatCard(theme, "music", f"Figure {i}") for i in range(count)]


def test_that_a_stat_card_reads_label_value_and_detail(qtbot: QtBot, theme: Theme) -> None:
    card = StatCard(theme, "play", "Total Plays", Hue.HOME)
    qtbot.addWidget(card)
    card.set_value("1,234")
    card.set_detail("this period", pill="+4 %", trend=Trend.UP)
    assert card.accessibleName() == "Total Plays: 1,234, +4 % this period"
    assert role(card) is QAccessible.Role.StaticText
    assert (card.title(), card.value(), card.detail()) == (
        "Total Plays",
        "1,234",
        "+4 % this period",
    )
    card.set_value("12.3K", accessible="12.3 thousand", exact="12,345")
    assert card.accessibleName().startswith("Total Plays: 12.3 thousand")
    assert card.accessibleDescription() == "12,345"
    assert "12,345" in card.toolTip()


def test_that_an_unknown_figure_is_an_em_dash(qtbot: QtBot, theme: Theme) -> None:
    card = StatCard(theme, "users", "Followers")
    qtbot.addWidget(card)
    card.set_value(None)
    assert card.value() == "—"
    assert card.accessibleName() == "Followers: —"


def test_that_a_changed_figure_glows_for_a_moment(qtbot: QtBot, theme: Theme) -> None:
    card = StatCard(theme, "play", "Plays")
    qtbot.addWidget(card)
    card.show()
    card.set_value("1")
    assert not card.is_glowing()
    card.set_value("2")
    qtbot.waitUntil(card.is_glowing)
    qtbot.waitUntil(lambda: not card.is_glowing(), timeout=3000)


def test_that_nothing_glows_without_a_change_or_with_reduced_motion(
    qtbot: QtBot, theme: Theme
) -> None:
    card = StatCard(theme, "play", "Plays")
    qtbot.addWidget(card)
    card.show()
    card.set_value("1")
    card.set_value("1")
    assert not card.is_glowing()
    theme.set_reduced_motion(True)
    card.set_value("2")
    QApplication.sendPostedEvents()
    assert not card.is_glowing()


@pytest.mark.parametrize("scale", [0.8, 1.0, 1.5, 2.0])
def test_that_no_text_of_a_stat_card_is_clipped_at_any_text_scale(
    qtbot: QtBot, theme: Theme, scale: float
) -> None:
    theme.set_scale(scale)
    card = StatCard(theme, "download", "Unique downloads")
    qtbot.addWidget(card)
    card.set_value("12,345,678")
    card.set_detail("last 30 days", pill="+12.5 %", trend=Trend.UP)
    size = card.sizeHint()
    text_height = sum(
        QFontMetrics(theme.font(style)).height()
        for style in (TextStyle.SECONDARY, TextStyle.FIGURE, TextStyle.SECONDARY_STRONG)
    )
    assert size.height() >= text_height + theme.px(2 * Space.L)
    room = size.width() - theme.px(2 * Space.L + Size.BADGE + Space.M)
    assert room >= QFontMetrics(theme.font(TextStyle.FIGURE)).horizontalAdvance("12,345,678")
    assert room >= QFontMetrics(theme.font(TextStyle.SECONDARY)).horizontalAdvance(card.title())
    grid = CardGrid(theme)
    qtbot.addWidget(grid)
    grid.add(card)
    grid.resize(theme.px(260), 400)
    grid.show()
    assert card.height() >= size.height()
    assert card.toolTip() == ""


def test_that_a_long_figure_shrinks_and_is_told_whole_when_cut(qtbot: QtBot, theme: Theme) -> None:
    card = StatCard(theme, "wallet", "Lifetime")
    qtbot.addWidget(card)
    card.resize(220, card.sizeHint().height())
    card.set_value("−1,234,567.89")
    assert card.toolTip() == ""
    card.set_value("−1,234,567,890,123.45 USD")
    assert card.toolTip() == "−1,234,567,890,123.45 USD"


def test_that_a_pill_shows_its_direction_by_an_icon_too() -> None:
    icons = [Trend.UP.icon, Trend.DOWN.icon, Trend.FLAT.icon]
    assert len(set(icons)) == 3
    assert all(icons)
    assert (Trend.UP.hue, Trend.DOWN.hue) == (Hue.GOOD, Hue.BAD)


def test_that_a_pill_makes_room_for_its_words(qtbot: QtBot, theme: Theme) -> None:
    pill = Pill(theme, "New", Hue.INFO)
    qtbot.addWidget(pill)
    narrow = pill.sizeHint().width()
    pill.set_icon("star")
    with_icon = pill.sizeHint().width()
    pill.set_text("Brand new")
    assert narrow < with_icon < pill.sizeHint().width()
    assert pill.text() == "Brand new"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space])
def test_that_a_shortcut_card_is_pressed_by_keyboard(
    qtbot: QtBot, theme: Theme, key: Qt.Key
) -> None:
    card = ShortcutCard(theme, "music", "Tracks", "Your catalogue", Hue.TRACKS)
    qtbot.addWidget(card)
    card.show()
    card.setFocus(Qt.FocusReason.TabFocusReason)
    with qtbot.waitSignal(card.activated):
        qtbot.keyClick(card, key)


def test_that_a_shortcut_card_shows_its_ring_for_the_keyboard_only(
    qtbot: QtBot, theme: Theme
) -> None:
    card = ShortcutCard(theme, "music", "Tracks", "Your catalogue")
    qtbot.addWidget(card)
    card.show()
    qtbot.waitExposed(card)
    card.activateWindow()
    qtbot.waitUntil(card.isActiveWindow)
    card.clearFocus()
    card.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(card.hasFocus)
    assert card.shows_focus_ring()
    card.clearFocus()
    card.setFocus(Qt.FocusReason.MouseFocusReason)
    assert not card.shows_focus_ring()


def test_that_a_shortcut_card_names_itself_with_its_figure(qtbot: QtBot, theme: Theme) -> None:
    card = ShortcutCard(theme, "music", "Tracks", "Your catalogue")
    qtbot.addWidget(card)
    card.set_figure("128")
    assert card.accessibleName() == "Tracks: 128, Your catalogue"
    assert role(card) is QAccessible.Role.Button
    card.set_figure(None)
    assert card.accessibleName() == "Tracks: Your catalogue"


def test_that_a_link_card_can_be_pressed(qtbot: QtBot, theme: Theme) -> None:
    card = LinkStatCard(theme, "external-link", "Public page")
    qtbot.addWidget(card)
    card.set_value("View Profile")
    card.set_detail("Opens in your browser")
    assert card.accessibleName() == "Public page: View Profile, Opens in your browser"
    card.show()
    with qtbot.waitSignal(card.clicked):
        qtbot.mouseClick(card, Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(("width", "columns"), [(150, 1), (430, 1), (700, 2), (900, 4), (1400, 4)])
def test_that_eight_cards_stand_in_one_two_or_four_columns(
    qtbot: QtBot, theme: Theme, width: int, columns: int
) -> None:
    grid = CardGrid(theme, columns=(1, 2, 4), min_column=212)
    qtbot.addWidget(grid)
    cards = stat_cards(theme, 8)
    for card in cards:
        grid.add(card)
    grid.resize(width, grid.heightForWidth(width))
    grid.show()
    assert grid.column_count() == columns
    tops = sorted({card.y() for card in cards})
    assert len(tops) == 8 // columns
    widths = {card.width() for card in cards}
    assert max(widths) - min(widths) <= 1
    assert max(card.geometry().bottom() for card in cards) + 1 == grid.height()
    assert max(card.geometry().right() for card in cards) + 1 == width


def test_that_a_grid_in_a_scrolling_page_is_as_high_as_its_cards(
    qtbot: QtBot, theme: Theme
) -> None:
    page = Page(theme, "Home")
    qtbot.addWidget(page)
    grid = CardGrid(theme, columns=(1, 2, 4))
    page.add(grid)
    page.add_stretch()
    for card in stat_cards(theme, 8):
        grid.add(card)
    page.resize(600, 300)
    page.show()
    qtbot.waitUntil(lambda: grid.height() == grid.heightForWidth(grid.width()))
    assert page.scroll_area.verticalScrollBar().maximum() > 0


def test_that_a_grid_closes_the_gap_of_a_hidden_card(qtbot: QtBot, theme: Theme) -> None:
    grid = CardGrid(theme, columns=(2,))
    qtbot.addWidget(grid)
    first, second, third = cards = stat_cards(theme, 3)
    grid.set_cards(cards)
    grid.resize(600, 400)
    grid.show()
    qtbot.waitExposed(grid)
    place = second.pos()
    second.hide()
    qtbot.waitUntil(lambda: third.pos() == place)
    assert first.pos() != third.pos()


def test_that_a_grid_mirrors_in_right_to_left_layouts(qtbot: QtBot, theme: Theme) -> None:
    grid = CardGrid(theme, columns=(2,))
    qtbot.addWidget(grid)
    first, second = cards = stat_cards(theme, 2)
    grid.set_cards(cards)
    grid.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    grid.resize(600, 200)
    grid.show()
    assert first.x() > second.x()


def test_that_cards_no_longer_used_are_deleted(qtbot: QtBot, theme: Theme) -> None:
    grid = CardGrid(theme)
    qtbot.addWidget(grid)
    old = stat_cards(theme, 1)[0]
    grid.add(old)
    with qtbot.waitSignal(old.destroyed):
        grid.set_cards(stat_cards(theme, 2))
    assert len(grid.cards()) == 2
    grid.clear()
    assert grid.heightForWidth(500) == 0


def test_that_labels_show_markup_literally(qtbot: QtBot, theme: Theme) -> None:
    for label in (PlainLabel(theme, MARKUP), ElidedLabel(theme, MARKUP)):
        qtbot.addWidget(label)
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.text() == MARKUP
    literal = PlainLabel(theme, "<b>x</b>")
    plain = PlainLabel(theme, "x")
    qtbot.addWidget(literal)
    qtbot.addWidget(plain)
    assert literal.sizeHint().width() > plain.sizeHint().width()


@pytest.mark.parametrize("text", [MARKUP, "<i>x", "&lt;b&gt;", "a < b", "x\n<b>y</b>"])
def test_that_tooltips_cannot_be_taken_for_markup(text: str) -> None:
    shown = plain_tooltip(text)
    assert "<b" not in shown
    assert "<i" not in shown
    assert "&lt;" not in shown
    assert shown.replace("\u2060", "") == text


def test_that_an_elided_label_tells_the_rest_in_its_tooltip(qtbot: QtBot, theme: Theme) -> None:
    label = ElidedLabel(theme, "A title that needs a lot of room")
    qtbot.addWidget(label)
    label.resize(60, 20)
    label.show()
    assert label.is_elided()
    assert label.toolTip() == "A title that needs a lot of room"
    label.resize(600, 20)
    assert not label.is_elided()
    assert label.toolTip() == ""
    assert label.minimumSizeHint().width() < 60


def test_that_a_section_hides_an_empty_subtitle(qtbot: QtBot, theme: Theme) -> None:
    section = Section(theme, "Quick stats", in_card=True)
    qtbot.addWidget(section)
    section.add(PlainLabel(theme, "content"))
    section.show()
    assert section.accessibleName() == "Quick stats"
    section.set_subtitle("All time")
    assert section.heading.subtitle() == "All time"
    section.set_title("Figures")
    assert section.accessibleName() == "Figures"
    theme.set_mode(ThemeMode.LIGHT)
    assert not section.grab().isNull()


def test_that_the_column_of_a_page_is_at_most_1440_wide_and_centred(
    qtbot: QtBot, theme: Theme
) -> None:
    page = Page(theme, "Tracks")
    qtbot.addWidget(page)
    card = Card(theme)
    page.add(card, 1)
    page.resize(2400, 800)
    page.show()
    qtbot.waitUntil(lambda: card.width() == 1440)
    left = card.mapTo(page, card.rect().topLeft()).x()
    assert left == (2400 - 1440) // 2
    assert page.heading.mapTo(page, page.heading.rect().topLeft()).x() == left
    page.resize(700, 500)
    qtbot.waitUntil(lambda: card.width() == 700 - 2 * Space.XXL)


def test_that_what_stretches_takes_the_height_that_is_left(qtbot: QtBot, theme: Theme) -> None:
    page = Page(theme, "Tracks", "Showing all")
    qtbot.addWidget(page)
    table = QWidget()
    page.add(PlainLabel(theme, "above"))
    page.add(table, 1)
    page.resize(900, 700)
    page.show()
    assert table.height() > 500
    area: QScrollArea = page.scroll_area
    assert area.verticalScrollBar().maximum() == 0
