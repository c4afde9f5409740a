"""From whatever lies at the path to a store that can be used."""

from __future__ import annotations

import json
import os
import signal
import stat
import subprocess
import sys
import tempfile
import time
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import apsw
import pytest
from rows import DAY, Desk

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.store import accounts, backups, figures, schema
from beatpass_desktop.store.connection import check_library, open_for_reading
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreReadOnly,
    StoreTooNew,
)
from beatpass_desktop.store.opening import mark_damaged
from beatpass_desktop.store.store import Store


def _fill(path: Path) -> None:
    """An account with an artist and two days of history."""
    store = Store(path)
    desk = Desk(store)
    who = Identity(7, "Ada", artists=(ArtistRef(1, "Ada A."),))
    account = desk.write(lambda c: accounts.remember(c, "https://x", who, "token", DAY)).account
    for day, plays in enumerate((10, 20)):
        at = DAY + timedelta(days=day)
        desk.write(lambda c, at=at, n=plays: figures.record(c, account, 1, {Figure.PLAYS: n}, at))
    store.close()


def _history(store: Store) -> list[tuple[str, object]]:
    return list(figures.history(store.reading, 1, 1, Figure.PLAYS))


def _aside(path: Path) -> list[Path]:
    return sorted(path.parent.glob("*.corrupt-*"))


def test_that_the_bundled_sqlite_is_safe_for_two_connections(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    check_library()
    monkeypatch.setattr(apsw, "sqlite_lib_version", lambda: "3.40.1")
    with pytest.raises(RuntimeError, match=r"3\.40\.1 is too old"):
        check_library()


def test_that_a_fresh_store_is_private_and_current(path: Path) -> None:
    store = Store(path)
    assert store.writable
    assert store.notice == ""
    store.write(lambda c: c.execute("INSERT INTO meta VALUES('x', 1)")).result(10)
    for file in path.parent.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600, file.name
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    assert store.reading.pragma("user_version") == schema.VERSION
    store.close()


def test_that_a_store_opens_again_with_what_was_written(path: Path) -> None:
    _fill(path)
    store = Store(path)
    assert store.notice == ""
    assert _history(store) == [("2026-11-23", 10), ("2026-11-24", 20)]
    store.close()


@pytest.mark.parametrize("with_log", [False, True])
def test_that_a_store_of_a_newer_version_is_refused_untouched(path: Path, with_log: bool) -> None:
    _fill(path)
    connection = apsw.Connection(str(path))
    connection.pragma("user_version", schema.VERSION + 1)
    if with_log:
        connection.execute("INSERT INTO meta VALUES('x', 1)")
        left = {p.name: p.read_bytes() for p in path.parent.iterdir() if not p.name.endswith("shm")}
        connection.close()
        for name, content in left.items():
            (path.parent / name).write_bytes(content)
    else:
        connection.close()
    before = {p.name: p.read_bytes() for p in path.parent.iterdir()}
    with pytest.raises(StoreTooNew, match="newer version"):
        Store(path)
    assert {name: (path.parent / name).read_bytes() for name in before} == before
    assert not _aside(path)


@pytest.mark.parametrize("damage", ["empty", "empty with a log", "garbage", "text"])
def test_that_an_unreadable_file_is_set_aside_and_the_store_begins_anew(
    path: Path, damage: str
) -> None:
    path.parent.mkdir()
    content = {"garbage": os.urandom(8192), "text": b"hello\n"}.get(damage, b"")
    path.write_bytes(content)
    if damage == "empty with a log":
        path.with_name("store.db-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(60))
    store = Store(path)
    assert store.writable
    assert "was damaged" in store.notice
    assert "history was kept" not in store.notice
    aside = [p for p in _aside(path) if not p.name.endswith(("-wal", "-shm"))]
    assert [p.read_bytes() for p in aside] == [content]
    assert aside[0].name in store.notice
    store.close()
    again = Store(path)
    assert again.notice == ""
    again.close()


def test_that_history_and_accounts_of_a_damaged_store_are_rescued(path: Path) -> None:
    _fill(path)
    mark_damaged(path)
    store = Store(path)
    assert "daily history was kept" in store.notice
    assert _history(store) == [("2026-11-23", 10), ("2026-11-24", 20)]
    found = accounts.of_token(store.reading, "https://x", "token")
    assert found is not None
    assert found.name == "Ada"
    store.close()
    assert Store(path).notice == ""


def test_that_a_store_cut_in_the_middle_is_rescued_as_far_as_it_can_be_read(path: Path) -> None:
    _fill(path)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    store = Store(path)
    assert "was damaged" in store.notice
    assert len(_aside(path)) >= 1
    assert store.reading.pragma("quick_check") == "ok"
    store.close()


def test_that_one_unreadable_table_does_not_cost_the_history(path: Path) -> None:
    _fill(path)
    connection = apsw.Connection(str(path))
    page = connection.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'artists'").get
    size = connection.pragma("page_size")
    connection.close()
    with path.open("r+b") as file:
        file.seek((page - 1) * size)
        file.write(b"\xff" * size)
    store = Store(path)
    assert "daily history was kept" in store.notice
    assert len(_history(store)) == 2
    store.close()


def test_that_a_store_left_by_a_killed_process_opens_with_every_commit(path: Path) -> None:
    script = f"""
import os, signal
from pathlib import Path
from beatpass_desktop.store.store import Store
store = Store(Path({str(path)!r}))
for n in range(50):
    store.write(lambda c: c.execute("INSERT INTO meta VALUES(?, ?)", (str(n), n))).result()
os.kill(os.getpid(), signal.SIGKILL)
"""
    ended = subprocess.run([sys.executable, "-c", script], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert path.with_name("store.db-wal").exists()
    store = Store(path)
    assert store.notice == ""
    count = "SELECT count(*) FROM meta WHERE name NOT IN ('salt', 'id')"
    assert store.reading.execute(count).get == 50
    store.close()


_CREATE = """
import sys
from pathlib import Path
from beatpass_desktop.store.store import Store
print("ready", flush=True)
Store(Path(sys.argv[1]))
print("created", flush=True)
"""


def test_that_a_process_killed_while_it_created_the_store_leaves_no_damage(path: Path) -> None:
    for number in range(12):
        file = path.with_name(f"{number}.db")
        child = subprocess.Popen(
            [sys.executable, "-c", _CREATE, str(file)],
            stdout=subprocess.PIPE,
            text=True,
        )
        with child:
            assert child.stdout is not None
            assert child.stdout.readline() == "ready\n"
            deadline = time.perf_counter() + number / 500
            while time.perf_counter() < deadline:
                pass
            child.kill()
        store = Store(file)
        assert (store.writable, store.notice) == (True, "")
        store.close()


@pytest.mark.parametrize("member", ["-wal", "-shm", "-journal"])
def test_that_what_is_left_of_a_deleted_store_does_not_harm_the_new_one(
    path: Path, member: str
) -> None:
    _fill(path)
    store = Store(path)
    Desk(store).write(lambda c: c.execute("INSERT INTO meta VALUES('x', 1)").get)
    left = {part.name: part.read_bytes() for part in path.parent.iterdir()}
    store.close()
    for part in path.parent.iterdir():
        part.unlink()
    content = left.get(path.name + member, b"\xd9\xd5\x05\xf9\x20\xa1\x63\xd7" + bytes(504))
    path.with_name(path.name + member).write_bytes(content)
    fresh = Store(path)
    assert fresh.notice == ""
    assert fresh.reading.execute("SELECT count(*) FROM meta").get == 2
    assert fresh.reading.pragma("integrity_check") == "ok"
    fresh.close()


@pytest.mark.parametrize(
    "name",
    [
        "with space",
        "Üñï-cafe\u0301",
        "🎹🎧",
        "100%20 %41",
        "a#b?c&d=e",
        "شعر",
        "x" * 200,
        "x" * 200 + "/" + "y" * 200,
    ],
)
def test_that_any_folder_name_works(tmp_path: Path, name: str) -> None:
    path = tmp_path / name / "store.db"
    _fill(path)
    store = Store(path)
    assert len(_history(store)) == 2
    assert store.query(lambda c: c.execute("SELECT count(*) FROM accounts").get).result(10) == 1
    store.close()
    reader = Store(path, create=False)
    assert not reader.writable
    reader.close()


def test_that_a_folder_behind_a_link_works(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "there", target_is_directory=True)
    path = tmp_path / "link" / "store.db"
    _fill(path)
    store = Store(path)
    assert len(_history(store)) == 2
    store.close()
    assert (tmp_path / "there" / "store.db").exists()


def test_that_looking_only_writes_nothing_and_creates_nothing(path: Path) -> None:
    with pytest.raises(StoreReadOnly):
        Store(path, create=False)
    assert not path.parent.exists()
    _fill(path)
    store = Store(path, create=False)
    with pytest.raises(StoreReadOnly):
        store.write(lambda c: None)
    with pytest.raises(apsw.ReadOnlyError):
        store.reading.execute("DELETE FROM meta")
    store.close()


def test_that_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreReadOnly, match="file"):
        Store(tmp_path / "file" / "store.db")


def test_that_a_failed_migration_leaves_the_file_as_it_was(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = (*schema.MIGRATIONS, "CREATE TABLE more(x); INSERT INTO nowhere VALUES(1);")
    _fill(path)
    monkeypatch.setattr(schema, "MIGRATIONS", broken)
    monkeypatch.setattr(schema, "VERSION", len(broken))
    with pytest.raises(apsw.SQLError):
        Store(path)
    monkeypatch.undo()
    store = Store(path)
    assert len(_history(store)) == 2
    assert store.reading.execute("SELECT count(*) FROM sqlite_schema WHERE name = 'more'").get == 0
    store.close()


def test_that_an_older_store_is_brought_up_to_date_but_not_by_one_who_only_looks(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(path)
    newer = (*schema.MIGRATIONS, "CREATE TABLE more(x);")
    monkeypatch.setattr(schema, "MIGRATIONS", newer)
    monkeypatch.setattr(schema, "VERSION", len(newer))
    with pytest.raises(StoreError, match="older version"):
        Store(path, create=False)
    store = Store(path)
    assert store.reading.execute("SELECT count(*) FROM more").get == 0
    assert len(_history(store)) == 2
    store.close()


def test_that_a_store_another_program_holds_is_told_apart_from_damage(path: Path) -> None:
    _fill(path)
    holder = apsw.Connection(str(path))
    holder.pragma("locking_mode", "exclusive")
    holder.execute("BEGIN EXCLUSIVE; INSERT INTO meta VALUES('x', 1); COMMIT")
    with pytest.raises(StoreBusy):
        Store(path, create=False)
    holder.close()
    assert not _aside(path)


_AS_NOBODY = """
import json, os, sys
from pathlib import Path
from beatpass_desktop.store import accounts, threads
from beatpass_desktop.store.errors import StoreError
from beatpass_desktop.store.store import Store
if os.geteuid() == 0:
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)
try:
    store = Store(Path(sys.argv[1]), create=sys.argv[2] == "create")
    account = accounts.last_used(store.reading, "https://x")
    queried = store.query(lambda c: c.execute("SELECT count(*) FROM history").get).result(10)
    print(json.dumps([store.writable, store.notice, account.name, queried]))
    store.close()
except StoreError as error:
    print(json.dumps([type(error).__name__, error.sentence]))
"""


def _as_nobody(path: Path, how: str) -> list[object]:
    """What an ordinary user without rights in the folder gets."""
    for folder in (path, *path.parents):
        if folder != Path(tempfile.gettempdir()) and os.access(folder, os.W_OK):
            folder.chmod(folder.stat().st_mode | 0o055 if folder.is_dir() else 0o444)
        if folder == Path(tempfile.gettempdir()):
            break
    path.parent.chmod(0o555)
    ended = subprocess.run(
        [sys.executable, "-c", _AS_NOBODY, str(path), how],
        capture_output=True,
        text=True,
        check=False,
    )
    path.parent.chmod(0o700)
    assert ended.returncode == 0, ended.stderr
    return list(json.loads(ended.stdout))


@pytest.mark.parametrize("how", ["create", "look"])
def test_that_a_store_in_a_read_only_folder_opens_for_reading_with_a_notice(
    path: Path, how: str
) -> None:
    _fill(path)
    writable, notice, name, days = _as_nobody(path, how)
    assert (writable, name, days) == (False, "Ada", 2)
    assert f"The data folder {path.parent} cannot be written" in str(notice)


def test_that_a_read_only_folder_without_a_store_is_named(path: Path) -> None:
    path.parent.mkdir()
    kind, sentence = _as_nobody(path, "create")
    assert kind == "StoreReadOnly"
    assert str(path.parent) in str(sentence)


def test_that_a_damaged_store_in_a_read_only_folder_is_left_alone(path: Path) -> None:
    path.parent.mkdir()
    path.write_bytes(b"rubbish" * 1000)
    kind, _ = _as_nobody(path, "create")
    assert kind == StoreDamaged.__name__
    assert path.read_bytes() == b"rubbish" * 1000


def test_that_a_flipped_bit_of_the_version_is_damage_and_no_newer_version(path: Path) -> None:
    _fill(path)
    with closing(open_for_reading(path)) as connection:
        backups.make(connection, path, "daily", DAY)
    bent = bytearray(path.read_bytes())
    bent[62] ^= 1
    path.write_bytes(bent)
    store = Store(path)
    assert "damaged" in store.notice
    assert _history(store) == [("2026-11-23", 10), ("2026-11-24", 20)]
    store.close()
