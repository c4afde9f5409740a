"""What every export is made of: typed columns, rows that come one by one, and their source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import NamedTuple

Value = str | int | float | Decimal | date | datetime | None
Row = tuple[Value, ...]


class Kind(Enum):
    """What a column holds."""

    TEXT = "text"
    WHOLE = "whole"
    NUMBER = "number"
    DATE = "date"
    INSTANT = "instant"
    """an aware time, UTC"""


class Column(NamedTuple):
    """A column: its name in files for programs, its title for people, and its width in letters."""

    name: str
    title: str
    kind: Kind = Kind.TEXT
    width: int = 14


@dataclass(frozen=True, slots=True)
class Table:
    """One export.

    `rows` can be walked once; `count` is how many there are. `about` says where they are from, as
    (what, value) for people; `fetched_at` (UTC) is the age of the data, None when it never came.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Iterable[Row]
    count: int
    about: tuple[tuple[str, str], ...] = ()
    fetched_at: datetime | None = None
