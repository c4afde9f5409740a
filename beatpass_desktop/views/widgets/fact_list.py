"""Names and what they are, line by line."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone

_TOP = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeading


class FactList(QWidget):
    """Two columns: a name and its value, which wraps where it is long. Changes in place."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._names: list[PlainLabel] = []
        self._values: list[PlainLabel] = []
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setColumnStretch(1, 1)
        theme.changed.connect(self._space)
        self._space()

    def facts(self) -> list[tuple[str, str]]:
        """What is shown, from the top."""
        rows = zip(self._names, self._values, strict=True)
        return [(name.text(), value.text()) for name, value in rows if not name.isHidden()]

    def set_facts(self, facts: Sequence[tuple[str, str]]) -> None:
        """Show these names and values."""
        for row in range(len(self._names), len(facts)):
            self._add_row(row)
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            there = row < len(facts)
            name.setVisible(there)
            value.setVisible(there)
            if there:
                name.setText(facts[row][0])
                value.setText(facts[row][1])
                value.setAccessibleName(": ".join(facts[row]))
        self._align()

    def _add_row(self, row: int) -> None:
        name = PlainLabel(self._theme, "", TextStyle.SECONDARY, Tone.MUTED)
        value = PlainLabel(self._theme, "", TextStyle.BODY)
        value.setWordWrap(True)
        value.setMinimumWidth(1)
        self._names.append(name)
        self._values.append(value)
        self._grid.addWidget(name, row, 0, _TOP)
        self._grid.addWidget(value, row, 1)

    def _align(self) -> None:
        """Values stand beside their names, also those that read from the left, such as figures,
        where names stand on the right."""
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if from_right else Qt.AlignmentFlag.AlignLeft
        for value in self._values:
            value.setAlignment(side | Qt.AlignmentFlag.AlignVCenter)

    def _space(self) -> None:
        self._grid.setHorizontalSpacing(self._theme.px(Space.L))
        self._grid.setVerticalSpacing(self._theme.px(Space.XS + 2))
