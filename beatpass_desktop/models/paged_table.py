"""A table of very many rows: they come from the store in blocks as they come into view.

The first screenful is asked for at once; the order of the whole table comes from the reader thread
a moment later, so that a hundred thousand rows open as fast as a hundred.
"""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

from PySide6.QtCore import Signal

from beatpass_desktop.models.column_table import ROOT, Index
from beatpass_desktop.models.listing_table import FilterT, ListingTableModel, RowT, SortT
from beatpass_desktop.models.store_query import StoreQuery
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

BLOCK = 128
FIRST = 256
_BLOCKS_KEPT = 64

Ordering: TypeAlias = "Callable[[apsw.Connection], array[int]]"


class PagedTableModel(ListingTableModel[SortT, FilterT, RowT]):
    """A listing of any length, sorted and filtered by the store.

    Rows are named by the store's row numbers, of which the table keeps the order alone, and the
    rows themselves of the blocks last seen. Subclasses put four questions to the store:
    `_read_total`, `_read_first`, `_read_rows` and `_ordering`.

    Signals (besides those of ListingTableModel):
        settled: the order of the whole table has come.
    """

    settled = Signal()

    def __init__(self, store: Store, sort: Callable[..., SortT], wanted: FilterT) -> None:
        super().__init__(store, sort, wanted)
        self._total = 0
        self._count = 0
        self._counted = True
        self._order: array[int] = array("q")
        self._blocks: OrderedDict[int, list[RowT | None]] = OrderedDict()
        self._whole_order = StoreQuery(store, self)
        self._whole_order.answered.connect(self._on_ordered)
        self._whole_order.ended.connect(self.settled)

    @property
    def total(self) -> int:
        return self._total

    @property
    def matching(self) -> int | None:
        return self._count if self._counted else None

    @property
    def is_settled(self) -> bool:
        """Whether every row is in its place."""
        return not self._whole_order.is_pending

    def reload(self) -> None:
        """Read the table again: its first rows now, the whole order when it has come."""
        self._whole_order.cancel()
        connection = self._store.reading
        self.beginResetModel()
        self._blocks.clear()
        self._total = self._read_total(connection)
        first, complete = self._read_first(connection, FIRST)
        self._order = first
        self._counted = complete or not self._filter.is_set
        self._count = len(first) if complete or self._filter.is_set else self._total
        self.endResetModel()
        if not complete:
            self._whole_order.ask(self._ordering())
        self.counted.emit()
        if complete:
            self.settled.emit()

    def renew(self) -> None:
        """Read the rows again where they stand, for their values changed."""
        self._blocks.clear()
        self._tell_changed(0)

    def at(self, row: int) -> RowT | None:
        if not 0 <= row < len(self._order):
            return None
        number, offset = divmod(row, BLOCK)
        block = self._blocks.get(number)
        if block is None:
            block = self._read_block(number)
        else:
            self._blocks.move_to_end(number)
        return block[offset] if offset < len(block) else None

    def numbers(self, rows: Iterable[int]) -> array[int]:
        return array("q", (self._order[row] for row in rows if row < len(self._order)))

    def _read_total(self, connection: apsw.Connection) -> int:
        """How many rows there are without a filter."""
        raise NotImplementedError

    def _read_first(self, connection: apsw.Connection, limit: int) -> tuple[array[int], bool]:
        """The row numbers that the table begins with, at most `limit`, and whether these are all.

        Asked on the GUI thread.
        """
        raise NotImplementedError

    def _read_rows(self, connection: apsw.Connection, numbers: Sequence[int]) -> Mapping[int, RowT]:
        """The rows by their numbers; one that was erased meanwhile is left out."""
        raise NotImplementedError

    def _ordering(self) -> Ordering:
        """What gives all row numbers in order. It runs on the reader thread, so it takes the
        sorting and filter of now along and nothing of the model."""
        raise NotImplementedError

    def _read_block(self, number: int) -> list[RowT | None]:
        wanted = self._order[number * BLOCK : (number + 1) * BLOCK]
        found = self._read_rows(self._store.reading, wanted)
        block = [found.get(row) for row in wanted]
        self._blocks[number] = block
        if len(self._blocks) > _BLOCKS_KEPT:
            self._blocks.popitem(last=False)
        return block

    def _on_ordered(self, order: array[int]) -> None:
        """Go from the first rows to the whole order."""
        known = len(self._order)
        if order[:known] == self._order:
            self._blocks.pop(known // BLOCK, None)
            self._extend(order)
            self._tell_changed(known)
        else:
            self.beginResetModel()
            self._blocks.clear()
            self._order, self._count = order, len(order)
            self.endResetModel()
        self._counted = True
        self.counted.emit()

    def _extend(self, order: array[int]) -> None:
        """Take an order that begins with the rows shown."""
        before, count = self._count, len(order)
        if count > before:
            self.beginInsertRows(ROOT, before, count - 1)
        elif count < before:
            self.beginRemoveRows(ROOT, count, before - 1)
        self._order, self._count = order, count
        if count > before:
            self.endInsertRows()
        elif count < before:
            self.endRemoveRows()

    def _tell_changed(self, first: int) -> None:
        """Everything from a row on is to be painted again."""
        if first < self._count:
            last = self.index(self._count - 1, len(self.columns) - 1)
            self.dataChanged.emit(self.index(first, 0), last)

    def rowCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else self._count
