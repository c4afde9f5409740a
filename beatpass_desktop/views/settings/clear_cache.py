"""The question before the cache is cleared."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import ButtonKind
from beatpass_desktop.views.widgets.dialog import Dialog
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone


class ClearCacheQuestion(Dialog):
    """Says what goes and what stays; accepted when the cache is to be cleared."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        title = QCoreApplication.translate("ClearCacheQuestion", "Clear the cache?")
        super().__init__(
            theme, title, icon="triangle-alert", hue=Hue.WARN, width=480, parent=parent
        )
        self._say(
            self.tr("What goes"),
            self.tr(
                "Images, and everything that was fetched of this account: tracks, albums, "
                "insights and figures. BeatPass still has all of it; it is fetched again now."
            ),
        )
        self._say(
            self.tr("What stays"),
            self.tr(
                "Your daily history, downloads seen so far, what changed since your visits, your "
                "sign-in and your settings. Other accounts keep their data."
            ),
        )
        self.body.addStretch(1)
        self.keep = self.add_button(self.tr("Keep it"), on_clicked=self.reject)
        self.clear = self.add_button(self.tr("Clear cache"), ButtonKind.DANGER)
        self.keep.setFocus()

    def _say(self, title: str, text: str) -> None:
        words = PlainLabel(self._theme, text, TextStyle.BODY, Tone.MUTED)
        words.setWordWrap(True)
        part = QWidget()
        column = QVBoxLayout(part)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self._theme.px(Space.XS))
        column.addWidget(PlainLabel(self._theme, title, TextStyle.BODY_STRONG))
        column.addWidget(words)
        self.add(part)
