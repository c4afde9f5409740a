"""One of a few: tabs, periods, categories."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    Painted,
    paint_box,
    paint_focus_ring,
    painter_on,
)

_INSET = 3
_STYLE = TextStyle.BODY


class _Segment(Clickable):
    def __init__(self, theme: Theme, key: object, text: str) -> None:
        super().__init__(theme)
        self.key = key
        self.label = text
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)

    def set_label(self, text: str) -> None:
        self.label = text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        return

    def sizeHint(self) -> QSize:
        theme = self._theme
        width = theme.metrics(TextStyle.BODY_STRONG).horizontalAdvance(self.label)
        height = max(theme.px(Size.CONTROL), theme.metrics(_STYLE).height() + theme.px(Space.S))
        return QSize(width + theme.px(2 * Space.M), height - 2 * _INSET)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = painter_on(self)
        radius = Radius.CONTROL - _INSET + 1
        if self.isChecked():
            paint_box(painter, self.rect(), tokens.pressed, tokens.control_border, radius)
        elif self._hovered:
            paint_box(painter, self.rect(), tokens.raised, None, radius)
        painter.setFont(theme.font(TextStyle.BODY_STRONG if self.isChecked() else _STYLE))
        ink = tokens.text if self.isChecked() else tokens.muted
        painter.setPen(colour(ink if self.isEnabled() else tokens.faint))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.label)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, radius)


class Segmented(Painted):
    """A row of choices of which one is always taken. Arrow keys move the choice.

    Signals:
        current_changed: another choice was taken, by hand or by `set_current`; its key.
    """

    current_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        choices: Sequence[tuple[object, str]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._segments = [_Segment(theme, key, text) for key, text in choices]
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(_INSET, _INSET, _INSET, _INSET)
        self._row.setSpacing(2)
        for segment in self._segments:
            segment.clicked.connect(partial(self._on_segment_clicked, segment.key))
            self._row.addWidget(segment)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        if self._segments:
            self._segments[0].setChecked(True)
        self._lead_tab()

    def current(self) -> object:
        """The key of the choice taken, None when there are no choices."""
        return next((s.key for s in self._segments if s.isChecked()), None)

    def set_current(self, key: object) -> None:
        """Takes a choice. Raises KeyError for a key that is not there."""
        chosen = next((s for s in self._segments if s.key == key), None)
        if chosen is None:
            raise KeyError(key)
        if chosen.isChecked():
            return
        chosen.setChecked(True)
        self._lead_tab()
        self.current_changed.emit(key)

    def set_text(self, key: object, text: str) -> None:
        """Changes the words of a choice, such as its count. Raises KeyError."""
        for segment in self._segments:
            if segment.key == key:
                segment.set_label(text)
                return
        raise KeyError(key)

    def texts(self) -> list[str]:
        """The words of all choices in order."""
        return [segment.label for segment in self._segments]

    def _lead_tab(self) -> None:
        """Tab comes to the choice that is taken."""
        for segment in self._segments:
            policy = (
                Qt.FocusPolicy.StrongFocus if segment.isChecked() else Qt.FocusPolicy.ClickFocus
            )
            segment.setFocusPolicy(policy)

    def _on_segment_clicked(self, key: object) -> None:
        self.set_current(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = Qt.Key.Key_Right
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            forward = Qt.Key.Key_Left
        if event.key() not in (Qt.Key.Key_Left, Qt.Key.Key_Right) or not self._segments:
            super().keyPressEvent(event)
            return
        at = next((i for i, s in enumerate(self._segments) if s.isChecked()), 0)
        step = 1 if event.key() == forward else -1
        target = self._segments[(at + step) % len(self._segments)]
        target.setFocus(Qt.FocusReason.TabFocusReason)
        self.set_current(target.key)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        paint_box(painter_on(self), self.rect(), tokens.surface, tokens.border, Radius.CONTROL)
