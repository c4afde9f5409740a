"""What stands where there is nothing yet, with one clear next step."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.column import centred_row
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone

_SENTENCE_WIDTH = 420
_BADGE = 56
_MIDDLE = Qt.AlignmentFlag.AlignHCenter


class EmptyState(QWidget):
    """Icon, title, sentence and perhaps a button, in the middle of the room there is.

    Signals:
        action_requested: the button was pressed.
    """

    action_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        sentence: str = "",
        action: str = "",
        hue: Hue = Hue.NEUTRAL,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._badge = Badge(theme, icon, hue, _BADGE)
        self._title = PlainLabel(theme, title, TextStyle.SECTION)
        self._sentence = PlainLabel(theme, sentence, TextStyle.BODY, Tone.MUTED)
        for label in (self._title, self._sentence):
            label.setWordWrap(True)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._button = Button(theme, action, ButtonKind.PRIMARY)
        self._button.clicked.connect(self.action_requested)
        self._middle = QWidget()
        self._column = QVBoxLayout(self._middle)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addStretch(1)
        self._column.addWidget(self._badge, 0, _MIDDLE)
        self._column.addWidget(self._title)
        self._column.addWidget(self._sentence)
        self._column.addWidget(self._button, 0, _MIDDLE)
        self._column.addStretch(1)
        self._row = centred_row(self._middle)
        self.setLayout(self._row)
        self.set_texts(title, sentence, action)
        self._space()
        theme.changed.connect(self._on_theme_changed)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def sentence(self) -> str:
        """The sentence shown."""
        return self._sentence.text()

    def set_texts(self, title: str, sentence: str = "", action: str = "") -> None:
        """Says something else; what is empty is not shown."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self._sentence.setVisible(bool(sentence))
        self._button.set_text(action)
        self._button.setVisible(bool(action))
        self.setAccessibleName(f"{title}. {sentence}" if sentence else title)

    def set_icon(self, icon: str, hue: Hue = Hue.NEUTRAL) -> None:
        """Shows another icon."""
        self._badge.set_icon(icon, hue)

    def _space(self) -> None:
        px = self._theme.px
        margin = px(Space.XXL)
        self._row.setContentsMargins(margin, margin, margin, margin)
        self._column.setSpacing(px(Space.M))
        self._middle.setMaximumWidth(px(_SENTENCE_WIDTH))

    def _on_theme_changed(self) -> None:
        self._space()
