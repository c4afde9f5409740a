"""The header of a data table: sorting, choosing columns, all of it also by keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPalette,
    QResizeEvent,
)
from PySide6.QtWidgets import QHeaderView, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.ground import give_ground, use_fill
from beatpass_desktop.views.widgets.labels import elided
from beatpass_desktop.views.widgets.painted import mirrored, paint_focus_ring

_STYLE = TextStyle.SECONDARY_STRONG
_HEIGHT = 36
_NARROWEST = 48


class TableHeader(QHeaderView):
    """Column titles. A press sorts ascending, then descending, then in the default order.

    With the keyboard in the header, the arrow keys move between columns and Enter sorts.

    Signals:
        sort_chosen: column, and Qt.SortOrder or None for the default order.
        chooser_requested: open the column chooser at this point of the screen.
    """

    sort_chosen = Signal(int, object)
    chooser_requested = Signal(QPoint)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._ground = give_ground(self, QPalette.ColorRole.Button)
        self._sorted = -1
        self._order: Qt.SortOrder | None = None
        self._hovered = -1
        self._active = 0
        self._filler, self._least = -1, 0
        self._ring = False
        self.setSectionsClickable(True)
        self.setSectionsMovable(True)
        self.setHighlightSections(False)
        self.setStretchLastSection(True)
        self.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Columns"))
        self.sectionClicked.connect(self._on_section_clicked)
        self.sectionResized.connect(self._on_section_resized)
        self._space()
        theme.changed.connect(self._on_theme_changed)

    def sort_state(self) -> tuple[int, Qt.SortOrder | None]:
        """The column sorted by and its order; -1 and None in the default order."""
        return self._sorted, self._order

    def set_sort(self, column: int, order: Qt.SortOrder | None) -> None:
        """Marks a column as sorted; order None is the default order."""
        self._sorted, self._order = (column, order) if order is not None else (-1, None)
        self._ground.update()

    def set_filler(self, section: int, least: int) -> None:
        """This section takes the width that the others leave, in place of the last one; it is
        never narrower than `least` px at 100 % text scale."""
        self._filler, self._least = section, least
        self.fill()

    def fill(self) -> None:
        """Give the filler its width."""
        if self._filler < 0:
            return
        self.setStretchLastSection(False)
        others = self.length() - self.sectionSize(self._filler)
        self.resizeSection(self._filler, max(self._theme.px(self._least), self.width() - others))

    def _on_section_resized(self, section: int) -> None:
        if section != self._filler:
            self.fill()

    def _space(self) -> None:
        self.setMinimumSectionSize(self._theme.px(_NARROWEST))

    def _on_theme_changed(self) -> None:
        self._space()
        self.updateGeometry()
        self._ground.update()

    def _on_section_clicked(self, column: int) -> None:
        if column != self._sorted:
            order: Qt.SortOrder | None = Qt.SortOrder.AscendingOrder
        elif self._order is Qt.SortOrder.AscendingOrder:
            order = Qt.SortOrder.DescendingOrder
        else:
            order = None
        self.set_sort(column, order)
        self.sort_chosen.emit(column, order)

    def _move(self, step: int) -> None:
        visual = self.visualIndex(self._active) + step
        while 0 <= visual < self.count() and self.isSectionHidden(self.logicalIndex(visual)):
            visual += step
        if 0 <= visual < self.count():
            self._active = self.logicalIndex(visual)
            self._ground.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.fill()

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self._ring = True
        if self.isSectionHidden(self._active) or self._active >= self.count():
            self._active = self.logicalIndex(0)
        self._ground.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self._ring = False
        self._ground.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        forward = 1 if self.layoutDirection() is Qt.LayoutDirection.LeftToRight else -1
        match event.key():
            case Qt.Key.Key_Left:
                self._move(-forward)
            case Qt.Key.Key_Right:
                self._move(forward)
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space:
                self._on_section_clicked(self._active)
            case _:
                super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        self.chooser_requested.emit(event.globalPos())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        hovered = self.logicalIndexAt(event.position().toPoint())
        if hovered != self._hovered:
            self._hovered = hovered
            self._ground.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hovered = -1
        self._ground.update()

    def sizeHint(self) -> QSize:
        height = max(
            self._theme.px(_HEIGHT), self._theme.metrics(_STYLE).height() + self._theme.px(Space.M)
        )
        return QSize(super().sizeHint().width(), height)

    def paintSection(self, painter: QPainter, rect: QRect, column: int) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        model = self.model()
        use_fill(painter, tokens.surface).drawRect(rect)
        use_fill(painter, tokens.border).drawRect(rect.x(), rect.bottom(), rect.width(), 1)
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        align = model.headerData(
            column, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole
        )
        right = align is not None and bool(Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight)
        is_sorted = column == self._sorted and self._order is not None
        inner = rect.adjusted(px(Space.M), 0, -px(Space.M), 0)
        arrow, gap = px(Size.ICON_SMALL), px(Space.XS)
        metrics = theme.metrics(_STYLE)
        room = inner.width() - (arrow + gap if is_sorted else 0)
        shown = elided(metrics, title, max(0, room))
        width = min(room, metrics.horizontalAdvance(shown) + 1)
        left = inner.right() + 1 - width if right else inner.x()
        words = QRect(left, rect.y(), width, rect.height())
        direction = self.layoutDirection()
        painter.setLayoutDirection(direction)
        tint = tokens.text if is_sorted or column == self._hovered else tokens.muted
        painter.setFont(theme.font(_STYLE))
        painter.setPen(colour(tint))
        painter.drawText(mirrored(direction, rect, words), Qt.AlignmentFlag.AlignVCenter, shown)
        if is_sorted:
            name = "arrow-up" if self._order is Qt.SortOrder.AscendingOrder else "arrow-down"
            at = words.left() - gap - arrow if right else words.right() + 1 + gap
            spot = QRect(at, rect.y() + (rect.height() - arrow) // 2, arrow, arrow)
            theme.icons.paint(painter, mirrored(direction, rect, spot), name, tint)
        if self._ring and column == self._active:
            paint_focus_ring(painter, rect.adjusted(2, 2, -2, -3), theme, Radius.SMALL)
