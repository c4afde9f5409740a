"""One line of the settings: what it is about, and the control."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.painted import mirrored

_SHARE = 0.5
"""of the width that a control may take beside the words; a wider one goes below them"""


class SettingRow(QWidget):
    """Title and explanation with the control at the far end, or below where room is short."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        explanation: str,
        control: QWidget,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = PlainLabel(theme, title, TextStyle.BODY_STRONG)
        self.explanation = PlainLabel(theme, explanation, TextStyle.SECONDARY, Tone.MUTED)
        self.control = control
        for label in (self.title, self.explanation):
            label.setWordWrap(True)
        for part in (self.title, self.explanation, control):
            part.setParent(self)
        self.explanation.setVisible(bool(explanation))
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self._on_theme_changed)

    def set_explanation(self, text: str) -> None:
        """Change the words below the title."""
        self.explanation.setText(text)
        self.explanation.setVisible(bool(text))
        self._on_theme_changed()

    def _lay_out(self, width: int, *, moving: bool) -> int:
        """Put the parts into `width`, or only say how high they would stand."""
        px = self._theme.px
        hint = self.control.sizeHint()
        beside = hint.width() <= width * _SHARE
        words = width - hint.width() - px(Space.L) if beside else width
        height = self._place(self.title, QRect(0, 0, words, 0), moving)
        if not self.explanation.isHidden():
            top = height + px(Space.XS) // 2
            height = top + self._place(self.explanation, QRect(0, top, words, 0), moving)
        if beside:
            whole = max(height, hint.height())
            spot = QRect(width - hint.width(), (whole - hint.height()) // 2, *_pair(hint))
        else:
            policy = self.control.sizePolicy().horizontalPolicy()
            stretches = policy is QSizePolicy.Policy.Expanding
            extent = width if stretches else min(hint.width(), width)
            spot = QRect(0, height + px(Space.S), extent, hint.height())
            whole = spot.bottom() + 1
        if moving:
            self.control.setGeometry(mirrored(self.layoutDirection(), self.rect(), spot))
        return whole

    def _place(self, label: PlainLabel, spot: QRect, moving: bool) -> int:
        spot.setHeight(label.heightForWidth(spot.width()))
        if moving:
            label.setGeometry(mirrored(self.layoutDirection(), self.rect(), spot))
        return spot.height()

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self._lay_out(self.width(), moving=True)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._lay_out(width, moving=False)

    def sizeHint(self) -> QSize:
        # Layouts take this as the least height, whatever the width: so that of the longest lines.
        return QSize(self._theme.px(400), self.heightForWidth(self._theme.px(2000)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(160), self.control.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out(self.width(), moving=True)


def _pair(size: QSize) -> tuple[int, int]:
    return size.width(), size.height()
