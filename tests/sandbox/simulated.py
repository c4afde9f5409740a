"""A simulated platform in this process: its events as rows, its endpoints as functions."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cache
from typing import Any

from sandbox_process import NOW

from beatpass_sandbox.auth import Session
from beatpass_sandbox.context import Context
from beatpass_sandbox.database import open_database
from beatpass_sandbox.operations import OPERATIONS
from beatpass_sandbox.simulation.platform import OWN_USER_ID, simulate
from beatpass_sandbox.simulation.profiles import PROFILES
from beatpass_sandbox.validation import violations

_OPERATIONS = {(o.method, o.path): o for o in OPERATIONS}


@dataclass(frozen=True)
class SimulatedPlatform:
    """A platform and the moment for which its figures stand."""

    database: sqlite3.Connection

    @property
    def as_of(self) -> int:
        """Unix seconds up to which the platform has been simulated."""
        return int(self.database.execute("SELECT as_of FROM origin").fetchone()[0])

    @property
    def today(self) -> int:
        """The current day number."""
        return self.as_of // 86_400

    @property
    def artist_ids(self) -> tuple[int, ...]:
        """The signed-in user's artists, the main one first."""
        rows = self.rows(
            "SELECT artist_id FROM memberships WHERE user_id = ? ORDER BY position", OWN_USER_ID
        )
        return tuple(artist_id for (artist_id,) in rows)

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self.database.execute(statement, values).fetchall()

    def get(
        self,
        path: str,
        query: Mapping[str, str] | None = None,
        at: datetime | None = None,
        **ids: int,
    ) -> Any:
        """The body, as its schema has it, that ``path`` answers to the signed-in user."""
        context = Context(
            database=self.database,
            as_of=self.as_of,
            now=at or datetime.fromtimestamp(self.as_of, UTC),
            session=Session(OWN_USER_ID, self.artist_ids),
            origin="http://127.0.0.1",
            path="/api/v1" + path,
            parameters={name: str(value) for name, value in ids.items()},
            query=query or {},
            body={},
        )
        operation = _OPERATIONS["GET", path]
        reply = operation.endpoint(context)
        assert violations(reply, operation.reply, "") == {}
        return reply


@cache
def platform(profile: str) -> SimulatedPlatform:
    """A platform that is shared, to be read only; small but for the default profile."""
    wanted = PROFILES[profile]
    if profile != "established":
        wanted = replace(wanted, platform_size=12, listeners=100)
    database = open_database("")
    simulate(database, wanted, 1, datetime.fromisoformat(NOW))
    return SimulatedPlatform(database)


def copied_platform(profile: str) -> SimulatedPlatform:
    """A platform of one's own, to be changed at will."""
    database = open_database("")
    platform(profile).database.backup(database)
    return SimulatedPlatform(database)
