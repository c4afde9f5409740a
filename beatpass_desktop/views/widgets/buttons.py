"""Buttons: with a word, with an icon, or looking like a link."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.contrast import mixed
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

_STYLE = TextStyle.BODY_STRONG
_CENTRE = Qt.AlignmentFlag.AlignCenter


class ButtonKind(Enum):
    """How much a button asks to be pressed."""

    PRIMARY = "primary"
    SECONDARY = "secondary"
    GHOST = "ghost"
    DANGER = "danger"


class Button(Clickable):
    """A button with a word and perhaps an icon.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        icon: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._kind = kind
        self._icon = icon
        self._label = ""
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def label(self) -> str:
        """The word on the button."""
        return self._label

    def set_text(self, text: str) -> None:
        """Changes the word. An ampersand is an ampersand."""
        if text != self._label:
            self._label = text
            self.setAccessibleName(text)
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        """Changes the icon; empty for none."""
        self._icon = icon
        self.updateGeometry()
        self.update()

    def _colours(self) -> tuple[str | None, str | None, str]:
        """Ground, edge and text for the state it is in."""
        tokens = self._theme.tokens
        if not self.isEnabled():
            if self._kind is ButtonKind.GHOST:
                return None, None, tokens.faint
            return tokens.raised, tokens.border, tokens.faint
        if self._kind is ButtonKind.PRIMARY:
            share = 0.25 if self.isDown() else 0.12 if self._hovered else 0.0
            return mixed(tokens.text, tokens.accent, share), None, tokens.on_accent
        if self._kind is ButtonKind.DANGER:
            return self._ground(None), tokens.hue(Hue.BAD).mark, tokens.hue(Hue.BAD).text
        if self._kind is ButtonKind.GHOST:
            return self._ground(None), None, tokens.text
        return self._ground(tokens.surface), tokens.control_border, tokens.text

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = theme.metrics(_STYLE)
        width = metrics.horizontalAdvance(self._label) + theme.px(2 * (Space.M + 2))
        if self._icon:
            width += theme.px(Size.ICON_SMALL + 2 + Space.S)
        height = max(theme.px(Size.CONTROL), metrics.height() + theme.px(Space.S))
        return QSize(width, height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        ground, edge, text_colour = self._colours()
        painter = painter_on(self)
        if ground or edge:
            paint_box(painter, self.rect(), ground, edge, Radius.CONTROL)
        metrics = theme.metrics(_STYLE)
        pad = theme.px(Space.S)
        icon_size = theme.px(Size.ICON_SMALL + 2) if self._icon else 0
        gap = theme.px(Space.S) if self._icon and self._label else 0
        room = self.width() - 2 * pad - icon_size - gap
        shown = elided(metrics, self._label, max(0, room))
        text_width = metrics.horizontalAdvance(shown)
        left = (self.width() - icon_size - gap - text_width) // 2
        if self._icon:
            spot = QRect(left, (self.height() - icon_size) // 2, icon_size, icon_size)
            theme.icons.paint(painter, self._mirrored(spot), self._icon, text_colour)
        words = QRect(left + icon_size + gap, 0, text_width + 1, self.height())
        painter.setFont(theme.font(_STYLE))
        painter.setPen(colour(text_colour))
        painter.drawText(self._mirrored(words), _CENTRE, shown)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)


class IconButton(Clickable):
    """A square button with just an icon; what it does is its tooltip and accessible name.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        icon: str,
        tooltip: str,
        size: int = Size.CONTROL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._icon = icon
        self._size = size
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set_tooltip(tooltip)

    def set_icon(self, icon: str) -> None:
        """Changes the icon."""
        self._icon = icon
        self.update()

    def set_tooltip(self, text: str, shortcut: str = "") -> None:
        """Says what the button does, with its keys if it has any."""
        self.setAccessibleName(text)
        self.setToolTip(plain_tooltip(f"{text} ({shortcut})" if shortcut else text))

    def sizeHint(self) -> QSize:
        size = self._theme.px(self._size)
        return QSize(size, size)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = painter_on(self)
        ground = self._ground(tokens.raised if self.isChecked() else None)
        if ground:
            paint_box(painter, self.rect(), ground, None, Radius.CONTROL)
        if not self.isEnabled():
            tint = tokens.faint
        else:
            tint = tokens.text if self._hovered or self.isChecked() else tokens.muted
        size = theme.px(Size.ICON)
        spot = QRect((self.width() - size) // 2, (self.height() - size) // 2, size, size)
        theme.icons.paint(painter, spot, self._icon, tint)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)


class LinkButton(Clickable):
    """Words that lead somewhere, with a hand pointer and an underline under the pointer.

    They begin where the text above begins; so the keyboard's mark is a line below them on a tinted
    ground, in place of a ring, which would need room at their sides.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self, theme: Theme, text: str, icon: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._label = text
        self._icon = icon
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def label(self) -> str:
        """The words."""
        return self._label

    def set_text(self, text: str) -> None:
        """Changes the words."""
        self._label = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = theme.metrics(_STYLE)
        width = metrics.horizontalAdvance(self._label) + 1
        if self._icon:
            width += theme.px(Size.ICON_SMALL + Space.XS)
        return QSize(width, metrics.height() + theme.px(Space.S))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        tokens = theme.tokens
        tint = tokens.hue(Hue.ACCENT).text if self.isEnabled() else tokens.faint
        painter = painter_on(self)
        if self._ring:
            self._paint_focus(painter)
        size = theme.px(Size.ICON_SMALL) if self._icon else 0
        gap = theme.px(Space.XS) if size else 0
        words = QRect(0, 0, self.width() - size - gap, self.height())
        font = theme.font(_STYLE)
        if self._hovered and self.isEnabled():
            font = theme.sized_font(_STYLE, font.pixelSize())
            font.setUnderline(True)
        painter.setFont(font)
        painter.setPen(colour(tint))
        shown = elided(theme.metrics(_STYLE), self._label, words.width())
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self._mirrored(words), left, shown)
        if size:
            spot = QRect(self.width() - size, (self.height() - size) // 2, size, size)
            theme.icons.paint(painter, self._mirrored(spot), self._icon, tint)

    def _paint_focus(self, painter: QPainter) -> None:
        tokens, rect = self._theme.tokens, self.rect()
        paint_box(painter, rect, tokens.selection, None, Radius.SMALL)
        line = QRect(0, rect.height() - Size.FOCUS_RING, rect.width(), Size.FOCUS_RING)
        paint_box(painter, line, tokens.hue(Hue.ACCENT).mark, None, 0)
