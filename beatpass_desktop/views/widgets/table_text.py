"""Rows of a table as text for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QAbstractItemModel, Qt

_WITHOUT_MARKS = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
"""the characters that isolate a text's direction"""


def tab_separated(model: QAbstractItemModel, columns: Sequence[int], rows: Iterable[int]) -> str:
    """A line with the titles of the columns, then one for each row."""
    titles = [model.headerData(column, Qt.Orientation.Horizontal) for column in columns]
    lines = [titles]
    lines.extend([model.data(model.index(row, column)) for column in columns] for row in rows)
    return "\n".join("\t".join(_cell(value) for value in line) for line in lines)


def _cell(value: object) -> str:
    """A value in one cell, without the marks that keep its order on the screen."""
    return "" if value is None else " ".join(str(value).translate(_WITHOUT_MARKS).split())
