"""What was earned month by month."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from beatpass_desktop.domain.money import exact_sum
from beatpass_desktop.domain.months import without_gaps
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.domain.transactions import EARNING_KINDS, TransactionFilter, TransactionKind
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.models.store_query import StoreQuery
from beatpass_desktop.store import transactions

if TYPE_CHECKING:
    import apsw


class Earnings(NamedTuple):
    """Sums in one currency by kind for each of `months` (`YYYY-MM`, UTC), in major units.

    `currencies` can be chosen from; `left_out` entries are in no currency or of no kind that is
    known, whatever is chosen.
    """

    currencies: tuple[str, ...] = ()
    currency: str = ""
    months: tuple[str, ...] = ()
    streams: Mapping[TransactionKind, tuple[Decimal, ...]] = {}
    left_out: int = 0

    def total(self, index: int) -> Decimal:
        """What all streams come to in a month."""
        return exact_sum(sums[index] for sums in self.streams.values())


class MonthlyEarnings(SectionModel):
    """The earnings of the current artist in the chosen currency.

    They are worked out beside the GUI thread; those of another artist go at once. Signals: see
    SectionModel.

    Attributes:
        earnings: empty while they are not known.
    """

    shown = frozenset({Resource.TRANSACTIONS})

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.earnings = Earnings()
        self._chosen = ""
        self._of = (0, 0)
        self._query = StoreQuery(sources.store, self)
        self._query.answered.connect(self._on_answered)
        self.reload()

    @property
    def is_settled(self) -> bool:
        """Whether they are those of now."""
        return not self._query.is_pending

    def choose(self, currency: str) -> None:
        """Show this currency from now on."""
        if currency != self._chosen:
            self._chosen = currency
            self.reload()

    def reload(self) -> None:
        whom = self._whom
        if whom != self._of:
            self._of = whom
            self.earnings = Earnings()
            self.changed.emit()
        self._query.ask(partial(_read, *whom, self._chosen))

    def _on_answered(self, earnings: Earnings) -> None:
        if earnings != self.earnings:
            self.earnings = earnings
            self.changed.emit()


def _read(account: int, artist: int, chosen: str, connection: apsw.Connection) -> Earnings:
    whose = (connection, account, artist)
    currencies = tuple(transactions.currencies(*whose))
    everything = transactions.totals(*whose, TransactionFilter())
    known = sum(total.count for total in everything if total.kind in set(TransactionKind))
    left_out = transactions.total(*whose) - known
    if not currencies:
        return Earnings(left_out=left_out)
    currency = chosen if chosen in currencies else currencies[0]
    found: dict[str, dict[str, Decimal]] = defaultdict(dict)
    for month, kind, amount in transactions.by_month(*whose, currency):
        found[kind][month] = amount
    months = tuple(without_gaps(month for sums in found.values() for month in sums))
    streams = {
        kind: tuple(found[kind].get(month, Decimal(0)) for month in months)
        for kind in EARNING_KINDS
        if kind in found
    }
    return Earnings(currencies, currency, months, streams, left_out)
