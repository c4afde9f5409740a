"""The menu of the account box: artists, profile, theme, quit."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QActionGroup
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.models import formatting
from beatpass_desktop.models.who import Who
from beatpass_desktop.views.theme.theme import Theme, ThemeMode
from beatpass_desktop.views.widgets.menu import Menu


class AccountMenu(Menu):
    """Shown once, then gone.

    Signals:
        artist_requested: the id of another artist of the account.
        link_requested: a web address is to be opened.
        theme_mode_requested: another ThemeMode.
        quit_requested: the program is to end.
    """

    artist_requested = Signal(object)
    link_requested = Signal(str)
    theme_mode_requested = Signal(object)
    quit_requested = Signal()

    def __init__(self, theme: Theme, who: Who, parent: QWidget) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if len(who.managed) > 1:
            self._add_artists(who)
        if who.artist:
            address = links.artist(who.artist)
            profile = self.tr("View profile on BeatPass")
            self.add_entry(profile, partial(self.link_requested.emit, address), "external-link")
            self.addSeparator()
        self._add_themes(theme)
        self.add_entry(self.tr("Quit"), self.quit_requested.emit, "log-out")

    def _add_artists(self, who: Who) -> None:
        group = QActionGroup(self)
        for artist in who.managed:
            name = formatting.one_line(artist.name) if artist.name else str(artist.id)
            action = self.add_entry(name, partial(self.artist_requested.emit, artist.id))
            action.setCheckable(True)
            action.setChecked(artist.id == who.artist)
            group.addAction(action)
        self.addSeparator()

    def _add_themes(self, theme: Theme) -> None:
        group = QActionGroup(self)
        for mode, text in (
            (ThemeMode.DARK, self.tr("Dark theme")),
            (ThemeMode.LIGHT, self.tr("Light theme")),
            (ThemeMode.SYSTEM, self.tr("Theme of the system")),
        ):
            action = self.add_entry(text, partial(self.theme_mode_requested.emit, mode))
            action.setCheckable(True)
            action.setChecked(theme.mode is mode)
            group.addAction(action)
        self.addSeparator()
