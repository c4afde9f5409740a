"""Everything the sandbox answers below its API prefix."""

from __future__ import annotations

from beatpass_sandbox.contract import Operation
from beatpass_sandbox.endpoints import (
    activity,
    albums,
    artists,
    collaboration,
    contribution_graphs,
    earnings,
    following,
    growth,
    headline,
    identity,
    insights,
    leaderboards,
    licenses,
    money,
    payouts,
    performance,
    progress,
    sign_in,
    standing,
    transactions,
)

OPERATIONS: tuple[Operation, ...] = (
    *sign_in.OPERATIONS,
    *identity.OPERATIONS,
    *artists.OPERATIONS,
    *following.OPERATIONS,
    *albums.OPERATIONS,
    *growth.OPERATIONS,
    *collaboration.OPERATIONS,
    *headline.OPERATIONS,
    *activity.OPERATIONS,
    *progress.OPERATIONS,
    *standing.OPERATIONS,
    *leaderboards.OPERATIONS,
    *contribution_graphs.OPERATIONS,
    *insights.OPERATIONS,
    *performance.OPERATIONS,
    *money.OPERATIONS,
    *transactions.OPERATIONS,
    *payouts.OPERATIONS,
    *earnings.OPERATIONS,
    *licenses.OPERATIONS,
)
