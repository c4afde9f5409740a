"""A year of days, one small square each, the stronger the more happened on it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from math import ceil, floor

from PySide6.QtCore import QEvent, QLocale, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from beatpass_desktop.views.charts.accessible_role import announce_as_chart
from beatpass_desktop.views.charts.callout import Callout
from beatpass_desktop.views.charts.heat_cell import ROUNDING, Mark, paint_cell
from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.painted import Painted

_STYLE = TextStyle.CAPTION
_GAP_SHARE = 0.18
_SMALLEST = 5
_DAY = timedelta(days=1)
_WEEK = 7


class HeatMap(Painted):
    """Weeks from left to right, Sunday to Saturday from the top, in squares as large as fit.

    The arrow keys move a day or a week, Page keys a month, Home and End to the ends of the year;
    Enter chooses, Escape dismisses. Pointer and keyboard bring up what `describe` says of a day.

    Signals:
        day_chosen: a day was clicked or chosen with the keyboard; a date.
        dismissed: Escape was pressed.
    """

    day_chosen = Signal(object)
    dismissed = Signal()

    def __init__(
        self, theme: Theme, describe: Callable[[date], str], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        announce_as_chart(type(self))
        self._describe = describe
        self._year = 2000
        self._marks: Mapping[date, Mark] = {}
        self._known_to: date | None = None
        self._cursor: date | None = None
        self._hovered: date | None = None
        self._chosen: date | None = None
        self._keyboard = False
        self._summary = ""
        self._pixmap: QPixmap | None = None
        self._callout: Callout | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        # Time runs from left to right also beside texts that do not.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def cursor_day(self) -> date | None:
        """The day at which the keyboard is."""
        return self._cursor

    def show_year(
        self, year: int, marks: Mapping[date, Mark], known_to: date | None, summary: str
    ) -> None:
        """Show the days of a year.

        `known_to` is the last day of which anything can be known; those after it are outlines, and
        all are without it. `summary` is the year in a sentence, for who cannot see it.
        """
        if year != self._year:
            self._year = year
            self._cursor = self._hovered = self._chosen = None
            self.updateGeometry()
        self._marks, self._known_to, self._summary = marks, known_to, summary
        self._redraw()
        self._tell()

    def set_chosen(self, day: date | None) -> None:
        """Mark the day whose details are shown."""
        self._chosen = day
        if day is not None:
            self._cursor = day
        self._tell()
        self.update()

    def place(self, day: date) -> QRect:
        """Where the square of a day of the year is."""
        at = (day - date(self._year, 1, 1)).days + self._offset
        pitch, cell = self._pitch(self.width()), self._cell(self.width())
        left, top = round(at // _WEEK * pitch), round(at % _WEEK * pitch)
        return QRect(self._left() + left, self._top() + top, cell, cell)

    def day_at(self, point: QPoint) -> date | None:
        """The day whose square is there."""
        pitch = self._pitch(self.width())
        column = floor((point.x() - self._left()) / pitch)
        row = floor((point.y() - self._top()) / pitch)
        if not 0 <= row < _WEEK or not 0 <= column < self._columns:
            return None
        number = column * _WEEK + row - self._offset
        return date(self._year, 1, 1) + number * _DAY if 0 <= number < self._count else None

    def callout_text(self) -> str:
        """What is written beside the day, empty when nothing is."""
        callout = self._callout
        return "" if callout is None or callout.isHidden() else callout.text()

    @property
    def _offset(self) -> int:
        """The row of the first of January."""
        return (date(self._year, 1, 1).weekday() + 1) % _WEEK

    @property
    def _count(self) -> int:
        return (date(self._year, 12, 31) - date(self._year, 1, 1)).days + 1

    @property
    def _columns(self) -> int:
        return -(-(self._offset + self._count) // _WEEK)

    def _left(self) -> int:
        metrics = self._theme.metrics(_STYLE)
        widest = max(metrics.horizontalAdvance(_day_name(row)) for row in range(_WEEK))
        return widest + self._theme.px(Space.S)

    def _top(self) -> int:
        return self._theme.metrics(_STYLE).height() + self._theme.px(Space.XS)

    def _pitch(self, width: int) -> float:
        """The distance of two squares: the width is used to its end, the squares are all alike."""
        return max(_SMALLEST, (width - self._left() - Size.FOCUS_RING) / self._columns)

    def _cell(self, width: int) -> int:
        pitch = self._pitch(width)
        return floor(pitch) - max(1, round(pitch * _GAP_SHARE))

    def _redraw(self) -> None:
        self._pixmap = None
        self.update()

    def _drawn(self) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixmap = QPixmap(self.size() * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(_STYLE))
        painter.setPen(colour(tokens.muted))
        self._draw_names(painter)
        for number in range(self._count):
            day = date(self._year, 1, 1) + number * _DAY
            box, mark = QRectF(self.place(day)), self._marks.get(day)
            if mark is None and (self._known_to is None or day > self._known_to):
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(colour(tokens.border), 1))
                radius = box.width() * ROUNDING
                painter.drawRoundedRect(box.adjusted(0.5, 0.5, -0.5, -0.5), radius, radius)
            else:
                paint_cell(painter, box, tokens, mark)
        painter.end()
        return pixmap

    def _draw_names(self, painter: QPainter) -> None:
        """Months above, weekdays beside, as many as there is room for."""
        metrics, height = self._theme.metrics(_STYLE), self._top()
        short = QLocale.FormatType.ShortFormat
        names = [QLocale().standaloneMonthName(month, short) for month in range(1, 13)]
        widest = max(map(metrics.horizontalAdvance, names)) + self._theme.px(Space.XS)
        room = 4 * self._pitch(self.width())
        step = next((step for step in (1, 2, 3, 4) if step * room >= widest), 6)
        for month in range(0, 12, step):
            left = self.place(date(self._year, month + 1, 1)).left()
            if left + metrics.horizontalAdvance(names[month]) <= self.width():
                painter.drawText(QPoint(left, metrics.ascent()), names[month])
        pitch = self._pitch(self.width())
        rows = next(
            (rows for apart, rows in _NAMED_ROWS if apart * pitch >= metrics.height()), (3,)
        )
        side = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        for row in rows:
            middle = height + row * pitch + self._cell(self.width()) / 2
            line = QRectF(0, middle - metrics.height(), self._left(), 2 * metrics.height())
            painter.drawText(line, side, _day_name(row))

    def _tell(self) -> None:
        """Say what is there to who cannot see it."""
        name = self._summary
        if self._cursor is not None and self.hasFocus():
            name = ", ".join(self._describe(self._cursor).splitlines())
        if name != self.accessibleName():
            self.setAccessibleName(name)
            self.setAccessibleDescription(self._summary if name != self._summary else "")

    def _pointed(self) -> date | None:
        return self._hovered or (self._cursor if self._keyboard and self.hasFocus() else None)

    def _show_callout(self) -> None:
        day = self._pointed()
        if day is None or not self.isVisible():
            if self._callout is not None:
                self._callout.hide()
            return
        holder = self.parentWidget() or self
        if self._callout is None:
            self._callout = Callout(self._theme, holder)
        box = self.place(day)
        anchor = self.mapTo(holder, QPoint(box.center().x(), box.top()))
        self._callout.show_at(self._describe(day), anchor, holder.rect())

    def _move_to(self, day: date) -> None:
        first, last = date(self._year, 1, 1), date(self._year, 12, 31)
        self._keyboard, self._hovered = True, None
        self._cursor = min(last, max(first, day))
        self._tell()
        self._show_callout()
        self.update()

    def _start(self) -> date:
        """Where the keyboard begins: the last day that is known, or the first of the year."""
        first, last = date(self._year, 1, 1), date(self._year, 12, 31)
        return first if self._known_to is None else min(last, max(first, self._known_to))

    def _target(self, key: int) -> date | None:
        """The day that a key leads to; None for keys that lead nowhere."""
        day = self._cursor or self._start()
        months = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}
        steps = {
            Qt.Key.Key_Left: -_WEEK,
            Qt.Key.Key_Right: _WEEK,
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
        }
        pressed = Qt.Key(key)
        if pressed in steps:
            return day + steps[pressed] * _DAY if self._cursor else day
        if pressed in months:
            month = min(12, max(1, day.month + months[pressed]))
            return date(self._year, month, 1)
        ends = {Qt.Key.Key_Home: date(self._year, 1, 1), Qt.Key.Key_End: date(self._year, 12, 31)}
        return ends.get(pressed)

    def _on_theme_changed(self) -> None:
        self._pixmap = None
        super()._on_theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        target = self._target(event.key())
        if target is not None:
            self._move_to(target)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            if self._cursor is None:
                self._move_to(self._start())
            self.day_chosen.emit(self._cursor)
        elif event.key() == Qt.Key.Key_Escape:
            self._keyboard = False
            self._show_callout()
            self.update()
            self.dismissed.emit()
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        day = self.day_at(event.position().toPoint())
        self._keyboard = False
        if day is not None and event.button() is Qt.MouseButton.LeftButton:
            self._cursor = day
            self.day_chosen.emit(day)
        self.update()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        self._hover(event.position())

    def _hover(self, position: QPointF) -> None:
        day = self.day_at(position.toPoint())
        if day != self._hovered:
            self._hovered = day
            if day is None:
                self.unsetCursor()
            else:
                self.setCursor(Qt.CursorShape.PointingHandCursor)
            self._show_callout()
            self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = None
        self._show_callout()
        self.update()

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        if self._keyboard and self._cursor is None:
            self._cursor = self._start()
        super().focusInEvent(event)
        self._tell()
        self._show_callout()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._tell()
        self._show_callout()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._pixmap = None
        self._show_callout()

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        # A pixel around it for the ring of a day at the edge.
        return self._top() + ceil(_WEEK * self._pitch(width)) + Size.FOCUS_RING

    def sizeHint(self) -> QSize:
        width = self._theme.px(640)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        width = self._left() + self._columns * _SMALLEST
        return QSize(width, self.heightForWidth(width))

    def paintEvent(self, event: QPaintEvent) -> None:
        ratio = self.devicePixelRatioF()
        if self._pixmap is None or self._pixmap.devicePixelRatio() != ratio:
            self._pixmap = self._drawn()
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        tokens = self._theme.tokens
        if self._chosen is not None:
            self._ring(painter, self._chosen, tokens.text)
        if self._hovered is not None:
            self._ring(painter, self._hovered, tokens.muted)
        if self._keyboard and self.hasFocus() and self._cursor is not None:
            self._ring(painter, self._cursor, tokens.hue(Hue.ACCENT).mark)

    def _ring(self, painter: QPainter, day: date, tint: str) -> None:
        box = QRectF(self.place(day)).adjusted(-0.5, -0.5, 0.5, 0.5)
        painter.setPen(QPen(colour(tint), Size.FOCUS_RING))
        radius = box.width() * ROUNDING
        painter.drawRoundedRect(box, radius, radius)


_NAMED_ROWS = ((1, tuple(range(_WEEK))), (2, (1, 3, 5)), (4, (1, 5)))
"""How many rows weekday names are apart, and which rows then have one."""


def _day_name(row: int) -> str:
    number = 7 if row == 0 else row
    return QLocale().standaloneDayName(number, QLocale.FormatType.ShortFormat)
