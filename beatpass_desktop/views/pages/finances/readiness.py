"""One of the lights that say whether money can come."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.labels import PlainLabel
from beatpass_desktop.views.widgets.pill import Pill


class ReadinessLight(Card):
    """A name, and its state as an icon with a word."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, padding=Space.M)
        self._label = name
        self._badge = Badge(theme, "circle-help", Hue.NEUTRAL)
        self._name = PlainLabel(theme, name, TextStyle.BODY_STRONG)
        self._name.setWordWrap(True)
        self._name.setMinimumWidth(1)
        self._word = Pill(theme)
        self._row = QHBoxLayout()
        self._row.setSpacing(theme.px(Space.M))
        self._row.addWidget(self._badge)
        self._row.addWidget(self._name, 1)
        self._row.addWidget(self._word, 0, Qt.AlignmentFlag.AlignVCenter)
        self.body.addLayout(self._row)

    def word(self) -> str:
        """The state shown."""
        return self._word.text()

    def show_state(self, word: str, icon: str, hue: Hue) -> None:
        """Show a state."""
        self._badge.set_icon(icon, hue)
        self._word.set_text(word)
        self._word.set_hue(hue)
        self.setAccessibleName(f"{self._label}: {word}")
