"""A box to tick, with its words and perhaps a count."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import mirrored, paint_box, paint_focus_ring, painter_on

_BOX = 18
_STYLE = TextStyle.BODY
_CENTRE = Qt.AlignmentFlag.AlignVCenter


class CheckBox(QCheckBox):
    """A check box in the theme's look; its words are shown literally.

    Signals:
        toggled: it was ticked or cleared (of QCheckBox).
    """

    def __init__(
        self, theme: Theme, text: str, count: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._label = text
        self._count = count
        self.setAccessibleName(f"{text} ({count})" if count else text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._on_theme_changed)

    def label(self) -> str:
        """The words beside the box."""
        return self._label

    def _on_theme_changed(self) -> None:
        self.updateGeometry()
        self.update()

    def hitButton(self, position: object) -> bool:
        return True

    def sizeHint(self) -> QSize:
        theme, metrics = self._theme, self._theme.metrics(_STYLE)
        width = theme.px(_BOX + Space.S + 2 * Space.XS) + metrics.horizontalAdvance(self._label)
        if self._count:
            width += theme.px(Space.M) + metrics.horizontalAdvance(self._count)
        return QSize(width, max(theme.px(Size.CONTROL - Space.XS), metrics.height()))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        direction, bounds = self.layoutDirection(), self.rect()
        size = px(_BOX)
        box = QRect(px(Space.XS), (self.height() - size) // 2, size, size)
        place = mirrored(direction, bounds, box)
        on = self.isChecked()
        edge = tokens.accent if on else tokens.control_border
        paint_box(painter, place, tokens.accent if on else tokens.surface, edge, Radius.SMALL)
        if on:
            inset = px(3)
            mark = place.adjusted(inset, inset, -inset, -inset)
            theme.icons.paint(painter, mark, "check", tokens.on_accent)
        metrics = theme.metrics(_STYLE)
        painter.setFont(theme.font(_STYLE))
        end = self.width() - px(Space.XS)
        if self._count:
            width = metrics.horizontalAdvance(self._count)
            painter.setPen(colour(tokens.muted))
            counted = QRect(end - width, 0, width, self.height())
            painter.drawText(
                mirrored(direction, bounds, counted),
                Qt.AlignmentFlag.AlignRight | _CENTRE,
                self._count,
            )
            end -= width + px(Space.M)
        start = box.right() + 1 + px(Space.S)
        words = QRect(start, 0, max(0, end - start), self.height())
        painter.setPen(colour(tokens.text))
        painter.drawText(
            mirrored(direction, bounds, words),
            Qt.AlignmentFlag.AlignLeft | _CENTRE,
            elided(metrics, self._label, words.width()),
        )
        if self.hasFocus():
            paint_focus_ring(painter, self.rect(), theme, Radius.SMALL)
