"""Which colour is which series."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.charts.data import Series
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import Painted, paint_box, painter_on

_STYLE = TextStyle.SECONDARY
_SWATCH = 10


class Legend(Painted):
    """A swatch and a name for each series, in as many lines as the width needs."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(theme, parent)
        self._series: Sequence[Series] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_series(self, series: Sequence[Series]) -> None:
        """Name other series."""
        self._series = series
        self.setAccessibleName(", ".join(row.name for row in series))
        self.updateGeometry()
        self.update()

    def _places(self, width: int) -> list[QRect]:
        px, metrics = self._theme.px, self._theme.metrics(_STYLE)
        height = metrics.height() + px(Space.XS)
        places: list[QRect] = []
        left = top = 0
        for row in self._series:
            extent = px(_SWATCH + Space.S) + metrics.horizontalAdvance(row.name) + 1
            if left and left + extent > width:
                left, top = 0, top + height
            places.append(QRect(left, top, min(extent, width), height))
            left += extent + px(Space.L)
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        places = self._places(width)
        return places[-1].bottom() + 1 if places else 0

    def sizeHint(self) -> QSize:
        places = self._places(1 << 20)
        return places[-1].united(places[0]).size() if places else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(_SWATCH), self._theme.metrics(_STYLE).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = painter_on(self)
        painter.setFont(theme.font(_STYLE))
        for row, place in zip(self._series, self._places(self.width()), strict=True):
            size = px(_SWATCH)
            swatch = QRect(place.left(), place.center().y() - size // 2, size, size)
            mark = theme.hue(row.hue).mark
            paint_box(painter, self._mirrored(swatch), mark, None, Radius.SMALL // 2)
            words = place.adjusted(size + px(Space.S), 0, 0, 0)
            painter.setPen(colour(theme.tokens.muted))
            text = elided(theme.metrics(_STYLE), row.name, words.width())
            side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self._mirrored(words), side, text)
