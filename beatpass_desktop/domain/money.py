"""Amounts of money: exact, with their currency, never added across currencies."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, Context, Decimal, Inexact

_CODES_BY_DIGITS = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN"
    " BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP"
    " GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL"
    " MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK"
    " PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB"
    " TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VED VES WST XCD XCG YER ZAR ZMW ZWG",
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
_DIGITS = {code: digits for digits, codes in _CODES_BY_DIGITS.items() for code in codes.split()}
"""Decimal digits by code (ISO 4217, list one; without metals, funds and test codes)."""


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
        exponent = self.amount.normalize(_EXACT).as_tuple().exponent
        return digits is None or (isinstance(exponent, int) and -exponent <= digits)

    def __str__(self) -> str:
        """As it is kept and compared, such as "12.50 USD"; not what people are shown."""
        return f"{self.amount:f} {self.currency}"


_EXACT = Context(prec=100, Emin=MIN_EMIN, Emax=MAX_EMAX, traps=[Inexact])
"""Amounts have at most 31 digits, so that sums of any number of them fit."""


def exact_sum(amounts: Iterable[Decimal]) -> Decimal:
    """The sum without rounding; Python's usual decimals round to 28 digits."""
    total = Decimal(0)
    for amount in amounts:
        total = _EXACT.add(total, amount)
    return total


def listed(amounts: Iterable[Money]) -> str:
    """Amounts in several currencies as one text, such as "12.50 USD, 3000 JPY"."""
    return ", ".join(map(str, amounts))


def amounts_in(text: str) -> tuple[Money, ...]:
    """The inverse of `listed`. Raises ValueError."""
    found = []
    for part in text.split(", ") if text else ():
        amount, _, currency = part.partition(" ")
        try:
            found.append(Money(Decimal(amount), currency))
        except ArithmeticError as error:
            raise ValueError(f"{part!r} is no amount") from error
    return tuple(found)
