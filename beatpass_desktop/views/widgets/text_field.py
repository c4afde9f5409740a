"""A line to type into."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import paint_box, paint_focus_ring, painter_on

_WIDTH = 240


class TextField(QLineEdit):
    """A line edit in the theme's look.

    Signals:
        textChanged, returnPressed and the others of QLineEdit.
    """

    def __init__(self, theme: Theme, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFrame(False)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        theme.changed.connect(self._on_theme_changed)
        self._dress()

    def _margins(self) -> tuple[int, int]:
        """The room before and after the text, in drawn pixels."""
        pad = self._theme.px(Space.S)
        return pad, pad

    def _dress(self) -> None:
        self.setFont(self._theme.font(TextStyle.BODY))
        palette = QPalette()
        # The field paints its own ground; the line edit must not paint over it.
        palette.setColor(QPalette.ColorRole.Base, Qt.GlobalColor.transparent)
        palette.setColor(QPalette.ColorRole.Text, colour(self._theme.tokens.text))
        self.setPalette(palette)
        self._space()
        self.updateGeometry()

    def _space(self) -> None:
        before, after = self._margins()
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            before, after = after, before
        self.setTextMargins(before, 0, after, 0)

    def _on_theme_changed(self) -> None:
        self._dress()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._space()

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(_WIDTH), self.minimumSizeHint().height())

    def minimumSizeHint(self) -> QSize:
        theme = self._theme
        height = max(theme.px(Size.CONTROL), self.fontMetrics().height() + theme.px(Space.S))
        return QSize(theme.px(_WIDTH // 2), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = painter_on(self)
        edge = tokens.control_border if self.isEnabled() else tokens.border
        paint_box(painter, self.rect(), tokens.surface, edge, Radius.CONTROL)
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), self._theme, Radius.CONTROL)
        painter.end()
        super().paintEvent(event)
