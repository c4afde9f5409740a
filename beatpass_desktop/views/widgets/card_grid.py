"""Cards in equal columns, as many as the width allows."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.painted import Painted, mirrored

MIN_COLUMN = 208
"""narrowest column at 100 % text scale, in logical pixels"""
_MOST_WIDTHS = 8

_WATCH_AFTER_MS = 50


class CardGrid(Painted):
    """Lays its cards out in equal columns and rows of equal height; reflows with the width.

    `columns` are the numbers of columns it may use; eight cards look right as 1, 2 or 4. With
    `fills` the rows share a height that is larger than they need. Hidden cards take no room.
    """

    def __init__(
        self,
        theme: Theme,
        *,
        min_column: int = MIN_COLUMN,
        columns: Sequence[int] = (1, 2, 3, 4),
        fills: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._min_column = min_column
        self._columns = sorted(columns)
        self._fills = fills
        self._cards: list[QWidget] = []
        self._watching = False
        self._places: dict[int, list[tuple[QWidget, QRect]]] = {}
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

    def _placed(self, width: int) -> list[tuple[QWidget, QRect]]:
        """Each card with its place; layouts ask often, so the last answers are kept."""
        placed = self._places.get(width)
        if placed is None:
            if len(self._places) > _MOST_WIDTHS or not self._watching:
                self._places.clear()
            placed = self._places[width] = self._place(width)
        return placed

    def _place(self, width: int) -> list[tuple[QWidget, QRect]]:
        gap, count, cards = self._gap(), self.column_count(width), self._shown()
        lefts = [(width + gap) * i // count for i in range(count + 1)]
        placed: list[tuple[QWidget, QRect]] = []
        top = 0
        for first in range(0, len(cards), count):
            row = cards[first : first + count]
            height = max(_height(card, lefts[1] - gap) for card in row)
            for i, card in enumerate(row):
                placed.append((card, QRect(lefts[i], top, lefts[i + 1] - gap - lefts[i], height)))
            top += height + gap
        return placed

    def _arrange(self) -> None:
        direction, bounds = self.layoutDirection(), self.rect()
        placed = self._placed(self.width())
        count = self.column_count()
        more = self._spare(placed, count) if self._fills else 0
        for number, (card, rect) in enumerate(placed):
            if more:
                rect = rect.adjusted(0, number // count * more, 0, (number // count + 1) * more)
            card.setGeometry(mirrored(direction, bounds, rect))

    def _spare(self, placed: list[tuple[QWidget, QRect]], count: int) -> int:
        """The height that each row gets beyond what it needs."""
        rows = -(-len(placed) // count)
        return max(0, self.height() - placed[-1][1].bottom() - 1) // rows if placed else 0

    def _arrange_anew(self) -> None:
        self._places.clear()
        self.updateGeometry()
        if self.isVisible():
            self._arrange()

    def _watch(self) -> None:
        # To see events from C++ makes Python wrap every event class of Qt: 3 ms, which the first
        # paint does not wait for.
        if not self._watching:
            self._watching = True
            self.installEventFilter(self)
            self._arrange_anew()

    def _on_theme_changed(self) -> None:
        self._arrange_anew()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.LayoutDirectionChange):
            self._arrange_anew()
        return False

    def paintEvent(self, event: QPaintEvent) -> None:
        if not self._watching:
            QTimer.singleShot(_WATCH_AFTER_MS, self, self._watch)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._arrange()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        placed = self._placed(width)
        return placed[-1][1].bottom() + 1 if placed else 0

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
