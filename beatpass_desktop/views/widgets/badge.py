"""An icon on a tinted rounded square, for headings."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Size
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.painted import Painted, paint_badge, painter_on


class Badge(Painted):
    """A decorative icon in its hue."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        hue: Hue = Hue.ACCENT,
        size: int = Size.BADGE,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._hue = hue
        self._size = size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_icon(self, icon: str, hue: Hue) -> None:
        """Shows another icon."""
        self._icon, self._hue = icon, hue
        self.update()

    def sizeHint(self) -> QSize:
        size = self._theme.px(self._size)
        return QSize(size, size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        paint_badge(painter_on(self), self.rect(), self._theme, self._icon, self._hue)
