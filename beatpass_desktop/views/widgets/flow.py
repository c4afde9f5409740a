"""Widgets one after the other, in as many lines as they need."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class FlowLayout(QLayout):
    """Lays widgets out like words, in the reading direction.

    What comes after a spring stands at the end of the line, when its line began before the spring.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._spring: int | None = None
        self._heights: dict[int, int] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def add_spring(self) -> None:
        """Push what is added from now on to the end of the line."""
        self._spring = len(self._items)

    def _lay_out(self, area: QRect, *, moving: bool) -> int:
        """Put the items into `area`, or only say how high they would stand."""
        x, y, line = area.left(), area.top(), 0
        placed: list[tuple[QLayoutItem, QRect]] = []
        for item in self._items:
            if item.isEmpty():
                continue
            size = item.sizeHint().boundedTo(QSize(area.width(), item.sizeHint().height()))
            if x > area.left() and x + size.width() > area.right() + 1:
                if moving:
                    self._place(placed, area, line)
                placed = []
                x, y, line = area.left(), y + line + self.spacing(), 0
            placed.append((item, QRect(QPoint(x, y), size)))
            x += size.width() + self.spacing()
            line = max(line, size.height())
        if moving:
            self._place(placed, area, line)
        return y + line - area.top()

    def _place(self, placed: list[tuple[QLayoutItem, QRect]], area: QRect, line: int) -> None:
        """Put the items of a line of this height into its middle."""
        from_right = self._is_from_right()
        springing = [] if self._spring is None else self._items[self._spring :]
        if placed and placed[0][0] not in springing:
            spare = area.right() - placed[-1][1].right()
            placed = [(i, b.translated(spare, 0) if i in springing else b) for i, b in placed]
        for item, box in placed:
            left = area.left() + area.right() - box.right() if from_right else box.left()
            top = box.top() + (line - box.height()) // 2
            item.setGeometry(QRect(QPoint(left, top), box.size()))

    def _is_from_right(self) -> bool:
        widget = self.parentWidget()
        return widget is not None and widget.layoutDirection() is Qt.LayoutDirection.RightToLeft

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        if width not in self._heights:
            self._heights[width] = self._lay_out(QRect(0, 0, width, 0), moving=False)
        return self._heights[width]

    def invalidate(self) -> None:
        self._heights.clear()
        super().invalidate()

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._lay_out(rect, moving=True)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize()
        for item in self._items:
            size = size.expandedTo(item.minimumSize())
        return size
