"""The frame of every page: a heading that stays, banners, and a body that scrolls."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from beatpass_desktop.views.theme.metrics import Size, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.column import centred_row
from beatpass_desktop.views.widgets.heading import Heading
from beatpass_desktop.views.widgets.page_body import PageBody
from beatpass_desktop.views.widgets.scroll_bar import use_quiet_scroll_bars


class Page(QWidget):
    """Heading above a scrolling column that is at most 1,440 px wide and stays in the middle.

    Something added with a stretch takes the height that is left, such as a table.
    """

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        subtitle: str = "",
        *,
        icon: str = "",
        hue: Hue = Hue.ACCENT,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._beside = 0
        self.heading = Heading(theme, title, subtitle, icon=icon, hue=hue, style=TextStyle.TITLE)
        self._top = QWidget()
        self._header = QVBoxLayout(self._top)
        self._header.setContentsMargins(0, 0, 0, 0)
        self._header.addWidget(self.heading)
        self._top_row = centred_row(self._top)

        self._middle = QWidget()
        self.body = QVBoxLayout(self._middle)
        self.body.setContentsMargins(0, 0, 0, 0)
        self._content_row = centred_row(self._middle)
        self.scroll_area = PageBody()
        self.scroll_area.setFrameShape(QFrame.Shape.NoFrame)
        self.scroll_area.setWidgetResizable(True)
        self.scroll_area.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        use_quiet_scroll_bars(self.scroll_area, theme)
        self.scroll_area.set_column(self._content_row)
        self.scroll_area.width_changed.connect(self._on_body_width_changed)

        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(self._top_row)
        self._column.addWidget(self.scroll_area, 1)
        self.setAccessibleName(title)
        self._space()
        theme.changed.connect(self._on_theme_changed)

    @property
    def beside(self) -> int:
        """The width that the scroll bar takes from the column, in drawn px; 0 without one."""
        return self._beside

    def set_title(self, text: str) -> None:
        """Changes the title."""
        self.heading.set_title(text)
        self.setAccessibleName(text)

    def set_subtitle(self, text: str) -> None:
        """Changes the subtitle; empty hides it."""
        self.heading.set_subtitle(text)

    def set_subtitle_widget(self, widget: QWidget) -> None:
        """Puts a widget in the subtitle's place."""
        self.heading.set_subtitle_widget(widget)

    def add_action(self, widget: QWidget) -> None:
        """Adds a control at the end of the heading."""
        self.heading.add_action(widget)

    def add_banner(self, widget: QWidget) -> None:
        """Adds something between heading and body that does not scroll away."""
        self._header.addWidget(widget)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Adds content at the end of the column."""
        self.body.addWidget(widget, stretch)

    def add_stretch(self) -> None:
        """Keeps what was added at the top when there is height to spare."""
        self.body.addStretch(1)

    def _space(self) -> None:
        px = self._theme.px
        for part in (self._top, self._middle):
            part.setMaximumWidth(px(Size.CONTENT_WIDTH))
        self.body.setSpacing(px(Space.XXL))
        self._header.setSpacing(px(Space.M))
        side = px(Space.XXL)
        self._content_row.setContentsMargins(side, px(Space.XS), side, px(Space.XXL))
        self._space_top()

    def _space_top(self) -> None:
        px = self._theme.px
        side = px(Space.XXL)
        # The heading ends where the column does, also beside a scroll bar.
        left, right = side, side + self._beside
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            left, right = right, left
        self._top_row.setContentsMargins(left, px(Space.XL), right, px(Space.L))

    def _on_body_width_changed(self, width: int) -> None:
        self._beside = min(max(0, self.width() - width), 2 * Size.SCROLL_BAR)
        self._space_top()

    def _on_theme_changed(self) -> None:
        self._space()
