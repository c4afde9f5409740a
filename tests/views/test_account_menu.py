"""The account menu with several accounts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot
from stocked_app import ARTISTS, ORIGIN, StockedApp, running, stock

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.store import accounts


@pytest.fixture
def shown(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, artists=ARTISTS)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        yield found


def test_that_the_account_menu_lists_accounts_with_the_artists_below_the_one_shown(
    qtbot: QtBot, shown: StockedApp
) -> None:
    at = datetime.now(UTC)
    second = Identity(2, "Second <b>& Co", artists=())
    shown.app.store.write(lambda c: accounts.remember(c, ORIGIN, second, "other", at)).result(10)
    asked: list[object] = []
    for signal in (
        shown.window.account_requested,
        shown.window.sign_in_requested,
        shown.window.sign_out_requested,
    ):
        signal.disconnect()
    shown.window.account_requested.connect(asked.append)
    shown.window.sign_in_requested.connect(lambda: asked.append("in"))
    shown.window.sign_out_requested.connect(lambda: asked.append("out"))
    shown.window._on_account_menu_requested(shown.window.rect().center())
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text().replace("&&", "&").strip() for action in menu.actions()]
    names = [artist.name for artist in ARTISTS]
    assert texts[:4] == ["Account", *names, "Second <b>& Co"]
    assert [action.isChecked() for action in menu.actions()[:4]] == [True, True, False, False]
    for text in ("Second <b>& Co", "Add account…", "Sign out…"):
        menu.actions()[texts.index(text)].trigger()
    assert asked == [2, "in", "out"]
    assert "Sign in again…" not in texts
    menu.close()
