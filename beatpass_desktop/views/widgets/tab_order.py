"""Where the Tab key goes from what is built later than what stands after it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(before: QWidget, widget: QWidget) -> None:
    """Have Tab go from `before` to `widget` and what is in it, then to where it went until now."""
    inside: list[QWidget] = []
    following: QWidget | None = widget
    while following is not None and (following is widget or widget.isAncestorOf(following)):
        inside.append(following)
        following = following.nextInFocusChain()
        if following in inside:
            break
    for one in inside:
        if one.focusPolicy() & Qt.FocusPolicy.TabFocus:
            QWidget.setTabOrder(before, one)
            before = one
