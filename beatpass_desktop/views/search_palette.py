"""The global search: a field and what it finds, from anywhere with Ctrl+K."""

from __future__ import annotations

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QAbstractItemView,
    QFrame,
    QListView,
    QStyle,
    QStyleOptionViewItem,
    QWidget,
)

from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.models.search import DETAIL_ROLE, KIND_ROLE, TARGET_ROLE, SearchModel
from beatpass_desktop.views.navigation import destinations
from beatpass_desktop.views.theme.metrics import Radius, Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, elided
from beatpass_desktop.views.widgets.painted import mirrored, paint_box
from beatpass_desktop.views.widgets.popover import Popover
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars
from beatpass_desktop.views.widgets.search_field import SearchField

_Index = QModelIndex | QPersistentModelIndex
_WIDTH = 600
_ROWS = 9
_FROM_TOP = 72
_MOVES = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_PageUp: -_ROWS,
    Qt.Key.Key_PageDown: _ROWS,
}
_LOOKS = {
    HitKind.ACTION: ("zap", Hue.NEUTRAL),
    HitKind.TRACK: ("music", Hue.TRACKS),
    HitKind.ALBUM: ("disc-3", Hue.ALBUMS),
    HitKind.COLLABORATOR: ("user", Hue.ALBUMS),
    HitKind.TRANSACTION: ("wallet", Hue.FINANCES),
    HitKind.ACHIEVEMENT: ("award", Hue.PROGRESS),
}


class SearchPalette(Popover):
    """Arrow keys move, Enter opens, Escape closes; the keyboard stays in the field.

    Signals:
        chosen: a Hit is to be opened; the palette has closed.
        closed: see Popover.
    """

    chosen = Signal(object)

    def __init__(self, theme: Theme, model: SearchModel, parent: QWidget) -> None:
        super().__init__(theme, self.tr("Search"), parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._model = model
        self.field = SearchField(
            theme, self.tr("Search pages, tracks, albums, people, money, achievements and actions")
        )
        self.field.textChanged.connect(model.search)
        self.field.installEventFilter(self)
        self.list = QListView()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setAccessibleName(self.tr("Found"))
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.viewport().setAutoFillBackground(False)
        use_quiet_scroll_bars(self.list, theme)
        self.list.setItemDelegate(_HitDelegate(theme, self.list))
        self.list.setModel(model)
        self.list.entered.connect(self.list.setCurrentIndex)
        self.list.clicked.connect(lambda index: self._choose(index.row()))
        self._nothing = PlainLabel(theme, "", TextStyle.BODY, Tone.MUTED)
        self._nothing.setWordWrap(True)
        self.body.addWidget(self.field)
        self.body.addWidget(self.list)
        self.body.addWidget(self._nothing)
        model.modelReset.connect(self._on_found)
        model.settled.connect(self._on_found)
        self.closed.connect(model.cancel)
        self._on_found()

    def open_over(self, window: QWidget) -> None:
        """Show it in the upper middle of `window`."""
        px = self._theme.px
        self.setFixedWidth(min(px(_WIDTH), window.width() - 2 * px(Space.XXL)))
        self._model.search("")
        self.adjustSize()
        place = window.mapToGlobal(QPoint((window.width() - self.width()) // 2, px(_FROM_TOP)))
        self.move(place)
        self.show()
        self.field.setFocus(Qt.FocusReason.PopupFocusReason)

    def _on_found(self) -> None:
        count = self._model.rowCount()
        if count and not self.list.currentIndex().isValid():
            self.list.setCurrentIndex(self._model.index(0, 0))
        row = self._theme.px(Size.ROW)
        self.list.setFixedHeight(min(count, _ROWS) * row)
        self.list.setVisible(count > 0)
        text = self.field.text().strip()
        self._nothing.setText(self.tr("Nothing found for “{}”.").format(text))
        self._nothing.setVisible(count == 0 and self._model.is_settled)
        self.adjustSize()

    def _move(self, rows: int) -> None:
        count = self._model.rowCount()
        if count:
            row = self.list.currentIndex().row() + rows
            row = row % count if abs(rows) == 1 else max(0, min(row, count - 1))
            self.list.setCurrentIndex(self._model.index(row, 0))

    def _choose(self, row: int) -> None:
        hit: Hit | None = self._model.hit(row)
        if hit is not None:
            self.close()
            self.chosen.emit(hit)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if event.key() in _MOVES:
            self._move(_MOVES[Qt.Key(event.key())])
            return True
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._choose(self.list.currentIndex().row())
            return True
        if event.key() == Qt.Key.Key_Escape:
            self.close()
            return True
        return False


class _HitDelegate(QAbstractItemDelegate):
    """An icon, the title, a muted detail, and what kind of thing it is."""

    def __init__(self, theme: Theme, view: QAbstractItemView) -> None:
        super().__init__(view)
        self._theme = theme
        self._pages = {place.page: (place.icon, place.hue) for place in destinations()}

    def _kind(self, kind: HitKind) -> str:
        return {
            HitKind.PAGE: self.tr("Page"),
            HitKind.ACTION: self.tr("Action"),
            HitKind.TRACK: self.tr("Track"),
            HitKind.ALBUM: self.tr("Album"),
            HitKind.COLLABORATOR: self.tr("Collaborator"),
            HitKind.TRANSACTION: self.tr("Transaction"),
            HitKind.ACHIEVEMENT: self.tr("Achievement"),
        }[kind]

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        theme, tokens, px = self._theme, self._theme.tokens, self._theme.px
        rect, direction = option.rect, option.direction
        painter.setLayoutDirection(direction)
        if option.state & QStyle.StateFlag.State_Selected:
            paint_box(painter, rect, tokens.selection, None, Radius.CONTROL)
        model = index.model()
        kind = model.data(index, KIND_ROLE)
        target = model.data(index, TARGET_ROLE)
        icon, hue = self._pages[target] if kind is HitKind.PAGE else _LOOKS[kind]
        size = px(Size.ICON)
        spot = QRect(rect.x() + px(Space.M), rect.y() + (rect.height() - size) // 2, size, size)
        theme.icons.paint(painter, mirrored(direction, rect, spot), icon, theme.hue(hue).text)
        small, body = theme.metrics(TextStyle.SECONDARY), theme.metrics(TextStyle.BODY)
        left, right = spot.right() + px(Space.M), rect.right() - px(Space.M)
        word = self._kind(kind)
        width = small.horizontalAdvance(word)
        self._write(painter, rect, direction, (right - width, width), word, TextStyle.SECONDARY)
        right -= width + px(Space.M)
        title = elided(body, str(model.data(index, Qt.ItemDataRole.DisplayRole)), right - left)
        taken = body.horizontalAdvance(title)
        self._write(painter, rect, direction, (left, taken), title, TextStyle.BODY)
        left += taken + px(Space.S)
        detail = str(model.data(index, DETAIL_ROLE) or "")
        if detail and right - left > px(40):
            shown = elided(small, detail, right - left)
            self._write(painter, rect, direction, (left, right - left), shown, TextStyle.SECONDARY)

    def _write(
        self,
        painter: QPainter,
        rect: QRect,
        direction: Qt.LayoutDirection,
        span: tuple[int, int],
        text: str,
        style: TextStyle,
    ) -> None:
        tokens = self._theme.tokens
        painter.setFont(self._theme.font(style))
        painter.setPen(colour(tokens.text if style is TextStyle.BODY else tokens.muted))
        place = QRect(span[0], rect.y(), span[1] + 1, rect.height())
        painter.drawText(
            mirrored(direction, rect, place),
            Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
            text,
        )

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(0, self._theme.px(Size.ROW))
