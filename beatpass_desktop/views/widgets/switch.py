"""On or off."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import mirrored, paint_focus_ring, painter_on

_WIDTH = 36
_HEIGHT = 20
_STYLE = TextStyle.BODY


class Switch(QCheckBox):
    """A sliding switch with its label; to assistive technology it is a check box.

    Signals:
        toggled: it was switched (of QCheckBox).
    """

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = text
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def label(self) -> str:
        """The words beside the switch."""
        return self._label

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def hitButton(self, position: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = theme.metrics(_STYLE)
        width = theme.px(_WIDTH + 2 * Space.XS)
        if self._label:
            width += theme.px(Space.S) + metrics.horizontalAdvance(self._label)
        return QSize(width, max(theme.px(Size.CONTROL), metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = px(_HEIGHT)
        track = QRect(px(Space.XS), (self.height() - height) // 2, px(_WIDTH), height)
        on = self.isChecked()
        if not self.isEnabled():
            fill, edge, knob = tokens.raised, tokens.border, tokens.faint
        elif on:
            fill, edge, knob = tokens.accent, tokens.accent, tokens.on_accent
        else:
            fill, edge, knob = tokens.raised, tokens.control_border, tokens.muted
        from_right = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        place = mirrored(self.layoutDirection(), self.rect(), track)
        painter.setPen(QPen(colour(edge), 1))
        painter.setBrush(colour(fill))
        painter.drawRoundedRect(
            QRectF(place).adjusted(0.5, 0.5, -0.5, -0.5), height / 2, height / 2
        )
        inset = px(Space.XS)
        extent = height - 2 * inset
        left = place.right() + 1 - inset - extent if on != from_right else place.left() + inset
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(knob))
        painter.drawEllipse(left, place.top() + inset, extent, extent)
        words = QRect(track.right() + 1 + px(Space.S), 0, self.width(), self.height())
        words.setRight(self.width())
        painter.setFont(theme.font(_STYLE))
        painter.setPen(colour(tokens.text if self.isEnabled() else tokens.faint))
        painter.drawText(
            mirrored(self.layoutDirection(), self.rect(), words),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            self._label,
        )
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
