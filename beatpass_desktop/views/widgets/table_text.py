"""Rows of a table as text for other programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from PySide6.QtCore import QAbstractItemModel, Qt

_WITHOUT_MARKS = dict.fromkeys((0x2066, 0x2067, 0x2068, 0x2069))
"""the characters that isolate a text's direction"""


def lines(model: QAbstractItemModel, columns: Sequence[int], rows: Iterable[int]) -> Iterator[str]:
    """Tab-separated, one with the titles of the columns, then one for each row."""
    yield _line(model.headerData(column, Qt.Orientation.Horizontal) for column in columns)
    for row in rows:
        yield _line(model.data(model.index(row, column)) for column in columns)


def _line(values: Iterable[object]) -> str:
    return "\t".join(map(_cell, values))


def _cell(value: object) -> str:
    """A value in one cell, without the marks that keep its order on the screen."""
    return "" if value is None else " ".join(str(value).translate(_WITHOUT_MARKS).split())
