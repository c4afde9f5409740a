"""One entry of the sidebar."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)

_BAR = 3


class NavEntry(NamedTuple):
    """A page as the sidebar shows it. `shortcut` is text such as "Ctrl+1"."""

    key: object
    icon: str
    label: str
    hue: Hue
    shortcut: str = ""


class NavButton(Clickable):
    """Icon and label of a page, with a bar in the page's colour while it is in view.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(self, theme: Theme, entry: NavEntry, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self.entry = entry
        self._collapsed = False
        self._current = False
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        self.setAccessibleName(entry.label)
        hint = f"{entry.label} ({entry.shortcut})" if entry.shortcut else entry.label
        self.setToolTip(plain_tooltip(hint))

    def set_collapsed(self, collapsed: bool) -> None:
        """Shows only the icon, or the label too."""
        self._collapsed = collapsed
        self.updateGeometry()
        self.update()

    def is_current(self) -> bool:
        """Whether this page is in view."""
        return self._current

    def set_current(self, current: bool) -> None:
        """Marks the page as the one in view, or not."""
        if current != self._current:
            self._current = current
            self.setAccessibleDescription(self.tr("Current page") if current else "")
            self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        height = theme.px(Size.ROW)
        if self._collapsed:
            return QSize(height, height)
        label = theme.metrics(TextStyle.BODY_STRONG).horizontalAdvance(self.entry.label)
        return QSize(label + theme.px(3 * Space.M + Size.ICON), height)

    def minimumSizeHint(self) -> QSize:
        # Large text on a low window: the entries move together rather than forcing its height.
        text = self._theme.metrics(TextStyle.BODY_STRONG).height()
        return QSize(text, text + Space.S)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        colours = theme.hue(self.entry.hue)
        painter = painter_on(self)
        ground = colours.tint if self._current else self._ground(None)
        if ground:
            paint_box(painter, self.rect(), ground, None, Radius.CONTROL)
        if self._current:
            inset = self.height() // 4
            bar = QRect(0, inset, _BAR, self.height() - 2 * inset)
            paint_box(painter, self._mirrored(bar), colours.mark, None, _BAR / 2)
        size = px(Size.ICON)
        left = (self.width() - size) // 2 if self._collapsed else px(Space.M)
        spot = QRect(left, (self.height() - size) // 2, size, size)
        active = self._current or self._hovered
        tint = colours.text if self._current else tokens.text if active else tokens.muted
        theme.icons.paint(painter, self._mirrored(spot), self.entry.icon, tint)
        if not self._collapsed:
            style = TextStyle.BODY_STRONG if self._current else TextStyle.BODY
            text_left = spot.right() + 1 + px(Space.M)
            words = QRect(
                text_left, 0, max(0, self.width() - text_left - px(Space.S)), self.height()
            )
            painter.setFont(theme.font(style))
            painter.setPen(colour(tokens.text if active else tokens.muted))
            shown = elided(theme.metrics(style), self.entry.label, words.width())
            painter.drawText(
                self._mirrored(words),
                Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
                shown,
            )
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
