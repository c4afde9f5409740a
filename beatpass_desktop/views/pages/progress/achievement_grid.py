"""Achievements as cards in equal columns, as many as the width allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from beatpass_desktop.domain.progress import Achievement
from beatpass_desktop.models.achievements import AchievementTableModel
from beatpass_desktop.views.pages.progress.achievement_card import LEGENDARY, AchievementFace
from beatpass_desktop.views.theme.metrics import Radius, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.ground import give_ground
from beatpass_desktop.views.widgets.labels import plain_tooltip
from beatpass_desktop.views.widgets.painted import mirrored, paint_focus_ring

_Index = QModelIndex | QPersistentModelIndex
_COLUMN = 312
"""px at 100 % that a card is wide at least"""
_SWEEP_MS = 1_400
_PAUSE_MS = 5_000
_LEFT_BUTTON = Qt.MouseButton.LeftButton


class _Delegate(QAbstractItemDelegate):
    """Paints the cards where the grid says that they are."""

    def __init__(self, grid: AchievementGrid) -> None:
        super().__init__(grid)
        self._grid = grid

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        self._grid.paint_card(painter, index)

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
        hint = str(index.data(Qt.ItemDataRole.ToolTipRole) or "")
        position: QPoint = event.globalPos()
        QToolTip.showText(position, plain_tooltip(hint), view)
        return True


class AchievementGrid(QListView):
    """All cards, as high as they need; the page scrolls, not the grid. Arrow keys move between
    cards. Light runs over unlocked legendary ones now and then, not with reduced motion.

    Signals:
        card_reached: the keyboard or a search stands on a card, at this place of the grid.
    """

    card_reached = Signal(QRect)

    def __init__(
        self,
        theme: Theme,
        model: AchievementTableModel,
        now: Callable[[], datetime],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._rows = model
        self._face = AchievementFace(theme, now)
        self._columns = 1
        self._keyboard = False
        self._reached: str | None = None
        self._ground = give_ground(self, QPalette.ColorRole.Window)
        self.setItemDelegate(_Delegate(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        # Not the icon mode, which would let cards be dragged about.
        self.setFlow(QListView.Flow.LeftToRight)
        self.setWrapping(True)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        off = Qt.ScrollBarPolicy.ScrollBarAlwaysOff
        self.setHorizontalScrollBarPolicy(off)
        self.setVerticalScrollBarPolicy(off)
        self.setAccessibleName(self.tr("Achievements"))
        self.setModel(model)
        self._light = QVariantAnimation(self)
        self._light.setDuration(_SWEEP_MS)
        self._light.setStartValue(0.0)
        self._light.setEndValue(1.0)
        self._light.valueChanged.connect(self._on_light_moved)
        self._light.finished.connect(self._on_light_gone)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(_PAUSE_MS)
        self._pause.timeout.connect(self._on_pause_ended)
        model.modelReset.connect(self._on_model_reset)
        theme.changed.connect(self._on_theme_changed)
        self._dress()

    def is_shimmering(self) -> bool:
        """Whether light runs over the legendary cards, or will."""
        running = QVariantAnimation.State.Running
        return self._pause.isActive() or self._light.state() is running

    def column_count(self) -> int:
        """How many cards stand beside each other."""
        return self._columns

    def visible_columns(self) -> list[int]:
        """The columns of the model that a card tells."""
        return list(range(self._rows.columnCount()))

    def card_at(self, row: int) -> QRect:
        """Where a card is painted."""
        direction, count, gap = self.layoutDirection(), self._columns, self._gap()
        width, (line, column) = self._ground.width(), divmod(row, count)
        left = (width + gap) * column // count
        right = (width + gap) * (column + 1) // count - gap
        height = self._face.height()
        card = QRect(left, line * (height + gap), right - left, height)
        return mirrored(direction, self._ground.rect(), card)

    def reach(self, achievement: str) -> bool:
        """Stand on an achievement, when it is listed."""
        row = self._rows.row_of(achievement)
        if row is None:
            return False
        self._keyboard = True
        self.setFocus(Qt.FocusReason.OtherFocusReason)
        self.setCurrentIndex(self._rows.index(row, 0))
        self._tell_reached(row)
        return True

    def paint_card(self, painter: QPainter, index: _Index) -> None:
        """Paint the card of a row."""
        one = index.data(AchievementTableModel.RECORD)
        if not isinstance(one, Achievement):
            return
        painter.save()
        painter.setLayoutDirection(self.layoutDirection())
        card = self.card_at(index.row())
        light = self._light.currentValue() if _shines(one) and self._is_lit() else None
        self._face.paint(painter, card, one, shimmer=light)
        here = index.row() == self.currentIndex().row()
        if here and self._keyboard and self.hasFocus():
            paint_focus_ring(painter, card, self._theme, Radius.CARD)
        painter.restore()

    def _is_lit(self) -> bool:
        return self._light.state() is QVariantAnimation.State.Running

    def _gap(self) -> int:
        return self._theme.px(Space.M)

    def _dress(self) -> None:
        palette = QPalette()
        for role in (QPalette.ColorRole.Base, QPalette.ColorRole.Window):
            palette.setColor(role, colour(self._theme.tokens.window))
        self.setPalette(palette)
        self._lay_out()

    def _lay_out(self) -> None:
        width, gap = self._ground.width(), self._gap()
        self._columns = max(1, (width + gap) // (self._theme.px(_COLUMN) + gap))
        # A line that is full to the last pixel would be broken one card earlier.
        size = QSize(max(1, (width - 1) // self._columns), self._face.height() + gap)
        if size != self.gridSize():
            self.setGridSize(size)
        lines = -(-self._rows.rowCount() // self._columns)
        self.setFixedHeight(max(0, lines * size.height() - gap))

    def _tell_reached(self, row: int) -> None:
        self._reached = self._rows.at(row).id
        self.card_reached.emit(self.card_at(row))

    def _shine(self) -> None:
        """Begin or end to let light run."""
        rows = range(self._rows.rowCount())
        wanted = (
            self.isVisible()
            and not self._theme.reduced_motion
            and any(_shines(self._rows.at(row)) for row in rows)
        )
        if wanted and not self.is_shimmering():
            self._pause.start()
        elif not wanted:
            self._pause.stop()
            self._light.stop()
            self._ground.update()

    def _on_light_moved(self) -> None:
        for row in range(self._rows.rowCount()):
            if _shines(self._rows.at(row)):
                self._ground.update(self.card_at(row))

    def _on_light_gone(self) -> None:
        self._on_light_moved()
        self._pause.start()

    def _on_pause_ended(self) -> None:
        if self.window().isActiveWindow():
            self._light.start()
        else:
            self._pause.start()

    def _on_model_reset(self) -> None:
        self._lay_out()
        self._shine()
        row = None if self._reached is None else self._rows.row_of(self._reached)
        if row is not None:
            self.setCurrentIndex(self._rows.index(row, 0))

    def _on_theme_changed(self) -> None:
        self._face.forget()
        self._dress()
        self._shine()
        self._ground.update()

    def currentChanged(self, current: _Index, previous: _Index) -> None:
        super().currentChanged(current, previous)
        self._ground.update()
        if current.isValid() and self.hasFocus():
            self._tell_reached(current.row())

    def focusInEvent(self, event: QFocusEvent) -> None:
        self._keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))
        elif self._keyboard and self.currentIndex().isValid():
            self._tell_reached(self.currentIndex().row())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        self._keyboard = True
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is _LEFT_BUTTON:
            self._keyboard = False
        super().mousePressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()
        super().resizeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shine()

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        self._light.stop()
        super().hideEvent(event)


def _shines(one: Achievement) -> bool:
    return one.unlocked is True and one.rarity == LEGENDARY
