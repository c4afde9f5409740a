"""Line icons (Lucide), drawn in any colour and size.

They come as a font: one file to read, and no picture to parse for each icon before the first paint.
"""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont, QFontDatabase, QPainter, QPixmap

from beatpass_desktop.resources import resource_path
from beatpass_desktop.views.theme.glyphs import GLYPHS
from beatpass_desktop.views.theme.tokens import colour


class Icons:
    """The bundled icons. Raises KeyError for a name that is not bundled."""

    def __init__(self) -> None:
        self._family = ""
        self._fonts: dict[int, QFont] = {}

    def paint(self, painter: QPainter, rect: QRect, name: str, hex_colour: str) -> None:
        """Draws an icon into the largest square in the middle of `rect`."""
        glyph = GLYPHS[name]
        size = min(rect.width(), rect.height())
        if size <= 0:
            # Painted before its layout has made room for it.
            return
        painter.save()
        painter.setFont(self._font(size))
        painter.setPen(colour(hex_colour))
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, glyph)
        painter.restore()

    def pixmap(self, name: str, hex_colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """An icon `size` logical pixels wide at device pixel ratio `ratio`."""
        if name not in GLYPHS:
            raise KeyError(name)
        extent = max(1, round(size * ratio))
        pixmap = QPixmap(extent, extent)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(0, 0, extent, extent), name, hex_colour)
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap

    def _font(self, size: int) -> QFont:
        font = self._fonts.get(size)
        if font is None:
            if not self._family:
                number = QFontDatabase.addApplicationFont(str(resource_path("icons", "lucide.ttf")))
                self._family = QFontDatabase.applicationFontFamilies(number)[0]
            font = self._fonts[size] = QFont(self._family)
            font.setPixelSize(size)
            font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        return font
