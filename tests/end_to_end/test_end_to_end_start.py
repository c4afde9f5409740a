"""Starting quickly, ending at once, and coming back later."""

from __future__ import annotations

import json
import re
import signal
import socket
import sys
import time
from functools import partial
from pathlib import Path

import apsw
import pytest
from gateway import Gateway
from processes import Sandbox, Surroundings, running_sandbox, wait_until
from tour_record import check_page, values

pytestmark = pytest.mark.end_to_end

LATE = {"pyqtgraph", "numpy", "httpx", "keyring", "msgspec", "asyncio", "qasync"}
"""what must not be imported before the first page is on the screen"""
_IMPORTED = re.compile(r"^import time:\s+\d+ \|\s+\d+ \|\s+(\S+)$", re.MULTILINE)


def test_that_the_first_paint_shows_all_figures_without_network_or_plotting(
    stocked: Surroundings, established: Sandbox
) -> None:
    run = stocked.start(
        "--quit-after-first-paint",
        *established.arguments,
        token=established.token,
        python=("-X", "importtime"),
    )
    assert run.wait() == 0
    assert run.stdout == '{"painted": "home", "values": 8}\n'
    names = _IMPORTED.findall(run.stderr)
    imported = {name.partition(".")[0] for name in names}
    assert {"PySide6", "apsw", "beatpass_desktop"} <= imported
    assert imported & LATE == set()
    # 86 and 250 when this was written.
    assert sum(name.startswith("beatpass_desktop") for name in names) <= 90
    assert len(names) <= 260


def test_that_a_first_paint_without_stored_figures_counts_none(
    surroundings: Surroundings,
) -> None:
    run = surroundings.start("--quit-after-first-paint", "--offline")
    assert run.wait() == 0
    assert json.loads(run.stdout) == {"painted": "home", "values": 0}
    assert run.complaints == []


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="displays have no name elsewhere")
def test_that_without_a_display_only_what_needs_nobody_to_look_runs(tmp_path: Path) -> None:
    bare = Surroundings(tmp_path / "bare", ("env", "-u", "QT_QPA_PLATFORM"))
    run = bare.start("--offline")
    assert run.wait() == 1
    assert run.stderr.count("\n") == 1
    assert "no display" in run.stderr
    assert (bare.tour("--offline").pages()[0])["name"] == "home"
    bare.end()


def test_that_without_a_data_folder_the_platforms_own_are_used(
    surroundings: Surroundings,
) -> None:
    run = surroundings.start("--quit-after-first-paint", "--offline", data_dir=False)
    assert run.wait() == 0
    home = surroundings.home
    assert (home / "xdg-data" / "beatpass-desktop" / "store.db").exists()
    assert {folder.name for folder in home.iterdir()} <= {
        "xdg-data", "xdg-config", "xdg-state", "xdg-cache"
    }  # fmt: skip


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("path", ["users/me", "tracks"])
def test_that_a_signal_while_syncing_ends_the_program_well_within_two_seconds(
    surroundings: Surroundings,
    established: Sandbox,
    gateway: Gateway,
    number: signal.Signals,
    path: str,
) -> None:
    gateway.hold(path)
    run = surroundings.start(*gateway.arguments, "--page", "tracks", token=established.token)
    assert gateway.held.wait(20)
    begun = time.monotonic()
    assert run.end(number) == 0, run.stderr
    assert time.monotonic() - begun < 2.0
    assert run.complaints == []
    connection = apsw.Connection(str(surroundings.store), flags=apsw.SQLITE_OPEN_READONLY)
    assert connection.execute("PRAGMA integrity_check").get == "ok"
    connection.close()
    log = next(surroundings.data.rglob("*.log")).read_text(encoding="utf-8")
    assert "Traceback" not in log


def test_that_a_kill_while_syncing_loses_nothing_that_was_stored(
    stocked: Surroundings, established: Sandbox
) -> None:
    online = stocked.tour(*established.arguments, "--offline")
    for requests in (1, 4, 8):
        enough = len(established.requests_seen()) + requests
        run = stocked.start_tour(*established.arguments, token=established.token)
        wait_until(partial(_has_answered, established, enough), "it has begun to sync")
        run.end(signal.SIGKILL)
    after = stocked.tour(*established.arguments, "--offline")
    for page, old in zip(after.pages(), online.pages(), strict=True):
        check_page(page)
        assert (page["cards"], page["tables"]) == (old["cards"], old["tables"])


def _has_answered(sandbox: Sandbox, requests: int) -> bool:
    return len(sandbox.requests_seen()) >= requests


def test_that_a_second_visit_says_what_changed_since_the_first(
    surroundings: Surroundings,
) -> None:
    port = str(_free_port())
    seen = []
    for tracks, now in ((150, "2026-06-01"), (150, "2026-06-01"), (180, "2026-06-08")):
        options = ("--port", port, "--tracks", str(tracks))
        with running_sandbox(*options, now=f"{now}T12:00:00Z") as sandbox:
            run = surroundings.tour(*sandbox.arguments, token=sandbox.token)
            stats = sandbox.get("/artist/dashboard-stats")["data"]
            seen.append((run.page("home"), stats))
    first, second, third = (page for page, _ in seen)
    plays = [stats["total_plays"] for _, stats in seen]
    assert not any("last here" in text for text in first["texts"])

    assert "Since you were last here" in second["texts"]
    assert any(text.startswith("Nothing new since ") for text in second["texts"])

    assert plays[2] > plays[0] == plays[1]
    assert "Since you were last here" in third["texts"]
    assert values(third)["Total Plays"] == f"{plays[2]:,}"
    (change,) = [card for card in third["cards"] if card["title"] == "Plays"]
    assert change["value"] == f"+{plays[2] - plays[1]:,}"
    assert change["detail"] == f"now {plays[2]:,}"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
