"""Tells assistive technology that a hand-painted widget is a chart."""

from __future__ import annotations

from functools import cache

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QAccessibleWidget, QWidget

_charts: set[type[QWidget]] = set()


def announce_as_chart(kind: type[QWidget]) -> None:
    """From now on widgets of this class have the role of a chart; by themselves Qt gives them
    none."""
    _charts.add(kind)
    _install()


@cache
def _install() -> None:
    QAccessible.installFactory(_interface)


def _interface(name: str, described: QObject) -> QAccessibleInterface | None:
    if isinstance(described, QWidget) and type(described) in _charts:
        return QAccessibleWidget(described, QAccessible.Role.Chart, "")
    return None
