"""The achievements as a table model with filters."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from enum import Enum, IntEnum
from typing import NamedTuple

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt, Signal

from beatpass_desktop.domain.progress import Achievement
from beatpass_desktop.models import achievement_words as words
from beatpass_desktop.models import formatting

_Index = QModelIndex | QPersistentModelIndex
_Role = Qt.ItemDataRole
_NO_PARENT = QModelIndex()


class UnlockState(Enum):
    """Which achievements are listed."""

    ALL = None
    UNLOCKED = True
    LOCKED = False


class AchievementFilter(NamedTuple):
    """Which achievements are listed; rarity and category are the wire's words, None for any."""

    state: UnlockState = UnlockState.ALL
    rarity: str | None = None
    category: str | None = None

    def takes(self, one: Achievement) -> bool:
        """Whether an achievement is listed."""
        return (
            (self.state is UnlockState.ALL or one.unlocked is self.state.value)
            and (self.rarity is None or one.rarity == self.rarity)
            and (self.category is None or one.category == self.category)
        )


class AchievementColumn(IntEnum):
    """What is told of each."""

    NAME = 0
    STATE = 1
    RARITY = 2
    CATEGORY = 3
    XP = 4
    DETAIL = 5
    DESCRIPTION = 6


class AchievementTableModel(QAbstractTableModel):
    """Unlocked achievements, the latest first, then the others as BeatPass lists them.

    `RECORD` is the role of the Achievement itself; tooltips are plain text, to be shown as such.

    Signals:
        listed_changed: what is listed, or how much there is to list, changed.
    """

    RECORD = int(_Role.UserRole)
    listed_changed = Signal()

    def __init__(self, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._now = now
        self._all: list[Achievement] = []
        self._listed: list[Achievement] = []
        self._filter = AchievementFilter()

    @property
    def total(self) -> int:
        """How many there are, whatever is listed."""
        return len(self._all)

    @property
    def filter(self) -> AchievementFilter:
        """Which are listed."""
        return self._filter

    def count(self, state: UnlockState) -> int:
        """How many there are in a state."""
        wanted = AchievementFilter(state)
        return sum(map(wanted.takes, self._all))

    def rarities(self) -> list[str]:
        """The rarities there are, the known ones first, from the most frequent one."""
        found = dict.fromkeys(one.rarity for one in self._all if one.rarity is not None)
        known = [rarity for rarity in words.RARITIES if rarity in found]
        return known + [rarity for rarity in found if rarity not in words.RARITIES]

    def categories(self) -> list[str]:
        """The categories there are, in the order in which they are listed by BeatPass."""
        return list(dict.fromkeys(one.category for one in self._all if one.category is not None))

    def row_of(self, achievement: str) -> int | None:
        """Where the achievement with this id is listed."""
        return next((row for row, one in enumerate(self._listed) if one.id == achievement), None)

    def at(self, row: int) -> Achievement:
        """The achievement in a row."""
        return self._listed[row]

    def show(self, achievements: Sequence[Achievement]) -> None:
        """List these from now on."""
        self._all = list(achievements)
        self._list()

    def set_filter(self, wanted: AchievementFilter) -> None:
        """List only those."""
        if wanted != self._filter:
            self._filter = wanted
            self._list()

    def _list(self) -> None:
        taken = [one for one in self._all if self._filter.takes(one)]
        listed = sorted(taken, key=_order)
        if [one.id for one in listed] == [one.id for one in self._listed]:
            self._listed = listed
            if listed:
                last = self.index(len(listed) - 1, len(AchievementColumn) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
        else:
            self.beginResetModel()
            self._listed = listed
            self.endResetModel()
        self.listed_changed.emit()

    def rowCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(self._listed)

    def columnCount(self, parent: _Index = _NO_PARENT) -> int:
        return 0 if parent.isValid() else len(AchievementColumn)

    def data(self, index: _Index, role: int = _Role.DisplayRole) -> object:
        if not index.isValid():
            return None
        one = self._listed[index.row()]
        if role == self.RECORD:
            return one
        if role == _Role.DisplayRole:
            return self._text(one, AchievementColumn(index.column()))
        if role == _Role.AccessibleTextRole:
            return words.spoken(one, self._now())
        if role == _Role.ToolTipRole:
            return self._tooltip(one)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _Role.DisplayRole
    ) -> object:
        if orientation is not Qt.Orientation.Horizontal or role != _Role.DisplayRole:
            return None
        titles = {
            AchievementColumn.NAME: self.tr("Name"),
            AchievementColumn.STATE: self.tr("State"),
            AchievementColumn.RARITY: self.tr("Rarity"),
            AchievementColumn.CATEGORY: self.tr("Category"),
            AchievementColumn.XP: self.tr("XP"),
            AchievementColumn.DETAIL: self.tr("When or how far"),
            AchievementColumn.DESCRIPTION: self.tr("Description"),
        }
        return titles.get(AchievementColumn(section))

    def _text(self, one: Achievement, column: AchievementColumn) -> str:
        match column:
            case AchievementColumn.NAME:
                return words.name_text(one)
            case AchievementColumn.STATE:
                return words.state_text(one)
            case AchievementColumn.RARITY:
                return words.rarity_text(one.rarity)
            case AchievementColumn.CATEGORY:
                return words.category_text(one.category)
            case AchievementColumn.XP:
                return words.xp_text(one)
            case AchievementColumn.DETAIL:
                return words.way_text(one, self._now()) or formatting.UNKNOWN
        return formatting.one_line(one.description or "") or formatting.UNKNOWN

    def _tooltip(self, one: Achievement) -> str:
        facts = (
            words.rarity_text(one.rarity),
            words.category_text(one.category),
            words.xp_text(one),
        )
        lines = [
            words.name_text(one),
            " · ".join(fact for fact in facts if fact != formatting.UNKNOWN),
            formatting.one_line(one.description or ""),
        ]
        if one.unlocked and one.unlocked_at is not None:
            lines.append(self.tr("Unlocked {}").format(formatting.exact(one.unlocked_at)))
        return "\n".join(line for line in lines if line)


def _order(one: Achievement) -> tuple[int, float]:
    if not one.unlocked:
        return 1, 0.0
    return 0, -one.unlocked_at.timestamp() if one.unlocked_at else 0.0
