"""The way to the pages, and who is signed in."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import colour
from beatpass_desktop.views.widgets.account_button import AccountButton
from beatpass_desktop.views.widgets.buttons import IconButton
from beatpass_desktop.views.widgets.labels import PlainLabel
from beatpass_desktop.views.widgets.nav_button import NavButton, NavEntry
from beatpass_desktop.views.widgets.painted import Painted, painter_on

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

_WORD_MARK = "BeatPass"
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class Sidebar(Painted):
    """Word mark, one entry a page, account box; collapses to icons.

    Signals:
        page_requested: the entry with this key was chosen; the owner calls `set_current`.
        collapsed_changed: it was collapsed or opened by hand; the owner remembers it.
        account_menu_requested: open the account menu with its lower left corner at this point
            of the screen.
    """

    page_requested = Signal(object)
    collapsed_changed = Signal(bool)
    account_menu_requested = Signal(QPoint)

    def __init__(
        self, theme: Theme, entries: Sequence[NavEntry], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, parent)
        self._collapsed = False
        self._word_mark = PlainLabel(theme, _WORD_MARK, TextStyle.TITLE)
        self._toggle = IconButton(theme, "panel-left", self.tr("Collapse sidebar"))
        self._toggle.clicked.connect(self._on_toggle_clicked)
        self._top = QHBoxLayout()
        self._top.addWidget(self._word_mark, 1)
        self._top.addWidget(self._toggle)
        self._buttons = [NavButton(theme, entry) for entry in entries]
        self._account = AccountButton(theme)
        self._account.clicked.connect(self._on_account_clicked)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._top)
        for button in self._buttons:
            button.clicked.connect(partial(self._on_entry_clicked, button.entry.key))
            self._column.addWidget(button)
        self._column.addStretch(1)
        self._column.addWidget(self._account)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.setAccessibleName(self.tr("Pages"))
        self._space()

    def current(self) -> object:
        """The key of the page in view, None when there is none."""
        return next((b.entry.key for b in self._buttons if b.is_current()), None)

    def set_current(self, key: object) -> None:
        """Marks the page in view."""
        for button in self._buttons:
            button.set_current(button.entry.key == key)

    def is_collapsed(self) -> bool:
        """Whether only icons are shown."""
        return self._collapsed

    def set_collapsed(self, collapsed: bool) -> None:
        """Shows icons only, or labels too."""
        if collapsed == self._collapsed:
            return
        self._collapsed = collapsed
        self._word_mark.setVisible(not collapsed)
        self._account.set_collapsed(collapsed)
        for button in self._buttons:
            button.set_collapsed(collapsed)
        hint = self.tr("Expand sidebar") if collapsed else self.tr("Collapse sidebar")
        self._toggle.set_tooltip(hint)
        self._space()

    def set_account(self, name: str, level: str = "", image: QImage | None = None) -> None:
        """Shows who is signed in; without a name, that nobody is."""
        self._account.set_account(name, level, image)

    def account_texts(self) -> list[str]:
        """What the account box says."""
        return [text for text in (self._account.name(), self._account.level()) if text]

    def _space(self) -> None:
        px = self._theme.px
        side = px(Space.M)
        self._column.setContentsMargins(side, px(Space.L), side, px(Space.M))
        self._column.setSpacing(px(Space.XS))
        self._top.setContentsMargins(0, 0, 0, px(Space.L))
        # The word mark starts where the icons do.
        self._word_mark.setIndent(px(Space.M))
        self._top.setAlignment(
            self._toggle,
            Qt.AlignmentFlag.AlignCenter if self._collapsed else Qt.AlignmentFlag.AlignRight,
        )
        width = px(Size.SIDEBAR_COLLAPSED if self._collapsed else Size.SIDEBAR)
        self.setFixedWidth(width)

    def _on_entry_clicked(self, key: object) -> None:
        self.page_requested.emit(key)

    def _on_toggle_clicked(self) -> None:
        self.set_collapsed(not self._collapsed)
        self.collapsed_changed.emit(self._collapsed)

    def _on_account_clicked(self) -> None:
        self.account_menu_requested.emit(self._account.mapToGlobal(QPoint(0, 0)))

    def _on_theme_changed(self) -> None:
        self._space()
        super()._on_theme_changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        step = _STEPS.get(Qt.Key(event.key()))
        at = next((i for i, b in enumerate(self._buttons) if b.hasFocus()), None)
        if step is None or at is None:
            super().keyPressEvent(event)
            return
        target = self._buttons[(at + step) % len(self._buttons)]
        target.setFocus(Qt.FocusReason.TabFocusReason)

    def paintEvent(self, event: QPaintEvent) -> None:
        tokens = self._theme.tokens
        painter = painter_on(self)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour(tokens.surface))
        painter.drawRect(self.rect())
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        edge = 0 if mirrored else self.width() - 1
        painter.setBrush(colour(tokens.border))
        painter.drawRect(edge, 0, 1, self.height())
