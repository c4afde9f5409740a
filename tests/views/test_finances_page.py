"""The Finances page: its states, its notices, and whose money it shows."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from ledger_stage import (
    NOT_CONNECTED,
    READY,
    balances,
    payout,
    put_finances,
    sale,
    split,
    take_ledger,
)
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from stocked_app import ARTISTS, StockedApp, fail, running, stock

from beatpass_desktop.domain import links
from beatpass_desktop.domain.events import (
    AccountChanged,
    FetchStarted,
    OnboardingFailed,
    OnboardingReady,
    OnboardingStarted,
    ResourcesChanged,
)
from beatpass_desktop.domain.failures import Failure, FailureKind
from beatpass_desktop.domain.finances import Finances, StripeStatus
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.domain.search import Hit, HitKind
from beatpass_desktop.domain.transactions import Tab, Transaction
from beatpass_desktop.models.page import PageState
from beatpass_desktop.models.transaction_choice import Period, TransactionChoice
from beatpass_desktop.store import accounts
from beatpass_desktop.views.pages.finances.page import FinancesPage
from beatpass_desktop.views.pages.finances.setup import SetupPanel
from beatpass_desktop.views.pages.finances.statement_dialog import StatementDialog
from beatpass_desktop.views.widgets.labels import PlainLabel

pytestmark = [
    pytest.mark.qt_log_level_fail("WARNING"),
    pytest.mark.qt_log_ignore("This plugin does not support"),
]
MONEY = (Resource.STRIPE, Resource.FINANCES, Resource.TRANSACTIONS)
LEDGER = [
    *(sale(number) for number in range(1, 41)),
    split(41, status="queued"),
    split(42, "0", "excluded"),
    sale(43, "-5.00", kind="refund"),
    payout(44, "-100.00"),
]
SERVER = "http://127.0.0.1:8000/api/v1"
OWN_FORM = "http://127.0.0.1:8000/onboarding/abc"


class Bank:
    """A run of the program that shows the Finances page."""

    def __init__(self, qtbot: QtBot, stocked: StockedApp) -> None:
        self.qtbot = qtbot
        self.stocked = stocked
        stocked.app.show()
        qtbot.waitExposed(stocked.window)
        stocked.window.show_page(Page.FINANCES)
        page = stocked.window.page_widget(Page.FINANCES)
        assert isinstance(page, FinancesPage)
        self.page = page
        self.list = page.ledger.list

    def send(
        self,
        stripe: StripeStatus | None = None,
        finances: Finances | None = None,
        ledger: Sequence[Transaction] | None = None,
        artist: int = 7,
    ) -> None:
        """What BeatPass sends of an artist."""
        account, at = self.stocked.app.who.account, datetime.now(UTC)

        def job(connection: Any) -> set[Any]:
            keys = put_finances(connection, account, artist, stripe, finances, at)
            if ledger is not None:
                keys.add(take_ledger(connection, account, artist, ledger, at))
            return keys

        keys = self.stocked.app.store.write(job).result(10)
        self.stocked.app.feed.tell(ResourcesChanged(frozenset(keys)))

    def switch(self, artist: int) -> None:
        """Another artist of the account is the current one now."""
        account = self.stocked.app.who.account
        job = lambda c: accounts.set_current_artist(c, account, artist)  # noqa: E731
        self.stocked.app.store.write(job).result(10)
        self.stocked.app.feed.tell(AccountChanged(account, artist))

    def until(self, done: Callable[[], object]) -> None:
        self.qtbot.waitUntil(lambda: bool(done()), timeout=8_000)

    def settle(self) -> None:
        self.until(self.page.is_settled)

    @property
    def setup(self) -> SetupPanel:
        assert self.page.setup is not None
        return self.page.setup

    def texts(self) -> str:
        """Every word that can be seen on the page."""
        shown = [label for label in self.page.findChildren(PlainLabel) if label.isVisible()]
        cells = []
        model = self.page.table.model()
        if self.page.table.isVisible():
            rows = range(model.rowCount())
            cells = [str(model.index(row, at).data()) for row in rows for at in range(5)]
        cards = [f"{card.title()} {card.value()} {card.detail()}" for card in self.page.cards]
        visible = cards if self.page.balances.isVisible() else []
        return "\n".join([*(label.text() for label in shown), *cells, *visible])


@pytest.fixture
def bank(qtbot: QtBot, tmp_path: Path) -> Iterator[Bank]:
    stock(tmp_path, 3, ARTISTS)
    with running(tmp_path) as stocked:
        yield Bank(qtbot, stocked)


def test_that_balances_stand_on_four_cards(bank: Bank) -> None:
    cached = datetime.now(UTC) - timedelta(minutes=2)
    bank.send(READY, balances("12.50 USD", cached_at=cached), LEDGER)
    assert bank.page.state is PageState.READY
    cards = [(card.title(), card.value()) for card in bank.page.cards]
    titles = ["Balance", "Upcoming", "In Transit", "Lifetime"]
    assert cards == [(title, "$12.50") for title in titles]
    assert bank.page.header.badge.text() == "Active"
    assert "Balances as of" in bank.texts()
    assert bank.page.balances.notices.texts() == []


def test_that_currencies_are_shown_apart_with_a_notice(bank: Bank) -> None:
    bank.send(READY, balances("12.50 USD", "3000 JPY", "42.0 XQX", "1.999 EUR"), LEDGER)
    assert [card.value() for card in bank.page.cards][::4] == [
        "$12.50",
        "¥3,000",
        "XQX\N{NO-BREAK SPACE}42.0",
        "€1.999",
    ]
    assert [card.title() for card in bank.page.cards][::4] == [
        "Balance · USD",
        "Balance · JPY",
        "Balance · XQX",
        "Balance · EUR",
    ]
    assert bank.page.cards[8].detail() == "unknown currency"
    assert "more digits" in bank.page.cards[12].accessibleDescription()
    (notice,) = bank.page.balances.notices.texts()
    assert "never added up" in notice
    bank.send(None, balances("1.00 USD"))
    assert [card.value() for card in bank.page.cards] == ["$1.00"] * 4
    assert bank.page.balances.notices.texts() == []


def test_that_what_was_not_sent_is_a_dash(bank: Bank) -> None:
    bank.send(READY, None, LEDGER)
    assert [card.value() for card in bank.page.cards] == ["—"] * 4


def test_that_the_server_says_that_its_figures_are_old_or_cut(bank: Bank) -> None:
    money = balances("1 USD", is_stale=True, truncated=True, transaction_limit=1000)
    bank.send(READY, money, LEDGER)
    stale, cut = bank.page.balances.notices.texts()
    assert "out of date" in stale
    assert cut.startswith("Showing last 1,000 transactions")
    bank.page.balances.notices.action_requested.emit("stale")
    assert bank.stocked.port.asked[-1] == ("refresh", Page.FINANCES)


def test_that_a_refresh_in_flight_or_failed_blanks_nothing(bank: Bank) -> None:
    bank.send(READY, balances("12.50 USD"), LEDGER)
    bank.settle()
    before = bank.texts()
    for resource in MONEY:
        bank.stocked.app.feed.tell(FetchStarted(bank.stocked.key(resource)))
        assert bank.texts() == before
    for resource in MONEY:
        key = bank.stocked.key(resource)
        bank.stocked.write(lambda c, key=key: fail(c, key, Attempt.FAILED, "Broken."), resource)
    assert bank.texts() == before
    assert bank.page.state is PageState.READY


def test_that_no_transactions_yet_say_when_they_come(bank: Bank) -> None:
    bank.send(READY, balances("0.00 USD"), [])
    assert bank.page.state is PageState.EMPTY
    assert bank.page.balances.isVisible()
    assert not bank.page.table.isVisible()
    assert "first sale" in bank.texts()
    bank.list._nothing.action_requested.emit()
    assert bank.stocked.links == [links.upload()]


def test_that_setup_stands_in_the_place_of_balances(bank: Bank) -> None:
    bank.send(NOT_CONNECTED, balances("0.00 USD"), [])
    assert bank.page.state is PageState.SETUP
    assert bank.page.header.badge.text() == "Setup required"
    assert not bank.page.balances.isVisible()
    assert not bank.page.ledger.isVisible()
    assert [light.accessibleName() for light in bank.setup.lights] == [
        "Connected: Not yet",
        "Charges enabled: Not yet",
        "Payouts enabled: Not yet",
    ]
    assert not bank.setup.connect_button.isEnabled()
    assert "can't be changed later" in bank.texts()
    assert bank.setup.country.count() == 1 + 43
    bank.setup.country.setCurrentIndex(bank.setup.country.findData("CA"))
    bank.setup.connect_button.click()
    assert bank.stocked.port.asked[-1] == ("onboard", "CA")
    bank.setup.check_button.click()
    assert bank.stocked.port.asked[-1] == ("refresh", Page.FINANCES)
    bank.send(READY, balances("0.00 USD"))
    assert not bank.setup.isVisible()
    assert bank.page.balances.isVisible()


def test_that_what_is_still_due_is_named(bank: Bank) -> None:
    due = ("external_account", "individual.dob.day", "individual.dob.year", "brand.new")
    bank.send(StripeStatus(True, False, None, False, "JP", due), None, LEDGER)
    texts = bank.texts()
    assert "A bank account for your payouts" in texts
    assert texts.count("Your date of birth") == 1
    assert "brand.new" in texts
    assert "Country: Japan" in texts
    assert bank.setup.country.isHidden()
    assert [light.word() for light in bank.setup.lights] == ["Done", "Not yet", "Not known"]
    bank.setup.connect_button.click()
    assert bank.stocked.port.asked[-1] == ("onboard", None)
    # What was earned before payouts were stopped can still be read.
    assert bank.page.ledger.isVisible()


def test_that_the_form_opens_in_the_browser(bank: Bank, monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []

    def open_url(url: Any) -> bool:
        opened.append(url.toString())
        return "stripe" in url.toString()

    monkeypatch.setattr(QDesktopServices, "openUrl", open_url)
    bank.send(StripeStatus(True, False, False, False, "CA", ()), None, [])
    tell = bank.stocked.app.feed.tell
    tell(OnboardingStarted(7))
    assert not bank.setup.connect_button.isEnabled()
    assert "Asking BeatPass" in bank.texts()
    tell(OnboardingReady("https://connect.stripe.com/setup/x", 7, SERVER))
    assert "open in your browser" in bank.texts()
    assert bank.setup.connect_button.isEnabled()
    tell(OnboardingReady(OWN_FORM, 7, SERVER))
    assert "browser could not be started" in bank.texts()
    tell(OnboardingReady("https://stripe.com.evil.example/", 7, SERVER))
    assert "does not lead to Stripe" in bank.texts()
    tell(OnboardingFailed(Failure(FailureKind.SERVER, "BeatPass has a problem."), 7))
    assert "BeatPass has a problem." in bank.texts()
    assert opened == ["https://connect.stripe.com/setup/x", OWN_FORM]


class Frames(QObject):
    """Reads the page at each moment in which something of it is painted."""

    def __init__(self, page: QWidget, read: Callable[[], str]) -> None:
        super().__init__()
        self.seen: list[str] = []
        self._read = read
        for widget in (page, *page.findChildren(QWidget)):
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint:
            self.seen.append(self._read())
        return False


def test_that_nothing_of_the_artist_before_is_painted_after_a_switch(bank: Bank) -> None:
    bank.send(READY, balances("777.77 USD"), LEDGER)
    other = [sale(9001, "3.33", description="Of the second", track=None)]
    bank.send(READY, balances("8.88 EUR"), other, artist=8)
    bank.settle()
    bank.page.table.selectRow(0)
    bank.page.ledger.show_details()
    bank.until(lambda: "Payout 44" in bank.texts())
    bank.page.scroll_area.verticalScrollBar().setValue(10_000)
    bank.settle()
    assert bank.page.earnings is not None
    frames = Frames(bank.page, lambda: bank.texts() + bank.page.earnings.chart.summary())
    assert "$777.77" in bank.texts()
    bank.switch(8)
    bank.page.grab()
    bank.settle()
    bank.until(lambda: "All 1" in bank.list.tabs.texts())
    bank.page.grab()
    assert frames.seen
    for seen in frames.seen:
        for word in ("777.77", "Payout 44", "Licence: Beat", "January 2026", "$5.00", "44"):
            assert word not in seen, word
    assert "€8.88" in frames.seen[-1]
    assert "Of the second" in frames.seen[-1]


def test_that_the_switcher_names_the_artists(bank: Bank) -> None:
    bank.send(READY, balances("1 USD"), LEDGER)
    switcher = bank.page.header.switcher
    assert [switcher.itemText(at) for at in range(switcher.count())] == [
        "Nova <b>Rain</b>",
        "Second & Sons",
    ]
    assert switcher.currentData() == 7
    switcher.setCurrentIndex(1)
    switcher.activated.emit(1)
    assert bank.stocked.port.asked[-1] == ("switch", 8)
    bank.switch(8)
    assert switcher.currentData() == 8
    # Nothing was ever fetched for this one; the way back stays.
    assert bank.page.state is PageState.LOADING
    assert switcher.isVisible()
    bank.send(NOT_CONNECTED, None, [], artist=8)
    assert bank.page.header.badge.text() == "Setup required"
    bank.switch(7)
    assert bank.page.header.badge.text() == "Active"
    assert bank.page.state is PageState.READY


def test_that_tabs_periods_and_search_choose_together(bank: Bank) -> None:
    bank.send(READY, balances("1 USD"), LEDGER)
    bank.settle()
    assert bank.list.tabs.texts() == [
        "All 44",
        "Sales 41",
        "Subscriptions 2",
        "Paid 42",
        "Pending 1",
        "Failed 1",
    ]
    bank.list.tabs.set_current(Tab.SALES)
    bank.list.search_field.setText("beat 03")
    bank.until(lambda: bank.page.table.model().rowCount() == 11)
    bank.settle()
    assert "Showing 11 of 44" in bank.texts()
    assert "All 11" in bank.list.tabs.texts()
    assert "Track sale +$274.89 (11)" in bank.texts()
    first = datetime(2026, 2, 16).astimezone().date()
    chosen = TransactionChoice(Tab.SALES, Period.BETWEEN, first, first + timedelta(days=2))
    bank.list.set_choice(chosen)
    bank.until(lambda: bank.page.table.model().rowCount() == 3)
    assert bank.list.first.isVisible()
    bank.list.search_field.setText("nowhere")
    bank.until(lambda: "No transaction matches" in bank.texts())
    bank.list._nothing.action_requested.emit()
    bank.until(lambda: bank.page.table.model().rowCount() == 44)
    assert bank.list.choice == TransactionChoice()


def test_that_unknown_currencies_are_in_no_sum_and_it_is_said(bank: Bank) -> None:
    ledger = [sale(1, "1.00"), sale(2, "2.00", "XQX"), Transaction(3, "royalty")]
    bank.send(READY, balances("1 USD"), ledger)
    bank.settle()
    assert "2 in no sum" in bank.texts()
    assert "Track sale +$1.00 (1)" in bank.texts()
    assert bank.page.earnings is not None
    assert "2 entries are not drawn" in bank.page.earnings._left_out.text()


def test_that_a_chart_has_exact_words_and_a_choice_of_currency(bank: Bank) -> None:
    ledger = [sale(1, "0.10"), sale(2, "0.20"), sale(3, "500", "JPY"), sale(40, "-0.05")]
    bank.send(READY, balances("1 USD"), ledger)
    bank.settle()
    assert bank.page.earnings is not None
    chart = bank.page.earnings.chart
    bank.until(lambda: chart.data.count == 2)
    assert chart.data.told(0, with_total=True) == "January 2026\n$0.30"
    assert chart.data.total(0) == "$0.30"
    choice = bank.page.earnings.currency
    assert [choice.itemText(at) for at in range(choice.count())] == ["USD", "JPY"]
    choice.setCurrentIndex(1)
    choice.activated.emit(1)
    bank.until(lambda: chart.data.count == 1)
    assert chart.data.total(0) == "¥500"


def test_that_search_stands_on_the_transaction(bank: Bank) -> None:
    bank.send(READY, balances("1 USD"), LEDGER)
    bank.list.set_choice(TransactionChoice(Tab.FAILED))
    bank.page.reveal(Hit(HitKind.TRANSACTION, "", "", 12))
    row = bank.list.current()
    assert row is not None
    assert row.transaction.id == 12
    assert bank.page.ledger.are_details_shown()
    assert "Licence: Beat 012" in bank.texts()


def test_that_a_payouts_parts_lead_to_their_rows(bank: Bank) -> None:
    bank.send(READY, balances("1 USD"), LEDGER)
    bank.page.table.selectRow(0)
    bank.page.table.setCurrentIndex(bank.page.table.model().index(0, 0))
    bank.page.ledger.show_details()
    details = bank.page.ledger.details
    assert details is not None
    texts = bank.texts()
    assert "What makes it up" in texts
    assert "Inferred" in texts
    assert "Unexplained rest" in texts
    part = details._parts._rows[0]
    part.click()
    row = bank.list.current()
    assert row is not None
    assert row.transaction.description == part.name()
    assert "What makes it up" not in bank.texts()


def test_that_a_statement_is_asked_for_until_the_artist_changes(bank: Bank) -> None:
    bank.send(READY, balances("1 USD"), LEDGER)
    bank.list.statement_requested.emit()
    dialog = bank.page.findChild(StatementDialog)
    assert dialog is not None
    bank.until(dialog.isVisible)
    bank.until(lambda: bank.page._finances.statements.preview is not None)
    bank.switch(8)
    bank.until(lambda: bank.page.findChild(StatementDialog) is None)


def test_that_choices_are_remembered(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 3)
    with running(tmp_path) as stocked:
        bank = Bank(qtbot, stocked)
        bank.send(READY, balances("1 USD"), LEDGER)
        bank.list.set_choice(TransactionChoice(Tab.PAID, Period.THIS_YEAR))
        bank.list.search_field.setText("beat")
        bank.until(lambda: bank.page.table.model().wanted.text == "beat")
        bank.page.table.sort_requested.emit(3, Qt.SortOrder.AscendingOrder)
        bank.page.ledger.show_details()
        bank.settle()
    with running(tmp_path) as stocked:
        again = Bank(qtbot, stocked)
        assert again.list.choice == TransactionChoice(Tab.PAID, Period.THIS_YEAR)
        assert again.list.search_field.text() == "beat"
        assert again.page.table.model().sorted_section() == (3, Qt.SortOrder.AscendingOrder)
        assert again.page.ledger.are_details_shown()
        again.settle()


def test_that_an_offline_run_shows_what_is_stored(qtbot: QtBot, tmp_path: Path) -> None:
    stock(tmp_path, 3)
    with running(tmp_path) as stocked:
        Bank(qtbot, stocked).send(NOT_CONNECTED, None, LEDGER)
    with running(tmp_path, offline=True) as stocked:
        bank = Bank(qtbot, stocked)
        assert bank.page.state is PageState.SETUP
        assert not bank.setup.check_button.isEnabled()
        assert "You are offline" in bank.texts()
        assert bank.page.table.model().rowCount() == len(LEDGER)
