"""Encrypted stores: made, converted, killed on the way, damaged, without their key."""

from __future__ import annotations

import os
import signal
import threading
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from rows import DAY, Desk

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.store import accounts, backups, cipher, encrypting, figures
from beatpass_desktop.store.cipher import StoreKey
from beatpass_desktop.store.connection import open_for_reading, open_for_writing
from beatpass_desktop.store.erasing import erase_files
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreLocked,
    StoreReadOnly,
)
from beatpass_desktop.store.health import examine
from beatpass_desktop.store.opening import mark_damaged
from beatpass_desktop.store.renewing import begin_anew
from beatpass_desktop.store.session_store import SessionStore
from beatpass_desktop.store.store import Store

_SIGN = b"Ada of the open sea"


@pytest.fixture
def key() -> StoreKey:
    return cipher.new_key()


def _fill(path: Path, key: StoreKey | None = None) -> None:
    """An account with a name that is easy to find, and two days of history."""
    store = Store(path, key=key)
    desk = Desk(store)
    who = Identity(7, _SIGN.decode(), artists=(ArtistRef(1, "Ada A."),))
    account = desk.write(lambda c: accounts.remember(c, "https://x", who, "token", DAY)).account
    for day, plays in enumerate((10, 20)):
        at = DAY + timedelta(days=day)
        desk.write(lambda c, at=at, n=plays: figures.record(c, account, 1, {Figure.PLAYS: n}, at))
    store.close()


def _history(store: Store) -> list[object]:
    return [value for _, value in figures.history(store.reading, 1, 1, Figure.PLAYS)]


def _holds(folder: Path, sign: bytes) -> list[str]:
    files = [file for file in folder.rglob("*") if file.is_file()]
    return [file.name for file in files if sign in file.read_bytes()]


def test_that_an_encrypted_store_holds_nothing_readable_and_opens_with_its_key(
    path: Path, key: StoreKey
) -> None:
    _fill(path, key)
    assert cipher.identity_of(path) == key.identity
    assert _holds(path.parent, _SIGN) == []
    store = Store(path)
    assert store.is_encrypted
    assert _history(store) == [10, 20]
    assert store.reading.pragma("journal_mode") == "wal"
    Desk(store).write(lambda c: c.execute("INSERT INTO meta VALUES('new', 'in the log')").get)
    assert store.path.with_name("store.db-wal").stat().st_size > 0
    assert _holds(path.parent, b"in the log") == []
    store.close()


def test_that_a_store_without_its_key_is_refused_untouched(path: Path, key: StoreKey) -> None:
    _fill(path, key)
    cipher.forget(key.identity)
    before = path.read_bytes()
    for attempt in (lambda: Store(path), lambda: Store(path, create=False), lambda: examine(path)):
        with pytest.raises(StoreLocked):
            attempt()
    assert path.read_bytes() == before
    assert sorted(file.name for file in path.parent.iterdir()) == ["store.db"]


def test_that_a_key_with_the_right_name_alone_is_not_taken_for_damage(
    path: Path, key: StoreKey
) -> None:
    _fill(path, key)
    before = path.read_bytes()
    cipher.have(StoreKey(key.identity, "00" * 32))
    with pytest.raises(StoreLocked, match="another key"):
        Store(path)
    assert path.read_bytes() == before
    assert not cipher.is_at_hand(key.identity)


def test_that_a_key_is_never_shown(key: StoreKey) -> None:
    assert key.secret not in repr(key)
    assert key.secret not in repr([key])
    assert key.is_genuine
    assert not StoreKey(key.identity, "no key at all").is_genuine


@pytest.mark.parametrize("place", [0, 3, 20, 30, 5000])
def test_that_a_damaged_encrypted_store_begins_anew_with_its_history(
    path: Path, key: StoreKey, place: int
) -> None:
    _fill(path, key)
    with closing(open_for_reading(path)) as connection:
        backups.make(connection, path, "daily", DAY)
    bent = bytearray(path.read_bytes())
    bent[place] ^= 4
    path.write_bytes(bent)
    if cipher.identity_of(path) not in (None, key.identity):
        mark_damaged(path)  # a backup has named the key
    store = Store(path)
    assert "damaged" in store.notice
    assert _history(store) == [10, 20]
    assert cipher.identity_of(path) == key.identity
    store.close()


async def test_that_a_plain_store_is_encrypted_while_it_is_in_use(
    path: Path, key: StoreKey
) -> None:
    _fill(path)
    assert "store.db" in _holds(path.parent, _SIGN)
    store = Store(path)
    desk = Desk(store)
    store.look_after(lambda sentence: None)
    count = "SELECT count(*) FROM history"
    assert store.query(lambda c: c.execute(count).get).result(10) == 2
    with closing(open_for_reading(path)) as connection:
        backups.make(connection, path, "daily", DAY)
    written = store.write(lambda c: c.execute("INSERT INTO meta VALUES('early', 1)").get)
    await store.encrypt(key)
    written.result(10)
    desk.write(lambda c: c.execute("INSERT INTO meta VALUES('late', 1)").get)
    encrypting.encrypt_backups(path, key)
    assert store.is_encrypted
    names = store.reading.execute(
        "SELECT name FROM meta WHERE name IN ('early', 'late')"
    ).fetchall()
    assert len(names) == 2
    assert store.query(lambda c: c.execute(count).get).result(10) == 2
    store.close()
    assert _holds(path.parent, _SIGN) == []
    assert path.stat().st_mode & 0o777 == 0o600
    (backup,) = backups.listed(path)
    assert cipher.identity_of(backup.path) == key.identity
    again = Store(path)
    assert (_history(again), again.notice) == ([10, 20], "")
    again.close()


@pytest.mark.parametrize(
    "name",
    ["with space", "Üñï-cafe\u0301", "🎹🎧", "100%20 %41", "a#b?c&d=e", "it's", "y" * 200 + "/z"],
)
async def test_that_a_store_is_encrypted_whatever_its_folder_is_called(
    tmp_path: Path, key: StoreKey, name: str
) -> None:
    path = tmp_path / ("x" * 80) / name / "store.db"
    _fill(path)
    store = Store(path)
    await store.encrypt(key)
    store.close()
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["store.db"]
    assert _holds(tmp_path, _SIGN) == []
    store = Store(path)
    assert store.is_encrypted
    assert _history(store) == [10, 20]
    store.close()


async def test_that_a_store_somebody_reads_stays_plain_and_usable(
    path: Path, key: StoreKey
) -> None:
    _fill(path)
    store = Store(path)
    desk = Desk(store)
    with closing(open_for_reading(path)) as other:
        other.execute("BEGIN")
        other.execute("SELECT count(*) FROM meta").fetchall()
        desk.write(lambda c: c.execute("INSERT INTO meta VALUES('newer', 1)").get)
        desk.write(lambda c: c.pragma("busy_timeout", 50))
        with pytest.raises(StoreBusy):
            await store.encrypt(key)
        other.execute("COMMIT")
    assert not store.is_encrypted
    desk.write(lambda c: c.execute("INSERT INTO meta VALUES('after', 1)").get)
    await store.encrypt(key)
    assert store.is_encrypted
    store.close()


async def test_that_without_room_the_store_stays_plain(
    path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(path)
    store = Store(path)
    usage = type("Usage", (), {"free": 0})
    monkeypatch.setattr(encrypting.shutil, "disk_usage", lambda folder: usage)
    with pytest.raises(StoreFull):
        await store.encrypt(key)
    assert not store.is_encrypted
    assert not encrypting.copy_beside(path).exists()
    assert _history(store) == [10, 20]
    store.close()


async def test_that_what_sqlite_says_of_a_copy_does_not_quote_the_key(
    path: Path, key: StoreKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(path)
    store = Store(path)
    address = cipher.address
    monkeypatch.setattr(cipher, "address", lambda p, k: address(p / "none", k))
    with pytest.raises(StoreError) as caught:
        await store.encrypt(key)
    error: BaseException | None = caught.value
    while error is not None:
        assert key.secret not in f"{error!r} {getattr(error, 'details', '')}"
        error = error.__cause__ or error.__context__
    store.close()


async def test_that_quitting_gives_a_long_copy_up(path: Path, key: StoreKey) -> None:
    _fill(path)
    store = Store(path)
    fill = "INSERT INTO meta SELECT 'x' || value, zeroblob(900) FROM numbers"
    numbers = "WITH RECURSIVE numbers(value) AS (VALUES(1) UNION ALL SELECT value + 1 FROM numbers"
    Desk(store).write(lambda c: c.execute(f"{numbers} WHERE value < 20000) {fill}").get)
    begun = threading.Event()
    writer = store._writing()
    copying = writer.rest(lambda c: (begun.set(), encrypting.make_copy(c, path, key, lambda: True)))
    assert begun.wait(10)
    with pytest.raises(StoreError):
        copying.result(10)
    store.close()
    assert cipher.identity_of(path) is None


def _killed_while_converting(path: Path, key: StoreKey, wanted: int) -> bool:
    """Whether a process that converts the store was killed before its `wanted`th step."""
    child = os.fork()
    if child == 0:
        seen = [0]

        def step() -> None:
            if seen[0] == wanted:
                os.kill(os.getpid(), signal.SIGKILL)
            seen[0] += 1

        def count(cursor: apsw.Cursor, sql: str, bindings: object) -> bool:
            step()
            return True

        try:
            apsw.connection_hooks.append(lambda c: setattr(c, "exec_trace", count))
            for owner, name in ((Path, "unlink"), (Path, "replace"), (backups, "sync")):
                before = getattr(owner, name)
                setattr(owner, name, lambda *a, f=before, **k: (step(), f(*a, **k))[1])
            with closing(open_for_writing(path)) as connection:
                encrypting.make_copy(connection, path, key)
            encrypting.put_in_place(path)
        finally:
            os._exit(0)
    _, status = os.waitpid(child, 0)
    return os.WIFSIGNALED(status)


def test_that_a_kill_at_any_step_of_the_conversion_loses_nothing(
    tmp_path: Path, key: StoreKey
) -> None:
    plain = tmp_path / "plain" / "store.db"
    _fill(plain)
    found = set()
    for step in range(200):
        path = tmp_path / str(step) / "store.db"
        path.parent.mkdir()
        path.write_bytes(plain.read_bytes())
        was_killed = _killed_while_converting(path, key, step)
        cipher.have(key)
        store = Store(path)
        assert (_history(store), store.notice) == ([10, 20], "")
        found.add(store.is_encrypted)
        store.close()
        if not was_killed:
            break
    assert step > 10
    assert found == {True, False}


def test_that_a_lost_key_costs_what_no_plain_backup_holds(path: Path, key: StoreKey) -> None:
    _fill(path)
    with closing(open_for_reading(path)) as connection:
        backups.make(connection, path, "daily", DAY)
    erase = path.read_bytes()
    path.unlink()
    _fill(path, key)
    cipher.forget(key.identity)
    encrypted = path.read_bytes()
    notice = begin_anew(path)
    (aside,) = path.parent.glob("store.db.locked-*")
    assert aside.name in notice
    assert aside.read_bytes() == encrypted != erase
    store = Store(path)
    assert _history(store) == [10, 20]
    store.close()
    for _ in range(4):
        begin_anew(path)
    assert len(list(path.parent.glob("store.db.locked-*"))) == 3


def test_that_a_session_leaves_nothing_readable_even_when_it_is_killed(tmp_path: Path) -> None:
    session = SessionStore()
    assert session.is_encrypted
    assert not session.lasts
    Desk(session).write(lambda c: c.execute("INSERT INTO meta VALUES('sign', ?)", (_SIGN,)).get)
    assert _holds(session.path.parent, _SIGN) == []
    with pytest.raises(StoreReadOnly):
        session.erase_traces()
    folder = session.path.parent
    session.close()
    assert not folder.exists()


def test_that_one_store_becomes_another_for_whoever_holds_it(path: Path, key: StoreKey) -> None:
    _fill(path, key)
    store: Store = SessionStore()
    folder = store.path.parent
    store.become(Store(path))
    assert not folder.exists()
    assert store.lasts
    assert _history(store) == [10, 20]
    Desk(store).write(lambda c: c.execute("INSERT INTO meta VALUES('late', 1)").get)
    store.close()
    assert path.exists()


def test_that_a_read_only_folder_with_an_encrypted_store_is_shown(
    path: Path, key: StoreKey
) -> None:
    _fill(path, key)
    session = SessionStore(path)
    assert _history(session) == [10, 20]
    assert cipher.identity_of(session.path) == key.identity
    session.close()


def test_that_erased_files_are_gone(path: Path, key: StoreKey) -> None:
    _fill(path, key)
    with closing(open_for_reading(path)) as connection:
        backups.make(connection, path, "daily", DAY)
    encrypting.copy_beside(path).touch()
    cipher.forget(key.identity)
    begin_anew(path)
    erase_files(path)
    assert [file for file in path.parent.rglob("*") if file.is_file()] == []


def test_that_a_damaged_plain_backup_is_not_kept(path: Path, key: StoreKey) -> None:
    _fill(path)
    with closing(open_for_reading(path)) as connection:
        copy = backups.make(connection, path, "daily", DAY)
    bent = bytearray(copy.read_bytes())
    bent[5000::4096] = bytes(byte ^ 1 for byte in bent[5000::4096])
    copy.write_bytes(bent)
    encrypting.encrypt_backups(path, key)
    assert backups.listed(path) == []


def test_that_an_encrypted_store_is_examined(path: Path, key: StoreKey) -> None:
    _fill(path, key)
    assert examine(path).complaints == ()
    bent = bytearray(path.read_bytes())
    bent[9000] ^= 1
    path.write_bytes(bent)
    with pytest.raises(StoreDamaged):
        examine(path)
