"""The tracks of an album beside the albums."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import apsw
import pytest
from albums_page import (
    LEFT,
    MARKUP,
    SOME,
    WEB,
    album,
    opened,
    put,
)
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, fail, running, stock

from beatpass_desktop.domain.album_tracks import AlbumTrack, AlbumTracks
from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import documents
from beatpass_desktop.views.widgets.buttons import Button
from beatpass_desktop.views.widgets.empty_state import EmptyState


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 11)
    with running(tmp_path) as found:
        yield found


def test_that_space_opens_the_tracks_and_escape_closes_them(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    table = page.catalogue.table
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert page.are_tracks_shown()
    assert page.tracks is not None
    shown = page.tracks.table
    assert [shown.model().data(shown.model().index(0, at)) for at in (0, 2)] == [
        "<b>Beat</b> 011",
        "2:05",
    ]
    QTest.keyClick(table, Qt.Key.Key_Down)
    assert shown.model().data(shown.model().index(0, 0)) == "Wave 010"
    shown.setFocus()
    QTest.keyClick(shown, Qt.Key.Key_Escape)
    assert not page.are_tracks_shown()
    assert table.hasFocus()


def test_that_the_arrow_keys_lead_into_the_tracks_and_back(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    table = page.catalogue.table
    table.setFocus()
    table.selectRow(1)
    QTest.keyClick(table, Qt.Key.Key_Right)
    assert page.tracks is not None
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Right)
    tracks = page.tracks.table
    qtbot.waitUntil(tracks.hasFocus)
    QTest.keyClick(tracks, Qt.Key.Key_Return)
    assert stocked.links == [f"{WEB}/track/11"]
    QTest.keyClick(tracks, Qt.Key.Key_Left)
    assert table.hasFocus()
    QTest.keyClick(table, Qt.Key.Key_Left)
    assert not page.are_tracks_shown()


def test_that_the_pane_leads_to_backstage(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked)
    page.catalogue.table.selectRow(0)
    page.show_tracks()
    assert page.tracks is not None
    for button in page.tracks.findChildren(Button):
        if button.isVisible():
            qtbot.mouseClick(button, LEFT)
    assert stocked.links == [
        f"{WEB}/album/12",
        f"{WEB}/backstage/albums/12/insights",
        f"{WEB}/backstage/albums/12/edit",
    ]


def test_that_tracks_that_are_not_stored_are_asked_for_and_shown_when_they_come(
    qtbot: QtBot, stocked: StockedApp
) -> None:
    page = opened(qtbot, stocked)
    page.catalogue.table.selectRow(0)
    page.show_tracks()
    wish = ("want", Resource.ALBUM_TRACKS, "12")
    qtbot.waitUntil(lambda: wish in stocked.port.asked)
    assert page.tracks is not None
    model = page.tracks.table.model()
    assert model.data(model.index(0, 0)) == "—"
    key = stocked.key(Resource.ALBUM_TRACKS)._replace(params="12")
    sent = AlbumTracks((AlbumTrack(12, MARKUP, 7),))

    def come(connection: apsw.Connection) -> None:
        documents.merge(connection, key, sent, ["tracks"])
        documents.succeeded(connection, key, datetime.now(UTC))

    stocked.app.store.write(come).result(10)
    stocked.app.feed.tell(ResourcesChanged(frozenset({key})))
    assert [model.data(model.index(0, at)) for at in (0, 1)] == [MARKUP, "7"]


def test_that_an_album_without_tracks_says_so(qtbot: QtBot, stocked: StockedApp) -> None:
    page = opened(qtbot, stocked, [album(1, track_ids=()), album(2, track_ids=None)])
    page.show_tracks()
    assert page.tracks is not None

    def said() -> str:
        assert page.tracks is not None
        state = page.tracks.findChild(EmptyState)
        return state._title.text() if state.isVisible() else ""

    assert said() == "No album is selected"
    page.catalogue.table.selectRow(1)
    assert said() == "No tracks yet"
    page.catalogue.table.selectRow(0)
    assert said() == "The tracks are loading"


def test_that_the_growth_of_album_tracks_is_asked_for(qtbot: QtBot, stocked: StockedApp) -> None:
    opened(qtbot, stocked, SOME[:3])
    put(stocked, [*SOME[:3], album(4, name="Renamed", track_ids=(1,))])
    key = stocked.key(Resource.GROWTH)
    stocked.write(lambda c: fail(c, key, Attempt.FAILED, "No."), Resource.GROWTH)
    asked = [ids for what, *ids in stocked.port.asked if what == "want growth"]
    assert asked == [[(1, 2, 3)], [(1, 2, 3, 1)]]
