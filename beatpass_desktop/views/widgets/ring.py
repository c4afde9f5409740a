"""A ring that closes as something gets done."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QRect, QRectF, QSize, Qt, QVariantAnimation
from PySide6.QtGui import QHideEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Motion, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import painter_on
from beatpass_desktop.views.widgets.stat_card import UNKNOWN

_THICKNESS = 10
_TOP = 90 * 16
_CIRCLE = 360 * 16


class Ring(QLabel):
    """A circle filled clockwise from its top, in percent, around a figure and a caption.

    It fills when it is first shown and moves on when the value changes; with reduced motion it
    stands at once. An unknown value is an empty ring. A QLabel, so that assistive technology meets
    a text.
    """

    def __init__(
        self, theme: Theme, hue: Hue = Hue.ACCENT, size: int = 128, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hue = hue
        self._size = size
        self._value: float | None = None
        self._shown = 0.0
        self._figure = UNKNOWN
        self._caption = ""
        self._animation = QVariantAnimation(self)
        self._animation.setDuration(Motion.SWEEP)
        self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
        self._animation.valueChanged.connect(self._on_moved)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def value(self) -> float | None:
        """Percent, None when unknown."""
        return self._value

    def shown(self) -> float:
        """How far it is filled at this moment, percent."""
        return self._shown

    def is_moving(self) -> bool:
        """Whether it is on its way to its value."""
        return self._animation.state() is QVariantAnimation.State.Running

    def set_value(
        self, value: float | None, figure: str, caption: str = "", accessible: str = ""
    ) -> None:
        """Fills the ring to `value` percent; `figure` and `caption` stand within."""
        self._figure, self._caption = figure, caption
        self.setAccessibleName(accessible or f"{figure} {caption}".strip())
        if value != self._value:
            self._value = value
            self._move()
        self.update()

    def _aim(self) -> float:
        return min(100.0, max(0.0, self._value or 0.0))

    def _move(self) -> None:
        self._animation.stop()
        if not self.isVisible():
            return
        if self._theme.reduced_motion:
            self._shown = self._aim()
            return
        self._animation.setStartValue(self._shown)
        self._animation.setEndValue(self._aim())
        self._animation.start()

    def _on_moved(self, value: float) -> None:
        self._shown = value
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._shown != self._aim():
            self._move()

    def hideEvent(self, event: QHideEvent) -> None:
        self._animation.stop()
        self._shown = self._aim()
        super().hideEvent(event)

    def sizeHint(self) -> QSize:
        side = self._theme.px(self._size)
        return QSize(side, side)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        width = px(_THICKNESS)
        inset = width / 2 + 1
        circle = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
        pen = QPen(colour(tokens.border), width)
        painter.setPen(pen)
        painter.drawEllipse(circle)
        if self._shown > 0:
            pen.setColor(colour(theme.hue(self._hue).mark))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawArc(circle, _TOP, -round(_CIRCLE * self._shown / 100))
        self._paint_words(painter, width)

    def _paint_words(self, painter: QPainter, width: int) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        large, small = theme.metrics(TextStyle.FIGURE), theme.metrics(TextStyle.CAPTION)
        lines = [(TextStyle.FIGURE, large, self._figure, tokens.text)]
        if self._caption:
            lines.append((TextStyle.CAPTION, small, self._caption, tokens.muted))
        room = self.width() - 2 * (width + px(Space.M))
        top = (self.height() - sum(metrics.height() for _, metrics, _, _ in lines)) // 2
        for style, metrics, text, tone in lines:
            place = QRect(width + px(Space.M), top, room, metrics.height())
            painter.setFont(theme.font(style))
            painter.setPen(colour(tokens.muted if text == UNKNOWN else tone))
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, elided(metrics, text, room))
            top += metrics.height()
