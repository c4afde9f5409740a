"""The catalogue's filters, used by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.track_table import TrackColumn
from beatpass_desktop.models.track_choice import Added, TrackChoice
from beatpass_desktop.views.pages.tracks.catalogue import TrackCatalogue
from beatpass_desktop.views.pages.tracks.filters import TrackFilterPanel
from beatpass_desktop.views.widgets.buttons import Button, LinkButton
from beatpass_desktop.views.widgets.check_box import CheckBox
from beatpass_desktop.views.widgets.chip import Chip
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.switch import Switch

TODAY = date(2026, 11, 23)
LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path)
    with running(tmp_path) as found:
        found.app.show()
        found.window.show_page(Page.TRACKS)
        qtbot.waitExposed(found.window)
        yield found


def open_panel(qtbot: QtBot, catalogue: TrackCatalogue) -> TrackFilterPanel:
    button = next(b for b in catalogue.findChildren(Button) if b.label().startswith("Filter"))
    qtbot.mouseClick(button, LEFT)
    return next(w for w in QApplication.topLevelWidgets() if isinstance(w, TrackFilterPanel))


def count_text(catalogue: TrackCatalogue) -> str:
    catalogue.show_count()
    return catalogue._count.text()


def test_that_a_genre_ticked_in_the_panel_filters_at_once_and_a_chip_takes_it_away(
    qtbot: QtBot, shown: StockedApp
) -> None:
    catalogue = shown.tracks_page.catalogue
    panel = open_panel(qtbot, catalogue)
    genre = next(box for box in panel.findChildren(CheckBox) if box.label() == "R&B")
    assert "60" in genre.accessibleName()
    panel.findChild(Segmented).set_current(True)
    assert catalogue.table.model().rowCount() == 0
    panel.findChild(Segmented).set_current(None)
    qtbot.mouseClick(genre, LEFT)
    panel.close()
    assert count_text(catalogue) == "Showing 60 of 60 tracks"
    chips = catalogue.findChildren(Chip)
    assert [chip.label() for chip in chips if chip.isVisible()] == ["R&B"]
    qtbot.mouseClick(chips[0], LEFT)
    assert catalogue.choice == TrackChoice()
    assert count_text(catalogue) == "60 tracks"


def test_that_filters_that_nothing_passes_offer_all_tracks_again(
    qtbot: QtBot, shown: StockedApp
) -> None:
    catalogue = shown.tracks_page.catalogue
    catalogue.set_choice(TrackChoice(added=Added.WEEK, incomplete=True))
    catalogue.search_field.setText("beat")
    qtbot.waitUntil(lambda: shown.app.window.current_page.isVisible())
    assert not catalogue.table.isVisible()
    catalogue._nothing.action_requested.emit()
    qtbot.waitUntil(lambda: catalogue.table.model().rowCount() == 60)
    assert catalogue.search_field.text() == ""
    assert catalogue.table.isVisible()


def test_that_two_dates_bound_what_is_shown_and_the_panel_can_be_cleared(
    qtbot: QtBot, shown: StockedApp
) -> None:
    catalogue = shown.tracks_page.catalogue
    panel = open_panel(qtbot, catalogue)
    panel.findChild(Select).setCurrentIndex(list(Added).index(Added.BETWEEN))
    panel._first.set_day(date(2025, 3, 15))
    panel._last.set_day(date(2025, 3, 15))
    local_day = [
        track
        for row in range(60)
        if (track := shown.app.window.current_page.model.table.at(row)) is not None
    ]
    assert 0 < catalogue.table.model().rowCount() == len(local_day) < 60
    assert {t.created_at.astimezone().date() for t in local_day if t.created_at} == {
        date(2025, 3, 15)
    }
    qtbot.mouseClick(panel.findChild(Switch), LEFT)
    assert catalogue.choice.incomplete
    qtbot.mouseClick(panel.findChild(LinkButton), LEFT)
    assert catalogue.choice == TrackChoice()
    assert catalogue.table.model().rowCount() == 60


def test_that_filters_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path)
    chosen = TrackChoice(
        genres=frozenset({"R&B"}), added=Added.BETWEEN, first=date(2025, 3, 14), together=False
    )
    with running(tmp_path) as first:
        first.tracks_page.catalogue.set_choice(chosen)
    with running(tmp_path) as second:
        catalogue = second.tracks_page.catalogue
        assert catalogue.choice == chosen
        assert catalogue._chips.texts() == ["Mar 14, 2025 to —", "Solo", "R&B"]


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", '{"genres": 3}', "\0", '{"added": "x"}'])
def test_that_a_damaged_memory_of_the_filters_is_no_choice(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - json and dates have several
        TrackChoice.from_json(text)


def test_that_a_choice_survives_being_written_down() -> None:
    choice = TrackChoice(frozenset({'"x"', "R&B"}), frozenset({"a"}), Added.YEAR, None, TODAY, True)
    assert TrackChoice.from_json(choice.to_json()) == choice


def test_that_periods_begin_at_local_midnight_and_count_today() -> None:
    week = TrackChoice(added=Added.WEEK).wanted("", TODAY)
    assert week.since is not None
    assert week.since.astimezone().isoformat().startswith("2026-11-17T00:00:00")
    year = TrackChoice(added=Added.YEAR).wanted("", TODAY)
    assert year.since is not None
    assert year.since.astimezone().date() == date(2026, 1, 1)
    last = TrackChoice(added=Added.BETWEEN, last=date.max).wanted("", TODAY)
    assert (last.since, last.until) == (None, None)


def test_that_rows_in_view_are_told_once_they_stand_still(qtbot: QtBot, shown: StockedApp) -> None:
    catalogue = shown.tracks_page.catalogue
    with qtbot.waitSignal(catalogue.rows_in_view, timeout=2_000) as told:
        catalogue.table.verticalScrollBar().setValue(10_000)
    assert 1 in told.args[0]
    assert 60 not in told.args[0]


def test_that_the_current_track_is_told_as_the_keyboard_moves(
    qtbot: QtBot, shown: StockedApp
) -> None:
    catalogue = shown.tracks_page.catalogue
    heard: list[object] = []
    catalogue.current_track_changed.connect(heard.append)
    catalogue.table.selectRow(0)
    qtbot.keyClick(catalogue.table, Qt.Key.Key_Down)
    assert heard[-2:] == [60, 59]


def test_that_growth_is_shown_where_the_rows_stand(qtbot: QtBot, shown: StockedApp) -> None:
    page = shown.tracks_page
    model = shown.app.window.current_page.model.table
    shown.app.store.write(lambda c: c.execute("UPDATE tracks SET growth = -12.5 WHERE id = 60"))
    qtbot.waitUntil(
        lambda: (
            shown.app.store.reading.execute("SELECT growth FROM tracks WHERE id = 60").get == -12.5
        )
    )
    assert model.text_at(0, TrackColumn.GROWTH) == "—"
    model.renew_growth()
    assert model.text_at(0, TrackColumn.GROWTH) == "−12.5\N{NO-BREAK SPACE}%"
    assert page.table.model().rowCount() == 60
