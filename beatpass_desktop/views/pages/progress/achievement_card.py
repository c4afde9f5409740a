"""Paints one achievement: what it is, how rare, what it brings, and when or how far."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QFont, QLinearGradient, QPainter, QPainterPath, QTextLayout, QTextOption

from beatpass_desktop.domain.progress import Achievement
from beatpass_desktop.models import achievement_words as words
from beatpass_desktop.models import formatting
from beatpass_desktop.views.theme.contrast import mixed
from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import mirrored, paint_badge, paint_box
from beatpass_desktop.views.widgets.pill import paint_pill, pill_size

LEGENDARY = "legendary"
_LOOKS = {
    "common": ("award", Hue.NEUTRAL),
    "rare": ("star", Hue.TRACKS),
    "epic": ("sparkles", Hue.PROGRESS),
    LEGENDARY: ("trophy", Hue.LEADERBOARDS),
}
_LINES = 2
_BAR = 4
_BAND = 0.35
"""width of the shimmer as a share of the card's"""
_SHINE = 0.22
_TINTED = 0.07
"""how much of their hue there is in locked and legendary cards; pills stand out on it"""
_CAPS = 0.5
"""share of its line that a pill takes at most"""
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_MOST_TEXTS = 2_000


class AchievementFace:
    """The look of an achievement's card. Locked ones are tinted red with a lock; what they are
    and how rare is told all the same."""

    def __init__(self, theme: Theme, now: Callable[[], datetime]) -> None:
        self._theme = theme
        self._now = now
        self._wrapped: dict[tuple[str, int], list[str]] = {}

    def forget(self) -> None:
        """Lay texts out anew, because their size is another."""
        self._wrapped.clear()

    def height(self) -> int:
        """How high every card is."""
        px = self._theme.px
        small = self._theme.metrics(TextStyle.SECONDARY).height()
        lines = (_LINES + 1) * small
        pill = pill_size(self._theme, "X", "lock").height()
        title = max(self._theme.metrics(TextStyle.BODY_STRONG).height(), pill)
        return 2 * px(Space.M) + title + lines + pill + px(Space.XS) + 2 * px(Space.S)

    def paint(
        self, painter: QPainter, card: QRect, one: Achievement, *, shimmer: float | None = None
    ) -> None:
        """Paint the card into a rectangle; `shimmer` says how far the light has come, 0 to 1."""
        px, tokens = self._theme.px, self._theme.tokens
        icon, hue = _look(one)
        self._paint_ground(painter, card, one, shimmer)
        inner = card.adjusted(px(Space.M), px(Space.M), -px(Space.M), -px(Space.M))
        direction = painter.layoutDirection()
        badge = QRect(inner.left(), inner.top(), px(Size.BADGE), px(Size.BADGE))
        paint_badge(painter, mirrored(direction, card, badge), self._theme, icon, hue)
        left = badge.right() + 1 + px(Space.M)
        column = QRect(left, inner.top(), inner.right() + 1 - left, inner.height())
        top = self._paint_title(painter, card, column, one)
        top = self._paint_pills(painter, card, column, top + px(Space.XS), one)
        top = self._paint_description(painter, card, column, top + px(Space.S), one)
        line = QRect(column.left(), top + px(Space.S), column.width(), 0)
        line.setHeight(self._theme.metrics(TextStyle.SECONDARY).height())
        self._paint_way(painter, card, line, one, tokens.muted)

    def _paint_ground(
        self, painter: QPainter, card: QRect, one: Achievement, shimmer: float | None
    ) -> None:
        tokens = self._theme.tokens
        _, hue = _LOOKS.get(one.rarity or "", _LOOKS["common"])
        if one.unlocked is False:
            red = self._theme.hue(Hue.BAD)
            ground = mixed(red.mark, tokens.surface, _TINTED)
            paint_box(painter, card, ground, red.edge, Radius.CARD)
        elif one.unlocked and one.rarity == LEGENDARY:
            gold = self._theme.hue(hue)
            ground = mixed(gold.mark, tokens.surface, _TINTED)
            paint_box(painter, card, ground, gold.mark, Radius.CARD)
        else:
            edge = tokens.border if hue is Hue.NEUTRAL else self._theme.hue(hue).edge
            paint_box(painter, card, tokens.surface, edge, Radius.CARD)
        if shimmer is not None:
            self._paint_shimmer(painter, card, self._theme.hue(hue).mark, shimmer)

    def _paint_shimmer(self, painter: QPainter, card: QRect, tone: str, way: float) -> None:
        band = card.width() * _BAND
        middle = card.left() - band + (card.width() + 2 * band) * way
        if painter.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            middle = card.left() + card.right() - middle
        light = QLinearGradient(
            QPointF(middle - band, card.top()), QPointF(middle + band, card.bottom())
        )
        light.setColorAt(0, colour(tone, 0.0))
        light.setColorAt(0.5, colour(tone, _SHINE))
        light.setColorAt(1, colour(tone, 0.0))
        shape = QPainterPath()
        shape.addRoundedRect(card, Radius.CARD, Radius.CARD)
        painter.fillPath(shape, light)

    def _paint_title(self, painter: QPainter, card: QRect, column: QRect, one: Achievement) -> int:
        theme, tokens = self._theme, self._theme.tokens
        metrics = theme.metrics(TextStyle.BODY_STRONG)
        xp = words.xp_text(one)
        pill = pill_size(theme, xp, "zap")
        pill.setWidth(min(pill.width(), round(column.width() * _CAPS)))
        spot = QRect(column.right() + 1 - pill.width(), column.top(), pill.width(), pill.height())
        hue = Hue.WARN if one.unlocked else Hue.NEUTRAL
        paint_pill(painter, mirrored(painter.layoutDirection(), card, spot), theme, hue, xp, "zap")
        room = column.width() - pill.width() - theme.px(Space.S)
        height = max(metrics.height(), pill.height())
        place = QRect(column.left(), column.top(), room, height)
        self._text(painter, card, place, words.name_text(one), TextStyle.BODY_STRONG, tokens.text)
        return place.bottom() + 1

    def _paint_pills(
        self, painter: QPainter, card: QRect, column: QRect, top: int, one: Achievement
    ) -> int:
        theme, direction = self._theme, painter.layoutDirection()
        _, hue = _LOOKS.get(one.rarity or "", _LOOKS["common"])
        pills = [(words.rarity_text(one.rarity), hue, "")]
        if one.unlocked is False:
            pills.append((words.state_text(one), Hue.BAD, "lock"))
        left, height = column.left(), 0
        for text, tone, icon in pills:
            size = pill_size(theme, text, icon)
            width = min(size.width(), round(column.width() * _CAPS))
            height = size.height()
            spot = mirrored(direction, card, QRect(left, top, width, height))
            paint_pill(painter, spot, theme, tone, text, icon)
            left += width + theme.px(Space.S)
        room = QRect(left, top, max(0, column.right() + 1 - left), height)
        category = words.category_text(one.category)
        self._text(painter, card, room, category, TextStyle.SECONDARY, theme.tokens.muted)
        return top + height

    def _paint_description(
        self, painter: QPainter, card: QRect, column: QRect, top: int, one: Achievement
    ) -> int:
        tokens = self._theme.tokens
        height = self._theme.metrics(TextStyle.SECONDARY).height()
        text = formatting.one_line(one.description or "") or formatting.UNKNOWN
        for number, line in enumerate(self._lines(text, column.width())):
            place = QRect(column.left(), top + number * height, column.width(), height)
            self._text(painter, card, place, line, TextStyle.SECONDARY, tokens.text)
        return top + _LINES * height

    def _paint_way(
        self, painter: QPainter, card: QRect, line: QRect, one: Achievement, tone: str
    ) -> None:
        theme, px, direction = self._theme, self._theme.px, painter.layoutDirection()
        text = words.way_text(one, self._now())
        if not text:
            return
        metrics = theme.metrics(TextStyle.SECONDARY)
        if one.unlocked:
            size = px(Size.ICON_SMALL)
            spot = QRect(line.left(), line.top() + (line.height() - size) // 2, size, size)
            good = theme.hue(Hue.GOOD)
            theme.icons.paint(painter, mirrored(direction, card, spot), "circle-check", good.text)
            line = line.adjusted(size + px(Space.XS), 0, 0, 0)
            self._text(painter, card, line, text, TextStyle.SECONDARY, tone)
            return
        width = min(line.width(), metrics.horizontalAdvance(text) + 1)
        place = QRect(line.left(), line.top(), width, line.height())
        self._text(painter, card, place, text, TextStyle.SECONDARY, tone)
        bar = QRect(0, 0, line.width() - width - px(Space.M), px(_BAR))
        if bar.width() < px(Space.XXL) or one.progress is None:
            return
        bar.moveTopLeft(line.topRight() - bar.topRight())
        bar.translate(0, (line.height() - bar.height()) // 2)
        radius = bar.height() / 2
        ground = mirrored(direction, card, bar)
        paint_box(painter, ground, theme.tokens.control_border, None, radius)
        share = min(1.0, max(0.0, one.progress / 100))
        done = QRect(bar.topLeft(), bar.size())
        done.setWidth(round(bar.width() * share))
        if done.width() > 0:
            mark = theme.hue(Hue.BAD).mark
            paint_box(painter, mirrored(direction, card, done), mark, None, radius)

    def _text(
        self,
        painter: QPainter,
        card: QRect,
        place: QRect,
        text: str,
        style: TextStyle,
        tone: str,
    ) -> None:
        painter.setFont(self._theme.font(style))
        painter.setPen(colour(tone))
        shown = elided(self._theme.metrics(style), text, place.width())
        painter.drawText(mirrored(painter.layoutDirection(), card, place), _LEFT, shown)

    def _lines(self, text: str, width: int) -> list[str]:
        """A text in at most two lines; what is too long ends in an ellipsis."""
        found = self._wrapped.get((text, width))
        if found is None:
            if len(self._wrapped) > _MOST_TEXTS:
                self._wrapped.clear()
            found = _broken(self._theme.font(TextStyle.SECONDARY), text, width)
            self._wrapped[text, width] = found
        return found


def _broken(font: QFont, text: str, width: int) -> list[str]:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QTextLayout(text, font)
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) < _LINES:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        starts.append(line.textStart())
    layout.endLayout()
    # What Qt counts are UTF-16 units.
    units = text.encode("utf-16-le")
    ends = [*starts[1:], len(units) // 2]
    return [
        units[2 * start : 2 * end].decode("utf-16-le", "replace").strip()
        for start, end in zip(starts, ends, strict=True)
    ]


def _look(one: Achievement) -> tuple[str, Hue]:
    icon, hue = _LOOKS.get(one.rarity or "", _LOOKS["common"])
    return ("lock", Hue.BAD) if one.unlocked is False else (icon, hue)
