"""Something large with a pane beside it, or below it where there is no room."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow

_BESIDE = 900
_PANE = 344
_PANE_BELOW = 440


class SidePane(QWidget):
    """Holds `main`, and `pane` at its end while that is shown. `main_height` is kept either way.

    Widths and heights are logical pixels at 100 % text scale, but for `set_main_height`.
    """

    def __init__(self, theme: Theme, main: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._main = main
        self._pane: QWidget | None = None
        self._row = ResponsiveRow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(main, 1)
        theme.changed.connect(self._turn)
        self._turn()

    def set_pane(self, pane: QWidget) -> None:
        """Put a pane at the end."""
        self._pane = pane
        self._row.addWidget(pane)
        self._turn()

    def set_main_height(self, height: int) -> None:
        """How high `main` is, in drawn pixels; without it `main` takes the height there is."""
        self._main.setFixedHeight(height)
        self._row.setAlignment(self._main, Qt.AlignmentFlag.AlignTop)

    def is_beside(self) -> bool:
        """Whether there is room for the pane beside."""
        return self.width() >= self._theme.px(_BESIDE)

    def _turn(self) -> None:
        px = self._theme.px
        beside = self.is_beside()
        self._row.setSpacing(px(Space.M))
        self._row.set_beside(beside)
        if self._pane is None:
            return
        most = (1 << 24) - 1
        if beside:
            self._pane.setMinimumHeight(0)
            self._pane.setMaximumHeight(most)
            self._pane.setFixedWidth(px(_PANE))
        else:
            self._pane.setMinimumWidth(0)
            self._pane.setMaximumWidth(most)
            self._pane.setFixedHeight(px(_PANE_BELOW))

    def minimumSizeHint(self) -> QSize:
        # One of them at a time: both beside each other would keep it from ever getting narrower.
        hint = super().minimumSizeHint()
        return QSize(self._main.minimumSizeHint().width(), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
