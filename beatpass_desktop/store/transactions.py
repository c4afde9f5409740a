"""Queries of the Finances page over the stored ledger.

Rows are named by their store row number. Unknown values sort last in both directions. Sums are
exact: of whole ten-thousandths in the store, of decimals where an amount has more digits.
"""

from __future__ import annotations

from array import array
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice

import apsw

from beatpass_desktop.domain.money import Money, exact_sum
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.domain.transactions import (
    EARNING_KINDS,
    NEVER_MONEY,
    StateChange,
    Tab,
    Total,
    Transaction,
    TransactionChange,
    TransactionColumn,
    TransactionFilter,
    TransactionKind,
    TransactionRow,
    TransactionSort,
)
from beatpass_desktop.store import catalogue_ages
from beatpass_desktop.store.ledger_rows import FIELDS, money, transaction
from beatpass_desktop.store.times import from_ms, optional_time, to_ms
from beatpass_desktop.store.transaction_filter import (
    Binding,
    Matching,
    matching_of,
    sql_words,
    within,
)

_KEYS = {
    TransactionColumn.DATE: "created_at",
    TransactionColumn.KIND: "kind",
    TransactionColumn.DESCRIPTION: "description_key",
    TransactionColumn.AMOUNT: "amount_key",
    TransactionColumn.STATUS: "status",
}
_BLOCK = 500
_GLANCE = 1_024
"""Rows from the top among which frequent words are looked for first."""
_LOW_BITS = 31
_SUM = f"sum(amount_e4 >> {_LOW_BITS}), sum(amount_e4 & {(1 << _LOW_BITS) - 1})"
"""Sums in two halves, neither of which can overflow."""
_WHOSE = "account = ? AND artist = ?"
_SCAN = f"transactions INDEXED BY transactions_by_filter WHERE {_WHOSE}"
_MONTH = "strftime('%Y-%m', created_at / 1000, 'unixepoch')"

Key = tuple[str | None, ...]


def total(connection: apsw.Connection, account: int, artist: int) -> int:
    """How many transactions are stored, listed or not."""
    return int(
        connection.execute(
            f"SELECT count(*) FROM transactions WHERE {_WHOSE}", (account, artist)
        ).get
    )


def changed_at(connection: apsw.Connection, account: int, artist: int) -> datetime | None:
    """When a walk last changed a row; None before the first complete one."""
    return catalogue_ages.changed_at(connection, account, artist, Resource.TRANSACTIONS)


def row_numbers(
    connection: apsw.Connection,
    account: int,
    artist: int,
    wanted: TransactionFilter,
    sort: TransactionSort,
) -> array[int]:
    """The row numbers of the whole table, filtered and in order."""
    matching = matching_of(wanted)
    bindings = (account, artist, *matching.bindings)
    scan = f"SELECT row FROM {_SCAN}{matching.sql}"
    if matching.sql and sort.column is None:
        # The filter index stands in this order.
        return _numbers(connection, f"{scan} ORDER BY created_at DESC, row DESC", bindings)
    everything = _along(connection, account, artist, sort)
    if not matching.sql:
        return array("q", everything)
    matches = {row for (row,) in connection.execute(scan, bindings)}
    return array("q", filter(matches.__contains__, everything))


def first(
    connection: apsw.Connection,
    account: int,
    artist: int,
    wanted: TransactionFilter,
    sort: TransactionSort,
    limit: int,
) -> tuple[array[int], bool]:
    """The row numbers that the table begins with, and whether these are all.

    What is filtered for and frequent stands among the first rows in order; what is rare is
    quickly found whole. At most `limit` unless these are all.
    """
    matching = matching_of(wanted)
    if matching.sql:
        glanced = list(islice(_along(connection, account, artist, sort), _GLANCE))
        marks = ",".join("?" * len(glanced))
        matches = {
            row
            for (row,) in connection.execute(
                f"SELECT row FROM transactions WHERE row IN ({marks}){matching.sql}",
                (*glanced, *matching.bindings),
            )
        }
        if len(matches) >= limit:
            found = filter(matches.__contains__, glanced)
            return array("q", islice(found, limit)), False
    return row_numbers(connection, account, artist, wanted, sort), True


def newest(
    connection: apsw.Connection, account: int, artist: int, text: str, limit: int
) -> array[int]:
    """The row numbers of the newest transactions that hold every word of `text`."""
    matching = matching_of(TransactionFilter(text=text))
    return _numbers(
        connection,
        f"SELECT row FROM {_SCAN}{matching.sql} ORDER BY created_at DESC, row DESC LIMIT ?",
        (account, artist, *matching.bindings, limit),
    )


def rows(connection: apsw.Connection, numbers: Sequence[int]) -> list[TransactionRow]:
    """The rows with these numbers, in this order; one that was erased meanwhile is left out."""
    marks = ",".join("?" * len(numbers))
    found = {
        number: TransactionRow(
            number,
            transaction(*values),
            from_ms(first_seen_at),
            optional_time(gone_at),
            bool(corrected),
        )
        for number, first_seen_at, gone_at, corrected, *values in connection.execute(
            f"""SELECT row, first_seen_at, gone_at, corrected, {FIELDS} FROM transactions
                WHERE row IN ({marks})""",
            tuple(numbers),
        )
    }
    return [found[number] for number in numbers if number in found]


def row_of(connection: apsw.Connection, account: int, artist: int, number: int) -> int | None:
    """The row number of the transaction with this id; None when it is not stored."""
    found = connection.execute(
        f"SELECT row FROM transactions WHERE {_WHOSE} AND id = ?", (account, artist, number)
    ).fetchone()
    return None if found is None else int(found[0])


def counts(
    connection: apsw.Connection, account: int, artist: int, wanted: TransactionFilter
) -> dict[Tab, int]:
    """How many rows each tab holds when the other parts of `wanted` apply as well."""
    matching = matching_of(wanted._replace(tab=Tab.ALL))
    found = dict.fromkeys(Tab, 0)
    for kind, status, count in connection.execute(
        f"SELECT kind, status, count(*) FROM {_SCAN}{matching.sql} GROUP BY kind, status",
        (account, artist, *matching.bindings),
    ):
        for tab in Tab:
            found[tab] += count if tab.holds(kind, status) else 0
    return found


def totals(
    connection: apsw.Connection, account: int, artist: int, wanted: TransactionFilter
) -> list[Total]:
    """The sum of each kind in each currency that is known, of the rows that `wanted` leaves."""
    matching = matching_of(wanted)
    sums = _sums(connection, account, artist, "kind", matching)
    return [
        Total(kind, currency, amount, count)
        for (kind, currency), (amount, count) in sorted(sums.items(), key=str)
        if currency is not None and is_known(currency)
    ]


def uncounted(
    connection: apsw.Connection, account: int, artist: int, wanted: TransactionFilter
) -> int:
    """How many rows stand in no total: without an amount, or in a currency that is not known."""
    matching = matching_of(wanted)
    return sum(
        count
        for currency, count in connection.execute(
            f"SELECT currency, count(*) FROM {_SCAN}{matching.sql} GROUP BY currency",
            (account, artist, *matching.bindings),
        )
        if currency is None or not is_known(currency)
    )


def by_month(
    connection: apsw.Connection, account: int, artist: int, currency: str
) -> list[tuple[str, str, Decimal]]:
    """What was earned in one currency: month (`YYYY-MM`, UTC), kind and sum, oldest first."""
    kinds, never = sql_words(EARNING_KINDS), sql_words(NEVER_MONEY)
    matching = Matching(
        f""" AND currency = ? AND created_at IS NOT NULL AND kind IN ({kinds})
             AND coalesce(status, '') NOT IN ({never})""",
        (currency,),
    )
    sums = _sums(connection, account, artist, f"{_MONTH}, kind", matching)
    return [
        (str(month), str(kind), amount)
        for (month, kind, _), (amount, _) in sorted(sums.items(), key=str)
    ]


def currencies(connection: apsw.Connection, account: int, artist: int) -> list[str]:
    """The known currencies of the ledger, the most frequent first."""
    return [
        currency
        for currency, _ in connection.execute(
            f"""SELECT currency, count(*) AS n FROM {_SCAN} AND currency IS NOT NULL
                GROUP BY currency ORDER BY n DESC, currency""",
            (account, artist),
        )
        if is_known(currency)
    ]


def is_known(currency: str) -> bool:
    """Whether amounts in a currency are added up."""
    return Money(Decimal(0), currency).digits is not None


def changes(connection: apsw.Connection, row: int) -> list[TransactionChange]:
    """What changed in a transaction since it was first stored, latest first."""
    return [
        TransactionChange(from_ms(at), field, before, after)
        for at, field, before, after in connection.execute(
            """SELECT at, field, before, after FROM transaction_changes
               WHERE row = ? ORDER BY at DESC, rowid DESC""",
            (row,),
        )
    ]


def new_since(connection: apsw.Connection, account: int, artist: int, moment: datetime) -> int:
    """How many transactions were first seen after `moment` (UTC)."""
    return int(
        connection.execute(
            f"SELECT count(*) FROM transactions WHERE {_WHOSE} AND first_seen_at > ?",
            (account, artist, to_ms(moment)),
        ).get
    )


def state_changes_since(
    connection: apsw.Connection, account: int, artist: int, moment: datetime
) -> list[StateChange]:
    """The payouts whose status changed after `moment` (UTC), each once, latest first.

    What a status was before is what it was at `moment`.
    """
    found: dict[int, StateChange] = {}
    for row, kind, description, amount, currency, before, after, at in connection.execute(
        """SELECT c.row, t.kind, t.description, t.amount, t.currency, c.before, c.after, c.at
           FROM transaction_changes c JOIN transactions t ON t.row = c.row
           WHERE c.account = ? AND c.artist = ? AND c.at > ? AND c.field = 'status'
             AND t.kind IN ('payout', 'subscription_payout') ORDER BY c.at, c.rowid""",
        (account, artist, to_ms(moment)),
    ):
        first = found[row].before if row in found else before
        what = (kind, description, money(amount, currency))
        found[row] = StateChange(row, *what, first, after, from_ms(at))
    changed = [one for one in found.values() if one.before != one.after]
    return sorted(changed, key=lambda one: one.at, reverse=True)


def statement_rows(
    connection: apsw.Connection, account: int, artist: int, begins: datetime, ends: datetime
) -> Iterator[TransactionRow]:
    """The transactions of `begins` <= t < `ends` (UTC), oldest first, read in blocks."""
    yield from in_blocks(connection, between(connection, account, artist, begins, ends)[::-1])


def between(
    connection: apsw.Connection,
    account: int,
    artist: int,
    since: datetime | None,
    until: datetime | None,
) -> array[int]:
    """The row numbers of `since` <= t < `until` (UTC), newest first.

    Without any bound those that have no date come last.
    """
    bounds = within(since, until)
    return _numbers(
        connection,
        f"SELECT row FROM {_SCAN}{bounds.sql} ORDER BY created_at DESC, row DESC",
        (account, artist, *bounds.bindings),
    )


def in_blocks(connection: apsw.Connection, numbers: Sequence[int]) -> Iterator[TransactionRow]:
    """The rows with these numbers in order, never many of them at once."""
    for start in range(0, len(numbers), _BLOCK):
        yield from rows(connection, numbers[start : start + _BLOCK])


def leading_up_to(
    connection: apsw.Connection, account: int, artist: int, payout: Transaction
) -> list[TransactionRow]:
    """What lies between the payout before in the same currency and `payout`, oldest first.

    A payout that failed ends nothing: its money is in the next one.
    """
    if payout.created_at is None or payout.amount is None:
        return []
    who, until = (account, artist, payout.amount.currency), to_ms(payout.created_at)
    before = connection.execute(
        f"""SELECT max(created_at) FROM {_SCAN} AND currency = ? AND created_at < ? AND kind = ?
            AND coalesce(status, '') NOT IN ({sql_words(NEVER_MONEY)})""",
        (*who, until, TransactionKind.PAYOUT.value),
    ).get
    numbers = _numbers(
        connection,
        f"""SELECT row FROM {_SCAN} AND currency = ? AND created_at >= ? AND created_at < ?
            AND kind IN ({sql_words(EARNING_KINDS)}) ORDER BY created_at, row""",
        (*who, 0 if before is None else before, until),
    )
    return list(in_blocks(connection, numbers))


def _sums(
    connection: apsw.Connection, account: int, artist: int, keys: str, matching: Matching
) -> dict[Key, tuple[Decimal, int]]:
    """The exact sum and the count of the amounts by `keys` and currency."""
    bindings = (account, artist, *matching.bindings)
    found: dict[Key, list[Decimal]] = defaultdict(list)
    number: dict[Key, int] = defaultdict(int)
    for *key, count, high, low in connection.execute(
        f"""SELECT {keys}, currency, count(*), {_SUM} FROM {_SCAN}{matching.sql}
            AND amount_e4 IS NOT NULL GROUP BY {keys}, currency""",
        bindings,
    ):
        found[tuple(key)].append(_of_e4((high << _LOW_BITS) + low, key[-1]))
        number[tuple(key)] += count
    # Amounts with more digits than fit are few.
    for *key, amount in connection.execute(
        f"""SELECT {keys}, currency, amount FROM transactions WHERE row IN (
                SELECT row FROM {_SCAN}{matching.sql} AND amount_e4 IS NULL
                AND currency IS NOT NULL)""",
        bindings,
    ):
        found[tuple(key)].append(Decimal(amount))
        number[tuple(key)] += 1
    return {key: (exact_sum(amounts), number[key]) for key, amounts in found.items()}


def _of_e4(sum_e4: int, currency: str) -> Decimal:
    """Ten-thousandths as an amount with the digits of its currency, with more if it needs them."""
    digits = Money(Decimal(0), currency).digits or 0
    while digits < 4 and sum_e4 % 10 ** (4 - digits):
        digits += 1
    return Decimal(f"{sum_e4 // 10 ** (4 - digits)}e-{digits}")


def _along(
    connection: apsw.Connection, account: int, artist: int, sort: TransactionSort
) -> Iterator[int]:
    """The row numbers of the whole table in order, one by one."""
    key = _KEYS[sort.column or TransactionColumn.DATE]
    descending = sort.descending or sort.column is None
    direction = "DESC" if descending else "ASC"
    for known in ("IS NOT NULL", "IS NULL"):
        for (row,) in connection.execute(
            f"""SELECT row FROM transactions WHERE {_WHOSE} AND {key} {known}
                ORDER BY {key} {direction}, row {direction}""",
            (account, artist),
        ):
            yield row


def _numbers(connection: apsw.Connection, sql: str, bindings: tuple[Binding, ...]) -> array[int]:
    return array("q", (row for (row,) in connection.execute(sql, bindings)))
