"""Somebody in a list: picture, name, and a line below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.avatar import Avatar
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)

if TYPE_CHECKING:
    from beatpass_desktop.models.pictures import Pictures

_PICTURE = 40
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class PersonButton(Clickable):
    """Picture or initials, name, verified mark and a line below, to be clicked as one.

    `hint` says what a click does, for the tooltip and the accessible description.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        line: str = "",
        *,
        verified: bool = False,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._line = line
        self._verified = verified
        self._hint = hint
        self._picture = Avatar(theme, _PICTURE, parent=self)
        self._picture.set_name(name)
        # The button tells the name.
        self._picture.setAccessibleName("")
        self._picture.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleDescription(hint)
        self._tell()

    def name(self) -> str:
        """The name shown."""
        return self._name

    def line(self) -> str:
        """The line below."""
        return self._line

    def set_line(self, line: str) -> None:
        """Change the line below."""
        if line != self._line:
            self._line = line
            self._tell()
            self.update()

    def show_picture(self, pictures: Pictures, address: str | None) -> None:
        """Show the picture at an address as soon as it can be had, the initials until then."""
        self._picture.show_picture(pictures, address)

    def _tell(self) -> None:
        mark = QCoreApplication.translate("people", "verified") if self._verified else ""
        parts = (self._name, mark, self._line)
        self.setAccessibleName(", ".join(part for part in parts if part))

    def _text_left(self) -> int:
        px = self._theme.px
        return px(Space.S) + px(_PICTURE) + px(Space.M)

    def _refresh_tooltip(self) -> None:
        room = self.width() - self._text_left() - self._theme.px(Space.S)
        if self._verified:
            room -= self._theme.px(Size.ICON_SMALL + Space.XS)
        advance = self._theme.metrics(TextStyle.BODY_STRONG).horizontalAdvance(self._name)
        cut = [self._name] if advance > room else []
        self.setToolTip(plain_tooltip("\n".join((*cut, self._hint))))

    def _place_picture(self) -> None:
        px = self._theme.px
        size = px(_PICTURE)
        spot = QRect(px(Space.S), (self.height() - size) // 2, size, size)
        self._picture.setGeometry(self._mirrored(spot))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._place_picture()
        self._refresh_tooltip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_picture()
        self._refresh_tooltip()

    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, self._theme.metrics
        words = metrics(TextStyle.BODY_STRONG).height() + metrics(TextStyle.SECONDARY).height()
        return QSize(px(200), max(px(_PICTURE), words) + 2 * px(Space.S))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(96), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        ground = self._ground(None)
        if ground:
            paint_box(painter, self.rect(), ground, None, Radius.CONTROL)
        left = self._text_left()
        width = self.width() - left - px(Space.S)
        first = theme.metrics(TextStyle.BODY_STRONG)
        second = theme.metrics(TextStyle.SECONDARY)
        height = first.height() + (second.height() if self._line else 0)
        top = (self.height() - height) // 2
        mark = px(Size.ICON_SMALL) if self._verified else 0
        room = width - (mark + px(Space.XS) if mark else 0)
        shown = elided(first, self._name, room)
        painter.setFont(theme.font(TextStyle.BODY_STRONG))
        painter.setPen(colour(tokens.text))
        line = QRect(left, top, room, first.height())
        painter.drawText(self._mirrored(line), _LEFT, shown)
        if mark:
            after = left + min(room, first.horizontalAdvance(shown)) + px(Space.XS)
            place = QRect(after, top + (first.height() - mark) // 2, mark, mark)
            hue = theme.hue(Hue.INFO).mark
            theme.icons.paint(painter, self._mirrored(place), "badge-check", hue)
        if self._line:
            painter.setFont(theme.font(TextStyle.SECONDARY))
            painter.setPen(colour(tokens.muted))
            below = QRect(left, top + first.height(), width, second.height())
            painter.drawText(self._mirrored(below), _LEFT, elided(second, self._line, width))
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
