"""Actions that may only be tried so often a minute: signing in, following."""

from __future__ import annotations

import math
import sqlite3
import time

from beatpass_sandbox.replies import ApiError

_WINDOW_SECONDS = 60.0
# A temporary table lives as long as the connection, as the clock of `time.monotonic` does.
_TABLE = (
    "CREATE TEMP TABLE IF NOT EXISTS attempts"
    " (action TEXT NOT NULL, caller TEXT NOT NULL, tried_at REAL NOT NULL)"
)


class Attempts:
    """Tries of one kind of ``action`` in the last 60 seconds of process time."""

    def __init__(self, action: str, limit: int) -> None:
        self._action = action
        self._limit = limit

    def admit(self, database: sqlite3.Connection, caller: str) -> None:
        """Raise `ApiError` (429 with ``Retry-After``) when ``caller`` has used up its tries."""
        database.execute(_TABLE)
        now = time.monotonic()
        database.execute("DELETE FROM attempts WHERE tried_at <= ?", (now - _WINDOW_SECONDS,))
        count, oldest = database.execute(
            "SELECT COUNT(*), MIN(tried_at) FROM attempts WHERE action = ? AND caller = ?",
            (self._action, caller),
        ).fetchone()
        if count >= self._limit:
            seconds = max(1, math.ceil(oldest + _WINDOW_SECONDS - now))
            raise ApiError(
                429,
                {"message": "Too Many Attempts.", "retry_after": seconds},
                {"Retry-After": str(seconds)},
            )

    def count(self, database: sqlite3.Connection, caller: str) -> None:
        """Note one more try; `admit` has to have been asked before."""
        database.execute(
            "INSERT INTO attempts VALUES (?,?,?)", (self._action, caller, time.monotonic())
        )

    def forget(self, database: sqlite3.Connection, caller: str) -> None:
        """Take back all tries of ``caller``; `admit` has to have been asked before."""
        database.execute(
            "DELETE FROM attempts WHERE action = ? AND caller = ?", (self._action, caller)
        )
