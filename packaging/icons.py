"""Draws the program's icon in all sizes, for each system in its own kind of file."""

from __future__ import annotations

import struct
from pathlib import Path

from project import BUILD, NAME, ROOT
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

DRAWING = ROOT / "resources" / "icons" / "app" / f"{NAME}.svg"
ICONS = BUILD / "icons"
SIZES = (16, 22, 24, 32, 48, 64, 96, 128, 256, 512)
"""px, as the hicolor theme names them"""

_ICO_SIZES = (16, 24, 32, 48, 64, 128, 256)
_ICNS_KINDS = {
    b"icp4": 16, b"icp5": 32, b"ic11": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256,
    b"ic14": 512, b"ic09": 512, b"ic10": 1024,
}  # fmt: skip


def draw() -> None:
    """Write `build/icons`: `<size>.png`, an .ico for Windows and an .icns for macOS."""
    ICONS.mkdir(parents=True, exist_ok=True)
    for size in SIZES:
        (ICONS / f"{size}.png").write_bytes(png(size))
    (ICONS / f"{NAME}.ico").write_bytes(_ico())
    (ICONS / f"{NAME}.icns").write_bytes(_icns())


def png(size: int) -> bytes:
    """The icon as a PNG file, `size` px wide and high."""
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(str(DRAWING)).render(painter)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")
    return bytes(buffer.data().data())


def _ico() -> bytes:
    pictures = [png(size) for size in _ICO_SIZES]
    offset = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    for size, picture in zip(_ICO_SIZES, pictures, strict=True):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return head + b"".join(pictures)


def _icns() -> bytes:
    parts = b""
    for kind, size in _ICNS_KINDS.items():
        picture = png(size)
        parts += kind + struct.pack(">I", 8 + len(picture)) + picture
    return b"icns" + struct.pack(">I", 8 + len(parts)) + parts


def install(share: Path) -> None:
    """Put the icons into a `share` folder, as the hicolor theme wants them."""
    theme = share / "icons" / "hicolor"
    for size in SIZES:
        target = theme / f"{size}x{size}" / "apps" / f"{NAME}.png"
        target.parent.mkdir(parents=True)
        target.write_bytes((ICONS / f"{size}.png").read_bytes())
    target = theme / "scalable" / "apps" / f"{NAME}.svg"
    target.parent.mkdir(parents=True)
    target.write_bytes(DRAWING.read_bytes())
