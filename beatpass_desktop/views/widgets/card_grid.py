"""Cards in equal columns, as many as the width allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QWidget

from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.painted import Painted

MIN_COLUMN = 208
"""narrowest column at 100 % text scale, in logical pixels"""


class CardGrid(Painted):
    """Lays its cards out in equal columns and rows of equal height; reflows with the width.

    `columns` are the numbers of columns it may use; eight cards look right as 1, 2 or 4. Hidden
    cards take no room.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        min_column: int = MIN_COLUMN,
        columns: Sequence[int] = (1, 2, 3, 4),
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._min_column = min_column
        self._columns = sorted(columns)
        self._cards: list[QWidget] = []
        # Not Fixed: that would cap the height at that of the size hint's columns.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, card: QWidget) -> None:
        """Puts a card at the end."""
        card.setParent(self)
        self._cards.append(card)
        if self.isVisible():
            card.show()
        self._arrange_anew()

    def set_cards(self, cards: Iterable[QWidget]) -> None:
        """Shows these cards instead; those no longer used are deleted."""
        wanted = list(cards)
        for card in self._cards:
            if card not in wanted:
                card.hide()
                card.deleteLater()
        self._cards = wanted
        for card in wanted:
            card.setParent(self)
            card.show()
        self._arrange_anew()

    def clear(self) -> None:
        """Deletes all cards."""
        self.set_cards(())

    def cards(self) -> list[QWidget]:
        """The cards in order."""
        return list(self._cards)

    def column_count(self, width: int | None = None) -> int:
        """How many columns there are at `width` (its own width when left out)."""
        width = self.width() if width is None else width
        gap, least = self._gap(), self._theme.px(self._min_column)
        fitting = [n for n in self._columns if n * least + (n - 1) * gap <= width]
        return fitting[-1] if fitting else self._columns[0]

    def _gap(self) -> int:
        return self._theme.px(Space.M)

    def _shown(self) -> list[QWidget]:
        return [card for card in self._cards if not card.isHidden()]

    def _rows(self, width: int) -> list[tuple[list[tuple[QWidget, QRect]], int]]:
        gap, count, cards = self._gap(), self.column_count(width), self._shown()
        rows = []
        top = 0
        for first in range(0, len(cards), count):
            row = cards[first : first + count]
            lefts = [(width + gap) * i // count for i in range(count + 1)]
            height = max(_height(card, lefts[1] - gap) for card in row)
            placed = [
                (card, QRect(lefts[i], top, lefts[i + 1] - gap - lefts[i], height))
                for i, card in enumerate(row)
            ]
            rows.append((placed, top + height))
            top += height + gap
        return rows

    def _arrange(self) -> None:
        for row, _ in self._rows(self.width()):
            for card, rect in row:
                card.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), rect))

    def _arrange_anew(self) -> None:
        self.updateGeometry()
        if self.isVisible():
            self._arrange()

    def _on_theme_changed(self) -> None:
        self._arrange_anew()

    def event(self, event: QEvent) -> bool:
        kind = event.type()
        if kind in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self._arrange_anew()
        return super().event(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows = self._rows(width)
        return rows[-1][1] if rows else 0

    def sizeHint(self) -> QSize:
        count = self._columns[-1]
        width = count * self._theme.px(self._min_column) + (count - 1) * self._gap()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._columns[0] * self._theme.px(self._min_column), 0)


def _height(card: QWidget, width: int) -> int:
    if card.hasHeightForWidth():
        return max(card.heightForWidth(width), card.minimumSizeHint().height())
    return max(card.sizeHint().height(), card.minimumHeight())
