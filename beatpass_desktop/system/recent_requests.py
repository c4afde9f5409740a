"""When the latest requests ended, kept so that the limits hold across a restart."""

from __future__ import annotations

import contextlib
import os
import struct
import time
from collections.abc import Callable, Iterable
from pathlib import Path

_SPAN = 120.0
"""s; what is older counts for nothing, also when the clock was set in between"""
_TIME = struct.Struct("<d")


class RecentRequests:
    """One small file of times (Unix seconds). It is of use for a minute: a file that cannot be read
    or written counts as empty."""

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now

    def ages(self) -> list[float]:
        """The ages in s, oldest first."""
        try:
            data = self._path.read_bytes()
        except OSError:
            return []
        now = self._now()
        whole = len(data) - len(data) % _TIME.size
        ages = (now - at for (at,) in _TIME.iter_unpack(data[:whole]))
        return sorted((age for age in ages if 0.0 <= age <= _SPAN), reverse=True)

    def keep(self, ages: Iterable[float]) -> None:
        """Replace what is kept."""
        now = self._now()
        data = b"".join(_TIME.pack(now - age) for age in ages)
        with contextlib.suppress(OSError):
            self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
            with os.fdopen(os.open(self._path, flags, 0o600), "wb") as file:
                file.write(data)
