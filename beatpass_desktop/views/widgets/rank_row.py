"""One line of a ranking with a bar for its share."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import (
    Clickable,
    paint_box,
    paint_focus_ring,
    painter_on,
)
from beatpass_desktop.views.widgets.pill import Trend

_BAR = 4
_PAD = Space.S
_USUAL_TREND = "\N{MINUS SIGN}100.0\N{NO-BREAK SPACE}%"
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class RankRow(Clickable):
    """Rank, name, figure and trend above a bar as long as the figure's share of the first.

    Without a `trend_text` there is no room kept for trends.

    Signals:
        clicked: pressed with the pointer or the keyboard.
    """

    def __init__(
        self,
        theme: Theme,
        rank: int,
        name: str,
        figure: str,
        share: float,
        *,
        hue: Hue = Hue.ACCENT,
        trend: Trend = Trend.NONE,
        trend_text: str | None = None,
        accessible: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, parent)
        self._rank = rank
        self._name = name
        self._figure = figure
        self._share = min(1.0, max(0.0, share))
        self._hue = hue
        self._trend = trend
        self._trend_text = trend_text
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(accessible or f"{rank}. {name}: {figure}")

    def name(self) -> str:
        """The name shown."""
        return self._name

    def figure(self) -> str:
        """The figure shown."""
        return self._figure

    def _trend_width(self) -> int:
        if self._trend_text is None:
            return 0
        advance = self._theme.metrics(TextStyle.SECONDARY_STRONG).horizontalAdvance
        # As wide in every row, so that the figures stand below each other.
        words = max(advance(self._trend_text), advance(_USUAL_TREND))
        return words + self._theme.px(Size.ICON_SMALL + Space.XS + Space.M)

    def _name_room(self) -> int:
        px = self._theme.px
        figure = self._theme.metrics(TextStyle.NUMBER).horizontalAdvance(self._figure)
        return (
            self.width()
            - 2 * px(_PAD)
            - self._rank_width()
            - figure
            - self._trend_width()
            - px(Space.M)
        )

    def _rank_width(self) -> int:
        return self._theme.metrics(TextStyle.NUMBER).horizontalAdvance("00") + self._theme.px(
            Space.M
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        width = self._theme.metrics(TextStyle.BODY).horizontalAdvance(self._name)
        self.setToolTip(plain_tooltip(self._name) if width > self._name_room() else "")

    def sizeHint(self) -> QSize:
        px = self._theme.px
        text = self._theme.metrics(TextStyle.BODY).height()
        return QSize(px(240), text + px(_BAR) + 3 * px(Space.XS) + px(Space.XS))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter = painter_on(self)
        ground = self._ground(None)
        if ground:
            paint_box(painter, self.rect(), ground, None, Radius.CONTROL)
        pad, height = px(_PAD), theme.metrics(TextStyle.BODY).height()
        top = px(Space.XS)
        end = self.width() - pad

        def words(left: int, width: int) -> QRect:
            return self._mirrored(QRect(left, top, max(0, width), height))

        left = pad + self._rank_width()
        painter.setFont(theme.font(TextStyle.NUMBER))
        painter.setPen(colour(tokens.muted))
        rank = words(pad, self._rank_width() - px(Space.M))
        painter.drawText(rank, _RIGHT, str(self._rank))
        if self._trend_text is not None:
            width = self._trend_width()
            tone = theme.hue(self._trend.hue).text
            painter.setFont(theme.font(TextStyle.SECONDARY_STRONG))
            painter.setPen(colour(tone))
            painter.drawText(words(end - width, width), _RIGHT, self._trend_text)
            if self._trend.icon:
                size = px(Size.ICON_SMALL)
                advance = theme.metrics(TextStyle.SECONDARY_STRONG).horizontalAdvance
                at = end - advance(self._trend_text) - px(Space.XS) - size
                spot = QRect(at, top + (height - size) // 2, size, size)
                theme.icons.paint(painter, self._mirrored(spot), self._trend.icon, tone)
            end -= width
        painter.setFont(theme.font(TextStyle.NUMBER))
        painter.setPen(colour(tokens.text))
        painter.drawText(words(left, end - left), _RIGHT, self._figure)
        room = self._name_room()
        painter.setFont(theme.font(TextStyle.BODY))
        shown = elided(theme.metrics(TextStyle.BODY), self._name, room)
        painter.drawText(words(left, room), _LEFT, shown)
        track = QRect(left, top + height + px(Space.XS), self.width() - pad - left, px(_BAR))
        paint_box(painter, self._mirrored(track), tokens.border, None, _BAR / 2)
        bar = QRect(track.topLeft(), QSize(round(track.width() * self._share), track.height()))
        if bar.width() > 0:
            paint_box(painter, self._mirrored(bar), theme.hue(self._hue).mark, None, _BAR / 2)
        if self._ring:
            paint_focus_ring(painter, self.rect(), theme, Radius.CONTROL)
