"""The album that is open, with its tracks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal

from beatpass_desktop.domain.album_table import AlbumRow
from beatpass_desktop.domain.album_tracks import AlbumTrack
from beatpass_desktop.domain.events import FetchEnded, FetchStarted
from beatpass_desktop.domain.freshness import NEVER, Freshness, combined
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.text import folded
from beatpass_desktop.models import formatting
from beatpass_desktop.models.column_table import ROOT, ColumnTableModel, Index
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.store import albums, documents

WAIT = 150
"""ms that an album must stay open before its tracks are asked for"""

NAME, PLAYS, LENGTH = range(3)


class AlbumTracksModel(SectionModel):
    """One album and its tracks: from the artist's catalogue where that holds them all, else as the
    album itself lists them.

    Signals:
        changed: the album, its tracks, their age, or whether they are being fetched changed.
        wanted: (resource, params) the tracks are in view and not stored; to be connected to
            `RequestPort.want`. Told a moment after `show`, so that a run through many albums asks
            for the last alone.

    Attributes:
        album: the stored album; None when none is open.
        table: its tracks as a Qt table model.
        is_known: whether it is known which tracks these are.
        freshness: the age of the tracks.
        failure: why they could not be renewed, a sentence; empty when they could.
    """

    wanted = Signal(object, str)
    shown = frozenset({Resource.ALBUM_TRACKS, Resource.ALBUMS, Resource.TRACKS})

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.album: AlbumRow | None = None
        self.table = AlbumTrackTable()
        self.is_known = False
        self.freshness: Freshness = NEVER
        self.failure = ""
        self._id: int | None = None
        self._key: ResourceKey | None = None
        self._is_wanted = False
        self._fetching: set[ResourceKey] = set()
        self._wait = QTimer(self, singleShot=True, interval=WAIT)
        self._wait.timeout.connect(self._on_wait_ended)
        sources.feed.fetch_started.connect(self._on_fetch_started)
        sources.feed.fetch_ended.connect(self._on_fetch_ended)

    @property
    def is_refreshing(self) -> bool:
        """Whether the tracks are being fetched."""
        return self._key in self._fetching

    @property
    def is_offline(self) -> bool:
        """Whether this run makes no requests by choice."""
        return self._sources.offline

    def show(self, album_id: int | None) -> None:
        """Open an album, None for none; the same one again asks for its tracks again."""
        self._id = album_id
        self.reload()
        self._begin_wait()

    def reload(self) -> None:
        connection = self._store.reading
        self.album = None if self._id is None else albums.row(connection, *self._whom, self._id)
        tracks, from_catalogue = self._read()
        self.is_known = tracks is not None
        self.table.set_tracks(tracks or [])
        catalogue = self._sources.key(Resource.TRACKS)
        self._key = self._sources.key(Resource.ALBUM_TRACKS, str(self._id))
        key = catalogue if from_catalogue else self._key
        self.freshness = NEVER
        if self.album is not None and key is not None:
            fresh_for = self._sources.data_sets[key.resource].fresh_for
            age = documents.age(connection, key)
            now, offline = self._sources.now(), self._sources.offline
            self.freshness = combined([(age, fresh_for)], now, offline=offline)
        self._is_wanted = self.album is not None and not from_catalogue
        self.failure = self.freshness.reason if self._is_wanted else ""
        self.changed.emit()

    def _read(self) -> tuple[list[AlbumTrack] | None, bool]:
        """The tracks, and whether the catalogue holds them all; None when it is not known which
        they are."""
        if self.album is None:
            return None, False
        ids = self.album.track_ids
        found = albums.catalogue_tracks(self._store.reading, *self._whom, ids or ())
        if ids is not None and len(found) == len(set(ids)):
            return [found[track] for track in ids], True
        key = self._sources.key(Resource.ALBUM_TRACKS, str(self._id))
        listed = None if key is None else albums.album_tracks(self._store.reading, key)
        if ids is None:
            return listed, False
        by_id = {track.id: track for track in listed or ()}
        return [by_id.get(track) or found.get(track) or AlbumTrack(track) for track in ids], False

    def _begin_wait(self) -> None:
        if self._is_wanted:
            self._wait.start()
        else:
            self._wait.stop()

    def _on_wait_ended(self) -> None:
        if self._is_wanted and self._key is not None:
            self.wanted.emit(self._key.resource, self._key.params)

    def _on_fetch_started(self, event: FetchStarted) -> None:
        self._fetching.add(event.key)
        if event.key == self._key:
            self.changed.emit()

    def _on_fetch_ended(self, event: FetchEnded) -> None:
        self._fetching.discard(event.key)
        if event.key == self._key:
            self.changed.emit()

    def _on_who_changed(self) -> None:
        super()._on_who_changed()
        self._begin_wait()


class AlbumTrackTable(ColumnTableModel):
    """The tracks of one album, in its own order unless told otherwise."""

    columns = (NAME, PLAYS, LENGTH)
    right = (PLAYS, LENGTH)

    def __init__(self) -> None:
        super().__init__()
        self._listed: list[AlbumTrack] = []
        self._shown: list[AlbumTrack] = []
        self._sort: tuple[int, Qt.SortOrder | None] = (-1, None)

    def set_tracks(self, tracks: Sequence[AlbumTrack]) -> None:
        """Show these."""
        if tracks != self._listed:
            self._listed = [*tracks]
            self._arrange()

    def sort_by(self, column: int, order: Qt.SortOrder | None) -> None:
        """Put them in another order; None is that of the album."""
        self._sort = (column, order)
        self._arrange()

    def at(self, row: int) -> AlbumTrack | None:
        """The track at a row of the table."""
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def _arrange(self) -> None:
        column, order = self._sort
        self.beginResetModel()
        if order is None:
            self._shown = self._listed
        else:
            keyed = [(_key(column, track), track) for track in self._listed]
            known = [pair for pair in keyed if pair[0] is not None]
            unknown = [track for key, track in keyed if key is None]
            known.sort(key=lambda pair: pair[0], reverse=order is Qt.SortOrder.DescendingOrder)
            self._shown = [track for _, track in known] + unknown
        self.endResetModel()

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(index.column())
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            if index.row() >= len(self._shown):
                return None
            return _text(index.column(), self._shown[index.row()])
        return None

    def _title(self, column: int) -> str:
        return (self.tr("Name"), self.tr("Plays"), self.tr("Length"))[column]


def _text(column: int, track: AlbumTrack) -> str:
    if column == NAME:
        return formatting.one_line(track.name or "") or formatting.UNKNOWN
    if column == PLAYS:
        return formatting.number(track.plays)
    return formatting.duration(track.duration)


def _key(column: int, track: AlbumTrack) -> Any:
    if column == NAME:
        return None if track.name is None else folded(track.name)
    return track.plays if column == PLAYS else track.duration
