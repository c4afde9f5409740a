"""The menu of the account box: accounts, artists, profile, theme, quit."""

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
    """Shown once, then gone. With `is_offline` nobody can sign in.

    Signals:
        account_requested: the number of another account of this base URL.
        artist_requested: the id of another artist of the account.
        sign_in_requested: another account is to be added, or this one to sign in again.
        sign_out_requested: this account is to sign out.
        link_requested: a web address is to be opened.
        theme_mode_requested: another ThemeMode.
        settings_requested, shortcuts_requested: that dialogue is to be shown.
        quit_requested: the program is to end.
    """

    account_requested = Signal(object)
    artist_requested = Signal(object)
    sign_in_requested = Signal()
    sign_out_requested = Signal()
    link_requested = Signal(str)
    theme_mode_requested = Signal(object)
    settings_requested = Signal()
    shortcuts_requested = Signal()
    quit_requested = Signal()

    def __init__(self, theme: Theme, who: Who, parent: QWidget, *, is_offline: bool) -> None:
        super().__init__(theme, parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._add_accounts(who)
        if who.artist:
            address = links.artist(who.artist)
            profile = self.tr("View profile on BeatPass")
            self.add_entry(profile, partial(self.link_requested.emit, address), "external-link")
            self.addSeparator()
        if who.has_accounts:
            self._add_session(who, is_offline)
        self._add_themes(theme)
        self.add_entry(self.tr("Settings…"), self.settings_requested.emit, "settings")
        self.add_entry(self.tr("Keyboard shortcuts"), self.shortcuts_requested.emit, "circle-help")
        self.addSeparator()
        self.add_entry(self.tr("Quit"), self.quit_requested.emit, "x")

    def _add_accounts(self, who: Who) -> None:
        """Every account of this base URL; below the current one its artists."""
        known = who.known_accounts()
        group = QActionGroup(self)
        for account in known if len(known) > 1 else ():
            name = formatting.one_line(account.name) if account.name else str(account.user_id)
            action = self.add_entry(name, partial(self.account_requested.emit, account.account))
            action.setCheckable(True)
            action.setChecked(account.account == who.account)
            group.addAction(action)
            if account.account == who.account:
                self._add_artists(who, indent="    ")
        if len(known) <= 1:
            self._add_artists(who)
        if self.actions():
            self.addSeparator()

    def _add_artists(self, who: Who, indent: str = "") -> None:
        if len(who.managed) < 2:
            return
        group = QActionGroup(self)
        for artist in who.managed:
            name = formatting.one_line(artist.name) if artist.name else str(artist.id)
            action = self.add_entry(indent + name, partial(self.artist_requested.emit, artist.id))
            action.setCheckable(True)
            action.setChecked(artist.id == who.artist)
            group.addAction(action)

    def _add_session(self, who: Who, is_offline: bool) -> None:
        sign_in = self.sign_in_requested.emit
        if not is_offline and who.account:
            if who.is_refused or not who.is_asking:
                self.add_entry(self.tr("Sign in again…"), sign_in, "key-round")
            self.add_entry(self.tr("Add account…"), sign_in, "plus")
        elif not is_offline:
            self.add_entry(self.tr("Sign in…"), sign_in, "key-round")
        if who.account:
            self.add_entry(self.tr("Sign out…"), self.sign_out_requested.emit, "log-out")
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
