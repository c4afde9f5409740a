"""What views paint on, known to Python from the start.

To ask a view for the viewport that Qt made has Python wrap every widget class of Qt, once, which
takes 20 ms: too long for the first visit of a page.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget

from beatpass_desktop.views.theme.tokens import colour


def give_ground(view: QAbstractScrollArea, role: QPalette.ColorRole) -> QWidget:
    """Give a view a viewport of our own, filled like the one it had."""
    ground = QWidget()
    ground.setBackgroundRole(role)
    ground.setAutoFillBackground(True)
    view.setViewport(ground)
    return ground


def use_fill(painter: QPainter, hex_colour: str) -> QPainter:
    """Have `drawRect` fill rectangles with a colour; `fillRect` would load the gradients first."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour(hex_colour))
    return painter
