"""Whole transactions, full disks, cancelled queries; and one app per data folder."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any

import apsw
import pytest
from rows import DAY, Desk, track

from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.store import figures
from beatpass_desktop.store.errors import (
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreFull,
    StoreReadOnly,
)
from beatpass_desktop.store.instance import InstanceGuard
from beatpass_desktop.store.store import Store
from beatpass_desktop.store.threads import QueryCancelled

_ENDLESS = "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"


def test_that_a_job_that_fails_changes_nothing(desk: Desk) -> None:
    def job(connection: apsw.Connection) -> None:
        figures.record(connection, desk.account, 1, {Figure.PLAYS: 5}, DAY)
        raise ValueError("half way")

    with pytest.raises(ValueError, match="half way"):
        desk.write(job)
    assert figures.read(desk.store.reading, desk.account, 1) == {}
    desk.write(lambda c: figures.record(c, desk.account, 1, {Figure.PLAYS: 6}, DAY))
    assert figures.read(desk.store.reading, desk.account, 1)[Figure.PLAYS].value == 6


def test_that_nothing_is_stored_for_an_account_that_is_not_there(desk: Desk) -> None:
    with pytest.raises(apsw.ConstraintError):
        desk.write(lambda c: figures.record(c, 99, 1, {Figure.PLAYS: 5}, DAY))


def test_that_a_reader_sees_all_of_a_commit_or_nothing(desk: Desk) -> None:
    inside, go_on = threading.Event(), threading.Event()

    def job(connection: apsw.Connection) -> None:
        figures.record(connection, desk.account, 1, {Figure.PLAYS: 5}, DAY)
        inside.set()
        assert go_on.wait(10)
        figures.record(connection, desk.account, 1, {Figure.XP: 7}, DAY)

    writing = desk.store.write(job)
    assert inside.wait(10)
    assert figures.read(desk.store.reading, desk.account, 1) == {}
    go_on.set()
    writing.result(10)
    assert set(figures.read(desk.store.reading, desk.account, 1)) == {Figure.PLAYS, Figure.XP}


@pytest.mark.parametrize("spare", [0, 1, 3, 10])
def test_that_a_full_disk_is_told_and_the_old_data_stays(desk: Desk, spare: int) -> None:
    desk.list([track(n, name=f"Old {n}") for n in range(1, 4)])
    pages = desk.write(lambda c: c.pragma("page_count"))
    desk.write(lambda c: c.pragma("max_page_count", pages + spare))
    with pytest.raises(StoreFull, match="disk is full"):
        desk.list([track(n, name="New" * 100) for n in range(1, 2000)])
    assert desk.column("name") == {1: "Old 1", 2: "Old 2", 3: "Old 3"}
    assert desk.store.reading.pragma("integrity_check") == "ok"
    desk.write(lambda c: c.pragma("max_page_count", 1_000_000))
    assert desk.list([track(4, name="New")], hide_missing=False) == 4


def test_that_a_long_query_can_be_given_up(desk: Desk) -> None:
    running = threading.Event()

    def endless(connection: apsw.Connection) -> Any:
        running.set()
        return connection.execute(_ENDLESS).get

    first = desk.store.query(endless)
    second = desk.store.query(lambda c: 2)
    assert running.wait(10)
    desk.store.cancel(second)
    while not first.done():  # the interrupt may come before the statement has begun
        desk.store.cancel(first)
    with pytest.raises(QueryCancelled):
        first.result(10)
    with pytest.raises(CancelledError):
        second.result(10)
    assert desk.store.query(lambda c: 3).result(10) == 3


def test_that_giving_up_a_query_never_hits_the_next_one(desk: Desk) -> None:
    count = (
        "WITH RECURSIVE n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n WHERE x < 2000)"
        " SELECT max(x) FROM n"
    )
    for _ in range(300):
        given_up = desk.store.query(lambda c: c.execute(count).get)
        wanted = desk.store.query(lambda c: c.execute(count).get)
        desk.store.cancel(given_up)
        assert wanted.result(10) == 2000


def test_that_damage_found_while_querying_is_told(desk: Desk) -> None:
    def job(connection: apsw.Connection) -> None:
        raise apsw.CorruptError("database disk image is malformed")

    with pytest.raises(StoreDamaged):
        desk.store.query(job).result(10)


def test_that_closing_finishes_what_was_submitted(path: Path) -> None:
    store = Store(path)
    jobs = [
        store.write(lambda c, n=n: c.execute("INSERT INTO meta VALUES(?, 1)", (str(n),)).get)
        for n in range(20)
    ]
    store.close()
    assert all(job.done() and job.exception() is None for job in jobs)
    assert not path.with_name("store.db-wal").exists()
    again = Store(path)
    assert again.reading.execute("SELECT count(*) FROM meta").get == 22
    again.close()


def test_that_a_store_that_cannot_be_reached_is_told_per_job(desk: Desk) -> None:
    path = desk.store.path
    moved = path.rename(path.with_name("elsewhere"))
    path.mkdir()
    with pytest.raises(StoreError):
        desk.store.query(lambda c: 1).result(10)
    path.rmdir()
    moved.rename(path)
    assert desk.store.query(lambda c: 1).result(10) == 1


_HOLD = """
import sys, time
from pathlib import Path
from beatpass_desktop.store.instance import InstanceGuard
InstanceGuard(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


def test_that_a_second_process_is_refused_until_the_first_is_gone(tmp_path: Path) -> None:
    holder = subprocess.Popen(
        [sys.executable, "-c", _HOLD, str(tmp_path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        guard = InstanceGuard(tmp_path)
        with pytest.raises(StoreBusy, match="already running"):
            guard.acquire()
        holder.send_signal(signal.SIGKILL)
    guard.acquire()
    guard.release()
    guard.release()
    again = InstanceGuard(tmp_path)
    again.acquire()
    again.release()


def test_that_two_data_folders_do_not_hinder_each_other(tmp_path: Path) -> None:
    guards = [InstanceGuard(tmp_path / name) for name in "ab"]
    for guard in guards:
        guard.acquire()
    for guard in guards:
        guard.release()


def test_that_a_guard_names_the_folder_it_cannot_use(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(StoreReadOnly, match="file"):
        InstanceGuard(tmp_path / "file").acquire()
