"""How connections to the store are set up, and how the library's errors are told."""

from __future__ import annotations

from pathlib import Path

import apsw
import pytest

from beatpass_desktop.store.connection import open_for_reading, open_for_writing
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
    translated,
)


def test_that_every_commit_is_on_the_disk_and_readers_are_not_held_up(tmp_path: Path) -> None:
    connection = open_for_writing(tmp_path / "store.db", create=True)
    found = {
        name: connection.pragma(name)
        for name in ("journal_mode", "synchronous", "fullfsync", "busy_timeout", "foreign_keys")
    }
    assert found == {
        "journal_mode": "wal",
        "synchronous": 2,
        "fullfsync": 1,
        "busy_timeout": 5000,
        "foreign_keys": 1,
    }
    connection.close()


@pytest.mark.parametrize("immutable", [False, True])
def test_that_a_reading_connection_cannot_write(tmp_path: Path, immutable: bool) -> None:
    open_for_writing(tmp_path / "store.db", create=True).close()
    connection = open_for_reading(tmp_path / "store.db", immutable=immutable)
    assert connection.pragma("query_only") == 1
    with pytest.raises(apsw.ReadOnlyError):
        connection.execute("CREATE TABLE x(y)")
    connection.close()


@pytest.mark.parametrize(
    ("library", "ours"),
    [
        (apsw.NotADBError, StoreDamaged),
        (apsw.CorruptError, StoreDamaged),
        (apsw.FullError, StoreFull),
        (apsw.ReadOnlyError, StoreReadOnly),
        (apsw.CantOpenError, StoreReadOnly),
        (apsw.BusyError, StoreBusy),
        (apsw.LockedError, StoreBusy),
        (apsw.IOError, StoreError),
    ],
)
def test_that_library_errors_become_ours_with_a_sentence(
    library: type[apsw.Error], ours: type[StoreError]
) -> None:
    with pytest.raises(ours) as caught, translated("/some/where"):
        raise library("what it said")
    assert type(caught.value) is ours
    assert caught.value.sentence.endswith((".", "?"))
    assert caught.value.details == "what it said"


def test_that_a_mistake_in_our_own_sql_is_not_dressed_up() -> None:
    with pytest.raises(apsw.SQLError), translated():
        raise apsw.SQLError("no such table")
