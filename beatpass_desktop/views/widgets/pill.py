"""Small rounded labels: a word, with an icon so that colour never stands alone."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import PlainLabel, elided
from beatpass_desktop.views.widgets.painted import paint_box, painter_on

_STYLE = TextStyle.SECONDARY_STRONG
_PAD = Space.S
_GAP = Space.XS


class Trend(Enum):
    """Which way a figure went; each has an icon and a hue."""

    NONE = ("", Hue.NEUTRAL)
    UP = ("trending-up", Hue.GOOD)
    DOWN = ("trending-down", Hue.BAD)
    FLAT = ("minus", Hue.NEUTRAL)

    @property
    def icon(self) -> str:
        """The icon's name, empty for none."""
        return self.value[0]

    @property
    def hue(self) -> Hue:
        """The hue that goes with it."""
        return self.value[1]


def pill_size(theme: Theme, text: str, icon: str) -> QSize:
    """The room a pill needs, in drawn pixels."""
    metrics = theme.metrics(_STYLE)
    width = 2 * theme.px(_PAD) + metrics.horizontalAdvance(text)
    if icon:
        width += theme.px(Size.ICON_SMALL) + (theme.px(_GAP) if text else 0)
    return QSize(width, metrics.height() + theme.px(_GAP))


def paint_pill(
    painter: QPainter, rect: QRect, theme: Theme, hue: Hue, text: str, icon: str
) -> None:
    """Draws a pill into `rect`, its text elided when `rect` is too narrow."""
    colours = theme.hue(hue)
    paint_box(painter, rect, colours.tint, None, rect.height() / 2)
    mirrored = painter.layoutDirection() == Qt.LayoutDirection.RightToLeft
    inner = rect.adjusted(theme.px(_PAD), 0, -theme.px(_PAD), 0)
    if icon:
        size = theme.px(Size.ICON_SMALL)
        left = inner.right() - size + 1 if mirrored else inner.left()
        spot = QRect(left, rect.top() + (rect.height() - size) // 2, size, size)
        theme.icons.paint(painter, spot, icon, colours.text)
        room = size + theme.px(_GAP)
        inner.adjust(0 if mirrored else room, 0, -room if mirrored else 0, 0)
    painter.setFont(theme.font(_STYLE))
    painter.setPen(colour(colours.text))
    shown = elided(theme.metrics(_STYLE), text, inner.width())
    painter.drawText(inner, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)


class Pill(PlainLabel):
    """A word or short figure on a tinted, fully rounded ground."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        hue: Hue = Hue.NEUTRAL,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        self._hue = hue
        self._icon = icon
        super().__init__(theme, text, _STYLE, hue, parent)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str) -> None:
        """Changes the word."""
        if text != self.text():
            self.setText(text)
            self.updateGeometry()

    def set_hue(self, hue: Hue) -> None:
        """Changes the colour."""
        self._hue = hue
        self.set_tone(hue)
        self.update()

    def set_icon(self, icon: str) -> None:
        """Changes the icon; empty for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return pill_size(self._theme, self.text(), self._icon)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.rect()
        paint_pill(painter_on(self), rect, self._theme, self._hue, self.text(), self._icon)
