"""A quiet placeholder for the very first load."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QSize, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.contrast import mixed
from beatpass_desktop.views.theme.metrics import Motion, Radius
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on


class Skeleton(Painted):
    """A soft block where content will be. It breathes slowly, unless motion is reduced."""

    def __init__(self, theme: Theme, height: int = 20, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._height = height
        self._breath = 0.0
        self._animation = QVariantAnimation(self)
        self._animation.setStartValue(0.0)
        self._animation.setKeyValueAt(0.5, 1.0)
        self._animation.setEndValue(0.0)
        self._animation.setDuration(2 * Motion.GLOW)
        self._animation.setEasingCurve(QEasingCurve.Type.InOutSine)
        self._animation.setLoopCount(-1)
        self._animation.valueChanged.connect(self._on_breathed)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Loading"))

    def is_moving(self) -> bool:
        """Whether it breathes."""
        return self._animation.state() is QVariantAnimation.State.Running

    def _on_breathed(self, breath: float) -> None:
        self._breath = breath
        self.update()

    def _move_or_rest(self) -> None:
        if self.isVisible() and not self._theme.reduced_motion:
            self._animation.start()
        else:
            self._animation.stop()
            self._breath = 0.0

    def _on_theme_changed(self) -> None:
        self._move_or_rest()
        super()._on_theme_changed()

    def showEvent(self, event: QShowEvent) -> None:
        self._move_or_rest()

    def hideEvent(self, event: QHideEvent) -> None:
        self._move_or_rest()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self._theme.px(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        ground = mixed(tokens.border, tokens.raised, self._breath)
        paint_box(painter_on(self), self.rect(), ground, None, Radius.CONTROL)
