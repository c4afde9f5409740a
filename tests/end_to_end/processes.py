"""The program and the sandbox as processes of their own, each run in private surroundings."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

ROOT = Path(__file__).parents[2]
NOW = "2026-06-01T12:00:00+00:00"
_KEPT_FROM_OUTSIDE = ("PATH", "LD_LIBRARY_PATH", "TMPDIR", "VIRTUAL_ENV")


def wait_until(condition: Callable[[], object], what: str, seconds: float = 20.0) -> None:
    """Wait for a condition of another process, which nothing announces."""
    pause = threading.Event()
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"did not happen within {seconds} s: {what}"
        pause.wait(0.02)


@dataclass(frozen=True)
class Run:
    """One run of the program; what it writes to its outputs goes to files beside it."""

    process: subprocess.Popen[bytes]
    out: Path
    err: Path
    tour: Path

    @property
    def stdout(self) -> str:
        return self.out.read_text(encoding="utf-8")

    @property
    def stderr(self) -> str:
        return self.err.read_text(encoding="utf-8", errors="replace")

    @property
    def complaints(self) -> list[str]:
        """The lines of standard error, but for what Qt's offscreen platform always says."""
        return [line for line in self.stderr.splitlines() if "This plugin does not" not in line]

    def wait(self, seconds: float = 90.0) -> int:
        """The exit code."""
        return self.process.wait(seconds)

    def end(self, number: signal.Signals = signal.SIGTERM, seconds: float = 20.0) -> int:
        """Send a signal and return the exit code."""
        self.process.send_signal(number)
        return self.process.wait(seconds)

    def page(self, name: str) -> dict[str, Any]:
        """What a tour recorded of one page."""
        return next(page for page in self.pages() if page["name"] == name)

    def pages(self) -> list[dict[str, Any]]:
        """What a tour recorded."""
        record = json.loads((self.tour / "tour.json").read_text(encoding="utf-8"))
        pages: list[dict[str, Any]] = record["pages"]
        return pages


class Surroundings:
    """A private home, data folder and outputs; every run gets these and nothing from outside.

    Attributes:
        folder: holds everything.
        home: HOME, with the XDG folders inside.
        data: what `--data-dir` names.
        without_keychain: what was chosen before the first run, for want of a keychain; empty for
            nothing, so that the program asks.
    """

    def __init__(
        self, folder: Path, prefix: Sequence[str] = (), without_keychain: str = "plain"
    ) -> None:
        self.folder = folder
        self.without_keychain = without_keychain
        self.home = folder / "home"
        self.data = folder / "data"
        self._prefix = tuple(prefix)
        self._runs: list[Run] = []
        self.home.mkdir(parents=True)

    @property
    def store(self) -> Path:
        """The store file of real accounts."""
        return self.data / "store.db"

    def copy_to(self, folder: Path) -> Surroundings:
        """The same stored data in surroundings of its own."""
        copy = Surroundings(folder)
        shutil.copytree(self.data, copy.data)
        return copy

    def start(
        self,
        *arguments: str,
        token: str = "",
        python: Sequence[str] = (),
        data_dir: bool = True,
        program: Sequence[str] = ("-m", "beatpass_desktop"),
        environment: Mapping[str, str] | None = None,
        stdin: int = subprocess.DEVNULL,
    ) -> Run:
        """Start the program; `python` are options of the interpreter."""
        place = self.folder / f"run-{len(self._runs)}"
        place.mkdir()
        self._choose(data_dir)
        # As if a minute had passed since the run before: its requests would count against the
        # limit, and this one wait.
        (self.data / "logs" / "requests").unlink(missing_ok=True)
        if self._prefix:  # somebody else is to write the tour
            place.chmod(0o777)
        command = [*self._prefix, sys.executable, *python, *program]
        if data_dir:
            command += ["--data-dir", str(self.data)]
        with (place / "stdout").open("wb") as out, (place / "stderr").open("wb") as err:
            process = subprocess.Popen(
                [*command, *arguments],
                stdin=stdin,
                stdout=out,
                stderr=err,
                cwd=ROOT,
                env={**self._environment(token), **(environment or {})},
            )
        run = Run(process, place / "stdout", place / "stderr", place / "tour")
        self._runs.append(run)
        return run

    def start_tour(self, *arguments: str, token: str = "", **options: Any) -> Run:
        """Start a tour."""
        folder = self.folder / f"run-{len(self._runs)}" / "tour"
        return self.start("--tour", str(folder), *arguments, token=token, **options)

    def tour(self, *arguments: str, token: str = "", **options: Any) -> Run:
        """A tour that ended well."""
        run = self.start_tour(*arguments, token=token, **options)
        assert run.wait() == 0, run.stderr
        return run

    def end(self) -> None:
        """Kill what still runs."""
        for run in self._runs:
            if run.process.poll() is None:
                run.process.kill()
                run.process.wait()

    def report(self) -> str:
        """Outputs and logs, for a failed test."""
        files = [file for run in self._runs for file in (run.out, run.err)]
        files += sorted(self.data.rglob("*.log"))
        return "\n".join(
            f"--- {file.relative_to(self.folder)}\n{text}"
            for file in files
            if (text := file.read_text(encoding="utf-8", errors="replace"))
        )

    def _choose(self, data_dir: bool) -> None:
        """Have it remembered what was chosen for want of a keychain."""
        config = self.data / "config" if data_dir else self.home / "xdg-config/beatpass-desktop"
        settings = config / "settings.json"
        if not self.without_keychain or settings.exists():
            return
        for folder in (config.parent, config):
            if not folder.exists():
                folder.mkdir(parents=True)
                folder.chmod(0o777 if self._prefix else 0o700)
        settings.write_text(json.dumps({"without_keychain": self.without_keychain}))
        settings.chmod(0o666 if self._prefix else 0o600)

    def _environment(self, token: str) -> dict[str, str]:
        kept = {
            name: value for name, value in os.environ.items() if name.startswith(_KEPT_FROM_OUTSIDE)
        }
        private = {
            "HOME": self.home,
            "XDG_DATA_HOME": self.home / "xdg-data",
            "XDG_CONFIG_HOME": self.home / "xdg-config",
            "XDG_STATE_HOME": self.home / "xdg-state",
            "XDG_CACHE_HOME": self.home / "xdg-cache",
        }
        found = {**kept, **{name: str(path) for name, path in private.items()}}
        found |= {"QT_QPA_PLATFORM": "offscreen", "LANG": "C.UTF-8", "TZ": "UTC"}
        return {**found, "BEATPASS_TOKEN": token} if token else found


@dataclass(frozen=True)
class Sandbox:
    """A sandbox process and a client that carries its token."""

    process: subprocess.Popen[str]
    base_url: str
    token: str
    client: httpx.Client

    @property
    def arguments(self) -> tuple[str, str]:
        """What makes the program use it."""
        return "--base-url", self.base_url

    def get(self, path: str, **parameters: str | int) -> Any:
        """The JSON body of a successful GET."""
        reply = self.client.get(path, params=parameters)
        assert reply.status_code == 200, reply.text
        return reply.json()

    def requests_seen(self) -> list[dict[str, Any]]:
        """The requests that it has answered."""
        origin = self.base_url.removesuffix("/api/v1")
        seen: list[dict[str, Any]] = self.get(f"{origin}/_sandbox/log")["requests"]
        return seen

    def stop(self) -> None:
        """End it for good: its port refuses connections afterwards."""
        self.process.terminate()
        self.process.wait(10)


@contextmanager
def running_sandbox(*options: str, now: str = NOW) -> Iterator[Sandbox]:
    """A sandbox that has said that it is ready."""
    process = subprocess.Popen(
        [sys.executable, "-m", "beatpass_sandbox", "serve", "--now", now, *options],
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    assert process.stdout is not None
    try:
        ready = json.loads(process.stdout.readline())
        bearer = {"Authorization": f"Bearer {ready['token']}"}
        with httpx.Client(base_url=ready["base_url"], headers=bearer, trust_env=False) as client:
            yield Sandbox(process, ready["base_url"], ready["token"], client)
    finally:
        process.terminate()
        process.wait(10)
        process.stdout.close()


def command_lines() -> dict[int, str]:
    """The command line of every process, by its number."""
    found = {}
    for folder in Path("/proc").iterdir():
        if folder.name.isdecimal():
            try:
                words = (folder / "cmdline").read_bytes()
            except OSError:
                continue  # it has just ended
            found[int(folder.name)] = words.replace(b"\0", b" ").decode(errors="replace")
    return found


def sandboxes_of(pid: int) -> list[int]:
    """The sandbox servers that the program with this number has started."""
    sign = f"--parent-pid {pid} "
    return [
        number
        for number, line in command_lines().items()
        if "beatpass_sandbox" in line and sign in line
    ]
