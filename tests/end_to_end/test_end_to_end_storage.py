"""Data folders that cannot be used as they are, and calls that cannot be carried out."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from processes import Sandbox, Surroundings, wait_until
from tour_record import check_page, values

from beatpass_desktop.version import VERSION

pytestmark = pytest.mark.end_to_end

_NOBODY = 65534


@pytest.fixture
def ordinary() -> Iterator[Surroundings]:
    """Surroundings whose runs are an ordinary user's, whom permissions bind."""
    prefix: tuple[str, ...] = ()
    folder = Path(tempfile.mkdtemp(prefix="beatpass-"))
    if os.geteuid() == 0:
        if shutil.which("setpriv") is None:
            pytest.skip(
                "permissions do not bind root, and setpriv is not there to be somebody else"
            )
        prefix = ("setpriv", f"--reuid={_NOBODY}", f"--regid={_NOBODY}", "--clear-groups")
        if subprocess.run([*prefix, sys.executable, "-c", ""], cwd="/").returncode:
            pytest.skip("an ordinary user cannot run this interpreter")
        folder.chmod(0o755)
    found = Surroundings(folder / "surroundings", prefix)
    found.data.mkdir()
    if prefix:
        for place in (found.folder, found.home, found.data):
            os.chown(place, _NOBODY, _NOBODY)
    found.folder.chmod(0o777)
    yield found
    found.end()
    found.data.chmod(0o700)
    shutil.rmtree(folder)


def test_that_a_folder_that_cannot_be_written_still_shows_what_is_stored(
    ordinary: Surroundings, established: Sandbox, synced: Surroundings
) -> None:
    _give(synced.data, ordinary.data)
    ordinary.data.chmod(0o500)
    before = {file: file.read_bytes() for file in ordinary.data.iterdir() if file.is_file()}
    for arguments in ((), ("--offline",)):
        run = ordinary.tour(*established.arguments, *arguments, token=established.token)
        for page in run.pages():
            check_page(page)
            assert page["state"] == "ready"
            assert any(str(ordinary.data) in banner for banner in page["banners"])
        assert values(run.page("home"))["Tracks"] == "180"
    after = {file: file.read_bytes() for file in ordinary.data.iterdir() if file.is_file()}
    assert after == before


def _give(stored: Path, data: Path) -> None:
    """Copy what is stored to the owner of another folder."""
    shutil.copytree(stored, data, dirs_exist_ok=True)
    owner = data.stat()
    for path in data.rglob("*"):
        os.chown(path, owner.st_uid, owner.st_gid)


def test_that_an_empty_folder_that_cannot_be_written_is_named(
    ordinary: Surroundings,
) -> None:
    ordinary.data.chmod(0o500)
    run = ordinary.start_tour("--offline")
    said = run.stderr if run.wait() else str(run.pages())
    assert str(ordinary.data) in said
    assert "Traceback" not in run.stderr


def _garbage(store: Path) -> None:
    store.write_bytes(b"this was never a database" * 400)


def _emptied(store: Path) -> None:
    store.write_bytes(b"")


def _overwritten(store: Path) -> None:
    size = store.stat().st_size
    with store.open("r+b") as file:
        file.seek(size // 4)
        file.write(b"\xa5" * (size // 2))


@pytest.mark.parametrize("damage", [_garbage, _emptied, _overwritten])
def test_that_a_damaged_store_is_set_aside_and_everything_is_fetched_again(
    stocked: Surroundings, established: Sandbox, damage: Callable[[Path], None]
) -> None:
    damage(stocked.store)
    damaged = stocked.store.read_bytes()
    run = stocked.tour(*established.arguments, token=established.token)
    for page in run.pages():
        check_page(page)
        assert (page["state"], page["freshness"]) == ("ready", "live")
        assert any("damaged" in banner for banner in page["banners"])
    assert values(run.page("home"))["Tracks"] == "180"
    (aside,) = (file for file in stocked.data.glob("*.corrupt-*") if file.name.endswith("Z"))
    assert aside.read_bytes() == damaged
    again = stocked.tour(*established.arguments, "--offline")
    assert again.page("home")["cards"] == run.page("home")["cards"]
    assert not any("damaged" in banner for banner in again.page("home")["banners"])


def test_that_a_store_of_a_newer_version_is_refused_and_left_alone(
    stocked: Surroundings, established: Sandbox
) -> None:
    connection = apsw.Connection(str(stocked.store))
    connection.execute("PRAGMA user_version = 999")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    before = stocked.store.read_bytes()
    for arguments in ((), ("--offline",)):
        run = stocked.start_tour(*established.arguments, *arguments, token=established.token)
        assert run.wait() == 1
        assert_one_sentence(run.complaints)
        assert "newer" in run.stderr
    assert stocked.store.read_bytes() == before
    assert list(stocked.data.glob("*.corrupt-*")) == []


def test_that_a_data_folder_in_use_is_not_opened_twice(
    stocked: Surroundings, established: Sandbox
) -> None:
    shutil.rmtree(stocked.data / "logs")
    first = stocked.start(*established.arguments, "--offline")
    wait_until(lambda: _is_running(stocked), "the first program shows its window")
    second = stocked.start_tour(*established.arguments, "--offline")
    assert second.wait() == 1
    assert_one_sentence(second.complaints)
    assert "already running" in second.stderr
    assert first.end(signal.SIGKILL) == -signal.SIGKILL
    assert stocked.start_tour(*established.arguments, "--offline").wait() == 0


def test_that_a_second_start_leaves_it_to_the_first_window(
    stocked: Surroundings, established: Sandbox
) -> None:
    shutil.rmtree(stocked.data / "logs")
    first = stocked.start(*established.arguments, "--offline")
    wait_until(lambda: _is_running(stocked), "the first program shows its window")
    # The socket is there a moment after the log file.
    second = stocked.start(*established.arguments, "--offline", "--page", "albums")
    assert second.wait() == 0
    assert second.complaints == []
    assert first.end() == 0
    settings = json.loads((stocked.data / "config" / "settings.json").read_text())
    assert "albums" in str(settings)


def _is_running(surroundings: Surroundings) -> bool:
    """Its log file is opened when the window stands."""
    return any(surroundings.data.rglob("*.log"))


@pytest.mark.parametrize(
    "arguments",
    [
        ("--base-url", "http://open.beatpass.ca/api/v1"),
        ("--base-url", "ftp://open.beatpass.ca"),
        ("--base-url", "https://user:word@open.beatpass.ca"),
        ("--base-url", "nonsense"),
        ("--size", "huge"),
        ("--size", "0x0"),
        ("--size", "1280x"),
        ("--page", "no-such-page"),
        ("--theme", "pink"),
        ("--sandbox=../../etc",),
        ("--sandbox", "--base-url", "https://example.com"),
        ("--no-such-option",),
    ],
)
def test_that_a_wrong_call_ends_with_2_and_a_sentence(
    surroundings: Surroundings, arguments: tuple[str, ...]
) -> None:
    surroundings.without_keychain = ""  # nothing is there before
    run = surroundings.start(*arguments)
    assert run.wait() == 2
    assert run.stdout == ""
    assert_one_sentence(run.complaints)
    assert not surroundings.data.exists()


def test_that_the_versions_are_printed(surroundings: Surroundings) -> None:
    surroundings.without_keychain = ""
    run = surroundings.start("--version")
    assert run.wait() == 0
    assert run.stdout.startswith(f"beatpass-desktop {VERSION} (Qt 6.")
    assert "SQLite 3." in run.stdout
    assert run.stderr == ""
    assert not surroundings.data.exists()


def test_that_a_tour_that_cannot_be_written_fails_with_a_sentence(
    stocked: Surroundings, established: Sandbox, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way")
    run = stocked.start(
        "--tour", str(tmp_path / "file" / "tour"), *established.arguments, "--offline"
    )
    assert run.wait() == 1
    assert_one_sentence(run.complaints)


def assert_one_sentence(complaints: list[str]) -> None:
    """One line by the program's name, and no traceback."""
    (line,) = complaints
    assert line.startswith("beatpass-desktop: ")
