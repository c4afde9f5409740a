"""Charts: bars, stacked bars and lines, as seen, as read aloud, and as a table."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from pointing import point_at
from PySide6.QtCore import QLocale, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from beatpass_desktop.views.charts import axis_text
from beatpass_desktop.views.charts.bars import BarChart, StackedBarChart
from beatpass_desktop.views.charts.chart import Chart
from beatpass_desktop.views.charts.data import Series
from beatpass_desktop.views.charts.lines import LineChart
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.theme.tokens import Hue

MARKUP = "<b>bold</b> & <img src='x'>"
MONTHS = ["January 2026", "February 2026", "March 2026", MARKUP]
START = date(2026, 1, 1)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    theme = Theme(ThemeMode.DARK)
    theme.apply(qapp)
    yield theme
    QLocale.setDefault(before)


def shown(qtbot: QtBot, chart: Chart) -> Chart:
    """The chart, drawn."""
    qtbot.addWidget(chart)
    chart.resize(640, 400)
    with qtbot.waitSignal(chart.drawn, timeout=20_000):
        chart.show()
    return chart


def bars(qtbot: QtBot, theme: Theme) -> BarChart:
    chart = BarChart(theme, "Plays", hue=Hue.TRACKS, value_title="Plays", label_title="Month")
    chart.set_data(MONTHS, [1_000, None, 2_500, 0])
    shown(qtbot, chart)
    return chart


def lines(qtbot: QtBot, theme: Theme, count: int = 90) -> LineChart:
    chart = LineChart(theme, "Plays per day", value_title="Plays")
    days = [START + timedelta(days=number) for number in range(count)]
    chart.set_data(days, [None if number == 3 else number * 10 for number in range(count)])
    shown(qtbot, chart)
    return chart


def rows(chart: Chart) -> list[list[str]]:
    """The chart's table as it reads."""
    model = chart.table().model()
    return [
        [model.data(model.index(row, column)) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def press(chart: Chart, *keys: Qt.Key) -> None:
    for key in keys:
        QTest.keyClick(chart.plot, key)


def test_that_the_plotting_library_is_not_loaded_before_a_chart_is_seen() -> None:
    script = """
import sys
from PySide6.QtWidgets import QApplication, QScrollArea, QVBoxLayout, QWidget
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.charts.bars import BarChart
app = QApplication([])
theme = Theme()
page, column = QWidget(), None
column = QVBoxLayout(page)
above = QWidget()
above.setFixedHeight(3000)
chart = BarChart(theme, "Plays")
chart.set_data(["a", "b"], [1, 2])
column.addWidget(above)
column.addWidget(chart)
area = QScrollArea()
area.setWidgetResizable(True)
area.setWidget(page)
area.resize(600, 400)
area.show()
chart.table()
for _ in range(20):
    app.processEvents()
assert "pyqtgraph" not in sys.modules and "numpy" not in sys.modules
assert chart.is_settled()
chart.drawn.connect(app.quit)
area.verticalScrollBar().setValue(area.verticalScrollBar().maximum())
app.processEvents()
assert not chart.is_settled()
app.exec()
assert "pyqtgraph" in sys.modules and chart.plot is not None and chart.is_settled()
print("drawn")
"""
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=False
    )
    assert done.stdout.strip() == "drawn", done.stderr


def test_that_the_table_shows_the_values_of_the_bars(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    chart.table_switch.click()
    assert chart.table().isVisible()
    assert not chart.plot.isVisible()
    assert rows(chart) == [
        ["January 2026", "1,000"],
        ["February 2026", "—"],
        ["March 2026", "2,500"],
        [MARKUP, "0"],
    ]
    header = chart.table().model().headerData
    assert [header(column, Qt.Orientation.Horizontal) for column in (0, 1)] == ["Month", "Plays"]
    chart.table_switch.click()
    assert chart.plot.isVisible()


def test_that_exact_words_stand_in_table_and_callout(qtbot: QtBot, theme: Theme) -> None:
    chart = BarChart(theme, "Earnings")
    chart.set_data(["May", "June"], [12.5, None], exact=["$12.50", ""])
    shown(qtbot, chart)
    assert rows(chart) == [["May", "$12.50"], ["June", "—"]]
    press(chart, Qt.Key.Key_Home)
    assert chart.plot.callout_text() == "May\n$12.50"


def test_that_stacked_bars_have_a_column_each_and_a_total(qtbot: QtBot, theme: Theme) -> None:
    chart = StackedBarChart(theme, "Earnings by month", label_title="Month")
    chart.set_series(
        ["May", "June"],
        [("Sales", Hue.FINANCES, [10, None]), ("Refunds", Hue.BAD, [-3, None])],
    )
    shown(qtbot, chart)
    assert rows(chart) == [["May", "10", "−3", "7"], ["June", "—", "—", "—"]]
    press(chart, Qt.Key.Key_Right)
    assert chart.plot.callout_text() == "May\nSales: 10\nRefunds: −3\nTotal: 7"
    low, high = chart.plot.getViewBox().viewRange()[1]
    assert low < -3
    assert high > 10


def test_that_the_keyboard_moves_a_marker_that_is_read_aloud(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    assert chart.plot.focusPolicy() & Qt.FocusPolicy.TabFocus
    assert chart.plot.accessibleName().startswith("Plays: January 2026 to ")
    assert "highest March 2026: 2,500" in chart.plot.accessibleName()
    chart.plot.setFocus(Qt.FocusReason.TabFocusReason)
    press(chart, Qt.Key.Key_Right)
    assert chart.plot.accessibleName() == "January 2026, 1,000"
    assert chart.plot.callout_text() == "January 2026\n1,000"
    press(chart, Qt.Key.Key_Right)
    assert chart.plot.accessibleName() == "February 2026, —"
    press(chart, Qt.Key.Key_End)
    assert chart.plot.callout_text() == f"{MARKUP}\n0"
    press(chart, Qt.Key.Key_Right)
    assert chart.plot.index == 3
    press(chart, Qt.Key.Key_Home, Qt.Key.Key_Left)
    assert chart.plot.index == 0
    press(chart, Qt.Key.Key_Escape)
    assert chart.plot.index is None
    assert chart.plot.callout_text() == ""
    assert chart.plot.accessibleName().startswith("Plays: January 2026 to ")


def test_that_the_pointer_shows_the_value_below_it(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    box = chart.plot.getViewBox()
    spot = chart.plot.mapFromScene(box.mapViewToScene(QPointF(2, 500)))
    point_at(chart.plot.viewport(), spot)
    qtbot.waitUntil(lambda: chart.plot.callout_text() == "March 2026\n2,500")
    point_at(chart.plot.viewport(), QPoint(2, 2))
    qtbot.waitUntil(lambda: chart.plot.callout_text() == "")


def test_that_the_wheel_is_left_to_the_page(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    event = QWheelEvent(
        QPointF(50, 50),
        QPointF(50, 50),
        QPoint(),
        QPoint(0, -120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    chart.plot.wheelEvent(event)
    assert not event.isAccepted()


def test_that_a_chart_follows_theme_and_text_size(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    corner = chart.plot.viewport().grab().toImage().pixelColor(1, 1)
    assert corner == QColor(theme.tokens.surface)
    theme.set_mode(ThemeMode.LIGHT)
    qtbot.waitUntil(
        lambda: (
            chart.plot.viewport().grab().toImage().pixelColor(1, 1) == QColor(theme.tokens.surface)
        )
    )
    height = chart.minimumSizeHint().height()
    theme.set_scale(2.0)
    qtbot.waitUntil(lambda: chart.minimumSizeHint().height() > height * 1.5)


def test_that_new_values_replace_the_drawn_ones(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    press(chart, Qt.Key.Key_End)
    chart.set_data(["April 2026"], [7])
    assert chart.plot.index is None
    assert rows(chart) == [["April 2026", "7"]]
    press(chart, Qt.Key.Key_Right)
    assert chart.plot.callout_text() == "April 2026\n7"


def test_that_a_chart_without_data_says_so(qtbot: QtBot, theme: Theme) -> None:
    chart = BarChart(theme, "Plays")
    chart.set_message("No plays yet", "They stand here when there are some.")
    qtbot.addWidget(chart)
    chart.show()
    texts = [label.text() for label in chart.findChildren(QLabel) if label.isVisible()]
    assert "No plays yet" in texts
    assert not chart.table_switch.isVisible()
    assert chart.is_settled()
    with qtbot.waitSignal(chart.drawn, timeout=20_000):
        chart.set_data(["a"], [1])
    assert chart.plot.isVisible()


def test_that_values_and_picture_can_be_copied(qtbot: QtBot, theme: Theme) -> None:
    chart = bars(qtbot, theme)
    chart.copy_values()
    lines_copied = QGuiApplication.clipboard().text().splitlines()
    assert lines_copied[0] == "Month\tPlays"
    assert lines_copied[3] == "March 2026\t2,500"
    chart.copy_picture()
    assert QGuiApplication.clipboard().pixmap().size() == chart.grab().size()


def test_that_a_line_reads_with_its_dates(qtbot: QtBot, theme: Theme) -> None:
    chart = lines(qtbot, theme)
    press(chart, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right)
    assert chart.plot.callout_text() == "Jan 3, 2026\n20"
    press(chart, Qt.Key.Key_Right)
    assert chart.plot.callout_text() == "Jan 4, 2026\n—"
    assert rows(chart)[3] == ["Jan 4, 2026", "—"]
    assert len(rows(chart)) == 90


def test_that_dragging_zooms_and_a_double_click_resets(qtbot: QtBot, theme: Theme) -> None:
    chart = lines(qtbot, theme)
    box, view = chart.plot.getViewBox(), chart.plot.viewport()
    whole = box.viewRange()[0]

    def spot(share: float) -> QPoint:
        at = whole[0] + (whole[1] - whole[0]) * share
        return chart.plot.mapFromScene(box.mapViewToScene(QPointF(at, 100)))

    left = Qt.MouseButton.LeftButton
    start, end = spot(0.25), spot(0.5)
    QTest.mousePress(view, left, Qt.KeyboardModifier.NoModifier, start)
    for step in range(1, 11):
        QTest.mouseMove(view, start + (end - start) * step / 10)
    QTest.mouseRelease(view, left, Qt.KeyboardModifier.NoModifier, end)
    qtbot.waitUntil(lambda: chart.plot.is_zoomed)
    low, high = box.viewRange()[0]
    assert abs((high - low) / (whole[1] - whole[0]) - 0.25) < 0.05
    QTest.mouseDClick(view, left, Qt.KeyboardModifier.NoModifier, end)
    assert not chart.plot.is_zoomed


def test_that_the_keyboard_zooms_and_keeps_the_marker_in_view(qtbot: QtBot, theme: Theme) -> None:
    chart = lines(qtbot, theme)
    press(chart, Qt.Key.Key_Home, Qt.Key.Key_Plus, Qt.Key.Key_Plus)
    assert chart.plot.is_zoomed
    press(chart, Qt.Key.Key_End)
    low, high = chart.plot.getViewBox().viewRange()[0]
    assert low <= chart.plot.position(89) <= high
    press(chart, Qt.Key.Key_0)
    assert not chart.plot.is_zoomed


def test_that_a_million_points_are_thinned_when_drawn(qtbot: QtBot, theme: Theme) -> None:
    import numpy

    chart = LineChart(theme, "Much")
    count = 1_000_000
    times = numpy.datetime64("2020-01-01T00:00") + numpy.arange(count).astype("timedelta64[m]")
    chart.set_data(times.astype(datetime), [float(n % 1000) for n in range(count)])
    shown(qtbot, chart)
    curve = chart.plot._lines[0].curve
    qtbot.waitUntil(lambda: curve.getData()[0] is not None and len(curve.getData()[0]) < 20_000)
    assert chart.plot.nearest(chart.plot.position(123_456)) == 123_456


def test_that_a_line_of_ranks_can_stand_upside_down(qtbot: QtBot, theme: Theme) -> None:
    chart = LineChart(theme, "Rank")
    chart.set_value_axis(from_zero=False, upside_down=True)
    chart.set_series([START, START + timedelta(days=1)], [Series("Overall", Hue.INFO, [3, 9])])
    shown(qtbot, chart)
    box = chart.plot.getViewBox()
    best, worst = (box.mapViewToScene(QPointF(box.viewRange()[0][0], rank)) for rank in (3, 9))
    assert best.y() < worst.y()
    assert box.viewRange()[1][0] > 0


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (0, "0"),
        (950, "950"),
        (1_234, "1.2K"),
        (34_000_000, "34M"),
        (-1_500, "−1.5K"),
        (0.5, "0.5"),
        (2e9, "2B"),
    ],
)
def test_that_axis_figures_are_short(theme: Theme, value: float, text: str) -> None:
    assert axis_text.compact(value) == text


def test_that_axis_figures_are_written_as_the_locale_does(theme: Theme) -> None:
    QLocale.setDefault(QLocale(QLocale.Language.French, QLocale.Country.France))
    assert axis_text.compact(1_234) == "1,2K"
    assert axis_text.month("2026-03") == "mars 2026"


@pytest.mark.parametrize("text", ["2026-13", "soon", "", "2026-03-01"])
def test_that_what_is_no_month_stays_as_it_was_sent(theme: Theme, text: str) -> None:
    assert axis_text.month(text) == text


@pytest.mark.parametrize(("span", "step"), [(10, 2), (7, 2), (100, 20), (0.5, 0.1), (0, 1)])
def test_that_gridlines_stand_at_round_figures(span: float, step: float) -> None:
    assert axis_text.nice_step(span, 5) == pytest.approx(step)
    assert axis_text.nice_step(2, 5, whole=True) == 1
