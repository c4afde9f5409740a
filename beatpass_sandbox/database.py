"""The sandbox's SQLite database: event tables, and summaries settled from them.

Event tables hold what happened (uploads, plays, follows, downloads, achievements earned).
The ``…_figures`` tables are sums over them as of one day; `settlement` rebuilds them.
What each table holds stands in `tables`, by topic.
Instants are Unix seconds in UTC, days are day numbers since 1970-01-01.
"""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.tables.catalogue import CATALOGUE_TABLES
from beatpass_sandbox.tables.day_sums import DAY_SUM_TABLES
from beatpass_sandbox.tables.events import EVENTS_TABLES
from beatpass_sandbox.tables.figures import FIGURES_TABLES
from beatpass_sandbox.tables.money import MONEY_TABLES
from beatpass_sandbox.tables.people import PEOPLE_TABLES
from beatpass_sandbox.tables.process import PROCESS_TABLES
from beatpass_sandbox.tables.social import SOCIAL_TABLES

SCHEMA_VERSION = 2

_SCHEMA = "".join(
    (
        PROCESS_TABLES,
        PEOPLE_TABLES,
        CATALOGUE_TABLES,
        EVENTS_TABLES,
        FIGURES_TABLES,
        MONEY_TABLES,
        DAY_SUM_TABLES,
        SOCIAL_TABLES,
    )
)

_CREDITS_INDEX = "CREATE INDEX credits_by_track ON credits (track_id, position, artist_id)"


def open_database(path: str) -> sqlite3.Connection:
    """Open ``path``; an empty path is a private temporary database that spills to disk.

    A temporary database disappears with the process, however that ends.
    """
    connection = sqlite3.connect(path, isolation_level=None)
    connection.row_factory = sqlite3.Row
    # The data can be simulated again from its seed: nothing here needs to survive a power cut.
    connection.executescript(
        "PRAGMA journal_mode=MEMORY; PRAGMA synchronous=OFF; PRAGMA cache_size=-16384;"
    )
    return connection


def reserve(path: str) -> sqlite3.Connection:
    """Keep other sandboxes from ``path`` until the returned connection is closed.

    It is to an empty database beside it, whose lock the operating system releases however the
    process ends. Raises sqlite3.Error when another process holds it.
    """
    lock = sqlite3.connect(f"{path}.lock", timeout=0, isolation_level=None)
    lock.execute("BEGIN EXCLUSIVE")
    return lock


def create_schema(connection: sqlite3.Connection) -> None:
    """Create all tables in an empty database."""
    connection.executescript(_SCHEMA)
    connection.execute(f"PRAGMA user_version={SCHEMA_VERSION}")


def create_late_indexes(connection: sqlite3.Connection) -> None:
    """Create the index that is cheaper to build once all rows are there."""
    connection.execute(_CREDITS_INDEX)
