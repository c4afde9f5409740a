"""Parts that stand side by side where there is room."""

from __future__ import annotations

from PySide6.QtWidgets import QBoxLayout, QWidget


class ResponsiveRow(QBoxLayout):
    """A row that its owner turns into a column where it is too narrow for the parts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight, parent)

    def set_beside(self, beside: bool) -> None:
        """Put the parts beside each other, or below each other."""
        direction = QBoxLayout.Direction
        self.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
