"""Making sure that what was deleted cannot be read from the store's files any more."""

from __future__ import annotations

from pathlib import Path

import apsw

from beatpass_desktop.store import backups
from beatpass_desktop.store.errors import StoreBusy
from beatpass_desktop.store.renewing import remove_remains


def erase_traces(connection: apsw.Connection, path: Path) -> None:
    """Write the file anew without its free pages, empty its log, and delete files set aside and
    backups, which hold what was deleted.

    Must run outside a transaction. Raises StoreBusy while a reader holds the old log.
    """
    connection.execute("VACUUM")
    (is_held,) = [held for held, *_ in connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")]
    if is_held:
        raise StoreBusy("The stored data is in use: its traces could not be erased yet.")
    remove_remains(path)
    backups.remove_all(path)
    connection.execute("DELETE FROM meta WHERE name = 'traces'")


def erase_files(path: Path) -> None:
    """Delete a store that nobody has open, with all that belongs to it. Raises OSError."""
    for member in ("", "-wal", "-shm", "-journal", ".damaged"):
        path.with_name(path.name + member).unlink(missing_ok=True)
    remove_remains(path)
    backups.remove_all(path)


def has_traces(connection: apsw.Connection) -> bool:
    """Whether something was deleted whose traces were not erased, because the program was killed or
    the file was in use."""
    return bool(connection.execute("SELECT count(*) FROM meta WHERE name = 'traces'").get)
