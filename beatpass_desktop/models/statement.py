"""What a statement would hold, and how far the writing of one is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QLocale, QObject, QTimeZone, Signal

from beatpass_desktop.domain.statements import (
    Paper,
    Period,
    PeriodKind,
    StatementExport,
    StatementFormat,
    TaxYearStart,
    place_of_total,
)
from beatpass_desktop.domain.transactions import Tab, Total, TransactionFilter
from beatpass_desktop.models.store_query import StoreQuery
from beatpass_desktop.models.who import Who
from beatpass_desktop.store import statements, transactions
from beatpass_desktop.store.store import Store

if TYPE_CHECKING:
    import apsw

_Country = QLocale.Country
_ON_LETTER = frozenset(
    {
        _Country.UnitedStates, _Country.Canada, _Country.Mexico, _Country.Philippines,
        _Country.Chile, _Country.Colombia, _Country.CostaRica, _Country.Guatemala,
        _Country.Nicaragua, _Country.Panama, _Country.ElSalvador, _Country.Venezuela,
        _Country.PuertoRico, _Country.Belize,
    }
)  # fmt: skip
"""Where paper is Letter (Unicode CLDR, paperSize)."""
_TAX_YEARS = {
    _Country.UnitedKingdom: TaxYearStart(4, 6),
    _Country.Australia: TaxYearStart(7, 1),
    _Country.NewZealand: TaxYearStart(4, 1),
    _Country.India: TaxYearStart(4, 1),
    _Country.HongKong: TaxYearStart(4, 1),
    _Country.SouthAfrica: TaxYearStart(3, 1),
}
"""Where the tax year of persons is not the calendar year; only proposed, anyone can choose."""


class Preview(NamedTuple):
    """What the transactions of a period come to: how many there are, their sums by kind and
    currency, the part of each that failed or was excluded, and how many are in no sum."""

    lines: int
    totals: tuple[Total, ...]
    failed: tuple[Total, ...]
    uncounted: int


class StatementModel(QObject):
    """Statements of the artist that is shown.

    What was chosen last (`kind`, `format`, `tax_year_start`) is proposed the next time.

    Signals:
        previewed: what the period asked for last comes to is known, or cannot be read.
        requested: a `StatementExport` is to be written.
        cancel_requested: the one being written is to be given up.
        progressed: (done, total) transactions are written.
        finished: the path and the number of transactions of a complete file.
        failed: a sentence for people; whatever was there before is still there.
        cancelled: it was given up; whatever was there before is still there.

    Attributes:
        preview: None while it is not known.
        is_writing: whether a statement is being written.
    """

    previewed = Signal()
    requested = Signal(object)
    cancel_requested = Signal()
    progressed = Signal(object, object)
    finished = Signal(str, object)
    failed = Signal(str)
    cancelled = Signal()

    def __init__(self, store: Store, who: Who, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._store = store
        self._who = who
        self._now = now
        self.kind = PeriodKind.MONTH
        self.format = StatementFormat.PDF
        self.tax_year_start = _TAX_YEARS.get(QLocale().territory(), TaxYearStart())
        self.preview: Preview | None = None
        self.is_writing = False
        self._query = StoreQuery(store, self)
        self._query.answered.connect(self._on_answered)
        self._query.ended.connect(self.previewed)

    @property
    def artist_name(self) -> str:
        """Whose statements these are; empty when the name is not known."""
        return self._who.artist_name or ""

    @property
    def zone(self) -> str:
        """The name of the computer's time zone."""
        return bytes(QTimeZone.systemTimeZoneId().data()).decode("ascii", "replace")

    def today(self) -> date:
        """The local day."""
        return self._now().astimezone().date()

    def years(self) -> list[int]:
        """The calendar years with transactions up to this one, latest first."""
        this = self.today().year
        whom = (self._who.account, self._who.artist)
        span = statements.dated_span(self._store.reading, *whom)
        first = span[0].astimezone().year if span else this
        return list(range(this, min(first, this) - 1, -1))

    def look_at(self, period: Period) -> None:
        """Work out what a statement of this period would hold."""
        self.preview = None
        self._query.ask(partial(_preview, self._who.account, self._who.artist, period))

    def forget(self) -> None:
        """Nobody looks any more."""
        self._query.cancel()

    def write(self, path: Path, file_format: StatementFormat, period: Period) -> None:
        """Have a statement written."""
        country = QLocale().territory()
        paper = Paper.LETTER if country in _ON_LETTER else Paper.A4
        whom = (self._who.account, self._who.artist)
        self.is_writing = True
        self.requested.emit(StatementExport(path, file_format, *whom, period, self.zone, paper))

    def cancel(self) -> None:
        """Give up what is being written."""
        self.cancel_requested.emit()

    def show_progress(self, done: int, total: int) -> None:
        """So many transactions are written."""
        self.progressed.emit(done, total)

    def show_finished(self, path: str, rows: int) -> None:
        """The file is complete."""
        self.is_writing = False
        self.finished.emit(path, rows)

    def show_failed(self, sentence: str) -> None:
        """The file could not be written."""
        self.is_writing = False
        self.failed.emit(sentence)

    def show_cancelled(self) -> None:
        """The file was given up."""
        self.is_writing = False
        self.cancelled.emit()

    def _on_answered(self, preview: Preview) -> None:
        self.preview = preview


def _preview(account: int, artist: int, period: Period, connection: apsw.Connection) -> Preview:
    wanted = TransactionFilter(begins=period.first, ends=period.last)
    whose = (connection, account, artist)
    return Preview(
        transactions.counts(*whose, wanted)[Tab.ALL],
        tuple(
            sorted(
                transactions.totals(*whose, wanted),
                key=lambda one: place_of_total(one.currency, one.kind),
            )
        ),
        tuple(transactions.totals(*whose, wanted._replace(tab=Tab.FAILED))),
        transactions.uncounted(*whose, wanted),
    )
