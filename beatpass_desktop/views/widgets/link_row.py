"""One line of a list that leads somewhere."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QImage, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.avatar import paint_initials, shaped
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)

_PICTURE = 32
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LinkRow(Clickable):
    """Cover or initials, a name, and a word at the far end, to be clicked as one.

    `hint` says what a click does, for the tooltip and the accessible description; `icon` at the end
    shows where it leads.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        name: str,
        word: str,
        *,
        hint: str = "",
        icon: str = "external-link",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._name = name
        self._word = word
        self._hint = hint
        self._icon = icon
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{name}, {word}" if word else name)
        self.setAccessibleDescription(hint)

    def name(self) -> str:
        """The name shown."""
        return self._name

    def word(self) -> str:
        """What stands at the far end."""
        return self._word

    def set_image(self, image: QImage | None) -> None:
        """Show a cover; None shows the initials."""
        self._image = image
        self.update()

    def _room(self) -> int:
        """The width that is left for the name."""
        px, advance = self._theme.px, self._theme.metrics(TextStyle.SECONDARY).horizontalAdvance
        around = 2 * px(Space.S) + px(_PICTURE) + 2 * px(Space.M) + px(Size.ICON_SMALL + Space.S)
        return self.width() - around - advance(self._word)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        advance = self._theme.metrics(TextStyle.BODY).horizontalAdvance(self._name)
        cut = [self._name] if advance > self._room() else []
        self.setToolTip(plain_tooltip("\n".join((*cut, self._hint))))

    def sizeHint(self) -> QSize:
        px = self._theme.px
        text = self._theme.metrics(TextStyle.BODY).height()
        return QSize(px(240), max(px(_PICTURE), text) + px(Space.S))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        ground = self._ground(None)
        if ground:
            paint_box(painter, self.rect(), ground, None, Radius.CONTROL)
        size, pad, height = px(_PICTURE), px(Space.S), self.height()
        spot = self._mirrored(QRect(pad, (height - size) // 2, size, size))
        if self._image is None:
            paint_initials(painter, spot, theme, self._name, Radius.CONTROL, "music")
        else:
            cover = shaped(self._image, size, self.devicePixelRatioF(), Radius.CONTROL)
            painter.drawPixmap(spot.topLeft(), cover)
        left, room = pad + size + px(Space.M), max(0, self._room())
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(colour(tokens.text))
        shown = elided(theme.metrics(TextStyle.BODY), self._name, room)
        painter.drawText(self._mirrored(QRect(left, 0, room, height)), _LEFT, shown)
        icon = px(Size.ICON_SMALL)
        end = self.width() - pad - icon
        place = QRect(end, (height - icon) // 2, icon, icon)
        theme.icons.paint(painter, self._mirrored(place), self._icon, tokens.muted)
        painter.setFont(theme.font(TextStyle.SECONDARY))
        painter.setPen(colour(tokens.muted))
        start = left + room
        words = QRect(start, 0, end - pad - start, height)
        painter.drawText(self._mirrored(words), _RIGHT, self._word)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
