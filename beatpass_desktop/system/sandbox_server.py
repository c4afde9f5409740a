"""Starts the local sandbox server as a child process."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

_READY_SECONDS = 60.0
_WITHOUT_CONSOLE: int = getattr(subprocess, "CREATE_NO_WINDOW", 0)
"""On Windows; elsewhere there is no such thing."""


class SandboxFailed(Exception):
    """The sandbox server did not start; the text is for people."""


@dataclass(frozen=True, slots=True)
class Address:
    """Where a sandbox server listens, and the token it accepts."""

    base_url: str
    token: str


class SandboxServer:
    """One child process, ended with the app."""

    def __init__(self, profile: str) -> None:
        self._profile = profile
        self._process: subprocess.Popen[str] | None = None

    async def start(self) -> Address:
        """Start the server and wait until it is ready. Raises SandboxFailed."""
        command = [*_program(), "serve", "--profile", self._profile]
        command += ["--parent-pid", str(os.getpid())]
        try:
            self._process = subprocess.Popen(
                command, stdout=subprocess.PIPE, text=True, creationflags=_WITHOUT_CONSOLE
            )
        except OSError as error:
            raise SandboxFailed("The sandbox could not be started.") from error
        output = self._process.stdout
        assert output is not None
        try:
            async with asyncio.timeout(_READY_SECONDS):
                line = await asyncio.to_thread(output.readline)
            ready = json.loads(line)
            return Address(ready["base_url"], ready["token"])
        except (TimeoutError, ValueError, KeyError, TypeError) as error:
            self.stop()
            raise SandboxFailed(
                f"The sandbox could not be started with the profile “{self._profile}”."
            ) from error

    def stop(self) -> None:
        """End the server; it gets two seconds to do so by itself."""
        if self._process is None:
            return
        self._process.terminate()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stdout is not None:
            self._process.stdout.close()
        self._process = None


def _program() -> list[str]:
    """The command of the sandbox; an installed program has it as a program beside its own."""
    if getattr(sys, "frozen", False):
        return [str(Path(sys.executable).with_stem("beatpass-sandbox"))]
    return [sys.executable, "-m", "beatpass_sandbox"]
