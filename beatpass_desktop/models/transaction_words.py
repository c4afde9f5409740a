"""Transactions in words."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.money import Money, amounts_in
from beatpass_desktop.domain.transactions import (
    Tab,
    Transaction,
    TransactionChange,
    TransactionKind,
    TransactionStatus,
)
from beatpass_desktop.models import formatting

_KIND_ICONS: dict[str, str] = {
    TransactionKind.TRACK_SALE: "music",
    TransactionKind.REFUND: "arrow-down",
    TransactionKind.SUBSCRIPTION_PAYOUT: "users",
    TransactionKind.PAYOUT: "wallet",
}
_STATUS_ICONS: dict[str, str] = {
    TransactionStatus.PAID: "circle-check",
    TransactionStatus.QUEUED: "clock",
    TransactionStatus.SENDING: "arrow-up-right",
    TransactionStatus.PENDING: "hourglass",
    TransactionStatus.FAILED: "circle-alert",
    TransactionStatus.EXCLUDED: "minus",
}
_UNKNOWN_ICON = "circle-help"


def _tr(text: str) -> str:
    return QCoreApplication.translate("transactions", text)


def kind_text(code: str | None) -> str:
    """A kind; one that is not known as it was sent."""
    return _known(
        {
            TransactionKind.TRACK_SALE: _tr("Track sale"),
            TransactionKind.REFUND: _tr("Refund"),
            TransactionKind.SUBSCRIPTION_PAYOUT: _tr("Subscription"),
            TransactionKind.PAYOUT: _tr("Payout"),
        },
        code,
    )


def kind_icon(code: str | None) -> str:
    """The icon that goes with a kind."""
    return _icon(_KIND_ICONS, code)


def status_text(code: str | None) -> str:
    """A status; one that is not known as it was sent."""
    return _known(
        {
            TransactionStatus.PAID: _tr("Paid"),
            TransactionStatus.QUEUED: _tr("Queued"),
            TransactionStatus.SENDING: _tr("Sending"),
            TransactionStatus.PENDING: _tr("Pending"),
            TransactionStatus.FAILED: _tr("Failed"),
            TransactionStatus.EXCLUDED: _tr("Excluded"),
        },
        code,
    )


def status_icon(code: str | None) -> str:
    """The icon that goes with a status."""
    return _icon(_STATUS_ICONS, code)


def status_meaning(code: str | None, kind: str | None = None) -> str:
    """What a status means for a kind of entry (help centre); empty when it was not sent."""
    if code is None:
        return ""
    to_bank = {
        TransactionStatus.PAID: _tr(
            "The money has left your Stripe account. Banks take some days to show it."
        ),
        TransactionStatus.SENDING: _tr("The money is on its way to your bank."),
    }
    if kind == TransactionKind.PAYOUT and code in to_bank:
        return to_bank[TransactionStatus(code)]
    meanings = {
        TransactionStatus.PAID: _tr(
            "The money has reached your Stripe account, not necessarily your bank."
        ),
        TransactionStatus.QUEUED: _tr("Your share is worked out and waits to be sent."),
        TransactionStatus.SENDING: _tr("The money is on its way."),
        TransactionStatus.PENDING: _tr("The payment is not confirmed yet."),
        TransactionStatus.FAILED: _tr(
            "The transfer did not work. Transfers that fail are tried again up to five times."
        ),
        TransactionStatus.EXCLUDED: _tr(
            "Your Stripe account was not ready on the billing date, so this share went to the "
            "other producers. It is not paid back."
        ),
    }
    with suppress(ValueError):
        return meanings[TransactionStatus(code)]
    return _tr("BeatPass uses a word for this status that the app does not know.")


def tab_text(tab: Tab) -> str:
    """What a tab is called."""
    return {
        Tab.ALL: _tr("All"),
        Tab.SALES: _tr("Sales"),
        Tab.SUBSCRIPTIONS: _tr("Subscriptions"),
        Tab.PAID: _tr("Paid"),
        Tab.PENDING: _tr("Pending"),
        Tab.FAILED: _tr("Failed"),
    }[tab]


def tab_meaning(tab: Tab) -> str:
    """What stands in a tab, where its name does not say all of it."""
    return {
        Tab.SALES: _tr("Track sales and refunds"),
        Tab.PENDING: _tr("Queued, sending and pending"),
        Tab.FAILED: _tr("Failed and excluded"),
    }.get(tab, "")


def description_text(transaction: Transaction) -> str:
    """What BeatPass wrote, else the track, in one line."""
    name = transaction.track.name if transaction.track else None
    return formatting.one_line(transaction.description or name or "") or formatting.UNKNOWN


def amount_note(money: Money | None) -> str:
    """What is to be said of an amount that its currency cannot have or that is in no total."""
    if money is None or (money.digits is not None and money.is_exact):
        return ""
    if money.digits is None:
        code = formatting.isolated(formatting.one_line(money.currency))
        return _tr("The currency {} is not known here: this amount is in no total.").format(code)
    return _tr("As BeatPass sent it: more digits than {} has.").format(money.currency)


def short_amount_note(money: Money | None) -> str:
    """The same in a few words."""
    if not amount_note(money) or money is None:
        return ""
    if money.digits is None:
        return _tr("unknown currency")
    return _tr("more digits than {} has").format(money.currency)


def changed_text() -> str:
    """The mark of an entry that BeatPass corrected."""
    return _tr("changed")


def unlisted_text() -> str:
    """The mark of an entry that is kept here only."""
    return _tr("not listed any more")


def field_text(name: str) -> str:
    """A field of a transaction; one that is not known by its name."""
    return {
        "kind": _tr("Type"),
        "description": _tr("Description"),
        "amount": _tr("Amount"),
        "status": _tr("Status"),
        "created_at": _tr("Date"),
        "track.id": _tr("Track number"),
        "track.name": _tr("Track"),
        "split.id": _tr("Split number"),
        "split.billing_period": _tr("Billing period"),
        "split.original_amount": _tr("Original amount"),
        "split.redistribution_bonus": _tr("Redistribution bonus"),
        "split.share_percentage": _tr("Share of the pool"),
        "split.contribution_value": _tr("Contribution"),
        "split.failure_reason": _tr("Failure reason"),
        "split.retry_count": _tr("Retries"),
    }.get(name, name)


def change_text(change: TransactionChange) -> str:
    """What a field was and what it became: "Queued → Paid"."""
    before, after = (_value(change.field, value) for value in (change.before, change.after))
    return f"{formatting.isolated(before)} → {formatting.isolated(after)}"


def _value(field: str, value: str | None) -> str:
    if value is None:
        return formatting.UNKNOWN
    if field == "status":
        return status_text(value)
    if field == "kind":
        return kind_text(value)
    with suppress(ValueError):
        if field in ("amount", "split.original_amount", "split.redistribution_bonus"):
            return ", ".join(formatting.amount(money) for money in amounts_in(value))
        if field == "created_at":
            return formatting.exact(datetime.fromisoformat(value))
    return formatting.one_line(value)


def _known(words: dict[str, str], code: str | None) -> str:
    if code is None:
        return formatting.UNKNOWN
    return words.get(code) or formatting.one_line(code) or formatting.UNKNOWN


def _icon(icons: dict[str, str], code: str | None) -> str:
    return "" if code is None else icons.get(code, _UNKNOWN_ICON)
