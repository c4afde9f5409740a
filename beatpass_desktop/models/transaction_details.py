"""Everything about the transaction that is selected."""

from __future__ import annotations

from beatpass_desktop.domain.reconciliation import Reconciliation, reconcile
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.domain.transactions import (
    TransactionChange,
    TransactionKind,
    TransactionRow,
)
from beatpass_desktop.models.part import SectionModel, Sources
from beatpass_desktop.store import transactions


class TransactionDetailsModel(SectionModel):
    """One transaction with what changed in it and, for a payout, what makes it up.

    Signals: see SectionModel.

    Attributes:
        row: the stored transaction; None when none is selected.
        changes: what changed since it was first stored, latest first.
        reconciliation: what a payout is made of; None for anything else, and for a payout whose
            amount or date is not known.
    """

    shown = frozenset({Resource.TRANSACTIONS})

    def __init__(self, sources: Sources) -> None:
        super().__init__(sources)
        self.row: TransactionRow | None = None
        self.changes: list[TransactionChange] = []
        self.reconciliation: Reconciliation | None = None
        self._number: int | None = None
        self._of = self._whom

    def show(self, number: int | None) -> None:
        """Select the store's row with this number; None for none."""
        self._number = number
        self.reload()

    def reload(self) -> None:
        if self._whom != self._of:
            # Row numbers are those of all artists: the one selected belongs to another.
            self._of, self._number = self._whom, None
        connection, before = self._store.reading, self._all()
        found = [] if self._number is None else transactions.rows(connection, [self._number])
        self.row = found[0] if found else None
        self.changes = [] if self.row is None else transactions.changes(connection, self.row.row)
        self.reconciliation = self._reconciled()
        if self._all() != before:
            self.changed.emit()

    def _all(self) -> tuple[object, ...]:
        return self.row, self.changes, self.reconciliation

    def _reconciled(self) -> Reconciliation | None:
        if self.row is None:
            return None
        payout = self.row.transaction
        if payout.kind != TransactionKind.PAYOUT or None in (payout.amount, payout.created_at):
            return None
        candidates = transactions.leading_up_to(self._store.reading, *self._whom, payout)
        return reconcile(payout, candidates)
