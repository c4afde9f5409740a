"""The way to the parts of a long page."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.flow import FlowLayout


class JumpBar(QWidget):
    """A link for each part, in as many lines as the width needs.

    Signals:
        jump_requested: the key of a part that is to be brought into view.
    """

    jump_requested = Signal(object)

    def __init__(
        self, theme: Theme, parts: Sequence[tuple[object, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._links: list[LinkButton] = []
        self._row = FlowLayout(self)
        for key, text in parts:
            link = LinkButton(theme, text)
            link.clicked.connect(partial(self._on_link_clicked, key))
            self._row.addWidget(link)
            self._links.append(link)
        theme.changed.connect(self._space)
        self._space()

    def links(self) -> list[LinkButton]:
        """The links in order."""
        return list(self._links)

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.XL))

    def _on_link_clicked(self, key: object) -> None:
        self.jump_requested.emit(key)
