"""What may lie in the place of the store after crashes, and who may be there first."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from effort import ROOT
from kinds import Kind, both
from stored_samples import fill, kept

from beatpass_desktop.store.opening import open_store
from beatpass_desktop.store.store import Store


@pytest.fixture(params=both(), ids=lambda kind: kind.name)
def kind(request: pytest.FixtureRequest) -> Kind:
    found: Kind = request.param
    return found


def _left_by_a_crash(path: Path, kind: Kind) -> None:
    """The three files as a killed process leaves them: commits in the log alone."""
    Store(path, key=kind.key).close()
    fill(path, rows=5, days=3)
    store = Store(path)
    store.write(lambda c: c.execute("DELETE FROM history WHERE day > '2026-11-24'").fetchall())
    store.write(lambda c: None).result(10)
    copies = {}
    for member in ("", "-wal", "-shm"):
        copies[member] = path.with_name(path.name + member).read_bytes()
    store.close()
    for member, content in copies.items():
        path.with_name(path.name + member).write_bytes(content)


@pytest.mark.parametrize(
    ("lost", "days"),
    [((), 2), (("-shm",), 2), (("-wal",), 3), (("-wal", "-shm"), 3)],
)
def test_that_any_part_of_the_set_may_be_missing(
    tmp_path: Path, kind: Kind, lost: tuple[str, ...], days: int
) -> None:
    path = tmp_path / "data" / "store.db"
    _left_by_a_crash(path, kind)
    for member in lost:
        path.with_name(path.name + member).unlink()
    store = Store(path)
    assert store.notice == ""
    assert len({day for _, _, _, day, *_ in kept(store.reading)["history"]}) == days
    assert store.reading.pragma("integrity_check") == "ok"
    store.close()


def test_that_an_index_of_another_log_does_no_harm(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "data" / "store.db"
    _left_by_a_crash(path, kind)
    path.with_name("store.db-shm").write_bytes(os.urandom(32_768))
    store = Store(path)
    assert store.notice == ""
    assert store.reading.pragma("integrity_check") == "ok"
    store.close()


def test_that_a_log_cut_or_bent_anywhere_gives_whole_commits(tmp_path: Path, kind: Kind) -> None:
    path = tmp_path / "data" / "store.db"
    _left_by_a_crash(path, kind)
    content = path.with_name("store.db-wal").read_bytes()
    for number in range(60):
        place = tmp_path / "copy"
        shutil.rmtree(place, ignore_errors=True)
        place.mkdir()
        (place / "store.db").write_bytes(path.read_bytes())
        at = number * len(content) // 60
        bent = bytearray(content)
        bent[at] ^= 1 << number % 8
        (place / "store.db-wal").write_bytes(bent if number % 2 else content[:at])
        reading = open_store(place / "store.db", create=False).reading
        days = {day for _, _, _, day, *_ in kept(reading)["history"]}
        assert len(days) in (2, 3)
        assert reading.pragma("integrity_check") == "ok"
        reading.close()


_TRY = """
import sys
from pathlib import Path
from beatpass_desktop.store.errors import StoreBusy
from beatpass_desktop.store.instance import InstanceGuard
try:
    InstanceGuard(Path(sys.argv[1])).acquire()
except StoreBusy:
    print("busy", flush=True)
else:
    print("first", flush=True)
    sys.stdin.read()
"""


def test_that_of_many_starts_at_once_one_gets_the_folder(tmp_path: Path) -> None:
    children = [
        subprocess.Popen(
            [sys.executable, "-c", _TRY, str(tmp_path)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        for _ in range(12)
    ]
    said = []
    for child in children:
        assert child.stdout is not None
        said.append(child.stdout.readline().strip())
    for child in children:
        child.communicate()
    assert sorted(said) == ["busy"] * 11 + ["first"]
