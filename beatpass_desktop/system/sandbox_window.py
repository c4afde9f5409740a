"""Opens the sandbox as a second run of the program, with data of its own."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from pathlib import Path

_WATCHED_SECONDS = 5.0
_LOOK_SECONDS = 0.1


class SandboxWindow:
    """A run of the program with sandbox data. It goes on when this one ends."""

    def __init__(self, data_dir: Path | None, *options: str) -> None:
        frozen = getattr(sys, "frozen", False)
        command = [sys.executable] if frozen else [sys.executable, "-m", "beatpass_desktop"]
        if data_dir is not None:
            command += ["--data-dir", str(data_dir.absolute())]
        self._command = [*command, "--sandbox", *options]
        self._process: subprocess.Popen[bytes] | None = None

    async def open(self) -> bool:
        """Start it; a window that is open already comes to the front. False when there is none."""
        try:
            process = subprocess.Popen(
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env={name: value for name, value in os.environ.items() if name != "BEATPASS_TOKEN"},
                start_new_session=True,
            )
        except OSError:
            return False
        if self._process is None or self._process.poll() is not None:
            self._process = process
        for _ in range(round(_WATCHED_SECONDS / _LOOK_SECONDS)):
            await asyncio.sleep(_LOOK_SECONDS)
            if process.poll() is not None:
                return process.returncode == 0 or process is not self._process
        return True
