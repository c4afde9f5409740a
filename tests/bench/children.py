"""The program and the sandbox as child processes: their times, their memory, their requests."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from settings import tree

HERE = Path(__file__).parent
PROGRAM = (sys.executable, "-m", "beatpass_desktop")
ESTABLISHED = "established"
_READY_SECONDS = 60.0
_QUIET_SECONDS = 1.5


@dataclass(frozen=True, slots=True)
class Run:
    """One child that has ended. Times in ms: until it said something, until it was gone, of CPU."""

    spoken: float
    ended: float
    cpu: float
    output: str


def script(name: str, *arguments: str) -> tuple[str, ...]:
    """The command of a script of this folder."""
    return (sys.executable, str(HERE / name), *arguments)


def environment(token: str = "") -> dict[str, str]:
    """What children see: our surroundings, output at once, and code compiled once for all."""
    found = {**os.environ, "PYTHONUNBUFFERED": "1", "QT_QPA_PLATFORM": "offscreen"}
    found.pop("PYTHONDONTWRITEBYTECODE", None)
    return {**found, "BEATPASS_TOKEN": token} if token else found


def timed(command: Sequence[str], first_on_path: Path | None = None) -> Run:
    """Run a child to its end. Raises CalledProcessError when it fails."""
    surroundings = environment()
    if first_on_path is not None:
        surroundings["PYTHONPATH"] = f"{first_on_path}{os.pathsep}{surroundings['PYTHONPATH']}"
    start = time.perf_counter()
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, cwd=tree(), env=surroundings
    ) as process:
        assert process.stdout is not None
        first = process.stdout.readline()
        spoken = time.perf_counter()
        rest = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        ended = time.perf_counter()
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    cpu = used.ru_utime + used.ru_stime
    return Run((spoken - start) * 1e3, (ended - start) * 1e3, cpu * 1e3, first + rest)


def first_visit(data: Path, start: str, page: str, sandbox: str = "") -> tuple[float, float]:
    """The ms of a first visit, until painted and until all is, in a process of its own."""
    words = (str(data), start, page, *((sandbox,) if sandbox else ()))
    painted, settled = timed(script("visit.py", *words)).output.split()
    return float(painted), float(settled)


def established(folder: Path) -> Path:
    """A data folder as a first run with the sandbox leaves it, made anew."""
    data = folder / ESTABLISHED
    shutil.rmtree(data, ignore_errors=True)
    # The tour keeps no settings, so that every later start is like the first.
    tour = ("--sandbox", ESTABLISHED, "--tour", str(folder / "tour"), "--data-dir", str(data))
    subprocess.run([*PROGRAM, *tour], check=True, cwd=tree(), env=environment())
    return data


@dataclass(frozen=True, slots=True)
class Sandbox:
    """A sandbox that answers at `base_url` to `token`."""

    base_url: str
    token: str

    def requests(self) -> list[dict[str, Any]]:
        """The requests that it has answered."""
        address = self.base_url.removesuffix("/api/v1") + "/_sandbox/log"
        direct = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with direct.open(address, timeout=10) as reply:
            answered: list[dict[str, Any]] = json.load(reply)["requests"]
            return answered

    def wait_until_quiet(self) -> None:
        """Wait until requests have come and no more follow. Raises TimeoutError when none do."""
        seen, since = 0, time.monotonic()
        while not seen or time.monotonic() - since < _QUIET_SECONDS:
            count = len(self.requests())
            if count != seen:
                seen, since = count, time.monotonic()
            elif not seen and time.monotonic() - since > _READY_SECONDS:
                raise TimeoutError("the program asked for nothing")
            time.sleep(0.1)


@contextmanager
def running_sandbox(*options: str) -> Iterator[Sandbox]:
    """A sandbox process, ready."""
    command = [sys.executable, "-m", "beatpass_sandbox", "serve", *options]
    with subprocess.Popen(
        [*command, "--parent-pid", str(os.getpid())],
        stdout=subprocess.PIPE,
        text=True,
        cwd=tree(),
        env=environment(),
    ) as process:
        assert process.stdout is not None
        try:
            yield Sandbox(**json.loads(process.stdout.readline()))
        finally:
            process.terminate()
