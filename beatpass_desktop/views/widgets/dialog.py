"""The house's dialogue."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue, colour
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.heading import Heading
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars

_WIDTH = 560
_SHARE = 0.9
"""of the window's width and height that a dialogue takes at most"""


class Dialog(QDialog):
    """Title, a body that scrolls where it must, and buttons. Escape closes it.

    Show it with `open()`: the window behind waits, the event loop does not. It deletes itself when
    it is closed, and is never larger than the window it belongs to.

    Attributes:
        body: what the dialogue says; a QVBoxLayout.
    """

    def __init__(
        self,
        theme: Theme,
        title: str,
        subtitle: str = "",
        *,
        icon: str = "",
        hue: Hue = Hue.ACCENT,
        width: int = _WIDTH,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._width = width
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.heading = Heading(theme, title, subtitle, icon=icon, hue=hue, style=TextStyle.TITLE)
        content = QWidget()
        self.body = QVBoxLayout(content)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        # The keyboard scrolls it.
        self._area.setAccessibleName(title)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        use_quiet_scroll_bars(self._area, theme)
        self._area.setWidget(content)
        self._content = content
        self._buttons = QHBoxLayout()
        self._buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.heading)
        self._column.addWidget(self._area, 1)
        self._column.addLayout(self._buttons)
        theme.changed.connect(self._on_theme_changed)
        self._dress()

    def add(self, widget: QWidget) -> None:
        """Adds something to the body."""
        self.body.addWidget(widget)

    def add_button(
        self,
        text: str,
        kind: ButtonKind = ButtonKind.SECONDARY,
        on_clicked: Callable[[], object] | None = None,
    ) -> Button:
        """Adds a button, the last one at the edge; one without an action closes the dialogue."""
        button = Button(self._theme, text, kind)
        button.clicked.connect(on_clicked if on_clicked is not None else self.accept)
        self._buttons.addWidget(button)
        return button

    def _dress(self) -> None:
        px, tokens = self._theme.px, self._theme.tokens
        margin = px(Space.XXL)
        self._column.setContentsMargins(margin, px(Space.XL), margin, px(Space.XL))
        self._column.setSpacing(px(Space.L))
        self.body.setContentsMargins(0, 0, px(Space.S), 0)
        self.body.setSpacing(px(Space.L))
        self._buttons.setSpacing(px(Space.S))
        palette = self.palette()
        palette.setColor(palette.ColorRole.Window, colour(tokens.surface))
        self.setPalette(palette)

    def _fit(self) -> None:
        """As large as what it says, within the window."""
        owner = self.parentWidget()
        room = owner.window().size() if owner is not None else QSize(1280, 832)
        width = min(self._theme.px(self._width), round(room.width() * _SHARE))
        margins = self._column.contentsMargins()
        inner = width - margins.left() - margins.right()
        layout = self.body
        needed = layout.heightForWidth(inner) if layout.hasHeightForWidth() else 0
        needed = max(needed, layout.sizeHint().height() if needed == 0 else 0)
        frame = margins.top() + margins.bottom() + 2 * self._column.spacing()
        frame += self.heading.heightForWidth(inner) + self._buttons.sizeHint().height()
        height = min(needed + frame + 2, round(room.height() * _SHARE))
        self.setMinimumWidth(min(width, self._theme.px(320)))
        self.resize(width, height)
        # What is left to scroll was measured too short: wrapped lines are only sure when laid out.
        self._column.activate()
        beyond = self._area.verticalScrollBar().maximum()
        if beyond:
            height = min(height + beyond, round(room.height() * _SHARE))
            self.resize(width, height)
        if owner is not None:
            middle = owner.window().frameGeometry().center()
            self.move(middle.x() - width // 2, middle.y() - height // 2)

    def _on_theme_changed(self) -> None:
        self._dress()
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        self._fit()
        super().showEvent(event)
