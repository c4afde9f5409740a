"""A field of a form: what it is, the line to type into, and what is wrong with it."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.text_field import TextField


class FormField(QWidget):
    """Label above, line in the middle, hint and problem below. `secret` hides what is typed."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        hint: str = "",
        *,
        placeholder: str = "",
        secret: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = label
        self._hint = hint
        self._title = PlainLabel(theme, label, TextStyle.BODY_STRONG)
        self.line = TextField(theme, placeholder)
        self.line.setAccessibleName(label)
        self.line.setAccessibleDescription(hint)
        self._title.setBuddy(self.line)
        self._below = PlainLabel(theme, hint, TextStyle.SECONDARY, Tone.MUTED)
        self._wrong = PlainLabel(theme, "", TextStyle.SECONDARY_STRONG, Hue.BAD)
        for text in (self._below, self._wrong):
            text.setWordWrap(True)
            text.setVisible(bool(text.text()))
        self._row = QHBoxLayout()
        self._row.addWidget(self.line, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self._title)
        self._column.addLayout(self._row)
        self._column.addWidget(self._wrong)
        self._column.addWidget(self._below)
        if secret:
            self.set_hidden(True)
        self._space()
        theme.changed.connect(self._space)

    def text(self) -> str:
        """What was typed."""
        return self.line.text()

    def add_beside(self, widget: QWidget) -> None:
        """Put a control after the line."""
        self._row.addWidget(widget)

    def set_hidden(self, hidden: bool) -> None:
        """Show dots in place of what is typed, or the letters."""
        modes = QLineEdit.EchoMode
        self.line.setEchoMode(modes.Password if hidden else modes.Normal)

    def set_problem(self, problem: str) -> None:
        """Say what is wrong; empty when nothing is."""
        self._wrong.setText(problem)
        self._wrong.setVisible(bool(problem))
        self.line.setAccessibleDescription(f"{problem} {self._hint}".strip())

    def problem(self) -> str:
        """What is said to be wrong."""
        return self._wrong.text()

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.XS))
        self._row.setSpacing(self._theme.px(Space.M))
