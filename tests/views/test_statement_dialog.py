"""Making a statement in the window."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import apsw
import pytest
from PySide6.QtCore import QLocale, Qt, QTimer
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.replies import Decoded
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.statements import PeriodKind, StatementFormat, TaxYearStart
from beatpass_desktop.domain.transactions import Transaction
from beatpass_desktop.exporting import Exporting
from beatpass_desktop.models.feed import Feed
from beatpass_desktop.models.statement import StatementModel
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import accounts, catalogue
from beatpass_desktop.store.ledger import TRANSACTIONS
from beatpass_desktop.store.store import Store
from beatpass_desktop.views.pages.finances.statement_dialog import StatementDialog
from beatpass_desktop.views.theme.theme import Theme

AT = datetime(2026, 11, 23, 12, tzinfo=UTC)
MANY = 4_000


def transaction(number: int) -> Transaction:
    at = AT - timedelta(hours=5 * number)
    money = Money(Decimal("10.25"), "USD" if number % 4 else "XBT")
    status = "failed" if number % 10 == 1 else "paid"
    return Transaction(number, "track_sale", f"Beat {number}", money, status, at)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    found = Store(tmp_path / "data" / "store.db")

    def fill(connection: apsw.Connection) -> None:
        identity = Identity(1, "Account", artists=(ArtistRef(7, "Ada <b>Nova</b>"),))
        accounts.remember(connection, "https://beatpass.example", identity, "t", AT)
        key = ResourceKey(Resource.TRANSACTIONS, 1, 7)
        carried = frozenset(Transaction.__dataclass_fields__)
        generation = catalogue.begin(connection, TRANSACTIONS, key)
        rows = [Decoded(transaction(number), carried) for number in range(1, MANY + 1)]
        catalogue.stage(connection, TRANSACTIONS, key, generation, rows)
        catalogue.replace(connection, TRANSACTIONS, key, generation, AT)

    found.write(fill).result(30)
    yield found
    found.close()


class Desk:
    """The dialogue over a window, and what writes its files."""

    def __init__(self, qtbot: QtBot, qapp: object, store: Store) -> None:
        self.theme = Theme()
        self.theme.apply(qapp)
        self.window = QWidget()
        self.window.resize(1280, 832)
        qtbot.addWidget(self.window)
        self.window.show()
        who = Who(store, Feed(), accounts.get(store.reading, 1))
        self.model = StatementModel(store, who, lambda: AT)
        self.exporting = Exporting(store)
        self.model.requested.connect(lambda wish: self.exporting.start(wish, self.model))
        self.model.cancel_requested.connect(self.exporting.cancel)

    def open(self, qtbot: QtBot) -> StatementDialog:
        dialog = StatementDialog(self.theme, self.model, self.window)
        dialog.open()
        qtbot.waitUntil(lambda: self.model.preview is not None)
        return dialog


@pytest.fixture
def desk(qtbot: QtBot, qapp: object, store: Store) -> Iterator[Desk]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    found = Desk(qtbot, qapp, store)
    yield found
    found.exporting.close()
    QLocale.setDefault(before)


def save(dialog: StatementDialog, path: Path) -> None:
    """Press the button and answer the file dialogue."""
    dialog.save.click()
    asked = dialog.findChild(QFileDialog)
    assert asked is not None
    asked.fileSelected.emit(str(path))
    asked.close()


def choose(dialog: StatementDialog, kind: StatementFormat, days: tuple[date, date]) -> None:
    dialog.period.kind.set_current(PeriodKind.CUSTOM)
    dialog.period.first.set_day(days[0])
    dialog.period.last.set_day(days[1])
    dialog.format.set_current(kind)


YEARS = (date(2024, 1, 1), date(2026, 12, 31))


def test_that_the_last_month_is_proposed_and_summed_up(qtbot: QtBot, desk: Desk) -> None:
    dialog = desk.open(qtbot)
    assert dialog.period.period() is not None
    assert dialog.period.period()[:2] == (date(2026, 10, 1), date(2026, 10, 31))
    count = sum(
        transaction(number).created_at.astimezone().date().isoformat().startswith("2026-10")
        for number in range(1, MANY + 1)
    )
    assert desk.model.preview is not None
    assert desk.model.preview.lines == count
    ((name, value),) = dialog.totals.facts()
    assert name == "Track sale · USD"
    assert value.endswith("failed or excluded")


def test_that_a_tax_year_begins_on_the_day_chosen(qtbot: QtBot, desk: Desk) -> None:
    desk.model.kind = PeriodKind.TAX_YEAR
    dialog = desk.open(qtbot)
    assert dialog.period.tax_year_start() == TaxYearStart(4, 6)
    assert dialog.period.period()[:2] == (date(2025, 4, 6), date(2026, 4, 5))
    dialog.period.tax_month.setCurrentIndex(6)
    dialog.period.tax_day.setCurrentIndex(0)
    assert dialog.period.period()[:2] == (date(2025, 7, 1), date(2026, 6, 30))
    dialog.period.tax_month.setCurrentIndex(1)
    assert dialog.period.tax_day.count() == 29
    dialog.close()
    assert desk.open(qtbot).period.tax_year_start() == TaxYearStart(2, 1)


def test_that_days_in_the_wrong_order_cannot_be_saved(qtbot: QtBot, desk: Desk) -> None:
    dialog = desk.open(qtbot)
    choose(dialog, StatementFormat.CSV, (date(2026, 2, 2), date(2026, 2, 1)))
    assert not dialog.save.isEnabled()
    assert dialog.period.period() is None
    dialog.period.last.set_day(date(2026, 2, 2))
    assert dialog.save.isEnabled()


@pytest.mark.parametrize("kind", list(StatementFormat))
def test_that_every_kind_of_file_is_written(
    qtbot: QtBot, desk: Desk, tmp_path: Path, kind: StatementFormat
) -> None:
    dialog = desk.open(qtbot)
    choose(dialog, kind, (date(2026, 9, 1), date(2026, 11, 1)))
    qtbot.waitUntil(lambda: desk.model.preview is not None)
    path = tmp_path / f"statement.{kind.value}"
    with qtbot.waitSignal(desk.model.finished, timeout=20_000) as finished:
        save(dialog, path)
        assert not dialog.save.isEnabled()
    assert desk.model.preview is not None
    assert finished.args == [str(path), desk.model.preview.lines]
    assert str(path) in dialog.said.text()
    assert dialog.save.isEnabled()
    begins = {StatementFormat.PDF: b"%PDF-", StatementFormat.XLSX: b"PK"}
    assert path.read_bytes().startswith(begins.get(kind, b"\xef\xbb\xbfRecord,"))
    if kind is StatementFormat.CSV:
        lines = csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        records = [line["Record"] for line in lines]
        assert records.count("Transaction") == desk.model.preview.lines


def test_that_the_window_goes_on_while_pages_are_painted(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dialog = desk.open(qtbot)
    choose(dialog, StatementFormat.PDF, YEARS)
    ticks: list[float] = []
    seen: list[float] = []
    timer = QTimer()
    timer.setInterval(0)
    timer.timeout.connect(lambda: ticks.append(dialog.progress.fraction()))
    desk.model.progressed.connect(lambda done, total: seen.append(done / total))
    timer.start()
    with qtbot.waitSignal(desk.model.finished, timeout=60_000):
        save(dialog, tmp_path / "long.pdf")
    timer.stop()
    # Other events had their turns between pages, and saw the bar grow.
    assert len(set(ticks)) > 4
    assert seen == sorted(seen)
    assert seen[-1] == 1


def test_that_a_statement_can_be_given_up(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open(qtbot)
    choose(dialog, StatementFormat.PDF, YEARS)
    with qtbot.waitSignal(desk.model.cancelled, timeout=20_000):
        with qtbot.waitSignal(desk.model.progressed, timeout=20_000):
            save(dialog, tmp_path / "given-up.pdf")
        dialog.progress.cancel_requested.emit()
    assert "nothing was written" in dialog.said.text()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_that_closing_the_dialogue_gives_up_the_statement(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dialog = desk.open(qtbot)
    choose(dialog, StatementFormat.PDF, YEARS)
    with qtbot.waitSignal(desk.model.cancelled, timeout=20_000):
        save(dialog, tmp_path / "closed.pdf")
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_that_ending_the_program_ends_a_statement(qtbot: QtBot, desk: Desk, tmp_path: Path) -> None:
    dialog = desk.open(qtbot)
    choose(dialog, StatementFormat.PDF, YEARS)
    with qtbot.waitSignal(desk.model.progressed, timeout=20_000):
        save(dialog, tmp_path / "late.pdf")
    desk.exporting.close()
    assert [path.name for path in tmp_path.iterdir()] == ["data"]


def test_that_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, desk: Desk, tmp_path: Path
) -> None:
    dialog = desk.open(qtbot)
    with qtbot.waitSignal(desk.model.failed, timeout=20_000):
        save(dialog, tmp_path / "missing" / "x.pdf")
    assert "x.pdf could not be written" in dialog.said.text()
    assert dialog.save.isEnabled()


def test_that_every_control_has_a_name_and_is_reached_by_tab(qtbot: QtBot, desk: Desk) -> None:
    desk.model.kind = PeriodKind.TAX_YEAR
    dialog = desk.open(qtbot)
    period = dialog.period
    wanted = [period.tax_year, period.tax_day, period.tax_month, dialog.save]
    reached: list[QWidget] = []
    at: QWidget = dialog
    for _ in range(80):
        at = at.nextInFocusChain()
        if at.isVisible() and at.focusPolicy() & Qt.FocusPolicy.TabFocus:
            reached.append(at)
    assert all(widget in reached for widget in wanted)
    assert [widget.accessibleName() for widget in reached if not widget.accessibleName()] == []
