"""Pages as a whole: banners in line, one paint a switch, ages, and figures from right to left."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale, QObject, QPoint, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.events import ConnectionChanged
from beatpass_desktop.domain.freshness import FreshnessState
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.models import formatting
from beatpass_desktop.store import accounts
from beatpass_desktop.views.charts.bars import BarChart
from beatpass_desktop.views.pages.figure_text import new_lately, new_this_month
from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.banner import Banner
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.stat_card import StatCard

ISOLATED = "\N{LEFT-TO-RIGHT ISOLATE}{}\N{POP DIRECTIONAL ISOLATE}"


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        yield found


@pytest.fixture
def theme(qapp: QApplication) -> Theme:
    found = Theme()
    found.apply(qapp)
    return found


class Paints(QObject):
    """Counts how often each widget is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.counted: Counter[QWidget] = Counter()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Paint and isinstance(watched, StatCard):
            self.counted[watched] += 1
        return False


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("width", [960, 1280, 2200])
def test_that_banners_are_as_wide_as_the_column_below(
    qtbot: QtBot, stocked: StockedApp, width: int, direction: Qt.LayoutDirection
) -> None:
    window = stocked.window
    window.setLayoutDirection(direction)
    window.resize(width, 600)
    stocked.app.feed.tell(ConnectionChanged(False, stocked.app.home._now()))
    for page in (Page.HOME, Page.PROGRESS, Page.HOME):
        window.show_page(page)

        def edges(widget: QWidget) -> tuple[int, int]:
            left = widget.mapTo(window, QPoint(0, 0)).x()
            return left, left + widget.width()

        (banner,) = window.findChildren(Banner)
        heading = window.current_page.heading
        qtbot.waitUntil(
            lambda banner=banner, heading=heading: edges(banner) == edges(heading)  # type: ignore[misc]
        )


def test_that_a_page_is_painted_once_when_it_is_shown_again(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    window = stocked.window
    for page in (Page.TRACKS, Page.PROGRESS):
        window.show_page(page)
        qtbot.waitUntil(window.current_page.is_settled)
    paints = Paints()
    application = QApplication.instance()
    assert application is not None
    application.installEventFilter(paints)
    try:
        window.show_page(Page.TRACKS)
        qtbot.waitUntil(lambda: len(paints.counted) >= 3)
    finally:
        application.removeEventFilter(paints)
    assert set(paints.counted.values()) == {1}


def test_that_an_account_without_an_artist_has_no_age(stocked: StockedApp) -> None:
    page, who = stocked.window.current_page, stocked.app.who
    assert page._chip.isVisible()

    def without_artist(connection: object) -> None:
        accounts.set_current_artist(connection, who.account, 0)  # type: ignore[arg-type]

    stocked.app.store.write(without_artist).result(10)
    who._read()
    who.changed.emit()
    assert page.state.value == "no-artist"
    assert not page._chip.isVisible()


def test_that_home_wishes_for_the_rank_it_shows(qtbot: QtBot, stocked: StockedApp) -> None:
    asked = ("want", Resource.LEADERBOARD, "overall/all-time")
    qtbot.waitUntil(lambda: asked in stocked.port.asked)


def test_that_a_short_refresh_of_live_figures_leaves_the_chip_as_it_is(
    qtbot: QtBot, theme: Theme
) -> None:
    chip = FreshnessChip(theme)
    qtbot.addWidget(chip)
    chip.set_freshness(FreshnessState.LIVE, "Updated just now")
    chip.show()
    chip.resize(chip.sizeHint())
    before = chip.grab().toImage()
    chip.set_freshness(FreshnessState.STALE, "Updated 1 min ago")
    chip.set_refreshing(True)
    assert chip.grab().toImage() == before
    assert "refreshing" in chip.accessibleName()
    chip.set_refreshing(False)
    chip.set_freshness(FreshnessState.LIVE, "Updated just now")
    assert chip.grab().toImage() == before
    chip.set_refreshing(True)
    qtbot.waitUntil(lambda: chip.grab().toImage() != before)


def test_that_a_figure_with_a_sign_keeps_its_order_from_right_to_left(qapp: QApplication) -> None:
    assert formatting.signed_number(-2) == "−2"
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        assert formatting.signed_number(-2) == ISOLATED.format("−2")
        assert formatting.signed_number(2) == ISOLATED.format("+2")
        assert formatting.number(-2) == ISOLATED.format("−2")
        assert formatting.percent(-1.6) == ISOLATED.format("−1.6\N{NO-BREAK SPACE}%")
        assert formatting.number(2) == "2"
    finally:
        qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


def test_that_nothing_new_is_said_in_words() -> None:
    assert (new_lately(3), new_lately(0), new_lately(None)) == (
        "+3 in 30 days",
        "None new in 30 days",
        "",
    )
    assert (new_this_month(1), new_this_month(0)) == ("+1 this month", "None new this month")


def test_that_a_title_takes_a_second_line_before_it_is_cut(qtbot: QtBot, theme: Theme) -> None:
    label = ClampedLabel(theme, "Good evening, somebody with a name", TextStyle.TITLE, lines=2)
    qtbot.addWidget(label)
    label.show()
    whole, line = label.sizeHint().width(), label.sizeHint().height()
    assert label.heightForWidth(whole) == line
    label.resize(whole * 2 // 3, 2 * line)
    assert label.heightForWidth(label.width()) > line
    assert not label.is_elided()
    label.resize(whole // 4, 2 * line)
    assert label.is_elided()
    assert label.toolTip() == label.text()
    assert label.heightForWidth(label.width()) <= 2 * line + 4


def test_that_a_chart_without_an_order_names_what_it_shows(
    qtbot: QtBot, theme: Theme, monkeypatch: pytest.MonkeyPatch
) -> None:
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    monkeypatch.setattr(formatting, "_locale", lambda: english)
    chart = BarChart(theme, "XP by source", in_sequence=False)
    qtbot.addWidget(chart)
    chart.set_data(["Uploads", "Plays"], [1200, 7])
    assert chart.summary() == "Uploads: 1,200; Plays: 7"
    chart.set_data([f"Source {number}" for number in range(10)], list(range(10)))
    assert chart.summary().endswith("Source 7: 7; and 2 more")
