"""What an endpoint gets to work with."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from beatpass_sandbox.auth import Session
from beatpass_sandbox.replies import no_artist_profile, not_found, unauthenticated

_ID = re.compile(r"[0-9]{1,19}", re.ASCII)


@dataclass(frozen=True, slots=True)
class Context:
    """One request: the database, the moment its figures stand for, and who asks for what.

    ``as_of`` is the moment (Unix seconds) up to which the platform has been simulated,
    ``now`` the sandbox's current time; ``body`` is the JSON object of a POST, else empty.
    ``origin`` is the scheme, host and port that were asked.
    """

    database: sqlite3.Connection
    as_of: int
    now: datetime
    session: Session | None
    origin: str
    path: str
    parameters: Mapping[str, str]
    query: Mapping[str, str]
    body: Mapping[str, Any]

    def signed_in(self) -> Session:
        """The session; raises `ApiError` (401) without one."""
        if self.session is None:
            raise unauthenticated(self.path)
        return self.session

    def own_artist(self) -> int:
        """The signed-in user's main artist; raises `ApiError` (401 or 404)."""
        session = self.signed_in()
        if not session.artist_ids:
            raise no_artist_profile()
        return session.artist_ids[0]

    def identifier(self) -> int | None:
        """The id in the path; None when that text cannot be one."""
        text = self.parameters["id"]
        number = int(text) if _ID.fullmatch(text) else 0
        return number if 0 < number < 2**63 else None

    def artist(self) -> sqlite3.Row:
        """The artist named in the path; raises `ApiError` (404) when there is none."""
        row = self.row("SELECT * FROM artists WHERE id = ?", self.identifier())
        if row is None:
            raise not_found("The requested artist could not be found.")
        return row

    def includes(self) -> set[str]:
        """The comma-separated names in ``with``."""
        return {name.strip() for name in self.query.get("with", "").split(",")}

    def row(self, statement: str, *values: object) -> sqlite3.Row | None:
        """The first row of a query."""
        found: sqlite3.Row | None = self.database.execute(statement, values).fetchone()
        return found

    def rows(self, statement: str, *values: object) -> list[sqlite3.Row]:
        """All rows of a query."""
        return self.database.execute(statement, values).fetchall()


Endpoint = Callable[[Context], Any]
