"""Covers in rows, each with its name and a few lines below it."""

from __future__ import annotations

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPalette,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from beatpass_desktop.models.formatting import UNKNOWN
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.avatar import paint_initials, shaped
from beatpass_desktop.views.widgets.labels import elided, plain_tooltip
from beatpass_desktop.views.widgets.painted import paint_box, paint_focus_ring
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars

_Index = QModelIndex | QPersistentModelIndex
_CELL = 168
"""px at 100 % that a cell is wide at least"""
_MOST_PICTURES = 256
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NAME, _LINE = TextStyle.BODY_STRONG, TextStyle.SECONDARY
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _CoverDelegate(QAbstractItemDelegate):
    """Paints a cell: a square picture, DisplayRole in semibold, muted lines."""

    def __init__(self, theme: Theme, grid: CoverGrid, image: int, lines: int) -> None:
        super().__init__(grid)
        self._theme = theme
        self._grid = grid
        self._image = image
        self._lines = lines
        self._pictures: dict[tuple[int, int, float], QPixmap] = {}

    def forget_pictures(self) -> None:
        """Shapes the pictures anew, because their size is another."""
        self._pictures.clear()

    def height(self, width: int, lines: int) -> int:
        """How high a cell of `width` px is."""
        theme = self._theme
        words = theme.metrics(_NAME).height() + lines * theme.metrics(_LINE).height()
        return width + theme.px(Space.S) + words + theme.px(Space.XS)

    def name_room(self, cell: QRect) -> int:
        """The width there is for a name."""
        return cell.width() - 2 * self._theme.px(Space.S)

    def _paint_picture(self, painter: QPainter, rect: QRect, index: _Index, name: str) -> None:
        image = index.data(self._image)
        if not isinstance(image, QImage) or image.isNull():
            known = "" if name == UNKNOWN else name
            paint_initials(painter, rect, self._theme, known, Radius.CONTROL, "disc-3")
            return
        ratio = painter.device().devicePixelRatioF()
        key = (image.cacheKey(), rect.width(), ratio)
        pixmap = self._pictures.get(key)
        if pixmap is None:
            if len(self._pictures) > _MOST_PICTURES:
                self._pictures.clear()
            pixmap = shaped(image, rect.width(), ratio, Radius.CONTROL)
            self._pictures[key] = pixmap
        painter.drawPixmap(rect.topLeft(), pixmap)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        painter.save()
        painter.setLayoutDirection(option.direction)
        gap = px(Space.XS) // 2
        cell = option.rect.adjusted(gap, gap, -gap, -gap)
        state = QStyle.StateFlag
        if option.state & state.State_Selected:
            paint_box(painter, cell, tokens.selection, None, Radius.CARD)
        elif option.state & state.State_MouseOver:
            paint_box(painter, cell, tokens.raised, None, Radius.CARD)
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        pad = px(Space.S) - gap
        side = cell.width() - 2 * pad
        self._paint_picture(
            painter, QRect(cell.left() + pad, cell.top() + pad, side, side), index, name
        )
        top = cell.top() + pad + side + px(Space.S)
        lines = [(name, _NAME, tokens.text)]
        lines += [(line, _LINE, tokens.muted) for line in index.data(self._lines) or ()]
        for text, style, tone in lines:
            metrics = theme.metrics(style)
            painter.setFont(theme.font(style))
            painter.setPen(colour(tone))
            place = QRect(cell.left() + pad, top, side, metrics.height())
            painter.drawText(place, _LEFT, elided(metrics, text, side))
            top += metrics.height()
        if self._grid.shows_focus_on(index):
            paint_focus_ring(painter, cell, theme, Radius.CARD)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return self._grid.gridSize()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: _Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return False
        name = str(index.data(Qt.ItemDataRole.DisplayRole) or "")
        shown = [(name, _NAME)] + [(line, _LINE) for line in index.data(self._lines) or ()]
        room = self.name_room(view.visualRect(index))
        cut = [
            text
            for text, style in shown
            if self._theme.metrics(style).horizontalAdvance(text) > room
        ]
        position: QPoint = event.globalPos()
        QToolTip.showText(position, plain_tooltip("\n".join(cut)) if cut else "", view)
        return True


class CoverGrid(QListView):
    """The first column of a model as covers, as many beside each other as fit.

    `image` and `lines` are the item-data roles of a QImage (initials stand for it until there is
    one) and of a list of texts; every item has `line_count` of them. Arrow keys move, Enter and a
    double click open, typing looks for a name. Made to be shown in place of a `DataTable` with the
    same model and selection.

    Signals:
        row_activated: an item was opened.
        context_menu_requested: row (-1 beside the items) and the point of the screen.
        type_ahead_requested: what was typed.
        copy_requested: the selected items are to be copied.
    """

    row_activated = Signal(int)
    context_menu_requested = Signal(int, QPoint)
    type_ahead_requested = Signal(str)
    copy_requested = Signal()

    def __init__(
        self,
        theme: Theme,
        *,
        image: int,
        lines: int,
        line_count: int,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._line_count = line_count
        self._keyboard = False
        self._delegate = _CoverDelegate(theme, self, image, lines)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Not the icon mode, which would let items be dragged about.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QListView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_quiet_scroll_bars(self, theme)
        # Kept, since its coming and going would change how many covers fit beside each other.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(index.row()))
        theme.changed.connect(self._on_theme_changed)
        self._dress()

    def shows_focus_on(self, index: _Index) -> bool:
        """Whether the ring for the keyboard is drawn around an item."""
        return self._keyboard and self.hasFocus() and index.row() == self.currentIndex().row()

    def _dress(self) -> None:
        palette = QPalette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, colour(self._theme.tokens.surface))
        self.setPalette(palette)
        self._lay_out()

    def _lay_out(self) -> None:
        width = self.viewport().width()
        columns = max(1, width // self._theme.px(_CELL))
        # One px less: a line that is filled to the last one is broken before its end.
        cell = max(1, (width - 1) // columns)
        size = QSize(cell, self._delegate.height(cell, self._line_count))
        if size != self.gridSize():
            self._delegate.forget_pictures()
            self.setGridSize(size)
            self.verticalScrollBar().setSingleStep(self._theme.px(40))

    def _on_theme_changed(self) -> None:
        self._delegate.forget_pictures()
        self._dress()
        self.viewport().update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._lay_out()

    def keyboardSearch(self, text: str) -> None:
        self.type_ahead_requested.emit(text)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() in _ENTER and self.currentIndex().isValid():
            self.row_activated.emit(self.currentIndex().row())
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            point = rect.center() if rect.isValid() else QPoint(0, 0)
            row = self.currentIndex().row()
            self.context_menu_requested.emit(row, self.viewport().mapToGlobal(point))
            return
        self.context_menu_requested.emit(self.indexAt(event.pos()).row(), event.globalPos())
