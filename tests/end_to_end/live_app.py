"""The whole program within the test's process: window, event loop, keychain, engine."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path

import qasync
from accounts_server import AccountsServer
from file_keyring import NAME
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from beatpass_desktop.app import App
from beatpass_desktop.domain.sign_in import SignInWay
from beatpass_desktop.models.banners import Notice
from beatpass_desktop.models.sign_in import SignInStep
from beatpass_desktop.online import live
from beatpass_desktop.options import Options
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.keychain import Keychain
from beatpass_desktop.views.account_menu import AccountMenu
from beatpass_desktop.views.sign_in.page import SignInPage

_LIMIT = 40.0
_ABOUT_SIGNING_IN = (Notice.SESSION, Notice.KEYCHAIN, Notice.EXPIRY)


class Desktop:
    """One run, as a person sees and uses it."""

    def __init__(self, app: App) -> None:
        self.app = app
        self.window = app.window

    @property
    def sign_in(self) -> SignInPage:
        """The sign-in page."""
        return self.app.sign_in_page

    @property
    def banners(self) -> list[str]:
        """What the banners say about signing in."""
        found = self.app.banners.banners()
        return [banner.text for banner in found if banner.notice in _ABOUT_SIGNING_IN]

    @property
    def plays(self) -> str:
        """The figure of total plays on Home; empty while it shows no figures."""
        cards = self.window.current_page.cards
        (card,) = [card for card in cards if card.title() == "Total Plays"]
        return card.value() if card.isVisible() else ""

    async def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait for what nothing announces."""
        deadline = asyncio.get_running_loop().time() + 20
        while not condition():
            assert asyncio.get_running_loop().time() < deadline, f"did not happen: {what}"
            await asyncio.sleep(0.01)

    async def asks(self) -> None:
        """Wait until the forms can be filled in."""
        await self.until(
            lambda: self.sign_in.isVisible() and self.app.sign_in.step is SignInStep.ASKING,
            "the sign-in page",
        )

    async def signed_in_as(self, name: str) -> None:
        """Wait until somebody's figures are on the screen."""
        await self.until(
            lambda: self.app.who.name == name and self.plays not in ("", "—"), f"figures of {name}"
        )

    def enter_token(self, token: str, created: str = "") -> None:
        """Fill in the first form and press Enter."""
        self.sign_in.ways.set_current(SignInWay.TOKEN)
        form = self.sign_in.token_form
        type_into(form.token.line, token)
        if created:
            form.created.line.clear()
            type_into(form.created.line, created)
        QTest.keyClick(form.token.line, Qt.Key.Key_Return)

    def enter_email(self, email: str, password: str) -> None:
        """Fill in the second form and press Enter."""
        self.sign_in.ways.set_current(SignInWay.EMAIL)
        form = self.sign_in.email_form
        type_into(form.email.line, email)
        type_into(form.password.line, password)
        QTest.keyClick(form.password.line, Qt.Key.Key_Return)

    def press(self, text: str) -> None:
        """Press the visible button with this text."""
        (button,) = [
            button
            for button in self.window.findChildren(QAbstractButton)
            if button.accessibleName() == text and button.isVisible()
        ]
        QTest.keyClick(button, Qt.Key.Key_Space)

    def account_menu(self) -> AccountMenu:
        """The menu of the account box."""
        return AccountMenu(self.app.theme, self.app.who, self.window, is_offline=False)

    def menu_texts(self) -> list[str]:
        """The entries of the account menu."""
        menu = self.account_menu()
        texts = [action.text().replace("&&", "&") for action in menu.actions() if action.text()]
        menu.deleteLater()
        return texts

    def sign_out(self, *, erase: bool) -> None:
        """Sign out through the page that asks."""
        self.window.sign_out_requested.emit()
        page = self.app.sign_out_page
        page.choices.set_current(erase)
        QTest.keyClick(page.confirm, Qt.Key.Key_Space)


def type_into(line: QWidget, text: str) -> None:
    """Type as a person does."""
    QTest.keyClicks(line, text)


def run_desktop(
    qapp: QApplication,
    folder: Path,
    server: AccountsServer | str,
    scenario: Callable[[Desktop], Awaitable[None]],
    *,
    token: str = "",
    offline: bool = False,
    allowed: frozenset[str] = frozenset({NAME}),
    timeout: float = 10.0,
) -> None:
    """Run the program on the data in `folder` while `scenario` uses it."""
    base_url = server if isinstance(server, str) else server.base_url
    options = Options(base_url=base_url, token=token, data_dir=folder, offline=offline)
    places = folders(folder)
    guard = InstanceGuard(places.data)
    guard.acquire()
    app = App(options, places, guard, lambda: Keychain(allowed=allowed, timeout=timeout))
    app.theme.apply(qapp)
    app.show()
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    async def run() -> None:
        closed = asyncio.Event()
        task = asyncio.ensure_future(live(qapp, app, closed))
        try:
            async with asyncio.timeout(_LIMIT):
                await scenario(Desktop(app))
        finally:
            closed.set()
            await task
            for _ in range(5):  # closed connections let go of their sockets in the next turns
                await asyncio.sleep(0)

    loop = qasync.QEventLoop(qapp)
    asyncio.set_event_loop(loop)
    try:
        with loop:
            loop.run_until_complete(run())
    finally:
        asyncio.set_event_loop(None)
        for handler in set(root.handlers) - set(handlers):
            root.removeHandler(handler)
            handler.close()
        root.setLevel(level)
        app.window.deleteLater()
        gc.collect()
