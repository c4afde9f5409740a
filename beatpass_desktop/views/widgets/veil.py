"""Dims what is not up to date yet."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import Motion
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import Painted, painter_on

if TYPE_CHECKING:
    from PySide6.QtCore import QVariantAnimation

_STRENGTH = 0.5


class Veil(Painted):
    """Lies over its parent and lets the pointer through; fades away, unless motion is reduced.

    Whoever holds it keeps it as large as the parent.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self._strength = _STRENGTH
        self._fading: QVariantAnimation | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def is_down(self) -> bool:
        """Whether what lies below is dimmed."""
        return not self.isHidden() and self._fading is None

    def dim(self) -> None:
        """Dim what lies below."""
        self._stop()
        self._strength = _STRENGTH
        self.raise_()
        self.show()
        self.update()

    def lift(self) -> None:
        """Show what lies below as it is."""
        if not self.is_down():
            return
        if self._theme.reduced_motion or not self.isVisible():
            self.hide()
            return
        from PySide6.QtCore import QVariantAnimation

        fading = self._fading = QVariantAnimation(self)
        fading.setDuration(Motion.NORMAL)
        fading.setStartValue(_STRENGTH)
        fading.setEndValue(0.0)
        fading.valueChanged.connect(self._on_faded)
        fading.finished.connect(self._on_gone)
        fading.start()

    def _stop(self) -> None:
        if self._fading is not None:
            self._fading.stop()
            self._fading.deleteLater()
            self._fading = None

    def _on_faded(self, strength: float) -> None:
        self._strength = strength
        self.update()

    def _on_gone(self) -> None:
        self._stop()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(self._theme.tokens.window, self._strength))
        painter.drawRect(self.rect())
