"""What every hand-painted building block shares: following the theme, cards, rings, clicking."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFocusEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour

_ARROWS = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)
_RETURNS = (Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason)


def mirrored(direction: Qt.LayoutDirection, bounds: QRect, rect: QRect) -> QRect:
    """`rect` for the reading direction: as it is, or on the other side of `bounds`.

    Does what QStyle.visualRect does without loading QStyle, which costs 5 ms at start.
    """
    if direction is not Qt.LayoutDirection.RightToLeft:
        return rect
    return rect.translated(bounds.left() + bounds.right() - rect.left() - rect.right(), 0)


def painter_on(widget: QWidget) -> QPainter:
    """A painter that aligns text for the widget's reading direction; by itself it uses the
    application's."""
    painter = QPainter(widget)
    painter.setLayoutDirection(widget.layoutDirection())
    return painter


def paint_box(
    painter: QPainter, rect: QRect, fill: str | None, edge: str | None, radius: float
) -> None:
    """A rounded box with a hairline inside `rect`; None leaves out the fill or the line."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(edge), 1) if edge else Qt.PenStyle.NoPen)
    painter.setBrush(colour(fill) if fill else Qt.BrushStyle.NoBrush)
    box = QRectF(rect)
    if edge:
        box.adjust(0.5, 0.5, -0.5, -0.5)
    painter.drawRoundedRect(box, radius, radius)


def paint_focus_ring(painter: QPainter, rect: QRect, theme: Theme, radius: float) -> None:
    """The ring that says where the keyboard is, just inside `rect`."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(colour(theme.hue(Hue.ACCENT).mark), Size.FOCUS_RING))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    half = Size.FOCUS_RING / 2
    painter.drawRoundedRect(QRectF(rect).adjusted(half, half, -half, -half), radius, radius)


def paint_badge(painter: QPainter, rect: QRect, theme: Theme, icon: str, hue: Hue) -> None:
    """An icon on a tinted rounded square."""
    colours = theme.hue(hue)
    paint_box(painter, rect, colours.tint, None, Radius.CONTROL)
    inset = rect.width() // 4
    theme.icons.paint(painter, rect.adjusted(inset, inset, -inset, -inset), icon, colours.mark)


class Painted(QWidget):
    """A widget that draws itself from the theme."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        theme.changed.connect(self._on_theme_changed)

    def _mirrored(self, rect: QRect) -> QRect:
        return mirrored(self.layoutDirection(), self.rect(), rect)

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()


class Clickable(QAbstractButton):
    """A hand-painted button: Space and Enter press it, the ring shows for the keyboard.

    Signals:
        clicked: pressed with the pointer or the keyboard (of QAbstractButton).
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._hovered = False
        self._ring = False
        self._ring_before = False
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self._on_theme_changed)

    def shows_focus_ring(self) -> bool:
        """Whether the keyboard is here and the ring is drawn."""
        return self._ring

    def _mirrored(self, rect: QRect) -> QRect:
        return mirrored(self.layoutDirection(), self.rect(), rect)

    def _ground(self, resting: str | None) -> str | None:
        tokens = self._theme.tokens
        if not self.isEnabled():
            return resting
        if self.isDown():
            return tokens.pressed
        return tokens.raised if self._hovered else resting

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        if event.reason() in _RETURNS:
            self._ring = self._ring_before
        else:
            self._ring = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self._ring_before = self._ring and event.reason() in _RETURNS
        self._ring = False
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() in _ARROWS:
            # Left to what holds the button; QAbstractButton would move the focus by itself.
            event.ignore()
        else:
            super().keyPressEvent(event)

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
