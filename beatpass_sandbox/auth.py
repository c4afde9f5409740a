"""Bearer tokens and the session behind them."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from dataclasses import dataclass

from beatpass_sandbox.replies import unauthenticated


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in user and the artists that user may act for, the main one first."""

    user_id: int
    artist_ids: tuple[int, ...]


def token_for(profile: str, seed: int) -> str:
    """The access token of a sandbox: the same for the same profile and seed."""
    digest = hashlib.sha256(f"beatpass-sandbox/{profile}/{seed}".encode()).hexdigest()
    return f"sandbox-{profile}-{digest[:40]}"


class Gate:
    """Decides who a request comes from."""

    def __init__(self, connection: sqlite3.Connection, user_id: int, token: str) -> None:
        self._token = token.encode()
        rows = connection.execute(
            "SELECT artist_id FROM memberships WHERE user_id = ? ORDER BY position", (user_id,)
        )
        self._session = Session(user_id, tuple(artist_id for (artist_id,) in rows))

    def identify(self, authorization: str | None, path: str) -> Session | None:
        """The session of an Authorization header; None without one.

        Raises `ApiError` (401) when a header is there but does not hold the right token:
        an invalid token is never treated like no token.
        """
        if authorization is None:
            return None
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() == "bearer" and hmac.compare_digest(token.strip().encode(), self._token):
            return self._session
        raise unauthenticated(path)
