"""One number out of a span, in steps."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import mirrored, paint_focus_ring, painter_on

_KNOB = 16
_TRACK = 4
_LENGTH = 160


class Slider(QSlider):
    """A horizontal slider that rests on whole steps.

    Signals:
        valueChanged: another value, also while it is being dragged (of QSlider).
        sliderReleased: the pointer let go of it (of QSlider).
    """

    def __init__(
        self,
        theme: Theme,
        accessible_name: str,
        low: int,
        high: int,
        step: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._step = step
        self.setRange(low, high)
        self.setSingleStep(step)
        self.setPageStep(2 * step)
        self.setAccessibleName(accessible_name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _share(self) -> float:
        return (self.sliderPosition() - self.minimum()) / (self.maximum() - self.minimum())

    def _knob(self) -> QRect:
        """Where the knob is in a left-to-right layout."""
        size = self._theme.px(_KNOB)
        edge = Size.FOCUS_RING + 1
        room = self.width() - size - 2 * edge
        return QRect(edge + round(room * self._share()), (self.height() - size) // 2, size, size)

    def _move_to(self, event: QMouseEvent) -> None:
        size = self._theme.px(_KNOB)
        x = event.position().x()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            x = self.width() - x
        share = min(1.0, max(0.0, (x - size / 2) / max(1, self.width() - size)))
        value = self.minimum() + share * (self.maximum() - self.minimum())
        self.setSliderPosition(round(value / self._step) * self._step)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._move_to(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        if self.isSliderDown():
            self._move_to(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(False)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_LENGTH), self._theme.px(Size.CONTROL))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        direction, bounds, knob = self.layoutDirection(), self.rect(), self._knob()
        thickness = theme.px(_TRACK)
        top = (self.height() - thickness) // 2
        half = knob.width() // 2
        whole = QRect(half, top, self.width() - 2 * half, thickness)
        done = QRect(half, top, max(0, knob.center().x() - half), thickness)
        painter.setPen(Qt.PenStyle.NoPen)
        for part, tint in ((whole, tokens.control_border), (done, tokens.accent)):
            painter.setBrush(colour(tint if self.isEnabled() else tokens.border))
            place = QRectF(mirrored(direction, bounds, part))
            painter.drawRoundedRect(place, thickness / 2, thickness / 2)
        painter.setPen(QPen(colour(tokens.surface), Size.FOCUS_RING))
        painter.setBrush(colour(tokens.accent if self.isEnabled() else tokens.faint))
        painter.drawEllipse(QRectF(mirrored(direction, bounds, knob)))
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
