"""The table of albums: all rows in memory, for there are a few thousand at most."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt

from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    AlbumRow,
    AlbumSort,
    ReleaseState,
    filtered,
    ordered,
)
from beatpass_desktop.domain.exporting import AlbumExport, Format
from beatpass_desktop.models import formatting
from beatpass_desktop.models.column_table import ROOT, Index
from beatpass_desktop.models.listing_table import ListingTableModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.store import albums
from beatpass_desktop.store.store import Store

COLUMNS = tuple(AlbumColumn)
_RIGHT = frozenset(AlbumColumn) - {AlbumColumn.NAME}

COVER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The cover of an album; initials stand for it until there is one."""

LARGE_COVER_ROLE = COVER_ROLE + 1
"""The same, large enough for a grid."""

STATE_ICON_ROLE = COVER_ROLE + 2
"""The icon of the state of release; None when it is out or its date is not known."""

LINES_ROLE = COVER_ROLE + 3
"""What stands below a cover: a list of short texts."""


class AlbumTableModel(ListingTableModel[AlbumSort, AlbumFilter, AlbumRow]):
    """The albums of one artist. Signals: see ListingTableModel."""

    columns = COLUMNS
    right = _RIGHT

    def __init__(
        self, store: Store, now: Callable[[], datetime], pictures: Pictures | None = None
    ) -> None:
        super().__init__(store, AlbumSort, AlbumFilter())
        self._now = now
        self._pictures = pictures
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)
        self._all: list[AlbumRow] = []
        self._shown: list[AlbumRow] = []
        self._today = self._present()

    @property
    def total(self) -> int:
        return len(self._all)

    @property
    def matching(self) -> int:
        return len(self._shown)

    @property
    def albums(self) -> list[AlbumRow]:
        """All albums, whatever the filter."""
        return self._all

    @property
    def today(self) -> date:
        """The local date that releases are compared with."""
        return self._today

    def reload(self) -> None:
        self._today = self._present()
        self._all = albums.rows(self._store.reading, *self._whom)
        self._arrange()

    def keep_up(self) -> None:
        """Compare releases with the present day, if it is another than before."""
        if self._today != self._present():
            self._today = self._present()
            self._arrange()

    def years(self) -> list[int]:
        """The years in which albums were or will be released, the latest first."""
        found = {album.release_year for album in self._all}
        return sorted((year for year in found if year is not None), reverse=True)

    def at(self, row: int) -> AlbumRow | None:
        return self._shown[row] if 0 <= row < len(self._shown) else None

    def row_of(self, album_id: int | None) -> int:
        """Where an album stands; -1 when it is not shown."""
        return next((at for at, album in enumerate(self._shown) if album.id == album_id), -1)

    def numbers(self, rows: Iterable[int]) -> array[int]:
        return array("q", (self._shown[row].row for row in rows if row < len(self._shown)))

    def export_to(self, path: Path, kind: Format, rows: array[int] | None = None) -> AlbumExport:
        """The wish to write what is shown to a file, or only these store row numbers."""
        if rows is None:
            rows = self.numbers(range(len(self._shown)))
        return AlbumExport(path, kind, *self._whom, rows)

    def _present(self) -> date:
        return self._now().astimezone().date()

    def _arrange(self) -> None:
        self.beginResetModel()
        self._shown = ordered(filtered(self._all, self._filter, self._today), self._sort)
        self.endResetModel()
        self.counted.emit()

    def _on_pictures_arrived(self, addresses: set[str]) -> None:
        for row, album in enumerate(self._shown):
            if album.image in addresses:
                cell = self.index(row, COLUMNS.index(AlbumColumn.NAME))
                self.dataChanged.emit(cell, cell, [COVER_ROLE, LARGE_COVER_ROLE])

    def _cover(self, album: AlbumRow, *, large: bool) -> Any:
        return None if self._pictures is None else self._pictures.image(album.image, large=large)

    def _state_icon(self, album: AlbumRow, column: AlbumColumn) -> str | None:
        is_upcoming = album.release_state(self._today) is ReleaseState.UPCOMING
        return "clock" if is_upcoming and column is AlbumColumn.RELEASED else None

    def _lines(self, album: AlbumRow) -> list[str]:
        tracks = self.tr("{} tracks").format(formatting.number(album.track_count))
        if album.track_count == 1:
            tracks = self.tr("1 track")
        plays = self.tr("{} plays").format(formatting.number(album.plays))
        created = self.tr("Created {}").format(formatting.day(album.created_at))
        return [f"{tracks} · {plays}", release_words(album, self._today), created]

    def _spoken(self, album: AlbumRow, column: AlbumColumn) -> str:
        """What a cell shows, in words where it is but a sign or a date."""
        if column is AlbumColumn.RELEASED:
            return release_words(album, self._today)
        text = album_text(album, column)
        is_nameless = column is AlbumColumn.NAME and text == formatting.UNKNOWN
        return self.tr("Untitled") if is_nameless else text

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self._shown)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        album = self.at(index.row())
        if album is None:
            return None
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(album, column)
        if role == Qt.ItemDataRole.DisplayRole:
            return album_text(album, column)
        if role in (COVER_ROLE, LARGE_COVER_ROLE):
            return self._cover(album, large=role == LARGE_COVER_ROLE)
        if role == STATE_ICON_ROLE:
            return self._state_icon(album, column)
        if role == LINES_ROLE:
            return self._lines(album)
        if role == Qt.ItemDataRole.ToolTipRole and self._state_icon(album, column):
            return release_words(album, self._today)
        if role == Qt.ItemDataRole.AccessibleDescriptionRole and column is AlbumColumn.NAME:
            return ", ".join(self._lines(album))
        return None

    def _title(self, column: AlbumColumn) -> str:
        return {
            AlbumColumn.NAME: self.tr("Name"),
            AlbumColumn.TRACKS: self.tr("Tracks"),
            AlbumColumn.PLAYS: self.tr("Plays"),
            AlbumColumn.RELEASED: self.tr("Release date"),
            AlbumColumn.CREATED: self.tr("Created"),
        }[column]


def album_name(album: AlbumRow) -> str:
    """The name in one line."""
    return formatting.one_line(album.name or "") or formatting.UNKNOWN


def album_text(album: AlbumRow, column: AlbumColumn) -> str:
    """What a cell shows."""
    match column:
        case AlbumColumn.NAME:
            return album_name(album)
        case AlbumColumn.TRACKS:
            return formatting.number(album.track_count)
        case AlbumColumn.PLAYS:
            return formatting.number(album.plays)
        case AlbumColumn.RELEASED:
            return formatting.calendar_day(album.release_date)
        case AlbumColumn.CREATED:
            return formatting.day(album.created_at)


def release_words(album: AlbumRow, today: date) -> str:
    """When it came out or will, in words."""
    words = {
        ReleaseState.RELEASED: QCoreApplication.translate("AlbumTableModel", "Released {}"),
        ReleaseState.UPCOMING: QCoreApplication.translate("AlbumTableModel", "Upcoming: {}"),
        ReleaseState.UNDATED: QCoreApplication.translate("AlbumTableModel", "No release date"),
    }
    text = words[album.release_state(today)]
    return text.format(formatting.calendar_day(album.release_date))
