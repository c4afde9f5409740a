"""Money outside its page: the balance on Home, and transactions in the global search."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from ledger_stage import sale, take_ledger
from pytestqt.qtbot import QtBot
from stocked_app import StockedApp, running, stock

from beatpass_desktop.domain.figures import Figure, FigureValue
from beatpass_desktop.domain.resources import Page, Resource
from beatpass_desktop.finding import open_search
from beatpass_desktop.models.search import DETAIL_ROLE
from beatpass_desktop.store import figures
from beatpass_desktop.views.pages.finances.page import FinancesPage
from beatpass_desktop.views.pages.home.page import HomePage


@pytest.fixture
def stocked(qtbot: QtBot, tmp_path: Path) -> Iterator[StockedApp]:
    stock(tmp_path, 3)
    with running(tmp_path) as found:
        found.app.show()
        qtbot.waitExposed(found.window)
        yield found


@pytest.mark.parametrize(
    ("sent", "shown"),
    [("94.96 USD", "$94.96"), ("94.96 USD, 3000 JPY", "$94.96 · ¥3,000"), ("", "")],
)
def test_that_home_shows_the_balance_in_each_currency(
    stocked: StockedApp, qtbot: QtBot, sent: FigureValue, shown: str
) -> None:
    home = stocked.window.page_widget(Page.HOME)
    assert isinstance(home, HomePage)
    card = home._cards[Page.FINANCES]
    account, at = stocked.app.who.account, datetime.now(UTC)
    stocked.write(
        lambda c: figures.record(c, account, 7, {Figure.BALANCE: sent}, at), Resource.STATS
    )
    qtbot.waitUntil(lambda: (card.figure() or "") == shown)


def test_that_a_transaction_is_found_from_anywhere(stocked: StockedApp, qtbot: QtBot) -> None:
    account, at = stocked.app.who.account, datetime.now(UTC)
    ledger = [sale(1, description="Yak"), sale(2, description="Zebra", track=None)]
    stocked.write(lambda c: take_ledger(c, account, 7, ledger, at), Resource.TRANSACTIONS)
    palette = open_search(stocked.app)
    palette.field.setText("zebra")
    model = palette.list.model()
    qtbot.waitUntil(lambda: model.rowCount() == 1)
    assert model.index(0, 0).data() == "Zebra"
    assert model.index(0, 0).data(DETAIL_ROLE) == "+$24.99"
    palette._choose(0)
    page = stocked.window.current_page
    assert isinstance(page, FinancesPage)
    qtbot.waitUntil(page.is_settled)
    row = page.ledger.list.current()
    assert row is not None
    assert row.transaction.id == 2
