"""Currencies: their digits, their worth, and amounts as they go over the wire."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

_TWO_DIGITS = (
    "USD EUR GBP CAD AUD NZD CHF SEK NOK DKK PLN CZK RON BGN HUF MXN HKD SGD MYR THB AED GIP"
)
DIGITS = {**dict.fromkeys(_TWO_DIGITS.split(), 2), "JPY": 0, "KWD": 3}
"""Decimal digits of each known currency's minor unit (ISO 4217)."""

# Fixed rates keep the simulation the same on every day.
_UNITS_PER_DOLLAR = {
    "USD": Decimal(1),
    "EUR": Decimal("0.9"),
    "GBP": Decimal("0.8"),
    "CAD": Decimal("1.4"),
    "AUD": Decimal("1.5"),
    "NZD": Decimal("1.7"),
    "CHF": Decimal("0.85"),
    "SEK": Decimal(10),
    "NOK": Decimal(10),
    "DKK": Decimal("6.7"),
    "PLN": Decimal("3.8"),
    "CZK": Decimal(22),
    "RON": Decimal("4.5"),
    "BGN": Decimal("1.8"),
    "HUF": Decimal(350),
    "MXN": Decimal(19),
    "HKD": Decimal("7.8"),
    "SGD": Decimal("1.3"),
    "MYR": Decimal("4.3"),
    "THB": Decimal(33),
    "AED": Decimal("3.67"),
    "GIP": Decimal("0.8"),
    "JPY": Decimal(150),
    "KWD": Decimal("0.3"),
}

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "JPY": "¥"}


def minor_units(major: Decimal, currency: str) -> int:
    """An amount in major units as minor units of a known currency, rounded half up."""
    return int(major.scaleb(DIGITS[currency]).to_integral_value(ROUND_HALF_UP))


def major_units(amount: int, digits: int) -> Decimal:
    """Minor units as an exact amount in major units."""
    return Decimal(amount).scaleb(-digits)


def wire_amount(major: Decimal) -> int | float:
    """A decimal number of JSON; an integer when the amount has no fraction digits."""
    exponent = major.as_tuple().exponent
    return int(major) if exponent == 0 else float(major)


def is_payable(major: Decimal, currency: str, threshold_in_dollars: int) -> bool:
    """Whether a bank takes an amount: of a known currency, worth at least that many dollars."""
    rate = _UNITS_PER_DOLLAR.get(currency)
    return rate is not None and major >= threshold_in_dollars * rate


def formatted(amount: int, currency: str) -> str:
    """An amount for people, as "$1,234.50"."""
    digits = DIGITS[currency]
    number = f"{abs(major_units(amount, digits)):,.{digits}f}"
    sign = "-" if amount < 0 else ""
    return f"{sign}{_SYMBOLS.get(currency, currency + ' ')}{number}"
