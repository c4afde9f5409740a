"""Who is signed in, at the foot of the sidebar."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
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

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_NAME = TextStyle.BODY_STRONG
_LEVEL = TextStyle.SECONDARY


class AccountButton(Clickable):
    """Avatar, artist name and level; opens the account menu.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._name = ""
        self._signed_in = False
        self._level = ""
        self._image: QImage | None = None
        self._pixmap: QPixmap | None = None
        self._collapsed = False
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_account("")

    def name(self) -> str:
        """The name shown."""
        return self._name

    def level(self) -> str:
        """The level shown."""
        return self._level

    def set_account(self, name: str, level: str = "", image: QImage | None = None) -> None:
        """Shows an artist; without a name, that nobody is signed in."""
        self._signed_in = bool(name)
        self._name = name or self.tr("Not signed in")
        self._level = level
        self._image = None if image is None or image.isNull() else image
        self._pixmap = None
        spoken = f"{self._name}, {level}" if level else self._name
        self.setAccessibleName(self.tr("Account: {name}").format(name=spoken))
        self.setToolTip(plain_tooltip(spoken))
        self.update()

    def set_collapsed(self, collapsed: bool) -> None:
        """Shows only the avatar, or name and level too."""
        self._collapsed = collapsed
        self.update()

    def _on_theme_changed(self) -> None:
        self._pixmap = None
        super()._on_theme_changed()

    def sizeHint(self) -> QSize:
        theme = self._theme
        lines = theme.metrics(_NAME).height() + theme.metrics(_LEVEL).height()
        height = max(theme.px(Size.BADGE), lines) + theme.px(2 * Space.S)
        return QSize(theme.px(Size.BADGE + Space.XS), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        ground = self._ground(None)
        if ground:
            paint_box(painter, self.rect(), ground, None, Radius.CONTROL)
        size = px(Size.BADGE)
        left = (self.width() - size) // 2 if self._collapsed else px(Space.S)
        face = QRect(left, (self.height() - size) // 2, size, size)
        self._paint_face(painter, self._mirrored(face))
        if not self._collapsed:
            icon = px(Size.ICON_SMALL)
            arrow = QRect(
                self.width() - px(Space.S) - icon, (self.height() - icon) // 2, icon, icon
            )
            theme.icons.paint(painter, self._mirrored(arrow), "chevron-up", tokens.muted)
            text_left = face.right() + 1 + px(Space.S + 2)
            self._paint_words(painter, text_left, max(0, arrow.left() - px(Space.S) - text_left))
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)

    def _paint_face(self, painter: QPainter, rect: QRect) -> None:
        if self._image is None:
            known = self._name if self._signed_in else ""
            paint_initials(painter, rect, self._theme, known, rect.width() / 2)
            return
        ratio = self.devicePixelRatioF()
        if self._pixmap is None or self._pixmap.devicePixelRatio() != ratio:
            self._pixmap = shaped(self._image, rect.width(), ratio, rect.width() / 2)
        painter.drawPixmap(rect.topLeft(), self._pixmap)

    def _paint_words(self, painter: QPainter, left: int, width: int) -> None:
        theme = self._theme
        name, level = theme.metrics(_NAME), theme.metrics(_LEVEL)
        height = name.height() + (level.height() if self._level else 0)
        top = (self.height() - height) // 2
        first = self._mirrored(QRect(left, top, width, name.height()))
        painter.setFont(theme.font(_NAME))
        painter.setPen(colour(theme.tokens.text))
        painter.drawText(first, _LEFT, elided(name, self._name, width))
        if self._level:
            second = self._mirrored(QRect(left, top + name.height(), width, level.height()))
            painter.setFont(theme.font(_LEVEL))
            painter.setPen(colour(theme.tokens.muted))
            painter.drawText(second, _LEFT, elided(level, self._level, width))
