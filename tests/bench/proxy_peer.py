"""The peer of the catalogue table: a list of dicts behind QSortFilterProxyModel."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QSortFilterProxyModel, Qt
from PySide6.QtWidgets import QMainWindow, QTableView

from beatpass_desktop.store.connection import open_for_reading

COLUMNS = (
    "name_key", "artists_key", "plays", "growth", "created_at", "duration", "bpm", "key_key",
    "genres_key", "price_key", "licensing_type", "completeness",
)  # fmt: skip
"""What each column is sorted by, in the order of the catalogue table."""

_SHOWN = (
    "name", "artists", "plays", "growth", "created_at", "duration", "bpm", "key", "genres", "price",
    "licensing_type", "completeness",
)  # fmt: skip
_SORT = int(Qt.ItemDataRole.UserRole)
_SEARCH = _SORT + 1
_ROOT = QModelIndex()


class ListModel(QAbstractTableModel):
    """Rows in memory, as most programs of this kind hold them."""

    def __init__(self, rows: list[dict[str, Any]]) -> None:
        super().__init__()
        self._rows = rows

    def rowCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: QModelIndex = _ROOT) -> int:
        return 0 if parent.isValid() else len(_SHOWN)

    def data(self, index: QModelIndex, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.DisplayRole:
            value = self._rows[index.row()][_SHOWN[index.column()]]
            return "" if value is None else str(value)
        if role == _SORT:
            return self._rows[index.row()][COLUMNS[index.column()]]
        if role == _SEARCH:
            return self._rows[index.row()]["search"]
        return None


class ProxyPeer:
    """The peer's window, its table and its proxy, on the rows of the same store."""

    def __init__(self, store: Path, window: QMainWindow) -> None:
        connection = open_for_reading(store)
        columns = tuple(dict.fromkeys((*_SHOWN, *COLUMNS, "search")))
        found = connection.execute(f"SELECT {', '.join(columns)} FROM tracks WHERE gone_at IS NULL")
        self.model = ListModel([dict(zip(columns, row, strict=True)) for row in found])
        connection.close()
        self.proxy = QSortFilterProxyModel()
        self.proxy.setSourceModel(self.model)
        self.proxy.setSortRole(_SORT)
        self.proxy.setFilterRole(_SEARCH)
        self.proxy.setFilterKeyColumn(0)
        self.view = QTableView()
        self.view.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.view.verticalHeader().setDefaultSectionSize(40)
        self.view.setModel(self.proxy)
        window.setCentralWidget(self.view)

    def sort(self, column: int, order: Qt.SortOrder) -> None:
        """Sort by a column."""
        self.proxy.sort(column, order)

    def search(self, text: str) -> None:
        """Show only rows that hold `text`."""
        self.proxy.setFilterFixedString(text)
