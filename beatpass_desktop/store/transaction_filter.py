"""What is asked of transactions, as conditions of a query over the filter index."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from beatpass_desktop.domain.text import words
from beatpass_desktop.domain.transactions import TransactionFilter
from beatpass_desktop.store.times import from_ms, to_ms

Binding = str | int

_LONGEST = 500
"""Characters of a search text that count; SQLite bounds how many conditions a query may have."""


class Matching(NamedTuple):
    """Conditions to be added to a query, and what they compare with."""

    sql: str
    bindings: tuple[Binding, ...]


def matching_of(wanted: TransactionFilter) -> Matching:
    """The rows that a filter leaves."""
    # Folding can make a text longer.
    searched = " ".join(words(wanted.text[:_LONGEST]))[:_LONGEST].split()
    literal = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
    days = within(*wanted.bounds())
    sql = [days.sql]
    bindings: list[Binding] = [*days.bindings]
    if wanted.tab.kinds:
        sql.append(f" AND kind IN ({sql_words(wanted.tab.kinds)})")
    if wanted.tab.statuses:
        sql.append(f" AND status IN ({sql_words(wanted.tab.statuses)})")
    sql += [" AND search LIKE ? ESCAPE '\\'"] * len(searched)
    bindings += [f"%{word.translate(literal)}%" for word in searched]
    return Matching("".join(sql), tuple(bindings))


def within(since: datetime | None, until: datetime | None) -> Matching:
    """The rows of `since` <= t < `until` (UTC)."""
    bounds = [(">=", since), ("<", until)]
    known = [(sign, first_ms(moment)) for sign, moment in bounds if moment is not None]
    sql = "".join(f" AND created_at {sign} ?" for sign, _ in known)
    return Matching(sql, tuple(value for _, value in known))


def first_ms(moment: datetime) -> int:
    """The first whole millisecond that is not before `moment`."""
    value = to_ms(moment)
    return value if from_ms(value) == moment else value + 1


def sql_words(values: Iterable[str]) -> str:
    """Words of ours as SQL texts."""
    return ", ".join(f"'{value}'" for value in values)
