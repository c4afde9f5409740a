"""Paints what a ranking's rows have beyond text: marks, tiers, bars, and the row that is yours."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from beatpass_desktop.models.leaderboard_table import (
    FIGURES_ROLE,
    OWN_ROLE,
    PICTURE_ROLE,
    SHARE_ROLE,
    TIER_ROLE,
    VERIFIED_ROLE,
    Column,
)
from beatpass_desktop.models.leaderboard_words import FIGURE_GAP
from beatpass_desktop.views.pages.leaderboards.tier_look import tier_look
from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.avatar import paint_initials
from beatpass_desktop.views.widgets.cell_delegate import CellDelegate
from beatpass_desktop.views.widgets.painted import mirrored, paint_box
from beatpass_desktop.views.widgets.pill import paint_pill, pill_size

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
_PICTURE = 28
_BAR = 4
_MOST_TEXTS = 4_096
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class LeaderboardDelegate(CellDelegate):
    """The cells of a ranking.

    Attributes:
        with_figures: whether the figures behind the score stand below the name, where their own
            column has no room.
        lines: how many lines those figures take at most.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        self._figures: dict[tuple[str, int, int], list[str]] = {}
        super().__init__(theme, parent)
        self.with_figures = False
        self.lines = 2

    def row_height(self) -> int:
        """The height of a row, in drawn pixels."""
        theme = self._theme
        if not self.with_figures:
            return theme.px(Size.ROW)
        name, line = theme.metrics(TextStyle.BODY_STRONG), theme.metrics(TextStyle.SECONDARY)
        return name.height() + self.lines * line.height() + theme.px(Space.S)

    def _dress(self) -> None:
        super()._dress()
        self._figures.clear()

    def _paint_producer(self, painter: QPainter, rect: QRect, index: _Index, text: str) -> None:
        theme, px, model = self._theme, self._theme.px, index.model()
        direction = painter.layoutDirection()

        def place(left: int, top: int, width: int, height: int) -> QRect:
            return mirrored(direction, rect, QRect(left, top, max(0, width), height))

        size = px(_PICTURE)
        middle = rect.y() + rect.height() // 2
        spot = place(rect.x(), middle - size // 2, size, size)
        image = model.data(index, PICTURE_ROLE)
        if image is not None and not image.isNull():
            ratio = painter.device().devicePixelRatioF()
            painter.drawPixmap(spot.topLeft(), self._picture(image, size, size / 2, ratio))
        else:
            paint_initials(painter, spot, theme, text, size / 2)
        left, end = rect.x() + size + px(Space.M), rect.right() + 1
        figures = model.data(index, FIGURES_ROLE) if self.with_figures else ""
        first, second = theme.metrics(TextStyle.BODY_STRONG), theme.metrics(TextStyle.SECONDARY)
        lines = self._figure_lines(figures, end - left) if figures else []
        height = first.height() + len(lines) * second.height()
        top = middle - height // 2
        mark = px(Size.ICON_SMALL) if model.data(index, VERIFIED_ROLE) else 0
        you = QCoreApplication.translate("people", "You") if model.data(index, OWN_ROLE) else ""
        pill = pill_size(theme, you, "") if you else QSize(0, 0)
        marks = (mark + px(Space.XS) if mark else 0) + (pill.width() + px(Space.S) if you else 0)
        shown = self._elided(text, max(0, end - left - marks), TextStyle.BODY_STRONG)
        width = min(end - left - marks, first.horizontalAdvance(shown) + 1)
        painter.setFont(self._fonts[TextStyle.BODY_STRONG])
        painter.setPen(colour(theme.tokens.text))
        painter.drawText(place(left, top, width, first.height()), _LEFT, shown)
        after = left + width
        if mark:
            at = place(after + px(Space.XS), top + (first.height() - mark) // 2, mark, mark)
            theme.icons.paint(painter, at, "badge-check", theme.hue(Hue.INFO).mark)
            after += px(Space.XS) + mark
        if you:
            at = place(
                after + px(Space.S),
                top + (first.height() - pill.height()) // 2,
                pill.width(),
                pill.height(),
            )
            paint_box(painter, at, theme.tokens.surface, None, at.height() / 2)
            paint_pill(painter, at, theme, Hue.LEADERBOARDS, you, "")
        if lines:
            painter.setFont(self._fonts[TextStyle.SECONDARY])
            painter.setPen(self._muted)
        for number, line in enumerate(lines):
            down = top + first.height() + number * second.height()
            painter.drawText(place(left, down, end - left, second.height()), _LEFT, line)

    def _figure_lines(self, figures: str, width: int) -> list[str]:
        """The figures behind a score in a few lines, broken between figures."""
        most = self.lines if self.with_figures else 2
        key = (figures, width, most)
        lines = self._figures.get(key)
        if lines is None:
            advance = self._theme.metrics(TextStyle.SECONDARY).horizontalAdvance
            texts: list[str] = []
            for part in figures.split(FIGURE_GAP):
                longer = f"{texts[-1]}{FIGURE_GAP}{part}" if texts else part
                if not texts or (advance(longer) > width and len(texts) < most):
                    texts.append(part)
                else:
                    texts[-1] = longer
            lines = [self._elided(text, width, TextStyle.SECONDARY) for text in texts]
            if len(self._figures) > _MOST_TEXTS:
                self._figures.clear()
            self._figures[key] = lines
        return lines

    def _paint_figures(self, painter: QPainter, rect: QRect, text: str) -> None:
        height = self._theme.metrics(TextStyle.SECONDARY).height()
        lines = self._figure_lines(text, rect.width())
        top = rect.y() + (rect.height() - len(lines) * height) // 2
        painter.setFont(self._fonts[TextStyle.SECONDARY])
        painter.setPen(self._muted)
        for number, line in enumerate(lines):
            place = QRect(rect.x(), top + number * height, rect.width(), height)
            painter.drawText(place, _LEFT, line)

    def _paint_tier(self, painter: QPainter, rect: QRect, tier: str, text: str) -> None:
        theme, look = self._theme, tier_look(tier)
        size = pill_size(theme, text, look.icon)
        spot = QRect(rect.x(), rect.y() + (rect.height() - size.height()) // 2, 0, size.height())
        spot.setWidth(min(size.width(), rect.width()))
        at = mirrored(painter.layoutDirection(), rect, spot)
        paint_pill(painter, at, theme, look.hue, text, look.icon)

    def _paint_share(self, painter: QPainter, rect: QRect, share: float, text: str) -> None:
        theme, px = self._theme, self._theme.px
        direction = painter.layoutDirection()
        words = theme.metrics(TextStyle.NUMBER).horizontalAdvance("100\N{NO-BREAK SPACE}%") + 1
        room = max(0, rect.width() - words - px(Space.S))
        track = QRect(rect.x(), rect.y() + (rect.height() - px(_BAR)) // 2, room, px(_BAR))
        paint_box(
            painter, mirrored(direction, rect, track), theme.tokens.border, None, px(_BAR) / 2
        )
        width = round(room * share)
        if width:
            bar = QRect(track.topLeft(), QSize(width, track.height()))
            mark = theme.hue(Hue.LEADERBOARDS).mark
            paint_box(painter, mirrored(direction, rect, bar), mark, None, px(_BAR) / 2)
        at = QRect(rect.right() + 1 - words, rect.y(), words, rect.height())
        painter.setFont(self._fonts[TextStyle.NUMBER])
        painter.setPen(colour(theme.tokens.muted))
        painter.drawText(mirrored(direction, rect, at), _RIGHT, text)

    def _paint_own_ground(self, painter: QPainter, rect: QRect, column: int) -> None:
        colours = self._theme.hue(Hue.LEADERBOARDS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(colours.tint))
        painter.drawRect(rect)
        if column == Column.RANK:
            edge = QRect(rect.x(), rect.y(), self._theme.px(3), rect.height())
            painter.setBrush(colour(colours.mark))
            painter.drawRect(mirrored(painter.layoutDirection(), rect, edge))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.setLayoutDirection(option.direction)
        model, column = index.model(), index.column()
        if model.data(index, OWN_ROLE):
            self._paint_own_ground(painter, option.rect, column)
        rect = option.rect.adjusted(self._pad, 0, -self._pad, -1)
        text = str(model.data(index, _DISPLAY) or "")
        if column == Column.PRODUCER:
            self._paint_producer(painter, rect, index, text)
            return
        if column == Column.FIGURES and text:
            self._paint_figures(painter, rect, text)
            return
        if column == Column.TIER and (tier := model.data(index, TIER_ROLE)):
            self._paint_tier(painter, rect, str(tier), text)
            return
        if column == Column.SHARE and (share := model.data(index, SHARE_ROLE)) is not None:
            self._paint_share(painter, rect, share, text)
            return
        super().paint(painter, option, index)
