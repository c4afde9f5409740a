"""Long work in one line: what, how far, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.labels import ElidedLabel, Tone
from beatpass_desktop.views.widgets.progress_bar import ProgressBar

_CANCEL = 24


class ProgressLine(QWidget):
    """A thin bar below words such as "1,200 of 100,000 tracks", with a cross to cancel.

    Signals:
        cancel_requested: the cross was pressed.
    """

    cancel_requested = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = ElidedLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._bar = ProgressBar(theme)
        self._cancel = IconButton(theme, "x", self.tr("Cancel"), _CANCEL)
        self._cancel.clicked.connect(self.cancel_requested)
        self._texts = QVBoxLayout()
        self._texts.addWidget(self._label)
        self._texts.addWidget(self._bar)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addLayout(self._texts, 1)
        self._row.addWidget(self._cancel)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._space()
        theme.changed.connect(self._on_theme_changed)

    def text(self) -> str:
        """The words shown."""
        return self._label.text()

    def fraction(self) -> float:
        """How much is done, 0 to 1."""
        return self._bar.fraction()

    def set_progress(self, done: int, total: int | None, text: str) -> None:
        """Shows how far the work is; an unknown or zero total shows an empty bar."""
        share = min(1.0, max(0.0, done / total)) if total else 0.0
        self._bar.set_fraction(share)
        self._label.setText(text)
        self._bar.setAccessibleName(text)
        self.setAccessibleName(text)

    def set_cancellable(self, cancellable: bool) -> None:
        """Shows or hides the cross."""
        self._cancel.setVisible(cancellable)

    def _space(self) -> None:
        self._texts.setSpacing(self._theme.px(Space.XS + 2))
        self._row.setSpacing(self._theme.px(Space.S))

    def _on_theme_changed(self) -> None:
        self._space()
