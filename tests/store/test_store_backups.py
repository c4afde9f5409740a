"""Copies of the store: made whole, few, and good enough to begin anew with."""

from __future__ import annotations

import stat
import threading
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from rows import DAY, Desk, track

from beatpass_desktop.domain.artists import Identity
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.store import accounts, backups, figures, schema
from beatpass_desktop.store.cipher import new_key
from beatpass_desktop.store.connection import open_for_reading
from beatpass_desktop.store.errors import StoreDamaged, StoreError, StoreFull
from beatpass_desktop.store.opening import mark_damaged
from beatpass_desktop.store.store import Store
from beatpass_desktop.store.upkeep import Upkeep, look_after


def _backed_up(path: Path, at: datetime, kind: str = "daily") -> Path:
    connection = open_for_reading(path)
    made = backups.make(connection, path, kind, at)
    connection.close()
    return made


def _dump(path: Path) -> list[object]:
    connection = open_for_reading(path)
    found: list[object] = []
    for (name,) in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'"):
        found.append((name, connection.execute(f"SELECT * FROM {name}").fetchall()))
    connection.close()
    return found


@pytest.fixture(params=[False, True], ids=["plain", "encrypted"])
def store(path: Path, request: pytest.FixtureRequest) -> Iterator[Store]:
    """One of each kind."""
    found = Store(path, key=new_key() if request.param else None)
    yield found
    found.close()


def test_that_a_copy_made_while_the_store_is_written_holds_whole_commits(desk: Desk) -> None:
    path = desk.store.path
    going = threading.Event()

    def write() -> None:
        for number in range(1, 200):
            values = {Figure.PLAYS: number, Figure.XP: number}
            desk.write(lambda c, v=values: figures.record(c, desk.account, 1, v, DAY))
            if number == 20:
                going.set()

    writing = threading.Thread(target=write)
    writing.start()
    assert going.wait(10)
    copies = []
    while writing.is_alive():
        copies.append(_backed_up(path, DAY + timedelta(seconds=len(copies))))
        connection = open_for_reading(copies[-1])
        found = figures.read(connection, desk.account, 1)
        assert found[Figure.PLAYS].value == found[Figure.XP].value
        assert connection.pragma("integrity_check") == "ok"
        connection.close()
    writing.join()
    assert copies
    assert _dump(_backed_up(path, DAY + timedelta(days=1))) == _dump(path)


def test_that_a_copy_is_private_and_carries_checksums_or_tags(desk: Desk) -> None:
    made = _backed_up(desk.store.path, DAY)
    assert stat.S_IMODE(made.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.parent.stat().st_mode) == 0o700
    assert made.read_bytes()[20] == (32 if desk.store.is_encrypted else 8)
    assert [file.name for file in made.parent.iterdir()] == [made.name]


def test_that_copies_are_few_and_the_oldest_go_first(desk: Desk) -> None:
    path = desk.store.path
    for number in range(6):
        _backed_up(path, DAY + timedelta(days=number))
        _backed_up(path, DAY + timedelta(days=number, hours=1), f"v{number}")
    kinds = [backup.kind for backup in backups.listed(path)]
    assert kinds == ["v5", "daily", "v4", "daily", "daily"]


def test_that_copies_are_bounded_in_size_but_the_newest_stays(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups, "MAX_BYTES", 1)
    for number in range(3):
        _backed_up(desk.store.path, DAY + timedelta(days=number))
    assert [b.at for b in backups.listed(desk.store.path)] == [DAY + timedelta(days=2)]


def test_that_no_copy_is_made_where_it_would_fill_the_disk(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backups.shutil, "disk_usage", lambda _: SimpleNamespace(free=10))
    with pytest.raises(StoreFull, match="no room for a backup"):
        _backed_up(desk.store.path, DAY)
    assert backups.listed(desk.store.path) == []


def test_that_a_copy_is_due_once_a_day(desk: Desk) -> None:
    path = desk.store.path
    assert backups.is_due(path, DAY)
    _backed_up(path, DAY)
    assert not backups.is_due(path, DAY + timedelta(hours=23))
    assert backups.is_due(path, DAY + timedelta(hours=24))
    # The clock was wrong when that copy was made.
    assert backups.is_due(path, DAY - timedelta(days=400))


def test_that_an_older_store_is_backed_up_before_it_is_brought_up_to_date(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Store(path).close()
    newer = (*schema.MIGRATIONS, "CREATE TABLE more(x);")
    version = schema.VERSION
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    monkeypatch.setattr(schema, "VERSION", len(newer))
    Store(path).close()
    (backup,) = backups.listed(path)
    assert backup.kind == f"v{version}"
    connection = open_for_reading(backup.path)
    assert connection.pragma("user_version") == version
    connection.close()


def test_that_a_damaged_copy_is_passed_over(desk: Desk) -> None:
    path = desk.store.path
    desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.PLAYS: 1}, DAY))
    older, newest = _backed_up(path, DAY), _backed_up(path, DAY + timedelta(days=1))
    content = bytearray(newest.read_bytes())
    content[5000] ^= 1
    newest.write_bytes(content)
    assert list(backups.good(path)) == [older]


def test_that_a_lost_store_s_history_and_transactions_come_from_the_newest_copy(
    path: Path,
) -> None:
    store = Store(path)
    desk = _with_history(store)
    desk.write(
        lambda c: c.execute(
            "INSERT INTO transactions(account, artist, id, first_seen_at, absent, digest) "
            "VALUES(1, 1, 5, 1, 0, x'00')"
        ).fetchall()
    )
    store.close()
    _backed_up(path, DAY)
    path.write_bytes(b"rubbish" * 1000)
    store = Store(path)
    assert "Your daily history and list of transactions were kept." in store.notice
    assert figures.history(store.reading, 1, 1, Figure.PLAYS) == [("2026-11-23", 1)]
    assert store.reading.execute("SELECT id FROM transactions").fetchall() == [(5,)]
    store.close()


def test_that_what_came_after_the_copy_is_taken_from_the_damaged_file(path: Path) -> None:
    store = Store(path)
    desk = _with_history(store)
    _backed_up(path, DAY)
    after = DAY + timedelta(days=1)
    desk.write(lambda c: figures.record(c, 1, 1, {Figure.PLAYS: 2}, after))
    store.close()
    mark_damaged(path)
    store = Store(path)
    assert figures.history(store.reading, 1, 1, Figure.PLAYS) == [
        ("2026-11-23", 1), ("2026-11-24", 2)
    ]  # fmt: skip
    store.close()


def test_that_damage_day_after_day_does_not_fill_the_disk(path: Path) -> None:
    for _ in range(6):
        Store(path).close()
        mark_damaged(path)
    Store(path).close()
    assert len(list(path.parent.glob("*.corrupt-*Z"))) == 1


def test_that_upkeep_copies_when_it_is_due_and_reads_the_whole_file(desk: Desk) -> None:
    path = desk.store.path
    desk.list([track(number, name=f"Beat {number}" * 30) for number in range(1, 500)])
    for hours, copies in ((0, 1), (1, 1), (25, 2)):
        connection = open_for_reading(path)
        look_after(connection, path, DAY + timedelta(hours=hours))
        connection.close()
        assert len(backups.listed(path)) == copies
    desk.store.close()
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 4
    path.write_bytes(content)
    connection = open_for_reading(path)
    with pytest.raises(StoreDamaged):
        look_after(connection, path, DAY + timedelta(days=9))
    connection.close()
    assert len(backups.listed(path)) == 2


def test_that_damage_found_meanwhile_is_told_once_and_mended_at_the_next_start(path: Path) -> None:
    store = Store(path)
    _with_history(store).list([track(n, name="x" * 300) for n in range(1, 300)])
    store.close()
    content = bytearray(path.read_bytes())
    content[-300] ^= 1
    path.write_bytes(content)
    told: list[str] = []
    heard = threading.Event()

    def damaged(sentence: str) -> None:
        told.append(sentence)
        heard.set()

    upkeep = Upkeep(path, damaged, now=lambda: DAY, first=0.0, every=0.001)
    assert heard.wait(10)
    upkeep.close()
    (sentence,) = told
    assert sentence.startswith("The stored data is damaged")
    again = Store(path)
    assert "was damaged" in again.notice
    assert figures.history(again.reading, 1, 1, Figure.PLAYS) == [("2026-11-23", 1)]
    again.close()


def test_that_closing_does_not_wait_for_a_copy(desk: Desk) -> None:
    desk.list([track(number, name="x" * 400) for number in range(1, 3000)])
    for _ in range(5):
        upkeep = Upkeep(desk.store.path, lambda _: None, now=lambda: DAY, first=0.0)
        upkeep.close()
    assert not list(backups.folder_of(desk.store.path).glob("*.part*"))


def test_that_erased_data_is_in_no_copy(desk: Desk) -> None:
    _backed_up(desk.store.path, DAY)
    desk.store.reading.close()
    desk.store.erase_traces().result(10)
    assert backups.listed(desk.store.path) == []


@pytest.mark.parametrize("how", ["deleted", "renamed", "replaced"])
def test_that_nothing_is_written_when_the_file_is_taken_away(desk: Desk, how: str) -> None:
    path = desk.store.path
    desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.PLAYS: 1}, DAY))
    moved = path.with_name("elsewhere.db")
    if how == "deleted":
        path.unlink()
    else:
        path.rename(moved)
    if how == "replaced":
        path.write_bytes(b"something else")
    with pytest.raises(StoreError, match="moved or deleted"):
        desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.PLAYS: 2}, DAY))
    # What is shown stays readable.
    assert figures.read(desk.store.reading, desk.account, 1)[Figure.PLAYS].value == 1
    assert path.exists() == (how == "replaced")


def _with_history(store: Store) -> Desk:
    desk = Desk(store)
    who = Identity(7, "Ada")
    desk.account = desk.write(lambda c: accounts.remember(c, "https://x", who, "t", DAY)).account
    desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.PLAYS: 1}, DAY))
    return desk
