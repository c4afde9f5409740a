"""A text in a few lines at most."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.painted import painter_on

_TALL = 1 << 20
_MOST_WIDTHS = 8
_ELLIPSIS = "…"


class ClampedLabel(PlainLabel):
    """Takes as many lines as its words need, at most `lines`; then it ends in an ellipsis and the
    tooltip has all of it."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        tone: Tone | Hue = Tone.TEXT,
        *,
        lines: int = 2,
        parent: QWidget | None = None,
    ) -> None:
        self._most = lines
        self._measured_for: tuple[str, int] | None = None
        self._line = QSize()
        self._wraps: dict[int, tuple[str, int]] = {}
        super().__init__(theme, text, style, tone, parent)
        # QLabel then asks layouts for the height that goes with the width.
        self.setWordWrap(True)

    def is_elided(self) -> bool:
        """Whether part of the text does not fit."""
        return self._fitted(self.width())[0] != self.text()

    def _fitted(self, width: int) -> tuple[str, int]:
        """What fits into `width`, and how high that is."""
        line = self._in_one_line()
        # Measures are rounded: a text in exactly its own width may seem to be too long.
        if line.width() <= width + 1:
            return self.text(), line.height()
        if width not in self._wraps:
            self._wraps[width] = self._wrapped(self.text(), width)
        return self._wraps[width]

    def _in_one_line(self) -> QSize:
        """The size of the whole text in one line; layouts ask often, so it is kept."""
        text = self.text()
        measured_for = text, self.font().pixelSize()
        if self._measured_for != measured_for or len(self._wraps) > _MOST_WIDTHS:
            metrics = self._measures()
            self._measured_for = measured_for
            self._line = QSize(metrics.horizontalAdvance(text), metrics.height())
            self._wraps.clear()
        return self._line

    def _wrapped(self, text: str, width: int) -> tuple[str, int]:
        metrics, flags = self._measures(), self._breaks(width)

        def height(shown: str) -> int:
            return metrics.boundingRect(QRect(0, 0, max(1, width), _TALL), flags, shown).height()

        # Laid out, a line may be a pixel higher than its rounded measure.
        most = self._most * (metrics.lineSpacing() + 1)
        needed = height(text)
        if needed <= most:
            return text, needed
        fits, too_long = 0, len(text)
        while too_long - fits > 1:
            middle = (fits + too_long) // 2
            if height(text[:middle].rstrip() + _ELLIPSIS) <= most:
                fits = middle
            else:
                too_long = middle
        return text[:fits].rstrip() + _ELLIPSIS, most

    def _breaks(self, width: int) -> Qt.TextFlag:
        """Between words; within them where one is longer than a line."""
        advance = self._measures().horizontalAdvance
        if any(advance(word) > width for word in self.text().split()):
            return Qt.TextFlag.TextWrapAnywhere
        return Qt.TextFlag.TextWordWrap

    def _refresh_tooltip(self) -> None:
        wanted = plain_tooltip(self.text()) if self.is_elided() else ""
        if wanted != self.toolTip():
            self.setToolTip(wanted)

    def setText(self, text: str) -> None:
        if text != self.text():
            super().setText(text)
            self.updateGeometry()
            self._refresh_tooltip()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.contentsRect()
        painter = painter_on(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        shown = self._fitted(rect.width())[0]
        fits = self._measures().horizontalAdvance(shown) <= rect.width() + 1
        breaks = Qt.TextFlag.TextSingleLine if fits else self._breaks(rect.width())
        painter.drawText(rect, int(self.alignment()) | breaks, shown)

    def heightForWidth(self, width: int) -> int:
        return self._fitted(width)[1]

    def sizeHint(self) -> QSize:
        return QSize(self._in_one_line())

    def minimumSizeHint(self) -> QSize:
        line = self._in_one_line()
        return QSize(min(line.width(), 3 * self._measures().averageCharWidth()), line.height())
