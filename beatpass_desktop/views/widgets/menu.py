"""Pop-up menus in the theme's look."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from beatpass_desktop.views.theme.metrics import Radius, Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme


class Menu(QMenu):
    """A menu whose entries are shown literally, ampersands included."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._dress()
        theme.changed.connect(self._dress)

    def add_entry(
        self, text: str, on_chosen: Callable[[], object] | None = None, icon: str = ""
    ) -> QAction:
        """Adds an entry and returns it, for shortcuts, check marks and disabling."""
        action = self.addAction(text.replace("&", "&&"))
        if icon:
            action.setIcon(self._theme.icon(icon, self._theme.tokens.muted))
        if on_chosen is not None:
            action.triggered.connect(lambda: on_chosen())
        return action

    def _dress(self) -> None:
        t, px = self._theme.tokens, self._theme.px
        self.setFont(self._theme.font(TextStyle.BODY))
        # A style sheet on each menu rather than on the application: this costs nothing at start.
        self.setStyleSheet(
            f"QMenu {{ background: {t.raised}; color: {t.text}; border: 1px solid {t.border};"
            f" padding: {px(Space.XS)}px; }}"
            f"QMenu::item {{ padding: {px(6)}px {px(Space.M)}px;"
            f" border-radius: {Radius.SMALL}px; }}"
            f"QMenu::icon {{ padding-left: {px(Space.S)}px; }}"
            f"QMenu::item:selected {{ background: {t.selection}; }}"
            f"QMenu::item:disabled {{ color: {t.faint}; }}"
            f"QMenu::separator {{ height: 1px; background: {t.border}; margin: {px(Space.XS)}px; }}"
        )
