"""Letting time pass in a sandbox that is being served."""

from __future__ import annotations

from typing import TYPE_CHECKING

from beatpass_sandbox.simulation.passing import advance

if TYPE_CHECKING:
    from beatpass_sandbox.server import Sandbox


def advance_sandbox(sandbox: Sandbox, days: int) -> int:
    """Simulate ``days`` (1 or more) whole days more and put the clock forward by as many.

    Returns the new ``as_of`` (Unix seconds). Nothing has changed when it raises.
    """
    (seed,) = sandbox.database.execute("SELECT seed FROM origin").fetchone()
    sandbox.as_of = advance(sandbox.database, seed, days)
    sandbox.clock.advance(days)
    return sandbox.as_of
