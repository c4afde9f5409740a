"""Keeping lines readable on wide windows."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QWidget


def centred_row(content: QWidget) -> QHBoxLayout:
    """A layout that gives `content` all the width up to its maximum width, then centres it.

    An alignment would do the same but loses height-for-width: wrapped text would be cut.
    """
    row = QHBoxLayout()
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    row.addStretch(0)
    row.addWidget(content, 1)
    row.addStretch(0)
    return row
