"""Achievements as cards in equal columns, as many as the width allows."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import QRect, Qt, QTimer, QVariantAnimation, Signal
from PySide6.QtGui import QFocusEvent, QHideEvent, QPainter, QShowEvent
from PySide6.QtWidgets import QListView, QStyleOptionViewItem, QWidget

from beatpass_desktop.domain.progress import Achievement
from beatpass_desktop.models.achievements import AchievementTableModel
from beatpass_desktop.views.pages.progress.achievement_card import LEGENDARY, AchievementFace
from beatpass_desktop.views.theme.metrics import Radius, Space
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.painted import mirrored, paint_focus_ring
from beatpass_desktop.views.widgets.tile_grid import Index, TileGrid

_CARD = 312
"""px at 100 % that a card is wide at least"""
_SWEEP_MS = 1_400
_PAUSE_MS = 5_000


class AchievementGrid(TileGrid):
    """All cards, as high as they need; the page scrolls, not the grid. Light runs over unlocked
    legendary ones now and then, not with reduced motion.

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
        super().__init__(theme, _CARD, parent)
        self._rows = model
        self._face = AchievementFace(theme, now)
        self._reached: str | None = None
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
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
        self._dress()

    def is_shimmering(self) -> bool:
        """Whether light runs over the legendary cards, or will."""
        running = QVariantAnimation.State.Running
        return self._pause.isActive() or self._light.state() is running

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

    def paint_tile(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        one = index.data(AchievementTableModel.RECORD)
        if not isinstance(one, Achievement):
            return
        card = self.card_at(index.row())
        light = self._light.currentValue() if _shines(one) and self._is_lit() else None
        self._face.paint(painter, card, one, shimmer=light)
        if self.shows_focus_on(index):
            paint_focus_ring(painter, card, self._theme, Radius.CARD)

    def hint(self, index: Index) -> str:
        return str(index.data(Qt.ItemDataRole.ToolTipRole) or "")

    def _is_lit(self) -> bool:
        return self._light.state() is QVariantAnimation.State.Running

    def _gap(self) -> int:
        return self._theme.px(Space.M)

    def _tile_height(self, width: int) -> int:
        return self._face.height()

    def _background(self) -> str:
        return self._theme.tokens.window

    def _lay_out(self) -> None:
        super()._lay_out()
        lines = -(-self._rows.rowCount() // self._columns)
        self.setFixedHeight(max(0, lines * self.gridSize().height() - self._gap()))

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
        super()._on_theme_changed()
        self._shine()

    def currentChanged(self, current: Index, previous: Index) -> None:
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

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._shine()

    def hideEvent(self, event: QHideEvent) -> None:
        self._pause.stop()
        self._light.stop()
        super().hideEvent(event)


def _shines(one: Achievement) -> bool:
    return one.unlocked is True and one.rarity == LEGENDARY
