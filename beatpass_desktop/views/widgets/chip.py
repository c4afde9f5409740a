"""A word that can be taken away."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)

_STYLE = TextStyle.SECONDARY_STRONG
_WIDEST = 260


class Chip(Clickable):
    """One thing that is set, with a cross; a click takes it away.

    Signals:
        clicked: it is to be taken away.
    """

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._label = text
        self.setAccessibleName(self.tr("Remove filter: {}").format(text))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def label(self) -> str:
        """The words on the chip."""
        return self._label

    def sizeHint(self) -> QSize:
        theme, metrics = self._theme, self._theme.metrics(_STYLE)
        words = min(metrics.horizontalAdvance(self._label), theme.px(_WIDEST))
        width = words + theme.px(2 * Space.S + Space.XS + Size.ICON_SMALL)
        return QSize(width, metrics.height() + theme.px(Space.S))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._theme, self._theme.hue(Hue.ACCENT)
        painter, px = painter_on(self), theme.px
        ground = self._ground(colours.tint)
        paint_box(painter, self.rect(), ground, colours.edge, self.height() / 2)
        size = px(Size.ICON_SMALL)
        cross = QRect(self.width() - px(Space.S) - size, (self.height() - size) // 2, size, size)
        theme.icons.paint(painter, self._mirrored(cross), "x", colours.text)
        words = QRect(px(Space.S), 0, cross.left() - px(Space.S + Space.XS), self.height())
        painter.setFont(theme.font(_STYLE))
        painter.setPen(colour(colours.text))
        painter.drawText(
            self._mirrored(words),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            elided(theme.metrics(_STYLE), self._label, words.width()),
        )
        if self.shows_focus_ring():
            paint_focus_ring(painter, self.rect(), theme, self.height() / 2)
