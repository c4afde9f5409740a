"""Pictures of people and covers of tracks, with initials while there is no picture."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zlib import crc32

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.painted import Painted, painter_on

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from beatpass_desktop.models.pictures import Pictures

_LARGEST_SMALL = 48
"""logical pixels up to which the small picture is sharp enough"""
_HUES = (
    Hue.HOME,
    Hue.PROGRESS,
    Hue.ALBUMS,
    Hue.ACTIVITY,
    Hue.LEADERBOARDS,
    Hue.FINANCES,
)


def initials(name: str) -> str:
    """Up to two letters for a name, in capitals; empty for an empty name."""
    words = [word for word in name.split() if word[0].isalnum()] or name.split()
    if not words:
        return ""
    letters = words[0][0] if len(words) == 1 else words[0][0] + words[-1][0]
    return letters.upper()


def name_hue(name: str) -> Hue:
    """The hue that always goes with a name."""
    return _HUES[crc32(name.encode("utf-8", "replace")) % len(_HUES)]


def paint_initials(
    painter: QPainter, rect: QRect, theme: Theme, name: str, radius: float, icon: str = "user"
) -> None:
    """A tinted shape with the initials of `name`, or with `icon` when there are none."""
    colours = theme.hue(name_hue(name) if name.strip() else Hue.NEUTRAL)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(colours.tint))
    painter.drawRoundedRect(QRectF(rect), radius, radius)
    letters = initials(name)
    if not letters:
        inset = rect.width() // 4
        spot = rect.adjusted(inset, inset, -inset, -inset)
        theme.icons.paint(painter, spot, icon, colours.text)
        return
    painter.setFont(theme.sized_font(TextStyle.BODY_STRONG, max(8, round(rect.height() * 0.38))))
    painter.setPen(colour(colours.text))
    painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letters)


def shaped(image: QImage, size: int, ratio: float, radius: float) -> QPixmap:
    """`image` cut to a square of `size` logical pixels with rounded corners."""
    from PySide6.QtGui import QPainterPath

    extent = max(1, round(size * ratio))
    scaled = image.scaled(
        extent,
        extent,
        Qt.AspectRatioMode.KeepAspectRatioByExpanding,
        Qt.TransformationMode.SmoothTransformation,
    )
    pixmap = QPixmap(extent, extent)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, extent, extent), radius * ratio, radius * ratio)
    painter.setClipPath(path)
    painter.drawImage(-(scaled.width() - extent) // 2, -(scaled.height() - extent) // 2, scaled)
    painter.end()
    pixmap.setDevicePixelRatio(ratio)
    return pixmap


class Avatar(Painted):
    """A picture of somebody, round unless told otherwise."""

    icon = "user"

    def __init__(
        self,
        theme: Theme,
        size: int = 32,
        *,
        round_: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._size = size
        self._round = round_
        self._name = ""
        self._image: QImage | None = None
        self._pixmap: QPixmap | None = None
        self._pictures: Pictures | None = None
        self._address: str | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def name(self) -> str:
        """Whose picture it is."""
        return self._name

    def set_name(self, name: str) -> None:
        """Says whose picture it is; gives initials and colour while there is none."""
        self._name = name
        self.setAccessibleName(name)
        self.update()

    def set_image(self, image: QImage | None) -> None:
        """Shows a picture decoded elsewhere; None goes back to the initials."""
        self._image = None if image is None or image.isNull() else image
        self._pixmap = None
        self.update()

    def show_picture(self, pictures: Pictures, address: str | None) -> None:
        """Shows the picture at an address as soon as it can be had, the initials until then."""
        if self._pictures is None:
            self._pictures = pictures
            pictures.arrived.connect(self._on_arrived)
        self._address = address
        self._take_picture()

    def _take_picture(self) -> None:
        assert self._pictures is not None
        large = self._size > _LARGEST_SMALL
        self.set_image(self._pictures.image(self._address, large=large))

    def _on_arrived(self, addresses: set[str]) -> None:
        if self._address in addresses:
            self._take_picture()

    def _radius(self) -> float:
        return self.width() / 2 if self._round else Radius.CONTROL

    def _on_theme_changed(self) -> None:
        self._pixmap = None
        super()._on_theme_changed()

    def sizeHint(self) -> QSize:
        size = self._theme.px(self._size)
        return QSize(size, size)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = painter_on(self)
        rect = self.rect()
        radius = self._radius()
        if self._image is None:
            paint_initials(painter, rect, self._theme, self._name, radius, self.icon)
            return
        ratio = self.devicePixelRatioF()
        pixmap = self._pixmap
        if pixmap is None or pixmap.devicePixelRatio() != ratio:
            pixmap = self._pixmap = shaped(self._image, self.width(), ratio, radius)
        painter.drawPixmap(0, 0, pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour(self._theme.tokens.border), 1))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(QRectF(rect).adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)


class Cover(Avatar):
    """The cover of a track or album: square with rounded corners."""

    icon = "music"

    def __init__(self, theme: Theme, size: int = 40, parent: QWidget | None = None) -> None:
        super().__init__(theme, size, round_=False, parent=parent)
