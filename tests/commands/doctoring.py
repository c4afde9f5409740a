"""`beatpass-desktop doctor` as a process."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True)
class Visit:
    """One run that has ended."""

    code: int
    out: str
    err: str

    @property
    def report(self) -> dict[str, Any]:
        """The document that `--json` printed."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def endpoints(self) -> dict[str, dict[str, Any]]:
        """The endpoints of the document by data set."""
        return {one["resource"]: one for one in self.report["endpoints"]["table"]}


def doctor(
    *words: str | Path,
    token: str = "",
    prefix: Sequence[str] = (),
    program: Sequence[str] = ("-m", "beatpass_desktop"),
    variables: Mapping[str, str] | None = None,
) -> Visit:
    """Run it. Nothing it needs is Qt's: QT_QPA_PLATFORM=none would stop a window."""
    keyring = "keyring.backends.fail.Keyring"
    given = {"QT_QPA_PLATFORM": "none", "PYTHON_KEYRING_BACKEND": keyring, **(variables or {})}
    done = subprocess.run(
        [*prefix, sys.executable, *program, "doctor", *map(str, words)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=90,
        env={
            **os.environ,
            **given,
            **({"BEATPASS_TOKEN": token} if token else {}),
        },
        check=False,
    )
    return Visit(done.returncode, done.stdout, done.stderr)
