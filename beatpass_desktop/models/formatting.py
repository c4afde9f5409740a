"""Figures, times and money as the user's locale writes them."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from PySide6.QtCore import QCoreApplication, QDate, QLocale, QTime

_BREAKS = frozenset(map(chr, (*range(32), *range(127, 160), 0x2028, 0x2029)))

UNKNOWN = "—"
"""What stands for a value that BeatPass did not send."""

MINUS = "\N{MINUS SIGN}"

_SYMBOLS = {"USD": "$", "EUR": "€", "GBP": "£", "CAD": "CA$", "JPY": "¥"}


_FIRST_STRONG, _POP = "\N{FIRST STRONG ISOLATE}", "\N{POP DIRECTIONAL ISOLATE}"


def one_line(text: str) -> str:
    """A name from the network in one line: line breaks, tabs and control characters are spaces."""
    if text.isprintable():
        return text
    return " ".join("".join(c if c not in _BREAKS else " " for c in text).split())


def isolated(text: str) -> str:
    """A name inside a sentence, kept from turning the sentence's own direction."""
    return text if text.isascii() else f"{_FIRST_STRONG}{text}{_POP}"


def _tr(text: str) -> str:
    return QCoreApplication.translate("formatting", text)


def number(value: int | None) -> str:
    """A count with the locale's grouping: 12,345."""
    return UNKNOWN if value is None else _minus(_locale().toString(value))


def place(rank: int | None) -> str:
    """A rank: #7."""
    return UNKNOWN if rank is None else f"#{number(rank)}"


def place_among(rank: int, total: int | None) -> str:
    """A rank with how many are ranked: #7 of 58; without them where they are unknown."""
    return place(rank) if total is None else _tr("{} of {}").format(place(rank), number(total))


def decimal(value: float | None, digits: int = 1) -> str:
    """A number with a fixed number of decimals."""
    return UNKNOWN if value is None else _minus(_locale().toString(value, "f", digits))


def signed_number(value: int) -> str:
    """A change: +12 or −3."""
    return f"+{number(value)}" if value > 0 else number(value)


def percent(value: float | None) -> str:
    """A signed percentage: +12.4 %, −3.0 %, 0.0 %."""
    if value is None:
        return UNKNOWN
    sign = "+" if round(value, 1) > 0 else ""
    return f"{sign}{decimal(round(value, 1) + 0.0)}\N{NO-BREAK SPACE}%"


def duration(milliseconds: int | None) -> str:
    """A length in ms as 3:07 or 1:02:45."""
    if milliseconds is None or milliseconds < 0:
        return UNKNOWN
    seconds = milliseconds // 1000
    hours, minutes = seconds // 3600, seconds // 60 % 60
    if hours:
        return f"{hours}:{minutes:02}:{seconds % 60:02}"
    return f"{minutes}:{seconds % 60:02}"


def money(amount: str | None, currency: str | None) -> str:
    """An amount as it was sent, with at least its currency's digits: $29.99, ¥3,000, KWD 1.250."""
    if amount is None or currency is None:
        return UNKNOWN
    from decimal import Decimal, InvalidOperation

    from beatpass_desktop.domain.money import Money

    try:
        value = Money(Decimal(amount), currency)
    except InvalidOperation:
        return UNKNOWN
    exponent = value.amount.as_tuple().exponent
    sent = -exponent if isinstance(exponent, int) else 0
    digits = sent if value.digits is None or not value.is_exact else value.digits
    text = f"{abs(value.amount):.{max(digits, 0)}f}"
    whole, _, fraction = text.partition(".")
    grouped = _locale().toString(int(whole)) if len(whole) < 19 else whole
    figure = grouped + (_locale().decimalPoint() + fraction if fraction else "")
    sign = MINUS if value.amount < 0 else ""
    symbol = _SYMBOLS.get(currency)
    return f"{sign}{symbol}{figure}" if symbol else f"{sign}{currency}\N{NO-BREAK SPACE}{figure}"


def day(moment: datetime | None) -> str:
    """The local date of a UTC time: 14 Mar 2026."""
    if moment is None:
        return UNKNOWN
    return _date(moment.astimezone().date())


def calendar_day(text: str | None) -> str:
    """A date `YYYY-MM-DD` that belongs to no time zone: 14 Mar 2026."""
    return UNKNOWN if text is None else _date(date.fromisoformat(text))


def clock(moment: datetime) -> str:
    """The local time of day of a UTC time: 14:02."""
    local = moment.astimezone()
    return _locale().toString(QTime(local.hour, local.minute), QLocale.FormatType.ShortFormat)


def exact(moment: datetime) -> str:
    """Date and time for a tooltip, local, to the second."""
    local = moment.astimezone()
    # Formats with a zone in them load Qt's time zone tables, which the first paint cannot wait for.
    return f"{long_day(moment)} {local:%H:%M:%S}"


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
    local = moment.astimezone().date()
    return _locale().toString(
        QDate(local.year, local.month, local.day), QLocale.FormatType.LongFormat
    )


def _date(value: date) -> str:
    return _locale().toString(QDate(value.year, value.month, value.day), "d MMM yyyy")


def _minus(text: str) -> str:
    return MINUS + text[1:] if text.startswith("-") else text


def _locale() -> QLocale:
    return QLocale()
