"""A transaction as names and values."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from PySide6.QtCore import QCoreApplication, QLocale

from beatpass_desktop.domain.transactions import Transaction, TransactionChange, TransactionRow
from beatpass_desktop.models import formatting
from beatpass_desktop.models import transaction_words as words
from beatpass_desktop.views.charts import axis_text

Facts = list[tuple[str, str]]


def _tr(text: str) -> str:
    return QCoreApplication.translate("TransactionDetails", text)


def entry_facts(row: TransactionRow) -> Facts:
    """What is known of every transaction; an em dash for what BeatPass did not send."""
    transaction = row.transaction
    at = transaction.created_at
    facts = [
        (_tr("Type"), words.kind_text(transaction.kind)),
        (_tr("Date"), formatting.UNKNOWN if at is None else formatting.exact(at)),
    ]
    if transaction.track is not None:
        name = formatting.one_line(transaction.track.name or "")
        facts.append((_tr("Track"), name or formatting.UNKNOWN))
    facts += [
        (_tr("Number"), str(transaction.id)),
        (_tr("First seen"), formatting.exact(row.first_seen_at)),
    ]
    if row.unlisted_at is not None:
        facts.append((_tr("Not listed since"), formatting.exact(row.unlisted_at)))
    return facts


def split_facts(transaction: Transaction) -> Facts:
    """The part of a subscription pool; nothing for any other transaction."""
    split = transaction.split
    if split is None:
        return []
    period = split.billing_period
    facts = [
        (
            _tr("Billing period"),
            axis_text.month(formatting.one_line(period)) if period else formatting.UNKNOWN,
        ),
        (_tr("Original amount"), formatting.amount(split.original_amount)),
        (_tr("Redistribution bonus"), formatting.amount(split.redistribution_bonus, signed=True)),
        (_tr("Share of the pool"), _percent(split.share_percentage)),
        (_tr("Contribution"), _exact(split.contribution_value)),
        (_tr("Retries"), formatting.number(split.retry_count)),
    ]
    if split.failure_reason:
        facts.append((_tr("Failure reason"), formatting.one_line(split.failure_reason)))
    return facts


def change_facts(changes: Sequence[TransactionChange]) -> Facts:
    """What changed, latest first."""
    return [
        (
            words.field_text(change.field),
            f"{words.change_text(change)}\n{formatting.exact(change.at)}",
        )
        for change in changes
    ]


def _percent(value: Decimal | None) -> str:
    return formatting.UNKNOWN if value is None else f"{_exact(value)}\N{NO-BREAK SPACE}%"


def _exact(value: Decimal | None) -> str:
    """All the digits that were sent."""
    if value is None:
        return formatting.UNKNOWN
    return f"{value:f}".replace("-", formatting.MINUS).replace(".", QLocale().decimalPoint())
