"""Cards, table, tabs, chart and the three kinds of statement say the same of random ledgers.

Each ledger goes through the real store and the real models; every file is written and read back:
CSV by the csv module, Excel by its XML, PDF by the letters painted on its pages. What they say is
compared with sums of whole numbers. The widgets of the cards and of the chart are shown for one
ledger in fifty. BEATPASS_LEDGERS says how many ledgers: `make prove` takes a thousand.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from ledgers import AT, DIGITS, TABS, Ledger, ledger, scaled, store_ledger
from PySide6.QtCore import QDeadlineTimer, QEventLoop, QLocale, Qt
from pytestqt.qtbot import QtBot
from read_back import Said, csv_said, pdf_said, xlsx_said

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.events import AccountChanged
from beatpass_desktop.domain.resources import DataSet, Resource, Scope
from beatpass_desktop.domain.statements import Paper, Period, StatementExport, StatementFormat
from beatpass_desktop.domain.transactions import Total, TransactionColumn
from beatpass_desktop.exports.statement import kind_text
from beatpass_desktop.exports.statement_writing import write_statement
from beatpass_desktop.models import formatting
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.finances import FinancesModel
from beatpass_desktop.models.statement import StatementModel
from beatpass_desktop.models.transaction_table import COLUMNS
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import accounts
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.store import Store
from beatpass_desktop.views.pages.finances.balances import Balances
from beatpass_desktop.views.pages.finances.earnings import EarningsByMonth
from beatpass_desktop.views.printing import PdfPrinter
from beatpass_desktop.views.theme.theme import Theme

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

LEDGERS = int(os.environ.get("BEATPASS_LEDGERS", "300"))
SHARES = 4
SHOWN_EVERY = 50
PERIOD = Period(date(2024, 1, 1), date(2026, 6, 30))
DATA_SETS = [
    DataSet(resource, Scope.ARTIST, timedelta(minutes=5))
    for resource in (Resource.STRIPE, Resource.FINANCES, Resource.TRANSACTIONS)
]
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY"}


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.Canada))
    yield
    QLocale.setDefault(before)


class Desk:
    """The models over one store with a ledger for each artist."""

    def __init__(self, store: Store, seeds: range) -> None:
        self.store = store
        self.ledgers = {seed: ledger(seed) for seed in seeds}
        artists = tuple(ArtistRef(seed + 1, f"Artist {seed}") for seed in seeds)

        def fill(connection: object) -> None:
            identity = Identity(1, "Account", artists=artists)
            accounts.remember(connection, "https://beatpass.example", identity, "t", AT)
            for seed, found in self.ledgers.items():
                store_ledger(connection, 1, seed + 1, found)

        store.write(fill).result(60)
        self.feed = Feed()
        self.who = Who(store, self.feed, accounts.get(store.reading, 1))
        self.finances = FinancesModel(DATA_SETS, store, self.feed, self.who, lambda: AT)
        self.statements = StatementModel(store, self.who, lambda: AT)

    def show(self, seed: int) -> None:
        """Switch to the artist of a ledger."""
        artist = seed + 1
        self.store.write(lambda c: accounts.set_current_artist(c, 1, artist)).result(10)
        self.feed.tell(AccountChanged(1, artist, None))


@pytest.mark.parametrize("share", range(SHARES))
def test_that_random_ledgers_are_told_alike_everywhere(
    qtbot: QtBot, qapp: object, tmp_path: Path, share: int
) -> None:
    store = Store(tmp_path / "store.db")
    theme = Theme()
    theme.apply(qapp)
    each = LEDGERS // SHARES
    desk = Desk(store, range(share * each, (share + 1) * each))
    files = open_for_reading(store.path)
    for seed, expected in desk.ledgers.items():
        desk.show(seed)
        _check_models(desk, expected)
        _check_files(files, desk, seed, expected, tmp_path)
        if seed % SHOWN_EVERY == 1:
            _check_widgets(qtbot, theme, desk, expected)
    files.close()
    store.close()


def _wait(is_over: Callable[[], bool]) -> None:
    """Let events come until it is; what `qtbot` does, without its ten milliseconds each time."""
    events, deadline = QEventLoop(), QDeadlineTimer(10_000)
    while not is_over():
        assert not deadline.hasExpired()
        events.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)


def _check_models(desk: Desk, expected: Ledger) -> None:
    model = desk.finances
    earnings = model.earnings
    _wait(lambda: model.table.is_settled and model.totals.is_settled and earnings.is_settled)
    assert model.finances is not None
    assert (model.finances.balances or ()) == expected.balances()
    table = _table_sums(model)
    sums = expected.totals()
    assert table == sums
    assert model.table.rowCount() == len(expected.rows)
    told = {
        (one.kind, one.currency): (one.count, scaled(one.amount)) for one in model.totals.totals
    }
    assert told == sums
    assert model.totals.uncounted == len(expected.rows) - len(expected.counted)
    assert model.totals.counts == {
        tab: sum(map(holds, expected.rows)) for tab, holds in TABS.items()
    }
    lifetime = {one.currency: one.lifetime for one in expected.balances()}
    assert set(earnings.earnings.currencies) == set(lifetime)
    for currency, earned in lifetime.items():
        earnings.choose(str(currency))
        _wait(lambda: earnings.is_settled)
        drawn = _drawn(model)
        assert drawn == {key: one for key, one in expected.months(str(currency)).items() if one}
        # The card of all that was earned is what the chart adds up to.
        assert earned is not None
        assert sum(drawn.values()) == scaled(earned.amount)


def _table_sums(model: FinancesModel) -> dict[tuple[str | None, str], tuple[int, int]]:
    """What the cells of the table come to, by what they show."""
    found: dict[tuple[str | None, str], tuple[int, int]] = {}
    amounts = COLUMNS.index(TransactionColumn.AMOUNT)
    for at in range(model.table.rowCount()):
        row = model.table.at(at)
        assert row is not None
        text = model.table.index(at, amounts).data(Qt.ItemDataRole.DisplayRole)
        if text == formatting.UNKNOWN:
            assert row.transaction.amount is None
            continue
        amount, currency = _shown(text)
        if currency in DIGITS:
            count, before = found.get((row.transaction.kind, currency), (0, 0))
            found[row.transaction.kind, currency] = count + 1, before + scaled(amount)
    return found


def _told(totals: Iterable[Total]) -> dict[tuple[str | None, str], tuple[int, int]]:
    return {(one.kind, one.currency): (one.count, scaled(one.amount)) for one in totals}


def _shown(text: str) -> tuple[Decimal, str]:
    """An amount as it stands on the screen."""
    sign = -1 if text.startswith(formatting.MINUS) else 1
    rest = text.lstrip(f"+{formatting.MINUS}")
    if rest[0] in SYMBOLS:
        currency, figure = SYMBOLS[rest[0]], rest[1:]
    else:
        currency, _, figure = rest.partition("\N{NO-BREAK SPACE}")
    return Decimal(figure.replace(",", "")).copy_sign(sign), currency


def _drawn(model: FinancesModel) -> dict[tuple[str, str], int]:
    earnings = model.earnings.earnings
    return {
        (month, kind.value): scaled(amount)
        for kind, sums in earnings.streams.items()
        for month, amount in zip(earnings.months, sums, strict=True)
        if amount
    }


def _check_files(files: object, desk: Desk, seed: int, expected: Ledger, folder: Path) -> None:
    dated = expected.dated()
    sums = {
        (kind_text(kind), currency): value for (kind, currency), value in dated.totals().items()
    }
    right = Said(len(dated.rows), sums, sums)
    for kind in StatementFormat:
        path = folder / f"statement.{kind.value}"
        wish = StatementExport(path, kind, 1, seed + 1, PERIOD, "", list(Paper)[seed % 2])
        press = PdfPrinter(wish.paper, "Statement") if kind is StatementFormat.PDF else None
        assert write_statement(files, wish, AT, press) == len(dated.rows)
        match kind:
            case StatementFormat.CSV:
                assert csv_said(path) == right
            case StatementFormat.XLSX:
                assert xlsx_said(path) == right
            case StatementFormat.PDF:
                assert pdf_said(path.read_bytes()) == right


def _check_widgets(qtbot: QtBot, theme: Theme, desk: Desk, expected: Ledger) -> None:
    cards = Balances(theme, desk.finances)
    qtbot.addWidget(cards)
    cards.show_figures()
    sums = [
        amount
        for one in expected.balances()
        for amount in (one.available, one.upcoming, one.in_transit, one.lifetime)
    ]
    shown = [card.value() for card in cards.cards]
    assert shown == ([formatting.amount(one) for one in sums] or [formatting.UNKNOWN] * 4)
    chart = EarningsByMonth(theme, desk.finances.earnings)
    qtbot.addWidget(chart)
    table = chart.chart.table().model()
    currency = desk.finances.earnings.earnings.currency
    months = expected.months(currency)
    drawn = [
        [table.index(row, column).data() for column in range(1, table.columnCount())]
        for row in range(table.rowCount() if months else 0)
    ]
    streams = [text for cells in drawn for text in cells[: -1 if len(cells) > 1 else None]]
    assert sum(scaled(_shown(text)[0]) for text in streams) == sum(months.values())
    assert sum(scaled(_shown(cells[-1])[0]) for cells in drawn) == sum(months.values())
    desk.statements.look_at(PERIOD)
    _wait(lambda: desk.statements.preview is not None)
    assert desk.statements.preview is not None
    assert _told(desk.statements.preview.totals) == expected.dated().totals()
