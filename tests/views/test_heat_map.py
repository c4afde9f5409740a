"""The heat map: where the days are, what pointer and keyboard do, what is said of a day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from pointing import point_at
from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.domain.uploads import STEPS
from beatpass_desktop.views.charts.heat_cell import Mark, shade
from beatpass_desktop.views.charts.heat_legend import HeatLegend
from beatpass_desktop.views.charts.heat_map import HeatMap
from beatpass_desktop.views.theme.contrast import contrast
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import DARK, LIGHT, Hue, Tokens

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]

TODAY = date(2026, 11, 23)
BUSY = date(2026, 3, 14)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.Canada))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def theme() -> Theme:
    return Theme(ThemeMode.DARK)


@pytest.fixture
def heat_map(qtbot: QtBot, theme: Theme) -> HeatMap:
    holder = QWidget()
    column = QVBoxLayout(holder)
    found = HeatMap(theme, lambda day: f"{day:%d %B}\n{(day == BUSY) * 3} uploads")
    column.addWidget(found)
    qtbot.addWidget(holder)
    holder.resize(960, 260)
    show(found)
    holder.show()
    qtbot.waitExposed(holder)
    found.holder = holder  # type: ignore[attr-defined]
    return found


def show(found: HeatMap, year: int = 2026) -> None:
    found.show_year(year, {BUSY: Mark(2, Hue.PROGRESS)}, TODAY, "Uploads in 2026: 3")


@pytest.mark.parametrize("year", [2023, 2024, 2026, 2028])
def test_that_days_stand_in_weeks_from_sunday_to_saturday(heat_map: HeatMap, year: int) -> None:
    show(heat_map, year)
    days = [
        date(year, 1, 1) + DAY * n for n in range((date(year + 1, 1, 1) - date(year, 1, 1)).days)
    ]
    tops = sorted({heat_map.place(day).top() for day in days})
    assert len(tops) == 7
    assert all(tops.index(heat_map.place(day).top()) == day.isoweekday() % 7 for day in days)
    lefts = [heat_map.place(day).left() for day in days]
    assert lefts == sorted(lefts)
    assert len(set(lefts)) in (53, 54)
    assert all(heat_map.day_at(heat_map.place(day).center()) == day for day in days)
    assert heat_map.day_at(QPoint(0, 0)) is None


@pytest.mark.parametrize(("width", "scale"), [(620, 1.0), (620, 2.0), (1376, 1.0), (2600, 2.0)])
def test_that_the_year_fits_the_width_at_any_text_size(
    heat_map: HeatMap, theme: Theme, width: int, scale: float
) -> None:
    theme.set_scale(scale)
    heat_map.holder.resize(width, 900)  # type: ignore[attr-defined]
    QTest.qWait(1)
    last = heat_map.place(date(2026, 12, 31))
    assert last.right() < heat_map.width()
    assert last.width() >= 5
    bottom = max(heat_map.place(date(2026, 12, 20) + DAY * n).bottom() for n in range(7))
    assert bottom < heat_map.heightForWidth(heat_map.width())
    assert heat_map.grab().width() > 0


def test_that_the_pointer_brings_up_a_day_and_a_click_chooses_it(
    qtbot: QtBot, heat_map: HeatMap
) -> None:
    where = heat_map.place(BUSY).center()
    point_at(heat_map, where)
    qtbot.waitUntil(lambda: heat_map.callout_text() == "14 March\n3 uploads")
    with qtbot.waitSignal(heat_map.day_chosen) as chosen:
        QTest.mouseClick(heat_map, Qt.MouseButton.LeftButton, pos=where)
    assert chosen.args == [BUSY]
    point_at(heat_map, QPoint(1, 1))
    qtbot.waitUntil(lambda: heat_map.callout_text() == "")


def test_that_the_keyboard_goes_through_the_days_and_stays_in_the_year(
    qtbot: QtBot, heat_map: HeatMap
) -> None:
    heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(heat_map.hasFocus)
    assert heat_map.cursor_day == TODAY
    keys = Qt.Key
    for pressed, day in (
        (keys.Key_Left, date(2026, 11, 16)),
        (keys.Key_Up, date(2026, 11, 15)),
        (keys.Key_Up, date(2026, 11, 14)),
        (keys.Key_Down, date(2026, 11, 15)),
        (keys.Key_Right, date(2026, 11, 22)),
        (keys.Key_PageUp, date(2026, 10, 1)),
        (keys.Key_Home, date(2026, 1, 1)),
        (keys.Key_Left, date(2026, 1, 1)),
        (keys.Key_Up, date(2026, 1, 1)),
        (keys.Key_End, date(2026, 12, 31)),
        (keys.Key_Down, date(2026, 12, 31)),
        (keys.Key_Right, date(2026, 12, 31)),
    ):
        QTest.keyClick(heat_map, pressed)
        assert heat_map.cursor_day == day
    assert heat_map.callout_text() == "31 December\n0 uploads"
    assert heat_map.accessibleName() == "31 December, 0 uploads"
    assert heat_map.accessibleDescription() == "Uploads in 2026: 3"
    with qtbot.waitSignal(heat_map.day_chosen) as chosen:
        QTest.keyClick(heat_map, keys.Key_Return)
    assert chosen.args == [date(2026, 12, 31)]
    with qtbot.waitSignal(heat_map.dismissed):
        QTest.keyClick(heat_map, keys.Key_Escape)
    assert heat_map.callout_text() == ""


def test_that_without_focus_it_says_the_year(heat_map: HeatMap) -> None:
    heat_map.clearFocus()
    assert heat_map.accessibleName() == "Uploads in 2026: 3"


def test_that_a_focused_day_looks_different(qtbot: QtBot, heat_map: HeatMap) -> None:
    heat_map.clearFocus()
    before = heat_map.grab().toImage()
    heat_map.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(heat_map.hasFocus)
    assert heat_map.grab().toImage() != before


def test_that_another_year_forgets_the_day(heat_map: HeatMap) -> None:
    heat_map.set_chosen(BUSY)
    show(heat_map, 2025)
    assert heat_map.cursor_day is None


def test_that_the_picture_is_drawn_once(heat_map: HeatMap) -> None:
    heat_map.grab()
    first = heat_map._pixmap
    heat_map.set_chosen(BUSY)
    heat_map.grab()
    assert heat_map._pixmap is first
    heat_map.show_year(2026, {}, TODAY, "")
    heat_map.grab()
    assert heat_map._pixmap is not first


@pytest.mark.parametrize("tokens", [DARK, LIGHT])
@pytest.mark.parametrize("hue", [Hue.PROGRESS, Hue.ACTIVITY])
def test_that_every_shade_stands_out_more_than_the_one_before(tokens: Tokens, hue: Hue) -> None:
    levels = [contrast(shade(tokens, hue, level), tokens.surface) for level in range(5)]
    assert levels == sorted(levels)
    assert len(set(levels)) == 5
    assert levels[4] >= 3


def test_that_the_legend_names_the_counts_of_each_shade(qtbot: QtBot, theme: Theme) -> None:
    legend = HeatLegend(theme, "Your uploads", Hue.PROGRESS)
    qtbot.addWidget(legend)
    legend.set_steps(STEPS)
    assert legend.counts() == ["0", "1–2", "3–4", "5–6", "7+"]
    assert legend.accessibleName() == "Your uploads: Less to More, in counts 0, 1–2, 3–4, 5–6, 7+"
    legend.set_steps((1, 2, 11, 1001))
    assert legend.counts() == ["0", "1", "2–10", "11–1,000", "1,001+"]
    assert legend.heightForWidth(90) > legend.heightForWidth(900)
