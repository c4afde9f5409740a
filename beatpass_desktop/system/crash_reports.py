"""What a mistake of the app looks like to whoever is to mend it, without anybody's secrets."""

from __future__ import annotations

import platform
import re
import traceback
from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from types import TracebackType

from beatpass_desktop.system.logs import Redaction

_BEARING = re.compile(r"\b\d{1,20}\|[A-Za-z0-9+/_=-]{16,}")
"""How an access token looks: a number, a bar, letters."""
_LONGEST = 20_000


def report(
    error: BaseException,
    trace: TracebackType | None,
    at: datetime,
    versions: Mapping[str, str],
    redaction: Redaction,
) -> str:
    """The report as text; `at` is UTC. It holds no values of variables, no token and no name of
    the user's folder."""
    lines = [
        "BeatPass Desktop met a mistake of its own.",
        f"{at:%Y-%m-%d %H:%M:%S} UTC",
        *(f"{name}: {version}" for name, version in versions.items()),
        f"System: {platform.system()} {platform.release()} {platform.machine()}",
        "",
        *(part.rstrip("\n") for part in traceback.format_exception(error.with_traceback(trace))),
    ]
    return redacted("\n".join(lines), redaction.redacted)[:_LONGEST]


def redacted(text: str, without_secrets: Callable[[str], str]) -> str:
    """`text` without tokens and without the name of the home folder."""
    found = _BEARING.sub("[redacted]", without_secrets(text))
    home = str(Path.home())
    return found.replace(home, "~") if len(home) > 1 else found
