"""A field to search in."""

from __future__ import annotations

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import Size, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.painted import mirrored, painter_on
from beatpass_desktop.views.widgets.text_field import TextField

_CLEAR = 24


class SearchField(TextField):
    """A text field with a magnifying glass, and a cross while it holds text. Escape empties it."""

    def __init__(self, theme: Theme, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(theme, placeholder, parent)
        if not placeholder:
            self.setAccessibleName(self.tr("Search"))
        self._clear = IconButton(theme, "x", self.tr("Clear search"), _CLEAR, parent=self)
        self._clear.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._clear.hide()
        self._clear.clicked.connect(self.clear)
        self.textChanged.connect(self._on_text_changed)

    def _margins(self) -> tuple[int, int]:
        px = self._theme.px
        return px(Size.ICON + Space.M + 2), px(_CLEAR + Space.XS)

    def _on_text_changed(self, text: str) -> None:
        self._clear.setVisible(bool(text))
        self._place_clear()

    def _place_clear(self) -> None:
        size = self._clear.sizeHint()
        left = self.width() - size.width() - self._theme.px(Space.XS)
        rect = QRect(left, (self.height() - size.height()) // 2, size.width(), size.height())
        self._clear.setGeometry(mirrored(self.layoutDirection(), self.rect(), rect))

    def _on_theme_changed(self) -> None:
        super()._on_theme_changed()
        self._place_clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place_clear()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        theme = self._theme
        painter = painter_on(self)
        size = theme.px(Size.ICON - 2)
        spot = QRect(theme.px(Space.S + 2), (self.height() - size) // 2, size, size)
        spot = mirrored(self.layoutDirection(), self.rect(), spot)
        theme.icons.paint(painter, spot, "search", theme.tokens.muted)
