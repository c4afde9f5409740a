"""The hues of transaction states."""

from __future__ import annotations

from beatpass_desktop.domain.transactions import TransactionStatus
from beatpass_desktop.views.theme.tokens import Hue

STATUS_HUES: dict[str, Hue] = {
    TransactionStatus.PAID: Hue.GOOD,
    TransactionStatus.QUEUED: Hue.NEUTRAL,
    TransactionStatus.SENDING: Hue.INFO,
    TransactionStatus.PENDING: Hue.WARN,
    TransactionStatus.FAILED: Hue.BAD,
    TransactionStatus.EXCLUDED: Hue.NEUTRAL,
}


def status_hue(code: str | None) -> Hue:
    """The hue of a status; a quiet one where it is not known."""
    return STATUS_HUES.get(code or "", Hue.NEUTRAL)
