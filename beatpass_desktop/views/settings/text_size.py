"""Choosing the text size, with a sample of it."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import MAX_SCALE, MIN_SCALE, Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.labels import PlainLabel
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on
from beatpass_desktop.views.widgets.slider import Slider

_STEP = 10
"""percent"""
_LENGTH = 340
_STYLE = TextStyle.BODY_STRONG


class _Sample(Painted):
    """A text in a size that is not in force yet."""

    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(theme)
        self._text = text
        self._percent = 100
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def show_percent(self, percent: int) -> None:
        self._percent = percent
        self.update()

    def sizeHint(self) -> QSize:
        # Room for the largest, so that nothing moves under the pointer while it drags.
        height = round(_STYLE.value[0] * MAX_SCALE * 1.5) + 2 * Space.S
        return QSize(self._theme.px(_LENGTH), height)

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens = self._theme, self._theme.tokens
        painter = painter_on(self)
        paint_box(painter, self.rect(), tokens.window, tokens.border, Radius.CONTROL)
        painter.setFont(theme.sized_font(_STYLE, round(_STYLE.value[0] * self._percent / 100)))
        painter.setPen(colour(tokens.text))
        inner = self.rect().adjusted(Space.M, 0, -Space.M, 0)
        text = painter.fontMetrics().elidedText(
            self._text, Qt.TextElideMode.ElideRight, inner.width()
        )
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading, text)


class TextSize(QWidget):
    """A slider from 80 to 200 percent and a sample; the size is taken when it is let go of.

    Signals:
        chosen: (float) the text scale, 1.0 = 100 %.
    """

    chosen = Signal(float)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        low, high = round(MIN_SCALE * 100), round(MAX_SCALE * 100)
        self.slider = Slider(theme, self.tr("Text size in percent"), low, high, _STEP)
        self.slider.setValue(round(theme.scale * 100))
        self.figure = PlainLabel(theme, "", TextStyle.NUMBER)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._sample = _Sample(theme, self.tr("Midnight Drive · 12,345"))
        self._row = QHBoxLayout()
        self._row.addWidget(self.slider, 1)
        self._row.addWidget(self.figure)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addLayout(self._row)
        self._column.addWidget(self._sample)
        self.slider.valueChanged.connect(self._on_value_changed)
        self.slider.sliderReleased.connect(self._choose)
        theme.changed.connect(self._space)
        self._space()
        self._show()

    def _show(self) -> None:
        percent = self.slider.value()
        self.figure.setText(_percent(percent))
        self._sample.show_percent(percent)

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.M))
        self._column.setSpacing(self._theme.px(Space.S))
        widest = self._theme.metrics(TextStyle.NUMBER).horizontalAdvance(_percent(200))
        self.figure.setMinimumWidth(widest + 2)

    def _on_value_changed(self) -> None:
        self._show()
        if not self.slider.isSliderDown():
            self._choose()

    def _choose(self) -> None:
        scale = self.slider.value() / 100
        if scale != self._theme.scale:
            self.chosen.emit(scale)


def _percent(value: int) -> str:
    return f"{formatting.number(value)}\N{NO-BREAK SPACE}%"
