"""The rows of a ranking below the first three, as a Qt table model."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import IntEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QCoreApplication,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from beatpass_desktop.domain.leaderboards import Entry
from beatpass_desktop.domain.text import folded
from beatpass_desktop.models import formatting
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.pictures import Pictures

Index = QModelIndex | QPersistentModelIndex
_ROOT = QModelIndex()
# Looking an enumeration's member up costs as much as drawing a cell.
_DISPLAY = Qt.ItemDataRole.DisplayRole
_ALIGNMENT = Qt.ItemDataRole.TextAlignmentRole
_HINT = Qt.ItemDataRole.ToolTipRole
_SPOKEN = Qt.ItemDataRole.AccessibleTextRole
_FIRST_ROLE = int(Qt.ItemDataRole.UserRole) + 1
PICTURE_ROLE = _FIRST_ROLE
"""the producer's picture; None while there is none"""
VERIFIED_ROLE = _FIRST_ROLE + 1
"""whether the producer is verified"""
OWN_ROLE = _FIRST_ROLE + 2
"""whether it is the artist who is shown"""
TIER_ROLE = _FIRST_ROLE + 3
"""the tier as it came"""
SHARE_ROLE = _FIRST_ROLE + 4
"""the score's part of the best one, 0 to 1; None where it cannot be said"""
FIGURES_ROLE = _FIRST_ROLE + 5
"""the figures behind the score in words"""


class Column(IntEnum):
    """The columns, in order."""

    RANK = 0
    PRODUCER = 1
    SCORE = 2
    FIGURES = 3
    TIER = 4
    SHARE = 5


_TIERS = ("bronze", "silver", "gold", "platinum", "diamond")
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_SORTED_BY: dict[Column, Callable[[Entry], Any]] = {
    Column.RANK: lambda row: row.rank,
    Column.PRODUCER: lambda row: None if row.name is None else folded(row.name),
    Column.SCORE: lambda row: row.score,
    Column.FIGURES: lambda row: words.figures_text(row) or None,
    Column.TIER: lambda row: _TIERS.index(row.tier) if row.tier in _TIERS else None,
    Column.SHARE: lambda row: row.score,
}


class LeaderboardTableModel(QAbstractTableModel):
    """Producers in the order of their ranks, or sorted by a column."""

    def __init__(self, pictures: Pictures | None = None) -> None:
        super().__init__()
        self._pictures = pictures
        self._entries: Sequence[Entry] = ()
        self._rows: list[Entry] = []
        self._texts: dict[Entry, tuple[str, ...]] = {}
        self._own = 0
        self._best: float | None = None
        self._sort: tuple[Column, bool] | None = None
        if pictures is not None:
            pictures.arrived.connect(self._on_pictures_arrived)

    def show(self, entries: Sequence[Entry], own: int, best: float | None) -> None:
        """Show these rows. `own` is the artist whose row stands out, `best` the first's score."""
        if (entries, own, best) == (self._entries, self._own, self._best):
            return
        self.beginResetModel()
        self._entries, self._own, self._best = entries, own, best
        self._texts.clear()
        self._arrange()
        self.endResetModel()

    def entry(self, row: int) -> Entry | None:
        """The producer of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def own_row(self) -> int | None:
        """The row of the artist who is shown, when it is here."""
        return next((at for at, row in enumerate(self._rows) if row.artist == self._own), None)

    def sort_by(self, column: int, order: Qt.SortOrder | None) -> None:
        """Sort by a column; None goes back to the ranks."""
        self.layoutAboutToBeChanged.emit()
        descending = order is Qt.SortOrder.DescendingOrder
        self._sort = None if order is None else (Column(column), descending)
        self._arrange()
        self.layoutChanged.emit()

    def find(self, text: str) -> int | None:
        """The first row whose producer's name begins with a text."""
        wanted = folded(text)
        names = (folded(row.name or "") for row in self._rows)
        return next((at for at, name in enumerate(names) if name.startswith(wanted)), None)

    def _arrange(self) -> None:
        self._rows = list(self._entries)
        if self._sort is None:
            return
        column, descending = self._sort
        value = _SORTED_BY[column]
        known = [row for row in self._rows if value(row) is not None]
        known.sort(key=value, reverse=descending)
        self._rows = known + [row for row in self._rows if value(row) is None]

    def _share(self, entry: Entry) -> float | None:
        if entry.score is None or self._best is None or self._best <= 0:
            return None
        return min(1.0, max(0.0, entry.score / self._best))

    def _text(self, entry: Entry, column: int) -> str:
        """What stands in a cell, written once."""
        texts = self._texts.get(entry)
        if texts is None:
            share = self._share(entry)
            texts = self._texts[entry] = (
                formatting.place(entry.rank),
                producer_name(entry),
                words.score_text(entry.score, entry.score_label),
                words.figures_text(entry),
                words.tier_name(entry.tier),
                formatting.UNKNOWN if share is None else _percent(share),
            )
        return texts[column]

    def _on_pictures_arrived(self, addresses: set[str]) -> None:
        for at, entry in enumerate(self._rows):
            if entry.image in addresses:
                index = self.index(at, Column.PRODUCER)
                self.dataChanged.emit(index, index, [PICTURE_ROLE])

    def rowCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _ROOT) -> int:
        return 0 if parent.isValid() else len(Column)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return _titles()[Column(section)]
        if role == Qt.ItemDataRole.TextAlignmentRole and section == Column.RANK:
            return _RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        entry = self.entry(index.row())
        if entry is None:
            return None
        column = index.column()
        if role == _DISPLAY:
            return self._text(entry, column)
        if role == OWN_ROLE:
            return entry.artist is not None and entry.artist == self._own
        if role == PICTURE_ROLE:
            return None if self._pictures is None else self._pictures.image(entry.image)
        if role == VERIFIED_ROLE:
            return bool(entry.verified)
        if role == SHARE_ROLE:
            return self._share(entry)
        if role == TIER_ROLE:
            return entry.tier
        if role == FIGURES_ROLE:
            return self._text(entry, Column.FIGURES)
        if role == _ALIGNMENT:
            return _RIGHT if column == Column.RANK else None
        if role == _HINT:
            return self._hint(entry, column)
        return self._spoken(entry, column) if role == _SPOKEN else None

    def _hint(self, entry: Entry, column: int) -> str | None:
        if column == Column.PRODUCER:
            return "\n".join(
                part for part in (producer_name(entry), words.figures_text(entry)) if part
            )
        if column == Column.SHARE and self._share(entry) is not None:
            return _tr("{} of the best score").format(self._text(entry, column))
        return None

    def _spoken(self, entry: Entry, column: int) -> str:
        text = self._text(entry, column)
        if column != Column.PRODUCER:
            return text
        marks = [text]
        if entry.verified:
            marks.append(_tr("verified"))
        if entry.artist == self._own:
            marks.append(_tr("you"))
        return ", ".join(marks)


def producer_name(entry: Entry) -> str:
    """The name of a producer in one line."""
    return formatting.one_line(entry.name or "") or _tr("Unnamed producer")


def _tr(text: str) -> str:
    return QCoreApplication.translate("leaderboards", text)


def _percent(share: float) -> str:
    digits = 0 if share == 0 or share >= 0.01 else 1
    return f"{formatting.decimal(100 * share, digits)}\N{NO-BREAK SPACE}%"


def _titles() -> dict[Column, str]:
    return {
        Column.RANK: _tr("Rank"),
        Column.PRODUCER: _tr("Producer"),
        Column.SCORE: _tr("Score"),
        Column.FIGURES: _tr("Behind the score"),
        Column.TIER: _tr("Tier"),
        Column.SHARE: _tr("Relative to the first"),
    }
