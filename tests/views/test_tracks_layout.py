"""The Tracks page in large text, in long words, from right to left, under the wheel, offline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QIODevice, QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock
from test_track_sections import NETWORK, details, opened, part, put

from beatpass_desktop.domain.artists import ArtistRef
from beatpass_desktop.domain.collaboration import Collaborator, Network, Opportunities, Opportunity
from beatpass_desktop.domain.insights import Insights
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.views.pages.tracks.collaborators import Collaborators
from beatpass_desktop.views.pages.tracks.page import TracksPage
from beatpass_desktop.views.pages.tracks.recommendations import Recommendations
from beatpass_desktop.views.widgets.avatar import Avatar

_ACCENTS = str.maketrans("aeiouAEIOUcn", "áéïôûÀÉÎÔÛçñ")
LUNAS_PICTURE = "https://images.example/luna.png"


class LongWords(QTranslator):
    """A language whose words are 1.4 times as long as the English ones, with accents."""

    def isEmpty(self) -> bool:
        return False

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str:
        parts = re.split(r"(\{[^}]*\})", source)
        words = "".join(part if part[:1] == "{" else part.translate(_ACCENTS) for part in parts)
        return words + ("ément " * len(source))[: round(0.4 * len(source))]


@pytest.fixture
def long_words(qapp: QApplication) -> Iterator[None]:
    language = LongWords()
    qapp.installTranslator(language)
    yield
    qapp.removeTranslator(language)


@pytest.fixture
def from_right(qapp: QApplication) -> Iterator[None]:
    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    yield
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 60)
    with running(tmp_path) as app:
        yield app


def fit(qtbot: QtBot, stocked: StockedApp, width: int, scale: float) -> None:
    """Show the window so wide and 600 px high, with text of this scale."""
    stocked.window.setMinimumSize(0, 0)
    stocked.window.resize(width, 600)
    stocked.app.theme.set_scale(scale)
    page = stocked.tracks_page
    qtbot.waitUntil(lambda: page.width() <= width and page.isVisible())
    QTest.qWait(0)


def is_within(widget: QWidget, outer: QWidget) -> bool:
    left = widget.mapTo(outer, QPoint(0, 0)).x()
    return left >= 0 and left + widget.width() <= outer.width()


@pytest.mark.parametrize("width", [960, 1280, 2560])
@pytest.mark.parametrize("scale", [0.8, 1.0, 2.0])
def test_that_the_page_never_scrolls_sideways(
    qtbot: QtBot, stocked: StockedApp, long_words: None, width: int, scale: float
) -> None:
    page = opened(qtbot, stocked)
    put(stocked, NETWORK, Resource.NETWORK)
    details(qtbot, page)
    fit(qtbot, stocked, width, scale)
    qtbot.waitUntil(lambda: page.scroll_area.horizontalScrollBar().maximum() == 0)
    catalogue = page.catalogue
    tools = (catalogue.search_field, catalogue._filters, catalogue._count, page._details_button)
    assert all(is_within(tool, catalogue) for tool in tools)


@pytest.mark.parametrize("scale", [1.0, 1.5, 2.0])
def test_that_the_cards_have_room_for_all_their_words(
    qtbot: QtBot, stocked: StockedApp, scale: float
) -> None:
    page = opened(qtbot, stocked)
    fit(qtbot, stocked, 960, scale)
    qtbot.waitUntil(lambda: all(c.width() >= c.sizeHint().width() for c in page.summary.cards))


def test_that_large_text_leaves_the_title_whole(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    words = page._chip.text()
    fit(qtbot, stocked, 960, 2.0)
    title = page.heading._title
    qtbot.waitUntil(lambda: not title.is_elided())
    assert words in page._chip.toolTip()
    assert words in page._chip.accessibleName()


def test_that_a_page_from_right_to_left_is_mirrored(
    qtbot: QtBot, from_right: None, tmp_path: Path
) -> None:
    stock(tmp_path, 60)
    with running(tmp_path) as stocked:
        page = opened(qtbot, stocked)
        page.table.setCurrentIndex(page.table.model().index(0, 0))
        page.show_details()
        assert page.details is not None
        qtbot.waitUntil(lambda: page.details.x() < page.catalogue.x())
        catalogue = page.catalogue
        assert catalogue.search_field.x() > catalogue._filters.x() > page._details_button.x()
        assert page.table.columnViewportPosition(0) > page.table.columnViewportPosition(1)


def test_that_an_endless_name_leaves_the_table_in_its_place(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    pane = details(qtbot, page)
    track = pane._model.track
    pane._show_name(replace(track, name="Endless title " * 60))
    QTest.qWait(0)
    assert page.catalogue.y() == 0
    assert pane._name.text().endswith("…")
    assert "Endless title " * 59 in pane._name.toolTip()


class Wheel:
    """Turns the wheel over a widget; what time it is says the test."""

    def __init__(self, page: TracksPage, monkeypatch: pytest.MonkeyPatch) -> None:
        self.now = 100.0
        self.page = page.scroll_area.verticalScrollBar()
        self.rows = page.table.verticalScrollBar()
        self._table = page.table
        monkeypatch.setattr("beatpass_desktop.views.widgets.page_body.monotonic", lambda: self.now)

    def turn(self, notches: int, *, after: float = 0.1) -> None:
        """Down by this many notches, each so many seconds after the one before."""
        window = self._table.window()
        rows = self._table.viewport()
        where = QPointF(rows.mapTo(window, rows.visibleRegion().boundingRect().center()))
        for _ in range(abs(notches)):
            self.now += after
            QTest.wheelEvent(window.windowHandle(), where, QPoint(0, -120 if notches > 0 else 120))


def test_that_the_wheel_goes_past_the_table_in_one_go(
    qtbot: QtBot, stocked: StockedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    wheel = Wheel(opened(qtbot, stocked), monkeypatch)
    wheel.turn(60)
    assert wheel.rows.value() == 0
    assert wheel.page.value() == wheel.page.maximum()


def test_that_a_new_turn_over_the_whole_table_moves_its_rows(
    qtbot: QtBot, stocked: StockedApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(qtbot, stocked)
    wheel = Wheel(page, monkeypatch)
    page.jumps.links()[1].click()
    at = wheel.page.value()
    wheel.turn(3, after=1.0)
    assert wheel.rows.value() > 0
    wheel.turn(200)
    assert wheel.rows.value() == wheel.rows.maximum()
    assert wheel.page.value() == at
    wheel.turn(1, after=1.0)
    assert wheel.page.value() > at


def test_that_pictures_come_to_people_and_to_the_track(qtbot: QtBot, stocked: StockedApp) -> None:
    data = QBuffer()
    data.open(QIODevice.OpenModeFlag.WriteOnly)
    picture = QImage(64, 64, QImage.Format.Format_RGB32)
    picture.fill(QColor("#AA3366"))
    picture.save(data, "PNG")
    stocked.app.pictures.shelf.keep(LUNAS_PICTURE, bytes(data.data().data()))
    page = opened(qtbot, stocked)
    luna = Collaborator(90, "Luna", LUNAS_PICTURE, True, 2, True)
    mira = Opportunity(ArtistRef(50, "Mira", LUNAS_PICTURE, True), 3, 91, ("R&B",))
    put(stocked, Network(1, 2, (luna,)), Resource.NETWORK)
    put(stocked, Opportunities((mira,)), Resource.OPPORTUNITIES)
    people = (
        part(page, Collaborators).rows()[0].button,
        part(page, Recommendations).cards()[0].person,
    )
    for person in people:
        (avatar,) = person.findChildren(Avatar)
        middle = QPoint(avatar.width() // 2, avatar.height() // 2)
        qtbot.waitUntil(
            lambda a=avatar, m=middle: a.grab().toImage().pixelColor(m).name() == "#aa3366"
        )


def test_that_insights_seen_before_are_there_offline_and_others_say_so(
    qtbot: QtBot, tmp_path: Path
) -> None:
    stock(tmp_path, 40)
    with running(tmp_path) as online:
        opened(qtbot, online)
        put(online, Insights(plays=4_321), Resource.INSIGHTS, "tracks/40/30-days")
    with running(tmp_path, offline=True) as stocked:
        page = opened(qtbot, stocked)
        assert page._chip.text().startswith("Offline")
        pane = details(qtbot, page, 0)
        assert dict(pane._insights.facts())["Plays in total"] == "4,321"
        assert pane._chip.text().startswith("Offline")
        assert not pane._failure.isVisible()
        page.table.selectRow(1)
        assert dict(pane._insights.facts())["Plays in total"] == "—"
        assert pane._failure.text().startswith("They were not loaded before")
        assert stocked.port.asked == [("show", page.model.page)] or not any(
            asked[0] == "refresh" for asked in stocked.port.asked
        )


def test_that_what_is_found_comes_into_view_while_it_is_typed(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    fit(qtbot, stocked, 960, 1.0)
    stocked.window.activateWindow()
    qtbot.waitUntil(stocked.window.isActiveWindow)
    qtbot.waitUntil(stocked.has_shortcuts)
    page.catalogue.search_field.setFocus()
    page.scroll_area.verticalScrollBar().setValue(0)
    QTest.keyClicks(page.catalogue.search_field, "wave 01")
    qtbot.waitUntil(lambda: page.table.model().rowCount() == 5)
    rows = page.table.viewport()
    assert rows.visibleRegion().boundingRect().height() >= 4 * page.table.rowHeight(0)
