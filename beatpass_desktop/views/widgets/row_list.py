"""Rows below each other that come and go."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget


class RowList(QVBoxLayout):
    """A list whose rows touch each other, each with room of its own around its words."""

    def __init__(self) -> None:
        super().__init__()
        self.setSpacing(0)

    def drop(self, row: QWidget) -> None:
        """Take a row away for good; it is gone from the page at once.

        It is hidden first: the layout shows a new row in a later turn, which would make a window of
        one that has lost its parent by then.
        """
        row.hide()
        self.removeWidget(row)
        row.setParent(None)
        row.deleteLater()
