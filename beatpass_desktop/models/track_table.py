"""The catalogue table: rows come from the store in blocks as they come into view.

The first screenful is asked for at once; the order of the whole table comes from the reader thread
a moment later, so that a hundred thousand rows open as fast as a hundred.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from beatpass_desktop.domain.exporting import Format, TrackExport
from beatpass_desktop.domain.rules import METADATA_FIELDS
from beatpass_desktop.domain.track_table import TrackColumn, TrackFilter, TrackRow, TrackSort
from beatpass_desktop.models import formatting
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.store import tracks
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    from concurrent.futures import Future

BLOCK = 128
FIRST = 256
_BLOCKS_KEPT = 64
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

COVER_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The cover of a track; initials stand for it until there is one."""

TREND_ROLE = COVER_ROLE + 1
"""The track's growth in percent, None where it is not known."""

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class TrackTableModel(QAbstractTableModel):
    """The tracks of one artist, sorted and filtered by the store.

    Signals:
        counted: how many rows the filter leaves and how many there are changed.
        settled: the order of the whole table has come.
    """

    counted = Signal()
    settled = Signal()
    _answered = Signal(object, object)

    def __init__(self, store: Store, pictures: Pictures | None = None) -> None:
        super().__init__()
        self._store = store
        self._pictures = pictures
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)
        self._whom = (0, 0)
        self._sort = TrackSort()
        self._filter = TrackFilter()
        self._total = 0
        self._count = 0
        self._counted = True
        self._order: array[int] = array("q")
        self._blocks: OrderedDict[int, list[TrackRow | None]] = OrderedDict()
        self._pending: Future[array[int]] | None = None
        self._answered.connect(self._on_answered)
        self._resorting = QTimer(self)
        self._resorting.setSingleShot(True)
        self._resorting.setInterval(_RESORT_MS)
        self._resorting.timeout.connect(self.reload)

    @property
    def sort_order(self) -> TrackSort:
        """How the rows are sorted."""
        return self._sort

    @property
    def wanted(self) -> TrackFilter:
        """What is shown of the catalogue."""
        return self._filter

    @property
    def total(self) -> int:
        """How many tracks there are without a filter."""
        return self._total

    @property
    def matching(self) -> int | None:
        """How many tracks the filter leaves; None while they are being counted."""
        return self._count if self._counted else None

    @property
    def is_settled(self) -> bool:
        """Whether every row is in its place."""
        return self._pending is None

    def show(self, account: int, artist: int) -> None:
        """Show this artist's tracks, read again."""
        self._whom = (account, artist)
        self.reload()

    def sort_by(self, sort: TrackSort) -> None:
        """Put the rows in another order."""
        if sort != self._sort:
            self._sort = sort
            self.reload()

    def filter_by(self, wanted: TrackFilter) -> None:
        """Show only rows that pass every part of `wanted`."""
        if wanted != self._filter:
            self._filter = wanted
            self.reload()

    def search(self, text: str) -> None:
        """Show only rows that hold every word of `text`; the other filters stay."""
        self.filter_by(self._filter._replace(text=text))

    def numbers(self, rows: Iterable[int]) -> array[int]:
        """The store's row numbers of rows of the table; those not in place yet are left out."""
        return array("q", (self._order[row] for row in rows if row < len(self._order)))

    def export_to(self, path: Path, kind: Format, rows: array[int] | None = None) -> TrackExport:
        """The wish to write what is shown to a file, or only these store row numbers."""
        return TrackExport(path, kind, *self._whom, self._sort, self._filter, rows)

    def renew_growth(self) -> None:
        """Growth came for some rows: show it, where they stand."""
        if self._sort.column is TrackColumn.GROWTH:
            # Rows would jump about while a whole catalogue's growth comes bit by bit.
            self._resorting.start()
        self._blocks.clear()
        if self._count:
            self.dataChanged.emit(self.index(0, 0), self.index(self._count - 1, len(COLUMNS) - 1))

    def offered_genres(self) -> list[tuple[str, int]]:
        """The catalogue's genres and how many tracks have each."""
        return tracks.genres(self._store.reading, *self._whom)

    def offered_licences(self) -> list[tuple[str, int]]:
        """The catalogue's licence types and how many tracks have each."""
        return tracks.licences(self._store.reading, *self._whom)

    def reload(self) -> None:
        """Read the table again: its first rows now, the whole order when it has come."""
        if self._pending is not None:
            self._store.cancel(self._pending)
            self._pending = None
        self._resorting.stop()
        connection = self._store.reading
        self.beginResetModel()
        self._blocks.clear()
        self._total = tracks.total(connection, *self._whom)
        first, complete = tracks.first(connection, *self._whom, self._sort, self._filter, FIRST)
        self._order = first
        self._counted = complete or not self._filter.is_set
        self._count = len(first) if complete or self._filter.is_set else self._total
        self.endResetModel()
        if not complete:
            self._ask()
        self.counted.emit()
        if complete:
            self.settled.emit()

    def track(self, row: int) -> TrackRow | None:
        """The track at a row of the table; None when it is not known yet."""
        if not 0 <= row < len(self._order):
            return None
        number, offset = divmod(row, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._read_block(number)
        else:
            self._blocks.move_to_end(number)
        return block[offset] if offset < len(block) else None

    def text_at(self, row: int, column: TrackColumn) -> str:
        """What a cell shows."""
        track = self.track(row)
        return "" if track is None else _text(track, column)

    def _read_block(self, number: int) -> list[TrackRow | None]:
        wanted = self._order[number * BLOCK : (number + 1) * BLOCK]
        found = tracks.rows(self._store.reading, wanted)
        block = [found.get(row) for row in wanted]
        self._blocks[number] = block
        if len(self._blocks) > _BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        return block

    def _ask(self) -> None:
        job = partial(_order, *self._whom, self._sort, self._filter)
        self._pending = self._store.query(job)
        self._pending.add_done_callback(self._announce)

    def _announce(self, future: Future[array[int]]) -> None:
        """Runs on the reader thread; the signal crosses over to ours."""
        if future.cancelled():
            return
        error = future.exception()
        self._answered.emit(future, error if error is not None else future.result())

    def _on_answered(self, future: Future[array[int]], answer: array[int] | Exception) -> None:
        if future is not self._pending:
            return
        self._pending = None
        if isinstance(answer, StoreError):
            self.settled.emit()
            return
        if isinstance(answer, BaseException):
            raise answer
        self._take(answer)

    def _take(self, order: array[int]) -> None:
        """Go from the first rows to the whole order, which begins with them."""
        same = order[: len(self._order)] == self._order
        if not same:
            self.beginResetModel()
            self._blocks.clear()
            self._order, self._count = order, len(order)
            self.endResetModel()
        else:
            before = self._count
            if len(order) > before:
                self.beginInsertRows(_ROOT, before, len(order) - 1)
            elif len(order) < before:
                self.beginRemoveRows(_ROOT, len(order), before - 1)
            known = len(self._order)
            self._blocks.pop(known // BLOCK, None)
            self._order, self._count = order, len(order)
            if len(order) > before:
                self.endInsertRows()
            elif len(order) < before:
                self.endRemoveRows()
            if known < self._count:
                self.dataChanged.emit(
                    self.index(known, 0), self.index(self._count - 1, len(COLUMNS) - 1)
                )
        self._counted = True
        self.counted.emit()
        self.settled.emit()

    def _on_pictures_arrived(self) -> None:
        if self._count:
            name = COLUMNS.index(TrackColumn.NAME)
            self.dataChanged.emit(
                self.index(0, name), self.index(self._count - 1, name), [COVER_ROLE]
            )

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(COLUMNS)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(column)
        if role == TREND_ROLE:
            track = self.track(index.row())
            return None if track is None else track.growth
        if role == COVER_ROLE:
            track = self.track(index.row())
            if track is None or self._pictures is None:
                return None
            return self._pictures.image(track.image)
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        track = self.track(index.row())
        return None if track is None else _text(track, column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(COLUMNS):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(COLUMNS[section])
        return self._title(COLUMNS[section]) if role == Qt.ItemDataRole.DisplayRole else None

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
    account: int, artist: int, sort: TrackSort, wanted: TrackFilter, connection: Any
) -> array[int]:
    return tracks.order(connection, account, artist, sort, wanted)


def _alignment(column: TrackColumn) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column in _RIGHT else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter


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
    return formatting.one_line(text) if text else formatting.UNKNOWN


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
