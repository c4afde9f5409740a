"""The head of a statement from the store, and its words in files."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from urllib.parse import urlsplit

import apsw

from beatpass_desktop.domain.money import Money
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.domain.statements import BalanceRecord, Period, Statement, summarise
from beatpass_desktop.domain.transactions import TransactionKind, TransactionRow, TransactionStatus
from beatpass_desktop.exports.source import fetched_at
from beatpass_desktop.store import accounts, finances, statements, transactions

_KINDS: dict[str, str] = {
    TransactionKind.TRACK_SALE: "Track sale",
    TransactionKind.REFUND: "Refund",
    TransactionKind.SUBSCRIPTION_PAYOUT: "Subscription payout",
    TransactionKind.PAYOUT: "Payout",
}
_STATUSES: dict[str, str] = {status: status.value.capitalize() for status in TransactionStatus}
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
_SAMPLES = 12
"""moments of a period at which the clock's offset is looked at"""

INEXACT = "*"
"""marks an amount with more digits than its currency has"""


def read_statement(
    connection: apsw.Connection,
    account: int,
    artist: int,
    period: Period,
    now: datetime,
    zone: str = "",
    seen: Callable[[TransactionRow], None] = lambda row: None,
) -> Statement:
    """Everything but the lines; `seen` is called with each of them. `zone` is the name of the
    computer's time zone, where it is known.

    Called within one transaction with `statement_lines`, both tell the same.
    """
    begins, ends = period.bounds()
    key = ResourceKey(Resource.FINANCES, account, artist)
    known = finances.read(connection, key)
    owner = accounts.get(connection, account)
    whose = accounts.artist(connection, account, artist)

    def watched() -> Iterator[TransactionRow]:
        for row in transactions.statement_rows(connection, account, artist, begins, ends):
            seen(row)
            yield row

    return Statement(
        artist=(whose.name if whose else None) or str(artist),
        account=(owner.name if owner else None) or "",
        source=_source(owner.origin if owner else ""),
        period=period,
        zone=_zone(zone, begins, ends),
        made_at=now,
        as_of=fetched_at(connection, ResourceKey(Resource.TRANSACTIONS, account, artist)),
        cached_at=known.cached_at if known else None,
        is_stale=known.is_stale if known else None,
        truncated=known.truncated if known else None,
        transaction_limit=known.transaction_limit if known else None,
        undated=statements.undated(connection, account, artist),
        opening=statements.balance_before(connection, account, artist, begins),
        closing=statements.balance_before(connection, account, artist, ends, begins),
        summary=summarise(watched()),
    )


def statement_lines(
    connection: apsw.Connection, account: int, artist: int, period: Period
) -> Iterator[TransactionRow]:
    """The entries of a period, oldest first."""
    return transactions.statement_rows(connection, account, artist, *period.bounds())


def kind_text(kind: str | None) -> str:
    """What an entry is; a kind that is not known as it was sent."""
    return _KINDS.get(kind or "") or kind or "Unknown"


def status_text(status: str | None) -> str:
    """How far an entry has come; a status that is not known as it was sent."""
    return _STATUSES.get(status or "") or status or "Unknown"


def day_text(day: date) -> str:
    """A day as people write it, whatever the computer's language: "6 Apr 2025"."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def local_text(moment: datetime | None) -> str:
    """A UTC time as the computer's clock showed it, such as "2026-04-06 00:30"."""
    return "unknown" if moment is None else f"{moment.astimezone():%Y-%m-%d %H:%M}"


def amount_text(money: Money) -> str:
    """An amount in major units with its currency's digits, or all that were sent: "-1234.50"."""
    digits, exponent = money.digits, money.amount.as_tuple().exponent
    if digits is None or not money.is_exact:
        digits = max(-exponent, 0) if isinstance(exponent, int) else 0
    return f"{money.amount or abs(money.amount):.{digits}f}"


def period_text(period: Period) -> str:
    """A period as people read it: "2025-04-06 to 2026-04-05"."""
    return f"{period.first} to {period.last}"


def facts(statement: Statement) -> list[tuple[str, str]]:
    """What a statement is about, from top to bottom."""
    age = local_text(statement.as_of) if statement.as_of else "never fetched"
    return [
        ("Artist", statement.artist),
        ("Account", statement.account or "unknown"),
        ("Period", period_text(statement.period)),
        ("Time zone", statement.zone),
        ("Transactions", f"{statement.summary.lines:,}"),
        ("Opening balance", balance_text(statement.opening)),
        ("Closing balance", balance_text(statement.closing)),
        ("Data as of", age),
        ("Statement made", local_text(statement.made_at)),
        ("Source", statement.source),
    ]


def balance_text(record: BalanceRecord | None) -> str:
    """Balances with the time they were recorded: "12.50 USD, 3000 JPY (recorded 2026-…)"."""
    if record is None:
        return "not known: none was recorded on this computer"
    amounts = ", ".join(f"{amount_text(money)} {money.currency}" for money in record.amounts)
    return f"{amounts or 'none'} (recorded {local_text(record.recorded_at)})"


def notes(statement: Statement) -> list[str]:
    """What must be known to read a statement rightly."""
    summary = statement.summary
    said = [
        "This is not a tax form.",
        "Each total equals its rows. Currencies are never added together.",
        "Payouts move money that was earned before; they are no earnings of their own.",
    ]
    said += [
        f"{_are(count)} in no total because {why.value}{f': {code}' if code else ''}."
        for why, code, count in summary.uncounted
    ]
    if any(total.failed for total in summary.totals):
        said.append("Failed and excluded amounts are not paid; the totals show them apart.")
    if summary.inexact:
        what = "amount has" if summary.inexact == 1 else "amounts have"
        said.append(
            f"{INEXACT} {summary.inexact:,} {what} more digits than the currency; "
            "shown and counted as sent."
        )
    if summary.corrected:
        said.append(f"{_were(summary.corrected)} corrected by BeatPass after first being seen.")
    if summary.unlisted:
        said.append(
            f"{_are(summary.unlisted)} no longer listed by BeatPass and shown as last seen here."
        )
    if statement.truncated:
        limit = statement.transaction_limit
        latest = "latest transactions" if limit is None else f"last {limit:,} transactions"
        said.append(
            f"BeatPass lists only the {latest}; older ones are here if this computer saw them in "
            "time."
        )
    if statement.undated:
        said.append(f"{_are(statement.undated)} without a date and so in no statement.")
    if statement.as_of is None or statement.as_of < statement.period.bounds()[1]:
        said.append("The period was not over when the data was fetched; later entries may follow.")
    if statement.is_stale:
        said.append(f"BeatPass's own figures dated from {local_text(statement.cached_at)}.")
    return said


def _are(count: int) -> str:
    return "1 transaction is" if count == 1 else f"{count:,} transactions are"


def _were(count: int) -> str:
    return "1 transaction was" if count == 1 else f"{count:,} transactions were"


def _source(origin: str) -> str:
    """The server's host; a sandbox has a profile's name instead of an address."""
    host = urlsplit(origin).netloc if "://" in origin else ""
    return host or "sandbox data, not real money"


def _zone(name: str, begins: datetime, ends: datetime) -> str:
    """The zone's name and its offsets in the period: "Europe/London, UTC+00:00, UTC+01:00"."""
    step = (ends - begins) / _SAMPLES
    moments = [begins + at * step for at in range(_SAMPLES + 1)]
    offsets = dict.fromkeys(f"{moment.astimezone():%z}" for moment in moments)
    return ", ".join([*([name] if name else []), *(f"UTC{z[:3]}:{z[3:5]}" for z in offsets)])
