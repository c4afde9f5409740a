"""The sandbox as a program: starting, ending, profiles, and the same bytes for the same seed."""

from __future__ import annotations

import json
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from sandbox_process import NOW, ROOT, SERVE, RunningSandbox

from beatpass_sandbox.database import create_schema

pytestmark = pytest.mark.end_to_end


def bodies(sandbox: RunningSandbox) -> list[bytes]:
    """The bytes of every endpoint's reply."""
    artist = sandbox.artist_id()
    paths = (
        "/users/me?with=artists",
        "/artist/profile",
        "/artist/dashboard-stats",
        f"/artists/{artist}?with=genres,albums",
        f"/artists/{artist}/tracks?perPage=100",
        f"/artists/{artist}/albums",
        f"/artists/{artist}/followers?perPage=100",
        f"/artists/{artist}/downloads-analytics?period=all",
        "/producer-intelligence/progress-data",
    )
    return [sandbox.client.get(path).content for path in paths]


def test_that_the_same_seed_gives_the_same_bytes_and_another_one_does_not(
    established: RunningSandbox, start_sandbox: Callable[..., Any]
) -> None:
    with start_sandbox("--seed", "1") as same, start_sandbox("--seed", "2") as other:
        first = bodies(established)
        assert bodies(same) == first
        assert same.token == established.token
        assert all(a != b for a, b in zip(bodies(other)[1:], first[1:], strict=True))
        assert other.token != established.token


def test_that_it_ends_quietly_on_sigterm(start_sandbox: Callable[..., Any]) -> None:
    with start_sandbox("--profile", "no-artist") as sandbox:
        sandbox.get("/users/me")
        sandbox.process.send_signal(signal.SIGTERM)
        rest, errors = sandbox.process.communicate(timeout=10)
    assert sandbox.process.returncode == 0
    assert (rest, errors) == ("", "")


def test_that_it_ends_when_the_process_that_started_it_is_gone() -> None:
    starter = (
        "import os, subprocess, sys\n"
        "child = subprocess.Popen([*sys.argv[1:], '--parent-pid', str(os.getpid())],"
        " stdout=subprocess.PIPE)\n"
        "sys.stdout.buffer.write(child.stdout.readline())\n"
        "sys.stdout.flush()\n"
        "os._exit(0)\n"
    )
    # The child inherits the error pipe: it reaches its end when the child is gone as well.
    ended = subprocess.run(
        [sys.executable, "-c", starter, *SERVE, "--profile", "no-artist"],
        capture_output=True,
        timeout=20,
        cwd=ROOT,
        check=True,
    )
    base_url = json.loads(ended.stdout)["base_url"]
    with pytest.raises(httpx.ConnectError):
        httpx.get(base_url + "/users/me", trust_env=False)
    assert ended.stderr == b""


def test_that_it_listens_on_loopback_only(established: RunningSandbox) -> None:
    assert established.base_url.startswith("http://127.0.0.1:")


def test_that_a_kept_database_is_taken_up_again(
    start_sandbox: Callable[..., Any], tmp_path: Path
) -> None:
    file = str(tmp_path / "sandbox.db")
    options = ("--tracks", "20", "--db", file)
    with start_sandbox(*options) as first:
        before = bodies(first)
    with start_sandbox(*options) as second:
        assert bodies(second) == before
    refused = subprocess.run(
        [*SERVE, "--db", file, "--seed", "9"], capture_output=True, text=True, timeout=20, cwd=ROOT
    )
    assert refused.returncode == 1
    assert "another profile, seed or size" in refused.stderr
    assert "Traceback" not in refused.stderr


def test_that_two_sandboxes_do_not_share_a_database(
    tmp_path: Path, start_sandbox: Callable[..., Any]
) -> None:
    options = ("--profile", "new-artist", "--db", str(tmp_path / "sandbox.db"))
    with start_sandbox(*options) as first:
        second = subprocess.run(
            [*SERVE, "--now", NOW, *options],
            capture_output=True,
            text=True,
            cwd=ROOT,
            timeout=20,
            check=False,
        )
        assert first.profile() == "new-artist"
    assert (second.returncode, second.stdout) == (1, "")
    assert second.stderr == "beatpass-sandbox: another sandbox is serving this database\n"


def test_that_a_database_that_was_never_finished_is_told(tmp_path: Path) -> None:
    file = tmp_path / "sandbox.db"
    connection = sqlite3.connect(file)
    create_schema(connection)
    connection.close()
    done = subprocess.run(
        [*SERVE, "--db", str(file)],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=20,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "beatpass-sandbox: the database was never finished: please delete it\n"


def test_that_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("not a database, but somebody's notes " * 50)
    before = file.read_bytes()
    refused = subprocess.run(
        [*SERVE, "--db", str(file)], capture_output=True, text=True, timeout=20, cwd=ROOT
    )
    assert refused.returncode == 1
    assert refused.stderr.startswith("beatpass-sandbox: ")
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    "options",
    [
        ["--profile", "nobody"],
        ["--now", "soon"],
        ["--now", "0001-01-01"],
        ["--now", "9999-12-31"],
        ["--tracks", "1000000000000"],
        ["--port", "70000"],
        ["--tracks", "0"],
        ["--seed", "-1"],
    ],
)
def test_that_wrong_options_are_a_usage_error(options: list[str]) -> None:
    refused = subprocess.run(
        [*SERVE, *options], capture_output=True, text=True, timeout=20, cwd=ROOT
    )
    assert refused.returncode == 2
    assert "usage:" in refused.stderr


def test_that_a_new_artist_has_a_profile_and_nothing_else(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--profile", "new-artist") as sandbox:
        artist = sandbox.artist_id()
        stats = sandbox.get("/artist/dashboard-stats")["data"]
        downloads = sandbox.get(f"/artists/{artist}/downloads-analytics")["data"]
        progress = sandbox.get("/producer-intelligence/progress-data")["data"]
        listings = [
            sandbox.get(f"/artists/{artist}/{name}")["pagination"]
            for name in ("tracks", "albums", "followers")
        ]
    assert (stats["total_tracks"], stats["total_plays"]) == (0, 0)
    assert stats["play_growth_percentage"] is None
    assert "top_track" not in stats
    assert [(listing["total"], listing["data"]) for listing in listings] == [(0, [])] * 3
    assert (downloads["total_downloads"], downloads["recent"]) == (0, [])
    assert "top_track" not in downloads
    assert (progress["level"]["number"], progress["level"]["xp"]) == (1, 0)
    assert progress["achievements"]["unlocked"] == 0


def test_that_a_user_without_artist_has_no_artist_profile(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--profile", "no-artist") as sandbox:
        user = sandbox.get("/users/me", **{"with": "artists"})["user"]
        refusals = [
            sandbox.client.get(path)
            for path in (
                "/artist/profile",
                "/artist/dashboard-stats",
                "/producer-intelligence/progress-data",
            )
        ]
    assert user["artists"] == []
    assert user["display_name"]
    assert {reply.status_code for reply in refusals} == {404}
    assert all(reply.json()["message"] for reply in refusals)


def test_that_the_catalogue_scales_and_its_figures_still_agree(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--tracks", "1500") as sandbox:
        rows = sandbox.walk(f"/artists/{sandbox.artist_id()}/tracks", 100)
        stats = sandbox.get("/artist/dashboard-stats")["data"]
    assert len({row["id"] for row in rows}) == 1_500
    assert stats["total_plays"] == sum(row["plays"] for row in rows)
    assert stats["play_growth_percentage"] is not None


def test_that_quirky_data_is_odd_but_valid_json_that_adds_up(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--profile", "quirky") as sandbox:
        artist = sandbox.artist_id()
        rows = sandbox.walk(f"/artists/{artist}/tracks", 10)
        stats = sandbox.get("/artist/dashboard-stats")["data"]
        assert len(bodies(sandbox)) == 9
    hidden = [row for row in rows if "plays" not in row]
    assert len({row["id"] for row in rows}) == len(rows) == 48
    assert max(row["id"] for row in rows) == 2**63 - 1
    assert len(hidden) == 1
    assert sum(row.get("plays", 0) for row in rows) <= stats["total_plays"]
    assert {"JPY", "KWD", "XBT", None} <= {row.get("currency", "USD") for row in rows}
    assert max(len(row["name"]) for row in rows) == 300
    assert any("<script>" in row["name"] for row in rows)
    assert any(row.get("created_at", "").startswith("9999") for row in rows)


@pytest.mark.parametrize("days", [0, 367, 3_650, 2**63])
def test_that_more_than_a_year_does_not_pass_at_once(newcomer: RunningSandbox, days: int) -> None:
    """Ten years would hold every other request up for minutes."""
    url = newcomer.origin + "/_sandbox/advance"
    assert httpx.post(url, json={"days": days}, trust_env=False, timeout=20).status_code == 422
