"""The catalogue table: an artist's tracks, sorted and filtered by the store."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from beatpass_desktop.domain.exporting import Format, TrackExport
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackRow, TrackSort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.column_table import Index
from beatpass_desktop.models.paged_table import Ordering, PagedTableModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.store import tracks
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

_RESORT_MS = 5_000
"""how long no growth must have come before the rows are sorted by it anew"""

COLUMNS = tuple(TrackColumn)
_RIGHT = frozenset(
    {
        TrackColumn.PLAYS,
        TrackColumn.GROWTH,
        TrackColumn.CREATED,
        TrackColumn.DURATION,
        TrackColumn.BPM,
        TrackColumn.PRICE,
        TrackColumn.COMPLETENESS,
    }
)

# Looking an enumeration's member up costs as much as reading a cell.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole

COVER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The cover of a track; initials stand for it until there is one."""

TREND_ROLE = COVER_ROLE + 1
"""The track's growth in percent, None where it is not known."""


class TrackTableModel(PagedTableModel[TrackSort, TrackFilter, TrackRow]):
    """The tracks of one artist. Signals: see PagedTableModel."""

    columns = COLUMNS
    right = _RIGHT

    def __init__(self, store: Store, pictures: Pictures | None = None) -> None:
        super().__init__(store, TrackSort, TrackFilter())
        self._pictures = pictures
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)
        self._resorting = QTimer(self)
        self._resorting.setSingleShot(True)
        self._resorting.setInterval(_RESORT_MS)
        self._resorting.timeout.connect(self.reload)

    def search(self, text: str) -> None:
        """Show only rows that hold every word of `text`; the other filters stay."""
        self.filter_by(self._filter._replace(text=text))

    def export_to(self, path: Path, kind: Format, rows: array[int] | None = None) -> TrackExport:
        """The wish to write what is shown to a file, or only these store row numbers."""
        return TrackExport(path, kind, *self._whom, self._sort, self._filter, rows)

    def reload(self) -> None:
        self._resorting.stop()
        super().reload()

    def renew_growth(self) -> None:
        """Growth came for some rows: show it, where they stand."""
        if self._sort.column is TrackColumn.GROWTH:
            # Rows would jump about while a whole catalogue's growth comes bit by bit.
            self._resorting.start()
        self.renew()

    def offered_genres(self) -> list[tuple[str, int]]:
        """The catalogue's genres and how many tracks have each."""
        return tracks.genres(self._store.reading, *self._whom)

    def offered_licences(self) -> list[tuple[str, int]]:
        """The catalogue's licence types and how many tracks have each."""
        return tracks.licences(self._store.reading, *self._whom)

    def text_at(self, row: int, column: TrackColumn) -> str:
        """What a cell shows."""
        track = self.at(row)
        return "" if track is None else _text(track, column)

    def _read_total(self, connection: apsw.Connection) -> int:
        return tracks.total(connection, *self._whom)

    def _read_first(self, connection: apsw.Connection, limit: int) -> tuple[array[int], bool]:
        return tracks.first(connection, *self._whom, self._sort, self._filter, limit)

    def _read_rows(
        self, connection: apsw.Connection, numbers: Sequence[int]
    ) -> Mapping[int, TrackRow]:
        return tracks.rows(connection, numbers)

    def _ordering(self) -> Ordering:
        return partial(_order, *self._whom, self._sort, self._filter)

    def _on_pictures_arrived(self) -> None:
        if self._count:
            name = COLUMNS.index(TrackColumn.NAME)
            self.dataChanged.emit(
                self.index(0, name), self.index(self._count - 1, name), [COVER_ROLE]
            )

    def data(self, index: Index, role: int = _DISPLAY) -> Any:
        column = COLUMNS[index.column()]
        if role == _ALIGNMENT:
            return self.alignment(column)
        if role == TREND_ROLE:
            track = self.at(index.row())
            return None if track is None else track.growth
        if role == COVER_ROLE:
            track = self.at(index.row())
            if track is None or self._pictures is None:
                return None
            return self._pictures.image(track.image)
        if role not in (_DISPLAY, _SPOKEN):
            return None
        track = self.at(index.row())
        if track is None:
            return None
        text = _text(track, column)
        is_nameless = column is TrackColumn.NAME and text == formatting.UNKNOWN
        return self.tr("Untitled") if role == _SPOKEN and is_nameless else text

    def _title(self, column: TrackColumn) -> str:
        return {
            TrackColumn.NAME: self.tr("Name"),
            TrackColumn.ARTISTS: self.tr("Artists"),
            TrackColumn.PLAYS: self.tr("Plays"),
            TrackColumn.GROWTH: self.tr("Growth"),
            TrackColumn.CREATED: self.tr("Added"),
            TrackColumn.DURATION: self.tr("Length"),
            TrackColumn.BPM: self.tr("BPM"),
            TrackColumn.KEY: self.tr("Key"),
            TrackColumn.GENRES: self.tr("Genres & tags"),
            TrackColumn.PRICE: self.tr("Price"),
            TrackColumn.LICENCE: self.tr("Licence"),
            TrackColumn.COMPLETENESS: self.tr("Metadata"),
        }[column]


def _order(
    account: int, artist: int, sort: TrackSort, wanted: TrackFilter, connection: apsw.Connection
) -> array[int]:
    return tracks.order(connection, account, artist, sort, wanted)


def _text(track: TrackRow, column: TrackColumn) -> str:
    match column:
        case TrackColumn.NAME:
            return _name(track.name)
        case TrackColumn.ARTISTS:
            return _name(track.artists)
        case TrackColumn.PLAYS:
            return formatting.number(track.plays)
        case TrackColumn.GROWTH:
            return formatting.percent(track.growth)
        case TrackColumn.CREATED:
            return formatting.day(track.created_at)
        case TrackColumn.DURATION:
            return formatting.duration(track.duration)
        case TrackColumn.BPM:
            return formatting.number(track.bpm)
        case TrackColumn.KEY:
            return _name(" ".join(part for part in (track.key, track.scale) if part))
        case TrackColumn.GENRES:
            return _name(" · ".join(part for part in (track.genres, track.tags) if part))
        case TrackColumn.PRICE:
            return formatting.money(track.price, track.currency)
        case TrackColumn.LICENCE:
            return licence_text(track.licensing_type)
        case TrackColumn.COMPLETENESS:
            if track.completeness is None:
                return formatting.UNKNOWN
            return f"{track.completeness} / {len(METADATA_FIELDS)}"


def _name(text: str | None) -> str:
    return (formatting.one_line(text) if text else "") or formatting.UNKNOWN


def licence_text(code: str | None) -> str:
    """A published licence type in words; one that is not known as it was sent."""
    if code is None:
        return formatting.UNKNOWN
    words = {
        "standard": QCoreApplication.translate("TrackTableModel", "Standard"),
        "standard_exclusive": QCoreApplication.translate("TrackTableModel", "Standard + exclusive"),
        "exclusive_only": QCoreApplication.translate("TrackTableModel", "Exclusive only"),
    }
    return words.get(code, formatting.one_line(code))
