"""A titled part of a page."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.heading import Heading
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on


class Section(Painted):
    """Title, subtitle and actions above a `body`; with `in_card`, a card around all of it."""

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        subtitle: str = "",
        *,
        icon: str = "",
        hue: Hue = Hue.ACCENT,
        in_card: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._in_card = in_card
        self.heading = Heading(theme, title, subtitle, icon=icon, hue=hue)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.heading)
        self._column.addLayout(self.body, 1)
        self.setAccessibleName(title)
        self._space()

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self.heading.set_title(text)
        self.setAccessibleName(text)

    def set_subtitle(self, text: str) -> None:
        """Changes the subtitle; empty hides it."""
        self.heading.set_subtitle(text)

    def add_action(self, widget: QWidget) -> None:
        """Adds a control to the right of the title."""
        self.heading.add_action(widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Adds content below."""
        self.body.addWidget(widget, stretch)

    def _space(self) -> None:
        margin = self._theme.px(Space.L) if self._in_card else 0
        self._column.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(self._theme.px(Space.M))
        self.body.setSpacing(self._theme.px(Space.M))

    def _on_theme_changed(self) -> None:
        self._space()
        super()._on_theme_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        if self._in_card:
            tokens = self._theme.tokens
            painter = painter_on(self)
            paint_box(painter, self.rect(), tokens.surface, tokens.border, Radius.CARD)
