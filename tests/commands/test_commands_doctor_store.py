"""The doctor looks at the store and the keychain without changing either."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import apsw
import pytest
from doctoring import ROOT, doctor
from relay import CANARY

from beatpass_desktop.domain.artists import ArtistRef, Identity
from beatpass_desktop.domain.freshness import Attempt
from beatpass_desktop.domain.resources import Resource, ResourceKey
from beatpass_desktop.options import BASE_URL
from beatpass_desktop.store import accounts, documents, schema
from beatpass_desktop.store.store import Store
from beatpass_desktop.system.folders import folders
from beatpass_desktop.system.keychain import SERVICE

pytestmark = pytest.mark.end_to_end

_NOBODY = 65534
NAME = "Ada \x1b[31m"
"""a name that would colour a terminal"""


def stock(data: Path) -> None:
    """A store with an account whose token was the canary."""
    store = Store(folders(data).store)
    at = datetime.now(UTC) - timedelta(hours=3)

    def fill(connection: apsw.Connection) -> None:
        identity = Identity(1, NAME, artists=(ArtistRef(7, "Ada"),))
        account = accounts.remember(connection, BASE_URL, identity, CANARY, at).account
        accounts.set_own_artist(connection, account, 7)
        stats = ResourceKey(Resource.STATS, account, 7)
        documents.succeeded(connection, stats, at)
        documents.succeeded(connection, ResourceKey(Resource.CHART, account, 7, "a"), at)
        documents.succeeded(
            connection, ResourceKey(Resource.CHART, account, 7, "b"), at + timedelta(hours=2)
        )
        failed = ResourceKey(Resource.TRACKS, account, 7)
        documents.failed(connection, failed, at, Attempt.UNREACHED, "No answer.")

    store.write(fill).result(10)
    store.close()


def listing(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with what is in it."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.fixture
def data(tmp_path: Path) -> Path:
    stock(tmp_path / "data")
    return tmp_path / "data"


def test_that_a_store_at_rest_is_told_of_and_left_as_it_is(data: Path) -> None:
    before = listing(data)
    found = doctor("--json", "--offline", "--data-dir", data)
    assert (found.code, found.err) == (0, "")
    assert listing(data) == before
    store = found.report["store"]
    assert (store["version"], store["sound"]) == (schema.VERSION, True)
    assert store["size"] == len(before["store.db"])
    assert (store["rows"]["accounts"], store["rows"]["documents"]) == (1, 4)
    (account,) = store["accounts"]
    assert (account["name"], account["origin"], account["artists"]) == (NAME, BASE_URL, 1)
    assert set(account) == {"account", "origin", "name", "artists", "used_at"}
    sets = {one["resource"]: one for one in store["data_sets"]}
    assert 3 * 3600 <= sets["stats"]["age_seconds"] < 3 * 3600 + 60
    assert (sets["chart"]["instances"], sets["chart"]["age_seconds"] // 60) == (2, 60)
    assert (sets["tracks"]["attempt"], sets["tracks"]["age_seconds"]) == ("unreached", None)


def test_that_people_are_told_ages_and_a_name_cannot_steer_the_terminal(data: Path) -> None:
    found = doctor("--offline", "--data-dir", data)
    assert "of artist 7: fetched 3 h ago" in found.out
    assert "of artist 7: never fetched; the last attempt failed: No answer." in found.out
    assert "\x1b" not in found.out
    assert "Ada [31m at https://open.beatpass.ca" in found.out


def test_that_what_a_running_app_has_just_written_is_seen(data: Path) -> None:
    store = Store(folders(data).store)
    key = ResourceKey(Resource.ALBUMS, 1, 7)
    try:
        store.write(lambda c: documents.succeeded(c, key, datetime.now(UTC))).result(10)
        found = doctor("--json", "--offline", "--data-dir", data)
        assert (found.code, found.report["store"]["sound"]) == (0, True)
        assert found.report["store"]["rows"]["documents"] == 5
    finally:
        store.close()


def test_that_the_program_itself_may_be_running(data: Path) -> None:
    words = ("--offline", "--data-dir", str(data))
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    program = subprocess.Popen(
        [sys.executable, "-m", "beatpass_desktop", *words], cwd=ROOT, env=environment
    )
    try:
        _until(lambda: (data / "app.lock").exists() and (data / "store.db-wal").exists())
        found = doctor("--json", *words)
        assert program.poll() is None
        assert (found.code, found.report["store"]["rows"]["accounts"]) == (0, 1)
    finally:
        program.terminate()
        program.wait(20)


@pytest.fixture
def unwritable() -> Iterator[Path]:
    """A stocked data folder that whoever runs the doctor can read and not write."""
    folder = Path(tempfile.mkdtemp(prefix="beatpass-"))
    data = folder / "data"
    stock(data)
    (data / "store.db").chmod(0o444)
    data.chmod(0o555)
    folder.chmod(0o755)
    yield data
    data.chmod(0o755)
    shutil.rmtree(folder)


def test_that_an_unwritable_folder_is_read_and_named(unwritable: Path) -> None:
    prefix: tuple[str, ...] = ()
    if os.geteuid() == 0:
        prefix = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
        if (
            shutil.which("setpriv") is None
            or subprocess.run([*prefix, sys.executable, "-c", ""], cwd="/").returncode
        ):
            pytest.skip("permissions do not bind root, and nobody else can run this interpreter")
    before = listing(unwritable)
    found = doctor("--json", "--offline", "--data-dir", unwritable, prefix=prefix)
    assert found.code == 1
    assert (
        found.err == f"beatpass-desktop: Environment: Folder for data: {unwritable} cannot be"
        " written\n"
    )
    assert (found.report["store"]["sound"], found.report["store"]["rows"]["documents"]) == (True, 4)
    assert listing(unwritable) == before


def test_that_a_damaged_store_is_named(data: Path) -> None:
    file = data / "store.db"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xff" * 8192 + whole[16384:])
    before = listing(data)
    found = doctor("--json", "--offline", "--data-dir", data)
    assert found.code == 1
    assert found.report["store"]["sound"] is not True
    assert "damaged" in found.err
    assert listing(data) == before


@pytest.mark.parametrize("content", [b"", b"no database" * 1000])
def test_that_something_else_in_its_place_is_named(data: Path, content: bytes) -> None:
    (data / "store.db").write_bytes(content)
    found = doctor("--json", "--offline", "--data-dir", data)
    assert found.code == 1
    assert "Stored data: Reading it: " in found.err


def test_that_an_older_store_is_read_and_a_newer_one_refused(data: Path) -> None:
    connection = apsw.Connection(str(data / "store.db"))
    connection.execute("ALTER TABLE accounts DROP COLUMN token_created")
    connection.pragma("user_version", 1)
    older = doctor("--json", "--data-dir", data)
    assert (older.code, older.report["store"]["version"]) == (0, 1)
    assert older.report["store"]["accounts"][0]["origin"] == BASE_URL
    connection.pragma("user_version", schema.VERSION + 1)
    connection.close()
    newer = doctor("--json", "--offline", "--data-dir", data)
    assert newer.code == 1
    assert "newer version" in newer.err


@pytest.fixture
def keychain(data: Path, tmp_path: Path) -> dict[str, str]:
    """Variables for a doctor whose keychain holds the canary for the stored account."""
    store = Store(folders(data).store)
    name = accounts.keychain_name(store.reading, BASE_URL, 1)
    store.close()
    file = tmp_path / "keyring.json"
    file.write_text(json.dumps({f"{SERVICE}/{name}": CANARY}))
    return {"TEST_KEYRING_FILE": str(file), "PYTHONPATH": str(ROOT)}


PROGRAM = (str(Path(__file__).parent / "doctor_with_file_keyring.py"),)


def test_that_a_keychain_is_named_with_how_long_it_takes(
    data: Path, keychain: dict[str, str]
) -> None:
    words = ("--json", "--offline", "--data-dir", str(data))
    found = doctor(*words, program=PROGRAM, variables=keychain)
    assert (found.code, found.err) == (0, "")
    told = found.report["keychain"]
    assert told["backend"].endswith("FileKeyring")
    assert (told["allowed"], told["reachable"]) == (True, True)
    assert told["latency_ms"] >= 0
    assert CANARY not in found.out


def test_that_a_locked_keychain_is_a_problem(data: Path, keychain: dict[str, str]) -> None:
    locked = {**keychain, "TEST_KEYRING_FAULT": "locked"}
    words = ("--json", "--data-dir", str(data))
    found = doctor(*words, program=PROGRAM, variables=locked)
    assert found.code == 1
    assert found.report["keychain"]["reachable"] is False
    assert found.report["keychain"]["failure"]["kind"] == "KeychainLocked"
    assert {one["reason"] for one in found.endpoints.values()} == {"signed out"}


def test_that_a_back_end_that_keeps_plain_files_is_not_allowed(
    data: Path, keychain: dict[str, str]
) -> None:
    backend = {**keychain, "PYTHON_KEYRING_BACKEND": "doctor_with_file_keyring.FileKeyring"}
    backend["PYTHONPATH"] = str(Path(__file__).parent)
    found = doctor("--json", "--data-dir", data, variables=backend)
    assert found.code == 0
    told = found.report["keychain"]
    assert (told["backend"], told["allowed"]) == ("doctor_with_file_keyring.FileKeyring", False)
    assert {one["reason"] for one in found.endpoints.values()} == {"signed out"}


def _until(condition: Callable[[], bool]) -> None:
    """Wait for what another process does, which nothing announces."""
    pause, deadline = threading.Event(), time.monotonic() + 30
    while not condition():
        assert time.monotonic() < deadline
        pause.wait(0.02)
