"""What the shades of a heat map stand for."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.views.charts.heat_cell import Mark, paint_cell
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.painted import Painted, painter_on

_STYLE = TextStyle.SECONDARY
_SWATCH = 12


class HeatLegend(Painted):
    """Less, a square with its counts for each shade, More; in as many lines as the width needs."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        hue: Hue,
        *,
        second: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._title = title
        self._hue = hue
        self._second = second
        self._counts: list[str] = []
        self._parts: list[tuple[str, int]] = [(title, -1)]
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def counts(self) -> list[str]:
        """The counts of the shades, least first."""
        return list(self._counts)

    def set_steps(self, steps: Sequence[int]) -> None:
        """Name the counts from which each shade is used."""
        ranges = [formatting.number(0)]
        for step, following in zip(steps, [*steps[1:], None], strict=True):
            first = formatting.number(step)
            if following is None:
                ranges.append(f"{first}+")
            elif following - step == 1:
                ranges.append(first)
            else:
                ranges.append(f"{first}–{formatting.number(following - 1)}")
        if ranges != self._counts:
            self._counts = ranges
            less, more = self.tr("Less"), self.tr("More")
            # Words, each with the level of the square before it; -1 for none.
            levels = [(text, level) for level, text in enumerate(ranges)]
            self._parts = [(self._title, -1), (less, -1), *levels, (more, -1)]
            told = self.tr("{}: {} to {}, in counts {}")
            self.setAccessibleName(told.format(self._title, less, more, ", ".join(ranges)))
            self.updateGeometry()
            self.update()

    def _places(self, width: int) -> list[QRect]:
        px, metrics = self._theme.px, self._theme.metrics(_STYLE)
        height = metrics.height() + px(Space.XS)
        places: list[QRect] = []
        left = top = 0
        for text, level in self._parts:
            extent = metrics.horizontalAdvance(text) + 1
            if level >= 0:
                extent += px(_SWATCH) + px(Space.XS)
            if left and left + extent > width:
                left, top = 0, top + height
            places.append(QRect(left, top, min(extent, width), height))
            left += extent + px(Space.M)
        return places

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._places(width)[-1].bottom() + 1

    def sizeHint(self) -> QSize:
        places = self._places(1 << 20)
        return places[0].united(places[-1]).size()

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(96), self._theme.metrics(_STYLE).height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, px = self._theme, self._theme.px
        painter = painter_on(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(theme.font(_STYLE))
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for (text, level), place in zip(self._parts, self._places(self.width()), strict=True):
            words = place
            if level >= 0:
                size = px(_SWATCH)
                swatch = QRect(place.left(), place.center().y() - size // 2, size, size)
                mark = Mark(level, self._hue, self._second) if level else None
                paint_cell(painter, QRectF(self._mirrored(swatch)), theme.tokens, mark)
                words = place.adjusted(size + px(Space.XS), 0, 0, 0)
            painter.setPen(colour(theme.tokens.muted))
            painter.drawText(self._mirrored(words), side, text)
