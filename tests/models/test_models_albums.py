"""The Albums page's model: cards, table, and the tracks of the album that is open."""

from __future__ import annotations

from dataclasses import fields
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import apsw
import pytest
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QImage
from PySide6.QtTest import QAbstractItemModelTester, QSignalSpy
from stage import BROKEN, LISTED, Stage

from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    AlbumSort,
    ReleaseState,
)
from beatpass_desktop.domain.album_tracks import AlbumTrack, AlbumTracks
from beatpass_desktop.domain.catalogue import Album, Track
from beatpass_desktop.domain.events import FetchEnded, FetchStarted, ResourcesChanged
from beatpass_desktop.domain.exporting import AlbumExport, Format
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.freshness import Attempt, FreshnessState
from beatpass_desktop.domain.growth import TrackGrowth
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Page, Resource, ResourceKey
from beatpass_desktop.models.album_table import (
    COLUMNS,
    COVER_ROLE,
    LARGE_COVER_ROLE,
    LINES_ROLE,
    STATE_ICON_ROLE,
)
from beatpass_desktop.models.albums import AlbumsModel
from beatpass_desktop.models.page import PageState
from beatpass_desktop.store import accounts, catalogue, documents, figures, growth
from beatpass_desktop.store.catalogue import ALBUMS
from beatpass_desktop.sync.resources import TABLE, shown_by

WHOLE = frozenset(field.name for field in fields(Album))
MARKUP = "<b>Bold</b>\nMove"
ALBUM_LIST = [
    Album(
        1,
        "Nuit",
        "https://x/1.png",
        "2026-11-20",
        datetime(2026, 11, 2, 12, tzinfo=UTC),
        plays=1_200,
        track_ids=(11, 12),
    ),
    Album(2, MARKUP, None, "2026-12-24", datetime(2026, 10, 2, tzinfo=UTC), None, 34, (13,)),
    Album(3, "Zoo", None, "2024-01-01", datetime(2024, 1, 1, tzinfo=UTC), None, 5, ()),
]
ALBUM_KEY = TABLE[Resource.ALBUMS].data_set


class Covers(QObject):
    """Pictures that are all here."""

    arrived = Signal(object)

    def image(self, address: str | None, *, large: bool = False) -> QImage | None:
        return QImage(200 if large else 50, 1, QImage.Format.Format_RGB32) if address else None


def put(stage: Stage, albums: list[Album], artist: int = 1) -> None:
    """A complete walk over the albums, later than everything before."""
    stage.advance(seconds=1)
    key = stage.key(ALBUM_KEY, artist)

    def job(connection: apsw.Connection) -> None:
        generation = catalogue.begin(connection, ALBUMS, key)
        rows = [Decoded(album, WHOLE) for album in albums]
        catalogue.stage(connection, ALBUMS, key, generation, rows)
        shown = catalogue.replace(connection, ALBUMS, key, generation, stage.now)
        figures.record(connection, 1, artist, {Figure.ALBUMS: shown}, stage.now)
        documents.succeeded(connection, key, stage.now)

    stage.write(job)
    stage.feed.tell(ResourcesChanged(frozenset({key})))


def opened(stage: Stage, albums: list[Album] | None = None, **options: Any) -> AlbumsModel:
    sets = shown_by(Page.ALBUMS)
    model = AlbumsModel(sets, stage.store, stage.feed, stage.sign_in(), stage.clock, **options)
    if albums is not None:
        put(stage, albums)
    return model


def names(model: AlbumsModel) -> list[str]:
    table = model.table
    return [table.data(table.index(row, 0)) for row in range(table.rowCount())]


def tracks_key(stage: Stage, album: int) -> ResourceKey:
    key = stage.key(TABLE[Resource.ALBUM_TRACKS].data_set)
    return key._replace(params=str(album))


def listed_by_album(stage: Stage, album: int, *tracks: AlbumTrack) -> None:
    key = tracks_key(stage, album)

    def job(connection: apsw.Connection) -> None:
        documents.merge(connection, key, AlbumTracks(tracks), ["tracks"])
        documents.succeeded(connection, key, stage.now)

    stage.write(job)
    stage.feed.tell(ResourcesChanged(frozenset({key})))


def test_that_the_page_goes_from_loading_to_ready_or_empty(stage: Stage) -> None:
    model = opened(stage)
    assert model.state is PageState.LOADING
    assert model.total is None
    put(stage, [])
    assert (model.state, model.total) == (PageState.EMPTY, 0)
    put(stage, ALBUM_LIST)
    assert (model.state, model.total) == (PageState.READY, 3)
    assert model.summary.this_month == 1
    assert model.freshness.state is FreshnessState.LIVE


def test_that_a_failed_refresh_keeps_the_rows(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    stage.failed(ALBUM_KEY, BROKEN)
    assert model.state is PageState.READY
    assert len(names(model)) == 3
    assert model.freshness.state is FreshnessState.STALE


def test_that_the_table_shows_what_was_sent_and_a_dash_for_the_rest(stage: Stage) -> None:
    model = opened(stage, [*ALBUM_LIST, Album(4)])
    table = model.table
    cells = [
        [table.data(table.index(row, column)) for column in range(table.columnCount())]
        for row in range(table.rowCount())
    ]
    assert cells == [
        ["Nuit", "2", "1,200", "Nov 20, 2026", "Nov 2, 2026"],
        ["<b>Bold</b> Move", "1", "34", "Dec 24, 2026", "Oct 2, 2026"],
        ["Zoo", "0", "5", "Jan 1, 2024", "Jan 1, 2024"],
        ["—"] * 5,
    ]
    titles = [table.headerData(at, Qt.Orientation.Horizontal) for at in range(len(COLUMNS))]
    assert titles == ["Name", "Tracks", "Plays", "Release date", "Created"]


def test_that_the_model_keeps_the_rules_of_qt_while_it_changes(stage: Stage) -> None:
    model = opened(stage, pictures=Covers())
    mode = QAbstractItemModelTester.FailureReportingMode.Fatal
    tester = QAbstractItemModelTester(model.table, mode)
    put(stage, ALBUM_LIST)
    model.table.sort_by(AlbumSort(AlbumColumn.PLAYS, False))
    model.table.filter_by(AlbumFilter("o"))
    put(stage, ALBUM_LIST[:1])
    assert tester.failureReportingMode() is mode


def test_that_an_album_without_a_name_is_read_out_as_untitled(stage: Stage) -> None:
    table = opened(stage, [Album(1, "\N{ZERO WIDTH SPACE}"), Album(2)]).table
    for row in range(2):
        assert table.data(table.index(row, 0)) == "—"
        assert table.data(table.index(row, 0), Qt.ItemDataRole.AccessibleTextRole) == "Untitled"


def test_that_upcoming_albums_are_marked_also_in_words(stage: Stage) -> None:
    table = opened(stage, ALBUM_LIST).table
    released = COLUMNS.index(AlbumColumn.RELEASED)
    icons = [table.data(table.index(row, released), STATE_ICON_ROLE) for row in range(3)]
    assert icons == [None, "clock", None]
    spoken = [
        table.data(table.index(row, released), Qt.ItemDataRole.AccessibleTextRole)
        for row in range(3)
    ]
    assert spoken[:2] == ["Released Nov 20, 2026", "Upcoming: Dec 24, 2026"]
    assert table.data(table.index(1, 0), LINES_ROLE) == [
        "1 track · 34 plays",
        "Upcoming: Dec 24, 2026",
        "Created Oct 2, 2026",
    ]
    described = table.data(table.index(0, 0), Qt.ItemDataRole.AccessibleDescriptionRole)
    assert described == "2 tracks · 1,200 plays, Released Nov 20, 2026, Created Nov 2, 2026"


def test_that_an_album_is_out_on_its_day_also_when_the_list_did_not_change(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    model.table.filter_by(AlbumFilter(state=ReleaseState.UPCOMING))
    assert names(model) == ["<b>Bold</b> Move"]
    stage.advance(days=31)
    stage.fetched(ALBUM_KEY)
    assert names(model) == []
    assert model.table.today == date(2026, 12, 24)


def test_that_covers_come_in_two_sizes_and_are_told_when_they_arrive(stage: Stage) -> None:
    covers = Covers()
    table = opened(stage, ALBUM_LIST, pictures=covers).table
    assert table.data(table.index(0, 0), COVER_ROLE).width() == 50
    assert table.data(table.index(0, 0), LARGE_COVER_ROLE).width() == 200
    assert table.data(table.index(1, 0), COVER_ROLE) is None
    changed = QSignalSpy(table.dataChanged)
    covers.arrived.emit({"https://x/1.png", "https://x/other.png"})
    assert [changed.at(at)[0].row() for at in range(changed.count())] == [0]


def test_that_the_years_offered_are_those_of_the_releases(stage: Stage) -> None:
    assert opened(stage, [*ALBUM_LIST, Album(4)]).table.years() == [2026, 2024]


def test_that_an_export_takes_what_is_shown_in_its_order(stage: Stage) -> None:
    table = opened(stage, ALBUM_LIST).table
    table.sort_by(AlbumSort(AlbumColumn.NAME, True))
    table.filter_by(AlbumFilter(year=2026))
    wish = table.export_to(Path("x.csv"), Format.CSV)
    assert isinstance(wish, AlbumExport)
    rows = {album.row: album.id for album in table.albums}
    assert [rows[number] for number in wish.rows] == [1, 2]
    assert table.export_to(Path("x.csv"), Format.CSV, table.numbers([1])).rows[0] in rows


def test_that_growth_is_that_of_all_album_tracks_or_none(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    assert model.growth is None
    stage.list([Track(11), Track(12), Track(13)])
    carried = frozenset(field.name for field in fields(TrackGrowth))
    key = stage.key(TABLE[Resource.GROWTH].data_set)
    for number in (11, 12, 13):
        assert model.growth is None
        row = Decoded(TrackGrowth(number, 1.0, 30, 20), carried)
        stage.write(lambda c, n=number, r=row: growth.keep(c, 1, 1, [n], [r], stage.now))
        stage.feed.tell(ResourcesChanged(frozenset({key})))
    assert model.growth is not None
    assert model.growth.rate == pytest.approx(50)
    assert model.track_ids() == [11, 12, 13]
    put(stage, [*ALBUM_LIST, Album(4)])
    assert model.growth is None


def test_that_growth_of_very_many_tracks_is_not_asked_for(stage: Stage) -> None:
    model = opened(stage, [Album(1, track_ids=tuple(range(1, 502)))])
    assert model.track_ids() == []


def test_that_another_artist_has_other_albums(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    put(stage, [Album(9, "Other")], artist=2)
    assert len(names(model)) == 3
    stage.write(lambda c: accounts.set_current_artist(c, 1, 2))
    stage.identified(1, 2)
    assert (names(model), model.total) == (["Other"], 1)


def test_that_the_tracks_come_from_the_catalogue_where_it_holds_them_all(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    stage.list([Track(12, "Two", plays=2, duration=61_000), Track(11, "One")])
    tracks = model.tracks
    wanted = QSignalSpy(tracks.wanted)
    tracks.show(1)
    table = tracks.table
    cells = [[table.data(table.index(row, at)) for at in range(3)] for row in range(2)]
    assert cells == [["One", "—", "—"], ["Two", "2", "1:01"]]
    assert tracks.freshness.updated_at == stage.now
    assert not wanted.wait(300)


def test_that_tracks_that_are_not_stored_are_wished_for_once_the_album_stays_open(
    stage: Stage,
) -> None:
    model = opened(stage, ALBUM_LIST)
    stage.list([Track(11, "One", plays=4)])
    tracks = model.tracks
    wanted = QSignalSpy(tracks.wanted)
    tracks.show(3)
    tracks.show(1)
    assert wanted.wait(2_000)
    assert [wanted.at(at) for at in range(wanted.count())] == [[Resource.ALBUM_TRACKS, "1"]]
    table = tracks.table
    assert [table.data(table.index(row, 0)) for row in range(2)] == ["One", "—"]
    key = tracks_key(stage, 1)
    stage.feed.tell(FetchStarted(key))
    assert tracks.is_refreshing
    listed_by_album(stage, 1, AlbumTrack(12, "Two", 9), AlbumTrack(11, "One", 5))
    stage.feed.tell(FetchEnded(key, None))
    assert not tracks.is_refreshing
    assert [table.data(table.index(row, 1)) for row in range(2)] == ["5", "9"]
    assert tracks.freshness.state is FreshnessState.LIVE


def test_that_an_album_that_names_no_tracks_shows_what_it_lists_itself(stage: Stage) -> None:
    model = opened(stage, [Album(4, "Bare")])
    tracks = model.tracks
    tracks.show(4)
    assert (tracks.is_known, tracks.table.rowCount()) == (False, 0)
    listed_by_album(stage, 4, AlbumTrack(8, "Eight"))
    assert (tracks.is_known, tracks.table.rowCount()) == (True, 1)
    assert tracks.table.at(0) == AlbumTrack(8, "Eight")


def test_that_a_failure_keeps_the_tracks_and_is_told(stage: Stage) -> None:
    model = opened(stage, [Album(4, "Bare")])
    model.tracks.show(4)
    listed_by_album(stage, 4, AlbumTrack(8, "Eight"))
    key = tracks_key(stage, 4)
    stage.write(lambda c: documents.failed(c, key, stage.now, Attempt.FAILED, "No."))
    stage.feed.tell(ResourcesChanged(frozenset({key})))
    assert model.tracks.table.rowCount() == 1
    assert model.tracks.failure == "No."


def test_that_tracks_are_sorted_by_wish_and_go_back_to_the_album_s_order(stage: Stage) -> None:
    model = opened(stage, [Album(4, "Bare")])
    tracks = model.tracks
    tracks.show(4)
    rows = [AlbumTrack(1, "b", 5, 9), AlbumTrack(2, "Á", None, 3), AlbumTrack(3, "c", 7)]
    listed_by_album(stage, 4, *rows)
    table = tracks.table

    def ids() -> list[int]:
        shown = (table.at(row) for row in range(table.rowCount()))
        return [track.id for track in shown if track is not None]

    up, down = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder
    table.sort_by(0, up)
    assert ids() == [2, 1, 3]
    table.sort_by(1, down)
    assert ids() == [3, 1, 2]
    table.sort_by(2, up)
    assert ids() == [2, 1, 3]
    table.sort_by(2, None)
    assert ids() == [1, 2, 3]


def test_that_an_album_that_is_gone_closes_its_tracks(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    stage.list([Track(13, "Three")])
    model.tracks.show(2)
    assert model.tracks.table.rowCount() == 1
    put(stage, ALBUM_LIST[:1])
    assert (model.tracks.album, model.tracks.table.rowCount()) == (None, 0)


def test_that_a_new_list_of_the_catalogue_is_shown(stage: Stage) -> None:
    model = opened(stage, ALBUM_LIST)
    stage.list([Track(13, "Three")])
    model.tracks.show(2)
    stage.list([Track(13, "Renamed")])
    stage.fetched(LISTED)
    assert model.tracks.table.data(model.tracks.table.index(0, 0)) == "Renamed"
