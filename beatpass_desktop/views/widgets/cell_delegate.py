"""Paints table cells from prepared values, without the style's detours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetrics, QHelpEvent, QImage, QPainter, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QStyleOptionViewItem,
    QWidget,
)

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.avatar import paint_initials, shaped
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import mirrored
from beatpass_desktop.views.widgets.pill import Trend

_Index = QModelIndex | QPersistentModelIndex
_DISPLAY = Qt.ItemDataRole.DisplayRole
_CENTRE_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_IMAGE = 32
_MOST_TEXTS = 8_000
_MOST_PICTURES = 512


class ColumnLook(NamedTuple):
    """What a column shows beside its text. The numbers are the model's item-data roles.

    `secondary`: a muted text, in a second line. `hue`: the Hue of the text, or one of the words
    that `hues` names a Hue for. `icon`: the name of an icon before the text, in the text's colour.
    `image`: a QImage or QPixmap before the text; until there is one, a placeholder from the text
    (`round_image` for people). `strong`: semibold. `muted`: a quieter text where no hue is given.
    """

    secondary: int | None = None
    hue: int | None = None
    icon: int | None = None
    image: int | None = None
    round_image: bool = False
    strong: bool = False
    muted: bool = False
    trend: int | None = None
    trend_in_text: bool = False
    hues: Mapping[Any, Hue] | None = None


_PLAIN = ColumnLook()


class CellDelegate(QAbstractItemDelegate):
    """Text from DisplayRole, aligned as the model's TextAlignmentRole of its column says.

    The alignment is read once a column. Grounds and lines are the table's business.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._looks: dict[int, ColumnLook] = {}
        self._alignments: dict[int, Qt.AlignmentFlag] = {}
        self._texts: dict[tuple[str, int, TextStyle], str] = {}
        self._pictures: dict[tuple[int, int], QPixmap] = {}
        self._dress()
        theme.changed.connect(self._dress)

    def set_look(self, column: int, look: ColumnLook) -> None:
        """Says what a column shows beside its text."""
        self._looks[column] = look

    def forget_columns(self) -> None:
        """Reads the alignments anew, because the model is another."""
        self._alignments.clear()

    def alignment(self, model: QAbstractItemModel, column: int) -> Qt.AlignmentFlag:
        """How a column's texts are aligned, as the first row's TextAlignmentRole says."""
        known = self._alignments.get(column)
        if known is None:
            value = model.data(model.index(0, column), Qt.ItemDataRole.TextAlignmentRole)
            known = _CENTRE_LEFT if value is None else Qt.AlignmentFlag(value)
            if model.rowCount() > 0:
                self._alignments[column] = known
        return known

    def _dress(self) -> None:
        theme = self._theme
        self._texts.clear()
        self._pictures.clear()
        self._pad = theme.px(Space.M)
        self._gap = theme.px(Space.S + 2)
        self._extent = theme.px(_IMAGE)
        self._fonts = {style: theme.font(style) for style in TextStyle}
        self._text = colour(theme.tokens.text)
        self._muted = colour(theme.tokens.muted)

    def _elided(self, text: str, width: int, style: TextStyle) -> str:
        key = (text, width, style)
        shown = self._texts.get(key)
        if shown is None:
            if len(self._texts) > _MOST_TEXTS:
                self._texts.clear()
            shown = self._texts[key] = elided(self._theme.metrics(style), text, width)
        return shown

    def _picture(self, image: QImage | QPixmap, size: int, radius: float, ratio: float) -> QPixmap:
        key = (image.cacheKey(), size)
        pixmap = self._pictures.get(key)
        if pixmap is None:
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.clear()
            source = image.toImage() if isinstance(image, QPixmap) else image
            pixmap = self._pictures[key] = shaped(source, size, ratio, radius)
        return pixmap

    def _paint_adorned(
        self, painter: QPainter, rect: QRect, index: _Index, text: str, look: ColumnLook
    ) -> None:
        """A cell that shows more than its text."""
        theme, model = self._theme, index.model()
        hue = None if look.hue is None else model.data(index, look.hue)
        if look.hues is not None:
            hue = look.hues.get(hue)
        tint = theme.hue(hue).text if isinstance(hue, Hue) else None
        hex_colour = tint or (theme.tokens.muted if look.muted else theme.tokens.text)
        direction = painter.layoutDirection()
        if look.image is not None:
            spot = QRect(rect.x(), rect.y() + (rect.height() - self._extent) // 2, 0, 0)
            spot.setSize(QSize(self._extent, self._extent))
            place = mirrored(direction, rect, spot)
            radius = self._extent / 2 if look.round_image else Radius.SMALL + 2
            image = model.data(index, look.image)
            if isinstance(image, QImage | QPixmap) and not image.isNull():
                ratio = painter.device().devicePixelRatioF()
                pixmap = self._picture(image, self._extent, radius, ratio)
                painter.drawPixmap(place.topLeft(), pixmap)
            else:
                icon = "user" if look.round_image else "music"
                paint_initials(painter, place, theme, text, radius, icon)
            rect = _without_start(rect, self._extent + self._gap, direction)
        if look.icon is not None:
            name = model.data(index, look.icon)
            if name:
                size = theme.px(Size.ICON_SMALL + 2)
                spot = QRect(rect.x(), rect.y() + (rect.height() - size) // 2, size, size)
                place = mirrored(direction, rect, spot)
                theme.icons.paint(painter, place, str(name), hex_colour)
                rect = _without_start(rect, size + theme.px(Space.XS + 2), direction)
        if look.trend is not None:
            way = _way(model.data(index, look.trend))
            if look.trend_in_text and way in (Trend.UP, Trend.DOWN):
                hex_colour = theme.hue(way.hue).text
            elif way.icon and not look.trend_in_text:
                size = theme.px(Size.ICON_SMALL)
                spot = QRect(rect.x(), rect.y() + (rect.height() - size) // 2, size, size)
                place = mirrored(direction, rect, spot)
                theme.icons.paint(painter, place, way.icon, theme.hue(way.hue).text)
                rect = _without_start(rect, size + theme.px(Space.XS), direction)
        style = TextStyle.BODY_STRONG if look.strong else TextStyle.NUMBER
        align = self.alignment(model, index.column())
        second = None if look.secondary is None else model.data(index, look.secondary)
        if second:
            first_height = theme.metrics(style).height()
            second_height = theme.metrics(TextStyle.SECONDARY).height()
            top = rect.y() + (rect.height() - first_height - second_height) // 2
            below = QRect(rect.x(), top + first_height, rect.width(), second_height)
            painter.setFont(self._fonts[TextStyle.SECONDARY])
            painter.setPen(self._muted)
            shown = self._elided(str(second), rect.width(), TextStyle.SECONDARY)
            painter.drawText(below, align, shown)
            rect = QRect(rect.x(), top, rect.width(), first_height)
        painter.setFont(self._fonts[style])
        painter.setPen(colour(hex_colour))
        painter.drawText(rect, align, self._elided(text, rect.width(), style))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        painter.setLayoutDirection(option.direction)
        model = index.model()
        value = model.data(index, _DISPLAY)
        text = "" if value is None else str(value)
        rect = option.rect.adjusted(self._pad, 0, -self._pad, -1)
        column = index.column()
        look = self._looks.get(column, _PLAIN)
        if look is not _PLAIN:
            self._paint_adorned(painter, rect, index, text, look)
            return
        if text:
            painter.setFont(self._fonts[TextStyle.NUMBER])
            painter.setPen(self._text)
            shown = self._elided(text, rect.width(), TextStyle.NUMBER)
            painter.drawText(rect, self.alignment(model, column), shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        text = str(index.data(_DISPLAY) or "")
        width = self._theme.metrics(TextStyle.NUMBER).horizontalAdvance(text)
        return QSize(width + 2 * self._pad, self._theme.px(Size.ROW))

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return False
        hint = index.data(Qt.ItemDataRole.ToolTipRole)
        if not hint:
            text = str(index.data(_DISPLAY) or "")
            metrics = QFontMetrics(self._fonts[TextStyle.NUMBER])
            room = view.visualRect(index).width() - 2 * self._pad
            hint = text if metrics.horizontalAdvance(text) > room else ""
        from PySide6.QtWidgets import QToolTip

        position: QPoint = event.globalPos()
        QToolTip.showText(position, plain_tooltip(str(hint)) if hint else "", view)
        return True


def _way(change: object) -> Trend:
    if not isinstance(change, int | float):
        return Trend.NONE
    return Trend.UP if change > 0 else Trend.DOWN if change < 0 else Trend.FLAT


def _without_start(rect: QRect, width: int, direction: Qt.LayoutDirection) -> QRect:
    if direction is Qt.LayoutDirection.RightToLeft:
        return rect.adjusted(0, 0, -width, 0)
    return rect.adjusted(width, 0, 0, 0)
