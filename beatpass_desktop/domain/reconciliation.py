"""What a payout is made of, as far as the ledger tells."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from beatpass_desktop.domain.money import exact_sum
from beatpass_desktop.domain.transactions import (
    EARNING_KINDS,
    Transaction,
    TransactionRow,
    TransactionStatus,
)


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """The entries that seem to make up a payout, in major units of its currency.

    `is_inferred`: they are taken to be the paid entries since the payout before, because BeatPass
    does not say which belong to it. `covered` is their exact sum, `unexplained` what the payout
    moved beyond that; negative when the entries come to more.
    """

    payout: Transaction
    parts: tuple[TransactionRow, ...]
    is_inferred: bool
    covered: Decimal
    unexplained: Decimal


def reconcile(payout: Transaction, candidates: Iterable[TransactionRow]) -> Reconciliation:
    """Explain `payout` by those of `candidates` that were paid in its currency.

    `candidates` are the entries between the payout before and this one. Raises ValueError for a
    payout without an amount, which nothing can explain.
    """
    if payout.amount is None:
        raise ValueError("the amount of this payout is not known")
    currency = payout.amount.currency
    parts = tuple(row for row in candidates if _is_part(row.transaction, currency))
    covered = exact_sum(
        row.transaction.amount.amount for row in parts if row.transaction.amount is not None
    )
    # Money that leaves stands in the ledger as a negative amount.
    moved = payout.amount.amount.copy_abs()
    unexplained = exact_sum((moved, covered.copy_negate()))
    return Reconciliation(payout, parts, True, covered, unexplained)


def _is_part(transaction: Transaction, currency: str) -> bool:
    return (
        transaction.kind in EARNING_KINDS
        and transaction.status == TransactionStatus.PAID
        and transaction.amount is not None
        and transaction.amount.currency == currency
    )
