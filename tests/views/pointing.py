"""A pointer that moves."""

from __future__ import annotations

from PySide6.QtCore import QPoint
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget


def point_at(widget: QWidget, spot: QPoint) -> None:
    """Move the pointer to `spot` of `widget`, from beside it.

    Qt sends nothing to a pointer that is there already, and the one pointer of a process may have
    been left there by an earlier test.
    """
    QTest.mouseMove(widget, spot + QPoint(1, 1))
    QTest.mouseMove(widget, spot)
