"""Line icons (Lucide), tinted when they are drawn."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPixmap

from beatpass_desktop.resources import resource_path


class Icons:
    """Pixmaps of the bundled icons, cached by name, colour, size and device pixel ratio."""

    def __init__(self) -> None:
        self._sources: dict[str, bytes] = {}
        self._pixmaps: dict[tuple[str, str, int, float], QPixmap] = {}

    def pixmap(self, name: str, hex_colour: str, size: int, ratio: float = 1.0) -> QPixmap:
        """The icon `name` in a colour, `size` logical pixels wide at device pixel ratio `ratio`.

        Raises FileNotFoundError for an icon that is not bundled.
        """
        key = (name, hex_colour, size, ratio)
        pixmap = self._pixmaps.get(key)
        if pixmap is None:
            pixmap = self._pixmaps[key] = self._rendered(*key)
        return pixmap

    def paint(self, painter: QPainter, rect: QRect, name: str, hex_colour: str) -> None:
        """Draws an icon into the largest square in the middle of `rect`."""
        size = min(rect.width(), rect.height())
        ratio = painter.device().devicePixelRatioF()
        left = rect.x() + (rect.width() - size) // 2
        top = rect.y() + (rect.height() - size) // 2
        painter.drawPixmap(left, top, self.pixmap(name, hex_colour, size, ratio))

    def _rendered(self, name: str, hex_colour: str, size: int, ratio: float) -> QPixmap:
        # QtSvg is loaded here so that merely importing the theme does not pay for it.
        from PySide6.QtSvg import QSvgRenderer

        source = self._sources.get(name)
        if source is None:
            source = self._sources[name] = resource_path("icons", f"{name}.svg").read_bytes()
        renderer = QSvgRenderer()
        renderer.load(source.replace(b"currentColor", hex_colour.encode()))
        extent = max(1, round(size * ratio))
        pixmap = QPixmap(extent, extent)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, extent, extent))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
