"""Everything the sandbox answers below its API prefix."""

from __future__ import annotations

from beatpass_sandbox.contract import Operation
from beatpass_sandbox.endpoints import activity, artists, headline, identity, progress

OPERATIONS: tuple[Operation, ...] = (
    *identity.OPERATIONS,
    *artists.OPERATIONS,
    *headline.OPERATIONS,
    *activity.OPERATIONS,
    *progress.OPERATIONS,
)
