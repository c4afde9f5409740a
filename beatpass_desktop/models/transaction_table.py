"""The table of transactions: an artist's ledger, sorted and filtered by the store."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt

from beatpass_desktop.domain.transactions import (
    TransactionColumn,
    TransactionFilter,
    TransactionRow,
    TransactionSort,
)
from beatpass_desktop.models import formatting
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.models.column_table import Index
from beatpass_desktop.models.paged_table import Ordering, PagedTableModel
from beatpass_desktop.store import transactions
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

COLUMNS = tuple(TransactionColumn)

ICON_ROLE = int(Qt.ItemDataRole.UserRole) + 1
"""The icon of a kind or a status, or the mark of an amount that is not as it should be."""
STATUS_ROLE = ICON_ROLE + 1
"""The status as it was sent."""
NOTE_ROLE = ICON_ROLE + 2
"""What stands below the description: the track, and what became of the entry."""


class TransactionTableModel(PagedTableModel[TransactionSort, TransactionFilter, TransactionRow]):
    """The transactions of one artist. Signals: see PagedTableModel."""

    columns = COLUMNS
    right = frozenset({TransactionColumn.AMOUNT})

    def __init__(self, store: Store) -> None:
        super().__init__(store, TransactionSort, TransactionFilter())

    def row_of(self, transaction_id: int) -> int | None:
        """Where a transaction stands in the table; None when the filter leaves it out."""
        number = transactions.row_of(self._store.reading, *self._whom, transaction_id)
        return self.place_of(number) if number is not None else None

    def place_of(self, number: int) -> int | None:
        """Where the store's row stands in the table; None when the filter leaves it out."""
        return self._order.index(number) if number in self._order else None

    def _read_total(self, connection: apsw.Connection) -> int:
        return transactions.total(connection, *self._whom)

    def _read_first(self, connection: apsw.Connection, limit: int) -> tuple[array[int], bool]:
        return transactions.first(connection, *self._whom, self._filter, self._sort, limit)

    def _read_rows(
        self, connection: apsw.Connection, numbers: Sequence[int]
    ) -> Mapping[int, TransactionRow]:
        return {row.row: row for row in transactions.rows(connection, numbers)}

    def _ordering(self) -> Ordering:
        return partial(_order, *self._whom, self._filter, self._sort)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        column = COLUMNS[index.column()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(column)
        row = self.at(index.row())
        if row is None:
            return None
        match role:
            case Qt.ItemDataRole.DisplayRole:
                return _text(row, column)
            case Qt.ItemDataRole.AccessibleTextRole:
                return ", ".join(filter(None, (_text(row, column), _told(row, column))))
            case Qt.ItemDataRole.ToolTipRole:
                return _hint(row, column)
        if role == STATUS_ROLE:
            return row.transaction.status
        if role == ICON_ROLE:
            return _icon(row, column)
        return note_text(row) if role == NOTE_ROLE else None

    def _title(self, column: TransactionColumn) -> str:
        return {
            TransactionColumn.DATE: self.tr("Date"),
            TransactionColumn.KIND: self.tr("Type"),
            TransactionColumn.DESCRIPTION: self.tr("Description"),
            TransactionColumn.AMOUNT: self.tr("Amount"),
            TransactionColumn.STATUS: self.tr("Status"),
        }[column]


def _order(
    account: int,
    artist: int,
    wanted: TransactionFilter,
    sort: TransactionSort,
    connection: apsw.Connection,
) -> array[int]:
    return transactions.row_numbers(connection, account, artist, wanted, sort)


def note_text(row: TransactionRow) -> str:
    """The track, unless the description names it, and what became of the entry."""
    transaction = row.transaction
    track = formatting.one_line(transaction.track.name or "") if transaction.track else ""
    parts = [] if track in words.description_text(transaction) else [formatting.isolated(track)]
    if row.changed:
        parts.append(words.changed_text())
    if row.unlisted_at is not None:
        parts.append(words.unlisted_text())
    return " · ".join(parts)


def _text(row: TransactionRow, column: TransactionColumn) -> str:
    transaction = row.transaction
    match column:
        case TransactionColumn.DATE:
            return formatting.day(transaction.created_at)
        case TransactionColumn.KIND:
            return words.kind_text(transaction.kind)
        case TransactionColumn.DESCRIPTION:
            return words.description_text(transaction)
        case TransactionColumn.AMOUNT:
            return formatting.amount(transaction.amount, signed=True)
        case TransactionColumn.STATUS:
            return words.status_text(transaction.status)


def _told(row: TransactionRow, column: TransactionColumn) -> str:
    """What the eye sees beside the text of a cell."""
    match column:
        case TransactionColumn.DESCRIPTION:
            return note_text(row)
        case TransactionColumn.AMOUNT:
            return words.amount_note(row.transaction.amount)
    return ""


def _hint(row: TransactionRow, column: TransactionColumn) -> str | None:
    """What a cell means; None lets the table show what does not fit."""
    transaction = row.transaction
    match column:
        case TransactionColumn.DATE if transaction.created_at is not None:
            return formatting.exact(transaction.created_at)
        case TransactionColumn.STATUS:
            return words.status_meaning(transaction.status, transaction.kind) or None
        case TransactionColumn.AMOUNT:
            return words.amount_note(transaction.amount) or None
        case TransactionColumn.DESCRIPTION if note := note_text(row):
            return f"{words.description_text(transaction)}\n{note}"
    return None


def _icon(row: TransactionRow, column: TransactionColumn) -> str:
    match column:
        case TransactionColumn.KIND:
            return words.kind_icon(row.transaction.kind)
        case TransactionColumn.STATUS:
            return words.status_icon(row.transaction.status)
        case TransactionColumn.AMOUNT if words.amount_note(row.transaction.amount):
            return "circle-alert"
    return ""
