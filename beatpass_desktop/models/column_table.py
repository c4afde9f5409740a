"""A table whose columns are known beforehand."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()


class ColumnTableModel(QAbstractTableModel):
    """A table that knows its columns; subclasses bring the rows and name the columns (`_title`).

    Attributes:
        columns: what stands in each column, in order.
        right: which of them stand on the right, for their figures are compared.
    """

    columns: Sequence[Any] = ()
    right: Collection[Any] = ()

    def alignment(self, column: Any) -> Qt.AlignmentFlag:
        """On which side the cells and the title of a column stand."""
        side = Qt.AlignmentFlag.AlignRight if column in self.right else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignVCenter

    def _title(self, column: Any) -> str:
        """What a column is called."""
        raise NotImplementedError

    def columnCount(self, parent: Index = ROOT) -> int:
        return 0 if parent.isValid() else len(self.columns)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return self.alignment(self.columns[section])
        return self._title(self.columns[section]) if role == Qt.ItemDataRole.DisplayRole else None
