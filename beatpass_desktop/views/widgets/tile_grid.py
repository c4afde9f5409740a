"""Items of a model as tiles in equal columns, as many as the width allows."""

from __future__ import annotations

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QHelpEvent, QKeyEvent, QMouseEvent, QPainter, QPalette, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.ground import give_ground
from beatpass_desktop.views.widgets.labels import plain_tooltip

Index = QModelIndex | QPersistentModelIndex


class _TileDelegate(QAbstractItemDelegate):
    """Has the grid itself paint and explain its tiles."""

    def __init__(self, grid: TileGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setLayoutDirection(option.direction)
        self._grid.paint_tile(painter, option, index)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return self._grid.gridSize()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip:
            return False
        QToolTip.showText(event.globalPos(), plain_tooltip(self._grid.hint(index)), view)
        return True


class TileGrid(QListView):
    """The first column of a model as tiles. Arrow keys move between them.

    Subclasses paint a tile, and say how high it is and what it is explained by; they call
    `_dress` when they are complete.
    """

    def __init__(self, theme: Theme, least_width: int, parent: QWidget | None = None) -> None:
        """`least_width` is that of a tile, in px at 100 %."""
        super().__init__(parent)
        self._theme = theme
        self._least_width = least_width
        self._columns = 1
        self._keyboard = False
        self._ground = give_ground(self, QPalette.ColorRole.Window)
        self.setItemDelegate(_TileDelegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Not the icon mode, which would let tiles be dragged about.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        theme.changed.connect(self._on_theme_changed)

    def column_count(self) -> int:
        """How many tiles stand beside each other."""
        return self._columns

    def shows_focus_on(self, index: Index) -> bool:
        """Whether the ring for the keyboard is drawn around a tile."""
        return self._keyboard and self.hasFocus() and index.row() == self.currentIndex().row()

    def paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a tile; the painter is as it was before afterwards."""
        raise NotImplementedError

    def hint(self, index: Index) -> str:
        """What the tooltip of a tile says; empty for none."""
        raise NotImplementedError

    def _tile_height(self, width: int) -> int:
        """How high a tile of a width is, px."""
        raise NotImplementedError

    def _background(self) -> str:
        """The colour behind the tiles."""
        raise NotImplementedError

    def _gap(self) -> int:
        """What is left free between tiles, px; none where tiles keep their own distance."""
        return 0

    def _dress(self) -> None:
        palette = QPalette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, colour(self._background()))
        self.setPalette(palette)
        self._lay_out()

    def _lay_out(self) -> None:
        width, gap = self._ground.width(), self._gap()
        self._columns = max(1, (width + gap) // (self._theme.px(self._least_width) + gap))
        # A line that is full to the last pixel would be broken one tile earlier.
        tile = max(1, (width - 1) // self._columns)
        size = QSize(tile, self._tile_height(tile) + gap)
        if size != self.gridSize():
            self.setGridSize(size)

    def _on_theme_changed(self) -> None:
        self._dress()
        self._ground.update()

    def setModel(self, model: QAbstractItemModel | None) -> None:
        super().setModel(model)
        self._lay_out()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self._keyboard = False
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)
