"""The access token: on no disk, in no argument, in no record."""

from __future__ import annotations

import signal
from pathlib import Path

import pytest
from gateway import Gateway, status
from processes import Sandbox, Surroundings, command_lines

pytestmark = pytest.mark.end_to_end


def test_that_the_token_is_nowhere_after_a_tour_and_a_kill_while_syncing(
    surroundings: Surroundings, established: Sandbox, gateway: Gateway
) -> None:
    token = established.token
    gateway.set_fault(status(500, f'{{"message": "Bad {token}"}}'.encode()), "followers")
    run = surroundings.tour(*gateway.arguments, token=token)
    gateway.heal()
    gateway.hold("followers")
    killed = surroundings.start(*gateway.arguments, token=token)
    assert gateway.held.wait(20)
    assert [line for line in command_lines().values() if token in line] == []
    assert killed.end(signal.SIGKILL) == -signal.SIGKILL

    files = [file for file in surroundings.folder.rglob("*") if file.is_file()]
    assert surroundings.store in files
    assert run.tour / "tour.json" in files
    assert [file for file in files if _holds(file, token)] == []


def _holds(file: Path, token: str) -> bool:
    data = file.read_bytes()
    return any(token.encode(coding) in data for coding in ("utf-8", "utf-16-le", "utf-16-be"))


def test_that_a_sandbox_token_is_in_no_file_either(surroundings: Surroundings) -> None:
    run = surroundings.tour("--sandbox=new-artist")
    assert run.page("home")["state"] == "ready"
    files = [file for file in surroundings.folder.rglob("*") if file.is_file()]
    assert files
    assert [file for file in files if b"sandbox-new-artist-" in file.read_bytes()] == []
