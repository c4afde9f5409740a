"""The sandbox as a child process of the app."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any
from urllib.request import urlopen

import pytest

from beatpass_desktop.system import sandbox_server
from beatpass_desktop.system.sandbox_server import SandboxFailed, SandboxServer


@pytest.mark.end_to_end
def test_that_the_sandbox_answers_until_it_is_stopped() -> None:
    server = SandboxServer("new-artist")
    address = asyncio.run(server.start())
    assert address.token
    assert address.base_url.startswith("http://127.0.0.1:")
    with pytest.raises(OSError, match="40"), urlopen(f"{address.base_url}/nothing", timeout=10):
        pass
    server.stop()
    with pytest.raises(OSError, match="refused"), urlopen(address.base_url, timeout=10):
        pass
    server.stop()


@pytest.mark.end_to_end
def test_that_an_unknown_profile_is_told() -> None:
    with pytest.raises(SandboxFailed, match="“nonsense”"):
        asyncio.run(SandboxServer("nonsense").start())


@pytest.mark.parametrize("says", ["print('[]')", "print('rubbish')", "input()"])
def test_that_a_program_that_says_something_else_is_no_sandbox(
    monkeypatch: pytest.MonkeyPatch, says: str
) -> None:
    ended: list[subprocess.Popen[str]] = []

    def popen(command: list[str], **options: Any) -> subprocess.Popen[str]:
        stand_in = [sys.executable, "-c", says]
        ended.append(real(stand_in, stdin=subprocess.PIPE, **options))
        return ended[-1]

    real = subprocess.Popen
    monkeypatch.setattr(sandbox_server.subprocess, "Popen", popen)
    monkeypatch.setattr(sandbox_server, "_READY_SECONDS", 5.0 if "print" in says else 0.3)
    with pytest.raises(SandboxFailed):
        asyncio.run(SandboxServer("established").start())
    assert ended[0].poll() is not None
    assert ended[0].stdin is not None
    ended[0].stdin.close()


def test_that_a_program_that_cannot_be_started_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    with pytest.raises(SandboxFailed, match="could not be started"):
        asyncio.run(SandboxServer("established").start())


def test_that_a_server_that_does_not_listen_to_reason_is_killed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    stubborn = (
        "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        'print(\'{"base_url": "b", "token": "t"}\', flush=True); signal.pause()'
    )
    real = subprocess.Popen
    monkeypatch.setattr(
        sandbox_server.subprocess,
        "Popen",
        lambda command, **options: real([sys.executable, "-c", stubborn], **options),
    )
    server = SandboxServer("established")
    assert asyncio.run(server.start()).token == "t"
    process = server._process
    assert process is not None
    server.stop()
    assert process.returncode == -9
