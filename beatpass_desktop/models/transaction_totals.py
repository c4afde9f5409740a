"""What the shown transactions come to."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from beatpass_desktop.domain.transactions import Tab, Total, TransactionFilter
from beatpass_desktop.models.store_query import StoreQuery
from beatpass_desktop.store import transactions
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw


class _Sums(NamedTuple):
    counts: dict[Tab, int]
    totals: list[Total]
    uncounted: int


class TransactionTotals(QObject):
    """Counts of the tabs and sums by kind and currency, worked out beside the GUI thread.

    Signals:
        changed: other counts and sums.

    Attributes:
        counts: how many transactions each tab holds; None while that is not known.
        totals: the sums of what is shown, never across currencies.
        uncounted: how many of the shown are in no sum, because their amount or currency is
            not known.
    """

    changed = Signal()

    def __init__(self, store: Store) -> None:
        super().__init__()
        self.counts: dict[Tab, int] | None = None
        self.totals: list[Total] = []
        self.uncounted = 0
        self._whom = (0, 0)
        self._query = StoreQuery(store, self)
        self._query.answered.connect(self._on_answered)

    @property
    def is_settled(self) -> bool:
        """Whether the counts and sums are those of what is shown."""
        return not self._query.is_pending

    def show(self, account: int, artist: int, wanted: TransactionFilter) -> None:
        """Sum up an artist's transactions. Those of another artist are forgotten at once."""
        if self._whom != (account, artist):
            self._whom = (account, artist)
            self.counts, self.totals, self.uncounted = None, [], 0
            self.changed.emit()
        self._query.ask(partial(_sum_up, account, artist, wanted))

    def _on_answered(self, sums: _Sums) -> None:
        self.counts, self.totals, self.uncounted = sums
        self.changed.emit()


def _sum_up(
    account: int, artist: int, wanted: TransactionFilter, connection: apsw.Connection
) -> _Sums:
    whose = (connection, account, artist, wanted)
    return _Sums(
        transactions.counts(*whose), transactions.totals(*whose), transactions.uncounted(*whose)
    )
