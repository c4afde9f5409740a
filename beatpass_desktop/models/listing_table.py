"""The table of one artist's tracks, albums or the like, sorted and filtered."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal

from beatpass_desktop.models.column_table import ColumnTableModel
from beatpass_desktop.store.store import Store


class Sort(Protocol):
    """An order of a listing; the one made without arguments is the listing's own."""

    @property
    def column(self) -> Any:
        """The column sorted by."""

    @property
    def descending(self) -> bool:
        """Whether the largest comes first."""


class Filter(Protocol):
    """What is shown of a listing."""

    @property
    def is_set(self) -> bool:
        """Whether it can leave anything out."""


SortT = TypeVar("SortT", bound=Sort)
FilterT = TypeVar("FilterT", bound=Filter)
RowT = TypeVar("RowT")


class ListingTableModel(ColumnTableModel, Generic[SortT, FilterT, RowT]):
    """The rows that BeatPass lists for one artist, in an order and through a filter.

    Subclasses read them (`reload`), and put them in order anew (`_arrange`) when they need not be
    read for it.

    Signals:
        counted: how many rows the filter leaves, or how many there are, may have changed.
    """

    counted = Signal()

    def __init__(self, store: Store, sort: Callable[..., SortT], wanted: FilterT) -> None:
        """`sort` is the type of the orders, `wanted` the filter that leaves everything."""
        super().__init__()
        self._store = store
        self._whom = (0, 0)
        self._sort_type = sort
        self._sort = sort()
        self._filter = wanted

    @property
    def sort_order(self) -> SortT:
        """How the rows are sorted."""
        return self._sort

    @property
    def wanted(self) -> FilterT:
        """What is shown of the listing."""
        return self._filter

    @property
    def total(self) -> int:
        """How many rows there are without a filter."""
        raise NotImplementedError

    @property
    def matching(self) -> int | None:
        """How many rows the filter leaves; None while they are being counted."""
        raise NotImplementedError

    def show(self, account: int, artist: int) -> None:
        """Show this artist's rows, read again."""
        self._whom = (account, artist)
        self.reload()

    def reload(self) -> None:
        """Read the table again."""
        raise NotImplementedError

    def sort_by(self, sort: SortT) -> None:
        """Put the rows in another order."""
        if sort != self._sort:
            self._sort = sort
            self._arrange()

    def sort_by_section(self, section: int, order: Qt.SortOrder | None) -> None:
        """Sort by a column of the header; None goes back to the listing's own order."""
        if order is None:
            self.sort_by(self._sort_type())
        else:
            descending = order is Qt.SortOrder.DescendingOrder
            self.sort_by(self._sort_type(self.columns[section], descending))

    def sorted_section(self) -> tuple[int, Qt.SortOrder | None]:
        """The column of the header that is sorted by; (-1, None) in the listing's own order."""
        if self._sort == self._sort_type():
            return -1, None
        order = Qt.SortOrder
        direction = order.DescendingOrder if self._sort.descending else order.AscendingOrder
        return self.columns.index(self._sort.column), direction

    def filter_by(self, wanted: FilterT) -> None:
        """Show only rows that pass every part of `wanted`."""
        if wanted != self._filter:
            self._filter = wanted
            self._arrange()

    def at(self, row: int) -> RowT | None:
        """What stands in a row of the table; None when there is none or it is not known yet."""
        raise NotImplementedError

    def numbers(self, rows: Iterable[int]) -> array[int]:
        """The store's row numbers of rows of the table; those not in place yet are left out."""
        raise NotImplementedError

    def _arrange(self) -> None:
        self.reload()
