"""The Finances page used wholly by keyboard, at any text size and in any direction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ledger_stage import NOT_CONNECTED, READY, balances, put_finances, sale, split, take_ledger
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot
from stocked_app import ARTISTS, StockedApp, running, stock

from beatpass_desktop.domain.events import ResourcesChanged
from beatpass_desktop.domain.finances import StripeStatus
from beatpass_desktop.domain.resources import Page
from beatpass_desktop.domain.transactions import Tab
from beatpass_desktop.models import formatting
from beatpass_desktop.views.pages.finances.page import FinancesPage
from beatpass_desktop.views.widgets.labels import PlainLabel

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
Key = Qt.Key
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier


class Hands:
    """Somebody without a mouse: presses keys wherever the focus is, and nothing else."""

    def __init__(self, qtbot: QtBot, found: StockedApp) -> None:
        self.qtbot = qtbot
        self.found = found
        found.app.show()
        qtbot.waitExposed(found.window)
        found.window.activateWindow()
        self.until(found.has_shortcuts)
        QTest.keyClick(QApplication.focusWidget() or found.window, Key.Key_5, CTRL)
        self.until(lambda: found.window.page is Page.FINANCES)
        page = found.window.page_widget(Page.FINANCES)
        assert isinstance(page, FinancesPage)
        self.page = page

    def send(self, stripe: StripeStatus) -> None:
        account, at = self.found.app.who.account, datetime.now(UTC)
        ledger = [*(sale(number) for number in range(1, 21)), split(21)]

        def job(connection: Any) -> set[Any]:
            keys = put_finances(connection, account, 7, stripe, balances("1.00 USD"), at)
            return {*keys, take_ledger(connection, account, 7, ledger, at)}

        keys = self.found.app.store.write(job).result(10)
        self.found.app.feed.tell(ResourcesChanged(frozenset(keys)))
        self.until(self.page.is_settled)

    def press(self, *keys: Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        for key in keys:
            target = QApplication.activePopupWidget() or QApplication.focusWidget()
            QTest.keyClick(target or self.found.window, key, modifier)

    def here(self) -> QWidget:
        focused = QApplication.focusWidget()
        assert focused is not None
        return focused

    def tab_to(self, name: str) -> None:
        """Tab until the control whose name begins with this has the focus."""
        for _ in range(90):
            self.press(Key.Key_Tab)
            if self.here().accessibleName().startswith(name):
                return
        raise AssertionError(f"Tab never reaches {name}")

    def until(self, done: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=8_000)


@pytest.fixture
def hands(qtbot: QtBot, tmp_path: Path) -> Iterator[Hands]:
    stock(tmp_path, 3, ARTISTS)
    with running(tmp_path) as found:
        yield Hands(qtbot, found)


def test_that_the_ledger_is_used_by_keyboard(hands: Hands) -> None:
    hands.send(READY)
    table = hands.page.table
    hands.tab_to("Artist whose money")
    hands.tab_to("All 21")
    hands.press(Key.Key_Right, Key.Key_Right)
    hands.until(lambda: table.model().rowCount() == 1)
    assert hands.page.ledger.list.choice.tab is Tab.SUBSCRIPTIONS
    hands.press(Key.Key_Left, Key.Key_Left)
    hands.until(lambda: table.model().rowCount() == 21)
    hands.tab_to("Search transactions")
    QTest.keyClicks(hands.here(), "beat 01")
    hands.until(lambda: table.model().rowCount() == 11)
    hands.press(Key.Key_Escape)
    hands.until(lambda: table.model().rowCount() == 21)
    hands.tab_to("Period")
    hands.tab_to("Statement")
    hands.tab_to("Details of the transaction")
    hands.tab_to("Transactions")
    assert table.hasFocus()
    hands.press(Key.Key_Down, Key.Key_Return)
    ledger = hands.page.ledger
    assert ledger.are_details_shown()
    hands.press(Key.Key_Escape)
    assert not ledger.are_details_shown()
    assert table.hasFocus()
    hands.press(Key.Key_Space)
    assert ledger.are_details_shown()
    hands.tab_to("Close the details")
    hands.press(Key.Key_Space)
    assert not ledger.are_details_shown()


def test_that_rows_are_copied_as_they_stand(hands: Hands) -> None:
    hands.send(READY)
    hands.tab_to("Transactions")
    hands.press(Key.Key_Home, modifier=CTRL)
    hands.press(Key.Key_Down)
    hands.press(Key.Key_Down, modifier=Qt.KeyboardModifier.ShiftModifier)
    hands.press(Key.Key_C, modifier=CTRL)
    head, *rows = QGuiApplication.clipboard().text().split("\n")
    assert head.split("\t") == ["Date", "Type", "Description", "Amount", "Status"]
    assert [row.split("\t")[2:] for row in rows] == [
        ["Licence: Beat 020", "+$24.99", "Paid"],
        ["Licence: Beat 019", "+$24.99", "Paid"],
    ]


def test_that_the_menu_of_a_row_has_its_own_words(hands: Hands) -> None:
    hands.send(READY)
    table = hands.page.table
    row = table.model().index(1, 0)
    table.setCurrentIndex(row)
    table.context_menu_requested.emit(1, table.mapToGlobal(table.rect().center()))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert texts == ["Details", "Open the track on BeatPass", "Copy"]
    menu.close()


def test_that_setup_is_done_by_keyboard(hands: Hands) -> None:
    hands.send(NOT_CONNECTED)
    hands.tab_to("Country of your Stripe account")
    QTest.keyClicks(hands.here(), "canada")
    hands.tab_to("Connect Stripe account")
    hands.press(Key.Key_Space)
    assert hands.found.port.asked[-1] == ("onboard", "CA")
    hands.tab_to("I have finished")
    hands.press(Key.Key_Space)
    assert hands.found.port.asked[-1] == ("refresh", Page.FINANCES)


@pytest.mark.parametrize("stripe", [READY, NOT_CONNECTED])
def test_that_large_text_cuts_no_word(hands: Hands, stripe: StripeStatus) -> None:
    hands.found.app.theme.set_scale(2.0)
    hands.found.window.resize(960, 600)
    hands.send(stripe)
    hands.page.table.selectRow(0)
    hands.page.ledger.show_details()
    hands.until(hands.page.is_settled)
    hands.until(lambda: _cut(hands.page) == [])


def test_that_figures_keep_their_order_from_right_to_left(qtbot: QtBot, tmp_path: Path) -> None:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    stock(tmp_path, 3)
    application.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    try:
        with running(tmp_path) as found:
            hands = Hands(qtbot, found)
            hands.send(READY)
            amount = str(hands.page.table.model().index(0, 3).data())
    finally:
        application.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    assert amount == "\N{LEFT-TO-RIGHT ISOLATE}+$9.50\N{POP DIRECTIONAL ISOLATE}"
    assert formatting.amount(None) == "—"


def _cut(page: FinancesPage) -> list[str]:
    """The texts that have less room than they need, or stand outside the page."""
    cut = []
    for label in page.content.findChildren(PlainLabel):
        if not label.isVisible() or not label.text():
            continue
        left = label.mapTo(page, label.rect().topLeft()).x()
        is_inside = 0 <= left <= left + label.width() <= page.width()
        is_low = label.wordWrap() and label.height() < label.heightForWidth(label.width())
        if is_low or not is_inside:
            cut.append(f"{label.text()} {label.size()}")
    return cut
