"""A short message that goes away by itself."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QHideEvent, QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.labels import PlainLabel, elided
from beatpass_desktop.views.widgets.painted import mirrored, paint_box, painter_on

_SHOWN_MS = 4000
_WIDEST = 480


class Toast(PlainLabel):
    """Floats at the lower edge of its parent; a click closes it, the pointer on it keeps it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, "", TextStyle.BODY, parent=parent)
        self._host = parent
        self._icon = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._on_timeout)
        self.hide()

    def show_text(self, text: str, icon: str = "info", ms: int = _SHOWN_MS) -> None:
        """Shows a message for `ms`, in place of the one before."""
        self._icon = icon
        self.setText(text)
        self.setAccessibleName(text)
        self._place()
        self._host.removeEventFilter(self)
        self._host.installEventFilter(self)
        self.show()
        self.raise_()
        self._timer.start(ms)

    def _place(self) -> None:
        parent = self._host
        margin = self._theme.px(Space.XXL)
        size = self.sizeHint().boundedTo(QSize(parent.width() - 2 * margin, parent.height()))
        left = (parent.width() - size.width()) // 2
        self.setGeometry(
            left, parent.height() - size.height() - margin, size.width(), size.height()
        )

    def _on_timeout(self) -> None:
        if self.underMouse():
            self._timer.start()
        else:
            self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return False

    def hideEvent(self, event: QHideEvent) -> None:
        self._host.removeEventFilter(self)
        self._timer.stop()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.hide()

    def sizeHint(self) -> QSize:
        px, metrics = self._theme.px, self._theme.metrics(TextStyle.BODY)
        width = metrics.horizontalAdvance(self.text()) + px(2 * Space.L)
        if self._icon:
            width += px(Size.ICON + Space.S)
        height = max(px(Size.ROW), metrics.height() + px(Space.L))
        return QSize(min(width, px(_WIDEST)), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        paint_box(painter, self.rect(), tokens.raised, tokens.control_border, Radius.CONTROL)
        words = self.rect().adjusted(px(Space.L), 0, -px(Space.L), 0)
        if self._icon:
            size = px(Size.ICON)
            spot = QRect(words.left(), (self.height() - size) // 2, size, size)
            theme.icons.paint(
                painter,
                mirrored(self.layoutDirection(), self.rect(), spot),
                self._icon,
                tokens.muted,
            )
            words.setLeft(words.left() + size + px(Space.S))
        painter.setFont(theme.font(TextStyle.BODY))
        painter.setPen(colour(tokens.text))
        painter.drawText(
            mirrored(self.layoutDirection(), self.rect(), words),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            elided(theme.metrics(TextStyle.BODY), self.text(), words.width()),
        )
