"""What is to be written to a file."""

from __future__ import annotations

from array import array
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from beatpass_desktop.domain.track_table import TrackFilter, TrackSort

if TYPE_CHECKING:
    from beatpass_desktop.domain.statements import StatementExport


class Format(StrEnum):
    """The kinds of file; the value is also the ending of its name."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class TrackExport(NamedTuple):
    """The tracks that a filter leaves, in the table's order; `rows` (store row numbers) takes only
    these instead."""

    path: Path
    format: Format
    account: int
    artist: int
    sort: TrackSort
    wanted: TrackFilter
    rows: array[int] | None = None


class AlbumExport(NamedTuple):
    """The albums with these store row numbers, in this order."""

    path: Path
    format: Format
    account: int
    artist: int
    rows: array[int]


Export: TypeAlias = "TrackExport | AlbumExport | StatementExport"
