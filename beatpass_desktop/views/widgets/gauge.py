"""The growth meter."""

from __future__ import annotations

from math import cos, pi, sin
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from beatpass_desktop.views.theme.contrast import mixed
from beatpass_desktop.views.theme.metrics import Motion, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.painted import painter_on
from beatpass_desktop.views.widgets.stat_card import UNKNOWN

if TYPE_CHECKING:
    from PySide6.QtCore import QVariantAnimation

SPAN = 15.0
"""the meter shows -15 % to +15 %; what is beyond stands at its end"""

_WIDTH = 200
_NARROWEST = 160
_THICKNESS = 14
_GAP_DEGREES = 2.0
_NEEDLE = 3


class Gauge(QLabel):
    """A half-circle with a needle over four zones, in percent.

    Zones as the help centre states them: red below -5, amber -5 to 0, light green 0 to +5, green
    above +5. An unknown value is an em dash without a needle.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._value: float | None = None
        self._text = UNKNOWN
        self._needle = 0.0
        self._animation: QVariantAnimation | None = None
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("Growth: {value}").format(value=UNKNOWN))
        theme.changed.connect(self._on_theme_changed)

    def value(self) -> float | None:
        """Percent, None when unknown."""
        return self._value

    def set_value(self, value: float | None, text: str = "", accessible: str = "") -> None:
        """Shows growth in percent; `text` stands below the needle in place of the figure,
        `accessible` is what is read out."""
        before, self._value = self._value, value
        if value is None:
            self._text = UNKNOWN
        else:
            self._text = text or self._written(value)
        spoken = accessible or self._text
        self.setAccessibleName(self.tr("Growth: {value}").format(value=spoken))
        if value is not None:
            self._swing(value, before is not None)
        self.update()

    def _written(self, value: float) -> str:
        text = self.locale().toString(float(value), "f", 1) + "%"
        return text.replace("-", "\N{MINUS SIGN}")

    def zone(self) -> Hue:
        """The hue of the zone the value is in."""
        if self._value is None:
            return Hue.NEUTRAL
        if self._value < -5:
            return Hue.BAD
        return Hue.WARN if self._value < 0 else Hue.GOOD

    def _swing(self, value: float, was_known: bool) -> None:
        if self._theme.reduced_motion or not was_known or not self.isVisible():
            self._needle = value
            return
        if self._animation is None:
            # Nothing swings when a page is first shown, so what that needs is loaded later.
            from PySide6.QtCore import QEasingCurve, QVariantAnimation

            self._animation = QVariantAnimation(self)
            self._animation.setDuration(Motion.NORMAL)
            self._animation.setEasingCurve(QEasingCurve.Type.OutCubic)
            self._animation.valueChanged.connect(self._on_swung)
        self._animation.stop()
        self._animation.setStartValue(self._needle)
        self._animation.setEndValue(float(value))
        self._animation.start()

    def _on_swung(self, value: float) -> None:
        self._needle = value
        self.update()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def _zones(self) -> list[tuple[float, float, str]]:
        """Start, end and colour of the zones. Both greens keep the contrast of a mark."""
        theme, tokens = self._theme, self._theme.tokens
        good = theme.hue(Hue.GOOD).mark
        other = mixed(good, tokens.text, 0.6)
        little, much = (other, good) if tokens.dark else (good, other)
        return [
            (-SPAN, -5.0, theme.hue(Hue.BAD).mark),
            (-5.0, 0.0, theme.hue(Hue.WARN).mark),
            (0.0, 5.0, little),
            (5.0, SPAN, much),
        ]

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = theme.px(_WIDTH)
        return QSize(width, width // 2 + theme.metrics(TextStyle.FIGURE).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_NARROWEST), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        thickness = px(_THICKNESS)
        radius = self.width() / 2 - thickness / 2 - 1
        height = theme.metrics(TextStyle.FIGURE).height()
        spare = self.height() - self.width() / 2 - height
        centre = QPointF(self.width() / 2, self.width() / 2 + max(0.0, spare / 2))
        box = QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius)
        known = self._value is not None
        for start, end, hex_colour in self._zones():
            painter.setPen(
                QPen(
                    colour(hex_colour if known else tokens.border),
                    thickness,
                    Qt.PenStyle.SolidLine,
                    Qt.PenCapStyle.FlatCap,
                )
            )
            first, last = _degrees(start) - _GAP_DEGREES / 2, _degrees(end) + _GAP_DEGREES / 2
            painter.drawArc(box, round(first * 16), round((last - first) * 16))
        if known:
            angle = _degrees(min(SPAN, max(-SPAN, self._needle))) * pi / 180
            reach = radius - thickness / 2 - px(Space.XS)
            tip = QPointF(centre.x() + reach * cos(angle), centre.y() - reach * sin(angle))
            root = QPointF(
                centre.x() + reach * 0.6 * cos(angle), centre.y() - reach * 0.6 * sin(angle)
            )
            pen = QPen(colour(tokens.text), px(_NEEDLE))
            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
            painter.setPen(pen)
            painter.drawLine(root, tip)
        words = QRect(0, round(centre.y()), self.width(), height)
        painter.setFont(theme.font(TextStyle.FIGURE))
        painter.setPen(colour(theme.hue(self.zone()).text if known else tokens.muted))
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self._text)


def _degrees(value: float) -> float:
    """The angle of a value, counted from the right against the clock."""
    return 90.0 - value / SPAN * 90.0
