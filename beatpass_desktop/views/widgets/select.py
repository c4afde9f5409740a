"""One of many: a button that opens a list."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QPaintEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import mirrored, paint_box, paint_focus_ring, painter_on


class Select(QComboBox):
    """A combo box in the theme's look. Put the key of a choice into its item data.

    Signals:
        currentIndexChanged, activated and the others of QComboBox.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = False
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        super().leaveEvent(event)

    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, self._theme.metrics(TextStyle.BODY)
        texts = (self.itemText(at) for at in range(self.count()))
        width = max((metrics.horizontalAdvance(text) for text in texts), default=0)
        height = max(px(Size.CONTROL), metrics.height() + px(Space.S))
        return QSize(width + px(2 * Space.M + Space.S + Size.ICON_SMALL), height)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), self._theme.px(120)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        enabled = self.isEnabled()
        ground = tokens.raised if self._hovered and enabled else tokens.surface
        edge = tokens.control_border if enabled else tokens.border
        paint_box(painter, self.rect(), ground, edge, Radius.CONTROL)
        size, pad = px(Size.ICON_SMALL), px(Space.M)
        arrow = QRect(self.width() - pad - size, (self.height() - size) // 2, size, size)
        words = QRect(pad, 0, arrow.left() - px(Space.S) - pad, self.height())
        direction, bounds = self.layoutDirection(), self.rect()
        place = mirrored(direction, bounds, arrow)
        theme.icons.paint(painter, place, "chevron-down", tokens.muted)
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(colour(tokens.text if enabled else tokens.faint))
        painter.drawText(
            mirrored(direction, bounds, words),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            elided(theme.metrics(TextStyle.BODY), self.currentText(), words.width()),
        )
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
