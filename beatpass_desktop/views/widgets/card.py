"""The box that groups things."""

from __future__ import annotations

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on


class Card(Painted):
    """A rounded surface with a thin border. Put content into `body`."""

    def __init__(
        self,
        theme: Theme,
        *,
        padding: int = Space.L,
        raised: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._padding = padding
        self._raised = raised
        self.body = QVBoxLayout(self)
        self._space()

    def _space(self) -> None:
        padding = self._theme.px(self._padding)
        self.body.setContentsMargins(padding, padding, padding, padding)
        self.body.setSpacing(self._theme.px(Space.M))

    def _on_theme_changed(self) -> None:
        self._space()
        super()._on_theme_changed()

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        fill = tokens.raised if self._raised else tokens.surface
        paint_box(painter_on(self), self.rect(), fill, tokens.border, Radius.CARD)
