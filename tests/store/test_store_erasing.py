"""Removing an account leaves nothing of it in the files, and everything of the others."""

from __future__ import annotations

import threading
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from rows import DAY, Desk, track

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.domain.resources import Resource
from beatpass_desktop.store import accounts, documents, figures, schema
from beatpass_desktop.store.erasing import has_traces
from beatpass_desktop.store.errors import StoreBusy, StoreReadOnly
from beatpass_desktop.store.session_store import SessionStore
from beatpass_desktop.store.store import Store

ORIGIN = "https://open.example"


def _sign_in(store: Store, user: int, name: str, minutes: int = 0) -> Desk:
    """An account with something in every table; `name` is part of every text."""
    desk = Desk(store)
    at = DAY + timedelta(minutes=minutes)
    who = Identity(user, f"{name} A.", artists=(ArtistRef(user, f"{name} artist"),))

    def fill(connection: apsw.Connection) -> int:
        account = accounts.remember(connection, ORIGIN, who, f"token-{name}", at).account
        key = desk.key(user, Resource.PROFILE)._replace(account=account)
        documents.failed(connection, key, at, documents.Attempt.FAILED, f"{name} reason")
        figures.record(
            connection, account, user, {Figure.PLAYS: user, Figure.LEVEL_TITLE: f"{name} level"}, at
        )
        figures.begin_visit(connection, account, user, at)
        return account

    desk.account = desk.write(fill)
    for generation in range(3):  # leaves free pages and earlier versions of rows behind
        rows = [track(n, name=f"{name} {generation} {n}", plays=n) for n in range(1, 200)]
        desk.list(rows, artist=user)
    return desk


def _counts(store: Store, account: int) -> dict[str, int]:
    """Rows of an account in every table that has accounts."""
    tables = store.reading.execute(
        "SELECT s.name FROM sqlite_schema s JOIN pragma_table_info(s.name) c"
        " WHERE s.type = 'table' AND c.name = 'account'"
    ).fetchall()
    count = "SELECT count(*) FROM {} WHERE account = ?"
    return {t: store.reading.execute(count.format(t), (account,)).get for (t,) in tables}


def _traces(path: Path, text: str) -> list[str]:
    return [file.name for file in path.parent.iterdir() if text.encode() in file.read_bytes()]


def test_that_nothing_of_a_removed_account_is_left_in_any_file(store: Store) -> None:
    ada, bob = _sign_in(store, 1, "Nightingale"), _sign_in(store, 2, "Blackbird")
    kept = _counts(store, bob.account)
    assert sum(_counts(store, ada.account).values()) > 200
    assert _traces(store.path, "Nightingale")
    aside = store.path.with_name("store.db.corrupt-20260101T000000Z")
    aside.write_bytes(b"Nightingale")

    bob.write(lambda c: accounts.remove(c, ada.account))
    store.erase_traces().result(10)

    assert _traces(store.path, "Nightingale") == []
    assert set(_counts(store, ada.account).values()) == {0}
    assert _counts(store, bob.account) == kept
    assert _traces(store.path, "Blackbird")
    assert store.reading.execute("PRAGMA integrity_check").get == "ok"
    assert store.reading.execute("SELECT count(*) FROM visit_figures").get > 0
    store.close()
    again = Store(store.path)
    assert [account.name for account in accounts.of_origin(again.reading, ORIGIN)] == [
        "Blackbird A."
    ]
    again.close()


def test_that_a_reader_that_holds_the_log_is_told_of_and_erasing_can_be_repeated(
    store: Store,
) -> None:
    ada = _sign_in(store, 1, "Nightingale")
    held, go_on = threading.Event(), threading.Event()

    def read(connection: apsw.Connection) -> None:
        cursor = connection.execute("SELECT name FROM tracks")
        cursor.fetchone()
        held.set()
        go_on.wait(20)
        cursor.close()

    reading = store.query(read)
    held.wait(20)
    ada.write(lambda c: c.execute("PRAGMA busy_timeout = 50").fetchall())
    ada.write(lambda c: accounts.remove(c, ada.account))
    with pytest.raises(StoreBusy):
        store.erase_traces().result(10)
    go_on.set()
    reading.result(10)
    store.erase_traces().result(10)
    assert _traces(store.path, "Nightingale") == []


def test_that_a_store_that_cannot_be_written_says_that_it_keeps_its_data(path: Path) -> None:
    Store(path).close()
    session = SessionStore(path)
    with pytest.raises(StoreReadOnly, match="cannot be written"):
        session.erase_traces()
    session.close()
    reader = Store(path, create=False)
    with pytest.raises(StoreReadOnly):
        reader.erase_traces()
    reader.close()


def test_that_a_store_of_the_first_version_keeps_its_accounts_and_gets_a_name(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_first_version(path, monkeypatch)
    store = Store(path)
    (account,) = accounts.of_origin(store.reading, ORIGIN)
    assert (account.name, account.user_id, account.token_created) == ("Ada", 7, None)
    assert len(accounts.keychain_name(store.reading, ORIGIN, 7).partition("/")[0]) == 32
    store.close()


def test_that_a_damaged_store_of_the_first_version_still_gives_its_history(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _make_first_version(path, monkeypatch)
    path.with_name("store.db.damaged").touch()
    store = Store(path)
    assert [account.name for account in accounts.of_origin(store.reading, ORIGIN)] == ["Ada"]
    assert store.reading.execute("SELECT count(*) FROM history").get == 1
    store.close()


def _make_first_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(schema, "MIGRATIONS", schema.MIGRATIONS[:1])
    monkeypatch.setattr(schema, "VERSION", 1)
    store = Store(path)
    store.write(
        lambda c: c.execute(
            """INSERT INTO accounts(account, origin, user_id, name, used_at)
               VALUES(1, ?, 7, 'Ada', 5);
               INSERT INTO history VALUES(1, 3, 'plays', '2026-11-23', 42, 5)""",
            (ORIGIN,),
        ).fetchall()
    ).result(10)
    store.close()
    monkeypatch.undo()


def test_that_erasing_that_was_never_finished_is_remembered_until_it_is(store: Store) -> None:
    ada = _sign_in(store, 1, "Nightingale")
    assert not has_traces(store.reading)
    ada.write(lambda c: accounts.remove(c, ada.account))
    store.close()
    again = Store(store.path)
    assert has_traces(again.reading)
    again.erase_traces().result(10)
    assert not has_traces(again.reading)
    again.close()
    assert _traces(store.path, "Nightingale") == []
