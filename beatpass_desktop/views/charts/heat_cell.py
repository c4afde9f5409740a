"""The square of one day of a heat map."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter

from beatpass_desktop.views.theme.contrast import mixed
from beatpass_desktop.views.theme.tokens import Hue, Tokens, colour

LEVELS = 4
ROUNDING = 0.22
"""the radius of its corners, as a share of its side"""
_SHADES = (0.45, 0.64, 0.82, 1.0)
_INSET = 0.16
"""by how much of its side the square of a second kind is smaller, so that colour is not alone"""


class Mark(NamedTuple):
    """How a day stands out: `level` from 1 to LEVELS; `second` marks another kind of day."""

    level: int
    hue: Hue
    second: bool = False


def shade(tokens: Tokens, hue: Hue, level: int) -> str:
    """The colour of a level of a hue; 0 is a day on which nothing happened."""
    if level <= 0:
        return tokens.border
    return mixed(tokens.hue(hue).mark, tokens.surface, _SHADES[min(level, LEVELS) - 1])


def paint_cell(painter: QPainter, box: QRectF, tokens: Tokens, mark: Mark | None) -> None:
    """The square of a day; None is one on which nothing happened."""
    painter.setPen(Qt.PenStyle.NoPen)
    radius = box.width() * ROUNDING
    if mark is None or mark.second:
        painter.setBrush(colour(tokens.border))
        painter.drawRoundedRect(box, radius, radius)
    if mark is not None:
        inset = box.width() * _INSET if mark.second else 0.0
        painter.setBrush(colour(shade(tokens, mark.hue, mark.level)))
        painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)
