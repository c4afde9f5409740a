"""The line above content: icon, title, subtitle, and actions at the far end."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.badge import Badge
from beatpass_desktop.views.widgets.clamped_label import ClampedLabel
from beatpass_desktop.views.widgets.labels import Tone

_SUBTITLE_LINES = 3


class Heading(QWidget):
    """Title and subtitle at the start, actions at the end, of a page or section."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        subtitle: str = "",
        *,
        icon: str = "",
        hue: Hue = Hue.ACCENT,
        style: TextStyle = TextStyle.SECTION,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._title = ClampedLabel(theme, title, style)
        self._subtitle = ClampedLabel(
            theme, subtitle, TextStyle.SECONDARY, Tone.MUTED, lines=_SUBTITLE_LINES
        )
        if not subtitle:
            # Never shown here: without a parent yet it would be a window for a moment.
            self._subtitle.hide()
        self._texts = QVBoxLayout()
        self._texts.setContentsMargins(0, 0, 0, 0)
        self._texts.setSpacing(2)
        self._texts.addStretch()
        self._texts.addWidget(self._title)
        self._texts.addWidget(self._subtitle)
        self._texts.addStretch()
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        if icon:
            self._row.addWidget(Badge(theme, icon, hue))
        self._row.addLayout(self._texts, 1)
        self._actions = QHBoxLayout()
        self._row.addLayout(self._actions)
        # Not fixed: that would be the height of one line.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._space()
        theme.changed.connect(self._on_theme_changed)

    def title(self) -> str:
        """The title shown."""
        return self._title.text()

    def subtitle(self) -> str:
        """The subtitle shown."""
        return self._subtitle.text()

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self._title.setText(text)

    def set_subtitle(self, text: str) -> None:
        """Changes the subtitle; empty hides it."""
        self._subtitle.setText(text)
        self._subtitle.setVisible(bool(text))

    def set_subtitle_widget(self, widget: QWidget) -> None:
        """Puts a widget below the title in the subtitle's place."""
        self._subtitle.hide()
        self._texts.insertWidget(self._texts.count() - 1, widget)

    def add_action(self, widget: QWidget) -> None:
        """Adds a control at the far end."""
        self._actions.addWidget(widget)

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.M))
        self._actions.setSpacing(self._theme.px(Space.S))

    def _on_theme_changed(self) -> None:
        self._space()
