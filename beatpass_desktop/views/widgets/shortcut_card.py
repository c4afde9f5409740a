"""A card that leads to a page."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_badge,
    paint_box,
    paint_focus_ring,
    painter_on,
)

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAME = TextStyle.BODY_STRONG
_LINE = TextStyle.SECONDARY


class ShortcutCard(Clickable):
    """Icon, name, one line, and the page's live figure if there is one.

    Signals:
        activated: pressed with the pointer or the keyboard.
    """

    activated = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        name: str,
        line: str,
        hue: Hue = Hue.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._name = name
        self._line = line
        self._figure = ""
        self._hue = hue
        self._measured: tuple[object, QSize] | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._name_aloud()
        self.clicked.connect(self.activated)

    def name(self) -> str:
        """The page's name."""
        return self._name

    def line(self) -> str:
        """What the page is for, in one line."""
        return self._line

    def figure(self) -> str:
        """The live figure, empty when unknown."""
        return self._figure

    def set_figure(self, text: str | None) -> None:
        """Shows the page's figure; None hides it."""
        self._figure = text or ""
        self._name_aloud()
        self.update()

    def set_line(self, text: str) -> None:
        """Changes the line."""
        self._line = text
        self._name_aloud()
        self.update()

    def _name_aloud(self) -> None:
        parts = [part for part in (self._figure, self._line) if part]
        self.setAccessibleName(f"{self._name}: {', '.join(parts)}" if parts else self._name)

    def _measure(self) -> QSize:
        theme = self._theme
        name, line = theme.metrics(_NAME), theme.metrics(_LINE)
        text = max(
            name.horizontalAdvance(self._name) + name.horizontalAdvance(self._figure),
            line.horizontalAdvance(self._line),
        )
        height = max(theme.px(Size.BADGE), name.height() + line.height() + 2)
        chrome = theme.px(2 * Space.L + Size.BADGE + Space.M)
        return QSize(text + chrome, height + theme.px(2 * (Space.M + 2)))

    def sizeHint(self) -> QSize:
        shown = (self._name, self._line, self._figure, self._theme.scale)
        if self._measured is None or self._measured[0] != shown:
            self._measured = (shown, self._measure())
        return self._measured[1]

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(Size.BADGE * 4), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        edge = theme.hue(self._hue).edge if self._hovered else tokens.border
        paint_box(painter, self.rect(), self._ground(tokens.surface), edge, Radius.CARD)
        badge_size = px(Size.BADGE)
        top = (self.height() - badge_size) // 2
        badge = QRect(px(Space.L), top, badge_size, badge_size)
        paint_badge(painter, self._mirrored(badge), theme, self._icon, self._hue)

        left = badge.right() + 1 + px(Space.M)
        width = max(0, self.width() - left - px(Space.L))
        name, line = theme.metrics(_NAME), theme.metrics(_LINE)
        text_top = (self.height() - name.height() - line.height() - 2) // 2
        first = QRect(left, text_top, width, name.height())
        second = QRect(left, text_top + name.height() + 2, width, line.height())

        painter.setFont(theme.font(_NAME))
        name_width = width
        if self._figure:
            least = width - name.horizontalAdvance(self._name) - px(Space.S)
            figure = elided(name, self._figure, max(width // 2, least))
            painter.setPen(colour(theme.hue(self._hue).text))
            painter.drawText(self._mirrored(first), _RIGHT, figure)
            name_width = max(0, width - name.horizontalAdvance(figure) - px(Space.S))
        painter.setPen(colour(tokens.text))
        shown = elided(name, self._name, name_width)
        painter.drawText(self._mirrored(first), _LEFT, shown)
        painter.setFont(theme.font(_LINE))
        painter.setPen(colour(tokens.muted))
        shown = elided(line, self._line, width)
        painter.drawText(self._mirrored(second), _LEFT, shown)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CARD)
