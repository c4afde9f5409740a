"""Long work in one line: what, how far, and a way to stop it."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QSizePolicy, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.labels import ElidedLabel, Tone
from beatpass_desktop.views.widgets.painted import mirrored, paint_box, painter_on

_THICKNESS = 4
_CANCEL = 24
_FINE = 10_000


class _Bar(QProgressBar):
    """A thin bar; a QProgressBar, so that assistive technology can follow it."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setTextVisible(False)
        self.setRange(0, _FINE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.px(_THICKNESS))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(40), self._theme.px(_THICKNESS))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._theme
        painter = painter_on(self)
        rect, radius = self.rect(), self.height() / 2
        paint_box(painter, rect, theme.tokens.border, None, radius)
        share = self.value() / self.maximum() if self.maximum() else 0
        done = QRect(0, 0, round(rect.width() * share), rect.height())
        if done.width() > 0:
            place = mirrored(self.layoutDirection(), rect, done)
            paint_box(painter, place, theme.hue(Hue.ACCENT).mark, None, radius)


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
        self._bar = _Bar(theme)
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
        return self._bar.value() / _FINE

    def set_progress(self, done: int, total: int | None, text: str) -> None:
        """Shows how far the work is; an unknown or zero total shows an empty bar."""
        share = min(1.0, max(0.0, done / total)) if total else 0.0
        self._bar.setValue(round(share * _FINE))
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
