"""Labels that never read their text as markup."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontMetrics, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import TextStyle
from beatpass_desktop.views.theme.theme import TextMetrics, Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.painted import painter_on

_WORD_JOINER = "\N{WORD JOINER}"


class Tone(Enum):
    """How loud a text is. FAINT is for decoration only: its contrast is below that of text."""

    TEXT = "text"
    MUTED = "muted"
    FAINT = "faint"


def elided(metrics: QFontMetrics, text: str, width: int) -> str:
    """`text`, shortened at its end to `width` drawn pixels.

    Measures are rounded, so that a text in exactly its own width may seem to be too long; a pixel
    of grace keeps it whole.
    """
    if metrics.horizontalAdvance(text) <= width + 1:
        return text
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)


def plain_tooltip(text: str) -> str:
    """`text` in a form that a tooltip shows literally.

    Tooltips guess markup from their content and have no switch for it; an invisible joiner after
    each opening character keeps the guess from succeeding.
    """
    return text.replace("<", f"<{_WORD_JOINER}").replace("&lt;", f"&{_WORD_JOINER}lt;")


def tone_colour(theme: Theme, tone: Tone | Hue) -> str:
    """The colour of text in a tone or hue, as `#RRGGBB`."""
    if isinstance(tone, Hue):
        return theme.hue(tone).text
    text: str = getattr(theme.tokens, tone.value)
    return text


class PlainLabel(QLabel):
    """Text in a style and tone of the theme, shown literally."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        tone: Tone | Hue = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._style = style
        self._tone = tone
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._dress()
        if text:
            self.setText(text)
        theme.changed.connect(self._on_theme_changed)

    def set_tone(self, tone: Tone | Hue) -> None:
        """Changes the colour."""
        if tone is not self._tone:
            self._tone = tone
            self._dress()

    def _measures(self) -> TextMetrics:
        return self._theme.metrics(self._style)

    def _dress(self) -> None:
        self.setFont(self._theme.font(self._style))
        palette = QPalette()
        palette.setColor(
            QPalette.ColorRole.WindowText, colour(tone_colour(self._theme, self._tone))
        )
        self.setPalette(palette)

    def _on_theme_changed(self) -> None:
        self._dress()


class ElidedLabel(PlainLabel):
    """One line that ends in an ellipsis where room is short; the tooltip then has all of it."""

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        style: TextStyle = TextStyle.BODY,
        tone: Tone | Hue = Tone.TEXT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, text, style, tone, parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def is_elided(self) -> bool:
        """Whether part of the text does not fit."""
        return self._measures().horizontalAdvance(self.text()) > self.contentsRect().width()

    def setText(self, text: str) -> None:
        super().setText(text)
        self._refresh_tooltip()

    def _refresh_tooltip(self) -> None:
        wanted = plain_tooltip(self.text()) if self.is_elided() else ""
        if wanted != self.toolTip():
            self.setToolTip(wanted)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._refresh_tooltip()

    def paintEvent(self, event: QPaintEvent) -> None:
        rect = self.contentsRect()
        painter = painter_on(self)
        painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
        text = elided(self._measures(), self.text(), rect.width())
        painter.drawText(rect, int(self.alignment()) | Qt.TextFlag.TextSingleLine, text)

    def minimumSizeHint(self) -> QSize:
        hint = self.sizeHint()
        return QSize(min(hint.width(), 3 * self.fontMetrics().averageCharWidth()), hint.height())
