"""Figures, times and money as the user's locale writes them."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDate, QLocale, Qt, QTime

from beatpass_desktop.domain.text import is_visible

if TYPE_CHECKING:
    from beatpass_desktop.domain.money import Money

_BREAKS = frozenset(map(chr, (*range(32), *range(127, 160), 0x2028, 0x2029)))

UNKNOWN = "—"
"""What stands for a value that BeatPass did not send."""

MINUS = "\N{MINUS SIGN}"

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "JPY": "¥"}


_FIRST_STRONG, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"
_LEFT_TO_RIGHT = "\N{LEFT-TO-RIGHT ISOLATE}"
_WEEKDAY = r"^dddd\W*|\W*dddd$"
_YEAR = r"(?:\W*'\w+')?\W*y+\W*(?:'\w+'\.?)?$|^y+\W*(?:'\w+'\.?\W*)?[年년]?\s*"


def one_line(text: str) -> str:
    """A name from the network in one line: line breaks, tabs and control characters are spaces.

    Empty when nothing of it could be seen, such as a name of zero-width characters.
    """
    if text.isprintable():
        # Asked here as well: every name of a table comes this way.
        plain = text.isascii() and not text.isspace()
        return text if plain or is_visible(text) else ""
    line = " ".join("".join(c if c not in _BREAKS else " " for c in text).split())
    return line if is_visible(line) else ""


def isolated(text: str) -> str:
    """A name inside a sentence, kept from turning the sentence's own direction."""
    return text if text.isascii() else f"{_FIRST_STRONG}{text}{_POP}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("formatting", text)


def number(value: int | None) -> str:
    """A count with the locale's grouping: 12,345."""
    return UNKNOWN if value is None else _signed(_locale().toString(value))


def place(rank: int | None) -> str:
    """A rank: #7."""
    return UNKNOWN if rank is None else f"#{number(rank)}"


def place_among(rank: int, total: int | None) -> str:
    """A rank with how many are ranked: #7 of 58; without them where they are unknown."""
    return place(rank) if total is None else _tr("{} of {}").format(place(rank), number(total))


def decimal(value: float | None, digits: int = 1) -> str:
    """A number with a fixed number of decimals."""
    return UNKNOWN if value is None else _signed(_locale().toString(value, "f", digits))


def signed_number(value: int) -> str:
    """A change: +12 or −3."""
    return _from_left(f"+{number(value)}") if value > 0 else number(value)


def percent(value: float | None) -> str:
    """A signed percentage: +12.4 %, −3.0 %, 0.0 %."""
    if value is None:
        return UNKNOWN
    figure = _minus(_locale().toString(round(value, 1) + 0.0, "f", 1))
    sign = "+" if round(value, 1) > 0 else ""
    return _from_left(f"{sign}{figure}\N{NO-BREAK SPACE}%")


def duration(milliseconds: int | None) -> str:
    """A length in ms as 3:07 or 1:02:45."""
    if milliseconds is None or milliseconds < 0:
        return UNKNOWN
    seconds = milliseconds // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes}:{seconds % 60:02}"


def money(figure: str | None, currency: str | None) -> str:
    """An amount as it was sent, with at least its currency's digits: $29.99, ¥3,000, KWD 1.250."""
    if figure is None or currency is None:
        return UNKNOWN
    from decimal import Decimal, InvalidOperation

    from beatpass_desktop.domain.money import Money

    try:
        return amount(Money(Decimal(figure), currency))
    except InvalidOperation:
        return UNKNOWN


def amount(money: Money | None, *, signed: bool = False) -> str:
    """An amount with all the digits that were sent: −$29.99; `signed` ones that come in as +$29.99.

    A code that is not known stands as it was sent.
    """
    if money is None:
        return UNKNOWN
    exponent = money.amount.as_tuple().exponent
    sent = -exponent if isinstance(exponent, int) else 0
    digits = sent if money.digits is None or not money.is_exact else money.digits
    whole, _, fraction = f"{money.amount.copy_abs():.{max(digits, 0)}f}".partition(".")
    grouped = _locale().toString(int(whole)) if len(whole) < 19 else whole
    figure = grouped + (_locale().decimalPoint() + fraction if fraction else "")
    sign = MINUS if money.amount < 0 else "+" if signed and money.amount > 0 else ""
    symbol = _SYMBOLS.get(money.currency)
    currency = symbol or f"{one_line(money.currency)}\N{NO-BREAK SPACE}"
    return _from_left(f"{sign}{currency}{figure}")


def _from_left(figure: str) -> str:
    """A figure with sign and symbol keeps its order among words that are read from the right."""
    from PySide6.QtGui import QGuiApplication

    if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        return f"{_LEFT_TO_RIGHT}{figure}{_POP}"
    return figure


def day(moment: datetime | None) -> str:
    """The local date of a UTC time, short: Mar 14, 2026 or 14 mars 2026."""
    return UNKNOWN if moment is None else short_date(moment.astimezone().date())


def calendar_day(text: str | None) -> str:
    """A date `YYYY-MM-DD` that belongs to no time zone, short."""
    return UNKNOWN if text is None else short_date(date.fromisoformat(text))


def short_date(value: date, *, with_year: bool = True) -> str:
    """A date for lists and sentences: Mar 14, 2026; without its year: Mar 14."""
    return _locale().toString(_qdate(value), _short_form(with_year))


def long_date(value: date) -> str:
    """A date in words: Saturday, March 14, 2026."""
    return _locale().toString(_qdate(value), QLocale.FormatType.LongFormat)


def month(text: str, *, short: bool = False, with_year: bool = True) -> str:
    """`YYYY-MM` in words: March 2026, `short` Mar 2026; what is no month is given back."""
    year, _, number = text.partition("-")
    if not (year.isdecimal() and number.isdecimal()):
        return text
    if not (1 <= int(number) <= 12 and 1 <= int(year) <= 9999):
        return text
    form = QLocale.FormatType.ShortFormat if short else QLocale.FormatType.LongFormat
    name = _locale().standaloneMonthName(int(number), form)
    return f"{name} {year}" if with_year else name


def clock(moment: datetime) -> str:
    """The local time of day of a UTC time: 14:02."""
    return time_of_day(moment.astimezone().time())


def time_of_day(value: time) -> str:
    """Hours and minutes: 14:02."""
    return _locale().toString(QTime(value.hour, value.minute), QLocale.FormatType.ShortFormat)


def exact(moment: datetime) -> str:
    """Date and time for a tooltip, local, to the second."""
    local = moment.astimezone()
    form = _locale().timeFormat(QLocale.FormatType.ShortFormat)
    # The long format has a zone in it, which loads Qt's time zone tables: too late a first paint.
    before = form.partition("mm")[0][-1:] or ":"
    clock = QTime(local.hour, local.minute, local.second)
    return f"{long_day(moment)} {_locale().toString(clock, form.replace('mm', f'mm{before}ss'))}"


def weekday_and_clock(moment: datetime, now: datetime) -> str:
    """When something was: "14:02" today, "Tuesday 14:02" this week, else date and time."""
    local, today = moment.astimezone(), now.astimezone()
    if local.date() == today.date():
        return clock(moment)
    if timedelta(0) <= today.date() - local.date() < timedelta(days=7):
        name = _locale().dayName(local.isoweekday(), QLocale.FormatType.LongFormat)
        return f"{name} {clock(moment)}"
    return f"{day(moment)} {clock(moment)}"


def ago(moment: datetime, now: datetime) -> str:
    """How long ago, up to seven days, then the date: "3 min ago"."""
    seconds = int((now - moment).total_seconds())
    if seconds < 60:
        return _tr("just now")
    if seconds < 3600:
        return _tr("{} min ago").format(seconds // 60)
    if seconds < 86400:
        return _tr("{} h ago").format(seconds // 3600)
    if seconds < 7 * 86400:
        days = seconds // 86400
        return _tr("yesterday") if days == 1 else _tr("{} days ago").format(days)
    return day(moment)


def long_day(moment: datetime) -> str:
    """The local date in words: Monday, 23 November 2026."""
    return long_date(moment.astimezone().date())


def _qdate(value: date) -> QDate:
    return QDate(value.year, value.month, value.day)


def _short_form(with_year: bool) -> str:
    """The locale's long date without the weekday, the month abbreviated; QLocale has none between
    its long form and one in digits alone."""
    form = _locale().dateFormat(QLocale.FormatType.LongFormat)
    form = re.sub(_WEEKDAY, "", form).replace("MMMM", "MMM")
    return form if with_year else re.sub(_YEAR, "", form)


def _signed(text: str) -> str:
    return _from_left(_minus(text)) if text.startswith("-") else text


def _minus(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text


def _locale() -> QLocale:
    return QLocale()
