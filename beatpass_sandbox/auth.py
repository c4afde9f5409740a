"""Bearer tokens and the session behind them."""

from __future__ import annotations

import hashlib
import hmac
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta

from beatpass_sandbox.replies import unauthenticated

TOKEN_LIFETIME = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Session:
    """A signed-in user and the artists that user may act for, the main one first."""

    user_id: int
    artist_ids: tuple[int, ...]


def token_for(profile: str, seed: int) -> str:
    """The access token of a sandbox: the same for the same profile and seed."""
    digest = hashlib.sha256(f"beatpass-sandbox/{profile}/{seed}".encode()).hexdigest()
    return f"sandbox-{profile}-{digest[:40]}"


def issue_token(connection: sqlite3.Connection, user_id: int, name: str, now: datetime) -> str:
    """Create an access token that holds for 90 days, and return it: only its hash is kept.

    Which token it is follows from the sandbox and from how many were issued before.
    """
    origin = connection.execute("SELECT profile, seed FROM origin").fetchone()
    number = connection.execute("SELECT COUNT(*) FROM tokens").fetchone()[0] + 1
    secret = token_for(f"{origin['profile']}/{number}", origin["seed"])[-40:]
    token = f"{number}|{secret}"
    connection.execute(
        "INSERT INTO tokens VALUES (?,?,?,?,?)",
        (
            _hash(token),
            user_id,
            name,
            int(now.timestamp()),
            int((now + TOKEN_LIFETIME).timestamp()),
        ),
    )
    return token


class Gate:
    """Decides who a request comes from."""

    def __init__(self, connection: sqlite3.Connection, user_id: int, token: str) -> None:
        self._connection = connection
        self._user_id = user_id
        self._token = token.encode()

    def identify(self, authorization: str | None, path: str, now: datetime) -> Session | None:
        """The session of an Authorization header; None without one.

        Valid are the sandbox's own token, which never expires, and those given out by signing
        in. Raises `ApiError` (401) when a header is there but does not hold a valid token: an
        invalid token is never treated like no token.
        """
        if authorization is None:
            return None
        scheme, _, token = authorization.partition(" ")
        if scheme.lower() == "bearer":
            user_id = self._holder(token.strip(), now)
            if user_id is not None:
                return self._session(user_id)
        raise unauthenticated(path)

    def _holder(self, token: str, now: datetime) -> int | None:
        if hmac.compare_digest(token.encode(), self._token):
            return self._user_id
        row = self._connection.execute(
            "SELECT user_id FROM tokens WHERE hash = ? AND expires_at > ?",
            (_hash(token), now.timestamp()),
        ).fetchone()
        return None if row is None else int(row[0])

    def _session(self, user_id: int) -> Session:
        rows = self._connection.execute(
            "SELECT artist_id FROM memberships WHERE user_id = ? ORDER BY position", (user_id,)
        )
        return Session(user_id, tuple(artist_id for (artist_id,) in rows))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
