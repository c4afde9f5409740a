"""A database made ready to be served: newly simulated, or taken up where it was left."""

from __future__ import annotations

import sqlite3

from beatpass_sandbox.clock import Clock, plain_instant
from beatpass_sandbox.database import SCHEMA_VERSION
from beatpass_sandbox.simulation.passing import advance
from beatpass_sandbox.simulation.platform import simulate
from beatpass_sandbox.simulation.producers import DAY
from beatpass_sandbox.simulation.profiles import Profile


class UnusableDatabase(Exception):
    """A database that does not hold the sandbox that was asked for."""


def prepare(connection: sqlite3.Connection, profile: Profile, seed: int, clock: Clock) -> int:
    """Bring a database to the clock's time; returns the moment it stands for (Unix seconds).

    An empty one is simulated. In another one the whole days pass that have gone by since it was
    last served; one that is ahead of the real clock, because time was let pass in it, takes the
    clock with it. Raises `UnusableDatabase` when it holds something else, or when it is ahead
    of a clock that was set by hand.
    """
    version = connection.execute("PRAGMA user_version").fetchone()[0]
    if version == 0 and not connection.execute("SELECT 1 FROM sqlite_schema").fetchone():
        simulate(connection, profile, seed, clock.now())
    elif version != SCHEMA_VERSION:
        raise UnusableDatabase("the database is not one of this version of the sandbox")
    origin = connection.execute("SELECT * FROM origin").fetchone()
    if origin is None:
        raise UnusableDatabase("the database was never finished: please delete it")
    if (origin["profile"], origin["seed"], origin["tracks"]) != (
        profile.name,
        seed,
        profile.uploads,
    ):
        raise UnusableDatabase("the database was made with another profile, seed or size")
    as_of: int = origin["as_of"]
    now = int(clock.now().timestamp())
    if now < as_of:
        if clock.is_fixed:
            raise UnusableDatabase(
                f"the database has reached {plain_instant(as_of)} UTC, which is later than --now"
            )
        clock.advance(-((now - as_of) // DAY))
        return as_of
    days = (now - as_of) // DAY
    return advance(connection, seed, days) if days else as_of
