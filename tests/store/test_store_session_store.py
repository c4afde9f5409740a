"""A store for one session, for when the data folder cannot be written."""

from __future__ import annotations

from pathlib import Path

from rows import Desk

from beatpass_desktop.store.session_store import SessionStore
from beatpass_desktop.store.store import Store


def _meta(store: Store) -> set[str]:
    names = {name for (name,) in store.reading.execute("SELECT name FROM meta")}
    return names - {"salt", "id"}


def _put(store: Store, name: str) -> None:
    Desk(store).write(lambda c: c.execute("INSERT INTO meta VALUES(?, 1)", (name,)).get)


def test_that_it_begins_with_what_is_stored_and_leaves_nothing(path: Path) -> None:
    original = Store(path)
    _put(original, "stored")  # and still in the log, since the original stays open
    files = {file.name: file.read_bytes() for file in path.parent.iterdir()}
    session = SessionStore(path)
    assert session.writable
    assert f"The data folder {path.parent} cannot be written" in session.notice
    assert _meta(session) == {"stored"}
    _put(session, "fetched")
    assert _meta(session) == {"stored", "fetched"}
    copy = session.path
    session.close()
    assert not copy.parent.exists()
    assert {file.name: file.read_bytes() for file in path.parent.iterdir()} == files
    original.close()


def test_that_it_begins_empty_where_nothing_was_stored(path: Path) -> None:
    session = SessionStore(path)
    assert _meta(session) == set()
    session.close()
    assert not path.exists()
