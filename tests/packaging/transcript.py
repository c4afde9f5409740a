"""Runs commands and writes down what they were and what they said, for people to read."""

from __future__ import annotations

import shlex
import subprocess
from collections.abc import Mapping
from pathlib import Path


class Transcript:
    """A text file that grows with each command."""

    def __init__(self, file: Path) -> None:
        self._file = file
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("", encoding="utf-8")

    def note(self, text: str) -> None:
        """Write a line of our own."""
        with self._file.open("a", encoding="utf-8") as file:
            file.write(f"{text}\n")

    def run(
        self,
        *words: str | Path,
        shown: str = "",
        code: int | None = 0,
        environment: Mapping[str, str] | None = None,
        cwd: Path | None = None,
    ) -> str:
        """Run a command and return what it said, errors included; it must end with `code`.

        `shown` stands in the transcript in its place, prompt included.
        """
        command = [str(word) for word in words]
        done = subprocess.run(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            cwd=cwd,
            timeout=900,
        )
        self.note(f"{shown or f'$ {shlex.join(command)}'}\n{done.stdout}".rstrip())
        assert code is None or done.returncode == code, f"{done.returncode}: {done.stdout[-3000:]}"
        return done.stdout
