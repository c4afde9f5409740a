"""A thin bar that says how much of something is done."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.painted import mirrored, paint_box, painter_on

_THICKNESS = 4
_FINE = 10_000


class ProgressBar(QProgressBar):
    """A thin bar; a QProgressBar, so that assistive technology can follow it."""

    def __init__(
        self,
        theme: Theme,
        hue: Hue = Hue.ACCENT,
        thickness: int = _THICKNESS,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hue = hue
        self._thickness = thickness
        self.setTextVisible(False)
        self.setRange(0, _FINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return self.value() / _FINE

    def set_fraction(self, share: float) -> None:
        """Shows how much is done, 0 to 1; what is beyond stands at the end."""
        self.setValue(round(min(1.0, max(0.0, share)) * _FINE))

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(self._thickness))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.px(self._thickness))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = painter_on(self)
        rect, radius = self.rect(), self.height() / 2
        paint_box(painter, rect, theme.tokens.border, None, radius)
        done = QRect(0, 0, round(rect.width() * self.fraction()), rect.height())
        if done.width() > 0:
            place = mirrored(self.layoutDirection(), rect, done)
            paint_box(painter, place, theme.hue(self._hue).mark, None, radius)
