"""Tabs with icons, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)

_BEFORE = (Qt.Key.Key_Left, Qt.Key.Key_Up)
_AFTER = (Qt.Key.Key_Right, Qt.Key.Key_Down)


class _Tab(Clickable):
    """One tab: a word, after an icon if it has one; a tinted ground when it is the current one."""

    def __init__(self, theme: Theme, key: object, icon: str, text: str, hue: Hue) -> None:
        super().__init__(theme)
        self.key = key
        self._icon = icon
        self._text = text
        self._hue = hue
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_text(self, text: str, hint: str) -> None:
        self._text = text
        self.setAccessibleName(text)
        self.setAccessibleDescription(hint)
        self.setToolTip(plain_tooltip(hint))
        self.updateGeometry()
        self.update()

    def nextCheckState(self) -> None:
        return

    def sizeHint(self) -> QSize:
        theme, px = self._theme, self._theme.px
        metrics = theme.metrics(TextStyle.BODY_STRONG)
        width = metrics.horizontalAdvance(self._text) + 1
        width += px(Size.ICON_SMALL + 2 + Space.S) if self._icon else 0
        height = max(px(Size.CONTROL), metrics.height() + px(Space.S))
        return QSize(width + px(2 * Space.M), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        colours = theme.hue(self._hue)
        painter = painter_on(self)
        current = self.isChecked()
        ground = colours.tint if current else self._ground(tokens.surface)
        edge = colours.mark if current else tokens.border
        paint_box(painter, self.rect(), ground, edge, Radius.CONTROL)
        ink = colours.text if current else tokens.text if self._hovered else tokens.muted
        left = px(Space.M)
        if self._icon:
            size = px(Size.ICON_SMALL + 2)
            spot = QRect(left, (self.height() - size) // 2, size, size)
            theme.icons.paint(painter, self._mirrored(spot), self._icon, ink)
            left = spot.right() + 1 + px(Space.S)
        words = QRect(left, 0, self.width() - left - px(Space.S), self.height())
        style = TextStyle.BODY_STRONG if current else TextStyle.BODY
        painter.setFont(theme.font(style))
        painter.setPen(colour(ink))
        painter.drawText(
            self._mirrored(words),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            elided(theme.metrics(style), self._text, words.width()),
        )
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)


class TabRow(QWidget):
    """A row of tabs (key, icon, text) of which one is always the current. Arrow keys move it.

    Signals:
        current_changed: another tab was taken, by hand or by `set_current`; its key.
    """

    current_changed = Signal(object)

    def __init__(
        self,
        theme: Theme,
        tabs: Sequence[tuple[object, str, str]],
        hue: Hue = Hue.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._row = FlowLayout(self)
        self._tabs = [_Tab(theme, key, icon, text, hue) for key, icon, text in tabs]
        for tab in self._tabs:
            tab.clicked.connect(partial(self.set_current, tab.key))
            self._row.addWidget(tab)
        self._tabs[0].setChecked(True)
        theme.changed.connect(self._space)
        self._space()

    def current(self) -> object:
        """The key of the current tab."""
        return next(tab.key for tab in self._tabs if tab.isChecked())

    def set_current(self, key: object) -> None:
        """Take a tab. Raises KeyError for a key that is not there."""
        chosen = next((tab for tab in self._tabs if tab.key == key), None)
        if chosen is None:
            raise KeyError(key)
        if not chosen.isChecked():
            chosen.setChecked(True)
            self.current_changed.emit(key)

    def set_text(self, key: object, text: str, hint: str = "") -> None:
        """Change the words of a tab, such as its count; `hint` says more. Raises KeyError."""
        tab = next((tab for tab in self._tabs if tab.key == key), None)
        if tab is None:
            raise KeyError(key)
        tab.set_text(text, hint)

    def texts(self) -> list[str]:
        """The words of all tabs in order."""
        return [tab.accessibleName() for tab in self._tabs]

    def focus_current(self) -> None:
        """Put the keyboard on the current tab."""
        tab = next(tab for tab in self._tabs if tab.isChecked())
        tab.setFocus(Qt.FocusReason.TabFocusReason)

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.S))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (*_BEFORE, *_AFTER):
            super().keyPressEvent(event)
            return
        step = 1 if event.key() in _AFTER else -1
        sideways = event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right)
        if sideways and self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            step = -step
        at = next(i for i, tab in enumerate(self._tabs) if tab.isChecked())
        self.set_current(self._tabs[(at + step) % len(self._tabs)].key)
        self.focus_current()
