"""Covers in rows, each with its name and a few lines below it."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QImage, QKeyEvent, QKeySequence, QPainter, QPixmap
from PySide6.QtWidgets import QListView, QStyle, QStyleOptionViewItem, QWidget

from beatpass_desktop.models.formatting import UNKNOWN
from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.avatar import paint_initials, shaped
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import paint_box, paint_focus_ring
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars
from beatpass_desktop.views.widgets.tile_grid import Index, TileGrid

_TILE = 168
"""px at 100 % that a tile is wide at least"""
_MOST_PICTURES = 256
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NAME, _LINE = TextStyle.BODY_STRONG, TextStyle.SECONDARY
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class _CoverFace:
    """Paints a square picture, DisplayRole in semibold, and muted lines."""

    def __init__(self, theme: Theme, image: int, lines: int) -> None:
        self._theme = theme
        self._image = image
        self._lines = lines
        self._pictures: dict[tuple[int, int, float], QPixmap] = {}

    def forget_pictures(self) -> None:
        """Shapes the pictures anew, because their size is another."""
        self._pictures.clear()

    def height(self, width: int, lines: int) -> int:
        """How high a tile of `width` px is."""
        theme = self._theme
        words = theme.metrics(_NAME).height() + lines * theme.metrics(_LINE).height()
        return width + theme.px(Space.S) + words + theme.px(Space.XS)

    def cut_texts(self, tile: QRect, index: Index) -> list[str]:
        """The texts that have no room in a tile."""
        room = tile.width() - 2 * self._theme.px(Space.S)
        return [
            text
            for text, style in self._texts(index)
            if self._theme.metrics(style).horizontalAdvance(text) > room
        ]

    def paint(self, painter: QPainter, tile: QRect, index: Index) -> None:
        """Paint picture and words with some room around them."""
        theme, tokens = self._theme, self._theme.tokens
        pad = theme.px(Space.S)
        side = tile.width() - 2 * pad
        left, top = tile.left() + pad, tile.top() + pad
        self._paint_picture(painter, QRect(left, top, side, side), index)
        top += side + theme.px(Space.S)
        for text, style in self._texts(index):
            metrics = theme.metrics(style)
            painter.setFont(theme.font(style))
            painter.setPen(colour(tokens.text if style is _NAME else tokens.muted))
            place = QRect(left, top, side, metrics.height())
            painter.drawText(place, _LEFT, elided(metrics, text, side))
            top += metrics.height()

    def _texts(self, index: Index) -> list[tuple[str, TextStyle]]:
        return [(_name(index), _NAME)] + [(line, _LINE) for line in index.data(self._lines) or ()]

    def _paint_picture(self, painter: QPainter, rect: QRect, index: Index) -> None:
        image = index.data(self._image)
        if not isinstance(image, QImage) or image.isNull():
            name = _name(index)
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


class CoverGrid(TileGrid):
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
        super().__init__(theme, _TILE, parent)
        self._line_count = line_count
        self._face = _CoverFace(theme, image, lines)
        self.setMouseTracking(True)
        self.setSelectionBehavior(QListView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QListView.SelectionMode.ExtendedSelection)
        use_quiet_scroll_bars(self, theme)
        # Kept, since its coming and going would change how many covers fit beside each other.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.doubleClicked.connect(lambda index: self.row_activated.emit(index.row()))
        self._dress()

    def paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        tokens, state = self._theme.tokens, QStyle.StateFlag
        gap = self._theme.px(Space.XS) // 2
        shown = option.rect.adjusted(gap, gap, -gap, -gap)
        if option.state & state.State_Selected:
            paint_box(painter, shown, tokens.selection, None, Radius.CARD)
        elif option.state & state.State_MouseOver:
            paint_box(painter, shown, tokens.raised, None, Radius.CARD)
        self._face.paint(painter, option.rect, index)
        if self.shows_focus_on(index):
            paint_focus_ring(painter, shown, self._theme, Radius.CARD)

    def hint(self, index: Index) -> str:
        return "\n".join(self._face.cut_texts(self.visualRect(index), index))

    def _tile_height(self, width: int) -> int:
        return self._face.height(width, self._line_count)

    def _background(self) -> str:
        return self._theme.tokens.surface

    def _lay_out(self) -> None:
        before = self.gridSize()
        super()._lay_out()
        if self.gridSize() != before:
            self._face.forget_pictures()
            self.verticalScrollBar().setSingleStep(self._theme.px(40))

    def _on_theme_changed(self) -> None:
        self._face.forget_pictures()
        super()._on_theme_changed()

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

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            point = rect.center() if rect.isValid() else QPoint(0, 0)
            row = self.currentIndex().row()
            self.context_menu_requested.emit(row, self._ground.mapToGlobal(point))
            return
        self.context_menu_requested.emit(self.indexAt(event.pos()).row(), event.globalPos())


def _name(index: Index) -> str:
    return str(index.data(Qt.ItemDataRole.DisplayRole) or "")
