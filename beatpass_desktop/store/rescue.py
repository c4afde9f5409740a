"""Taking over from a damaged store what exists nowhere else."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, NamedTuple

import apsw

from beatpass_desktop.store.connection import open_for_reading, open_for_writing
from beatpass_desktop.store.errors import StoreError

TABLES = (
    "meta", "accounts", "artists", "history", "visits", "visit_figures", "downloads",
    "transactions", "transaction_changes",
)  # fmt: skip
"""Sign-in, and what the server may not have any more; everything else is fetched again."""

_ORPHANS = {
    "visit_figures": "visit NOT IN (SELECT visit FROM visits)",
    "transaction_changes": "row NOT IN (SELECT row FROM transactions)",
}
_OF_NOBODY = "account NOT IN (SELECT account FROM accounts)"


class Rescued(NamedTuple):
    """How many rows of the daily history and of the transactions there are now."""

    days: int
    transactions: int


def rescue(sources: Iterable[Path], fresh: Path) -> Rescued:
    """Copy into the store at `fresh` what each of `sources` gives, later ones over earlier ones.

    A source may be damaged, or of an older version: what can be read and bears its checksum is
    taken. Raises StoreError when `fresh` cannot be written.
    """
    with closing(open_for_writing(fresh)) as target:
        # Rows come before the rows that they belong to.
        target.pragma("foreign_keys", False)
        target.execute("BEGIN IMMEDIATE")
        for source in sources:
            with suppress(StoreError, apsw.Error), closing(open_for_reading(source)) as connection:
                for table in TABLES:
                    _copy(connection, target, table)
        for table in TABLES:
            if table not in ("meta", "accounts"):
                orphaned = _ORPHANS.get(table)
                target.execute(
                    f"DELETE FROM {table} WHERE {orphaned}"
                    if orphaned and table == "visit_figures"
                    else f"DELETE FROM {table} WHERE {_OF_NOBODY}"
                    + (f" OR {orphaned}" if orphaned else "")
                )
        target.execute("COMMIT")
        return Rescued(
            *(
                int(target.execute(f"SELECT count(*) FROM {t}").get)
                for t in ("history", "transactions")
            )
        )


def _copy(source: apsw.Connection, target: apsw.Connection, table: str) -> None:
    with suppress(apsw.Error):
        known = {row[1] for row in target.execute(f"PRAGMA table_info({table})")}
        # An older file has fewer columns.
        found = [row for row in source.execute(f"PRAGMA table_info({table})") if row[1] in known]
        key = [row[1] for row in sorted(found, key=lambda row: row[5]) if row[5]] or ["rowid"]
        columns = ", ".join(dict.fromkeys([*key, *(row[1] for row in found)]))
        marks = ", ".join("?" * (columns.count(",") + 1))
        for row in _readable(source, f"SELECT {columns} FROM {table}", key):
            target.execute(f"INSERT OR REPLACE INTO {table}({columns}) VALUES({marks})", row)


def _readable(source: apsw.Connection, query: str, key: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows up to the first unreadable page, and those behind the last one."""
    try:
        yield from source.execute(f"{query} ORDER BY {', '.join(key)}")
    except apsw.Error:
        with suppress(apsw.Error):
            yield from source.execute(f"{query} ORDER BY {', '.join(f'{k} DESC' for k in key)}")
