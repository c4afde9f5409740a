"""The values of a chart as a table."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from beatpass_desktop.views.charts.data import Dataset

_Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()


class ChartTableModel(QAbstractTableModel):
    """A row for each label, a column for each series, in the words of the chart's tooltip."""

    def __init__(self, label_title: str, with_total: bool) -> None:
        super().__init__()
        self._label_title = label_title
        self._with_total = with_total
        self._data = Dataset()

    def show(self, data: Dataset) -> None:
        """Show other values."""
        self.beginResetModel()
        self._data = data
        self.endResetModel()

    def rowCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else self._data.count

    def columnCount(self, parent: _Index = _ROOT) -> int:
        return 0 if parent.isValid() else 1 + len(self._data.series) + self._with_total

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        row, column = index.row(), index.column()
        if column == 0:
            return self._data.labels[row]
        if column > len(self._data.series):
            return self._data.total(row)
        return self._data.text(column - 1, row)

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if section == 0:
            return self._label_title
        if section > len(self._data.series):
            return QCoreApplication.translate("charts", "Total")
        return self._data.series[section - 1].name


def _alignment(column: int) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
