"""Amounts of money: exact, with their currency, never added across currencies."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

_TWO = (
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK RON BGN HUF MXN HKD SGD MYR THB AED GIP BRL"
    " ZAR INR"
)
_DIGITS = {
    **dict.fromkeys(_TWO.split(), 2),
    **dict.fromkeys(("JPY", "KRW", "VND", "CLP", "ISK"), 0),
    **dict.fromkeys(("KWD", "BHD", "OMR", "TND", "JOD"), 3),
}
"""Decimal digits by ISO 4217 code."""


@dataclass(frozen=True, slots=True)
class Money:
    """An amount in major units as it was sent, and its ISO 4217 code (upper case)."""

    amount: Decimal
    currency: str

    @property
    def digits(self) -> int | None:
        """Decimal digits of the currency; None for a code that is not known."""
        return _DIGITS.get(self.currency)

    @property
    def is_exact(self) -> bool:
        """Whether the amount has no more digits than its currency; True for unknown codes."""
        digits = self.digits
        return digits is None or self.amount == round(self.amount, digits)
