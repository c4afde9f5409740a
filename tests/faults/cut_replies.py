"""Replies cut at every byte: nothing of a part is taken over."""

from __future__ import annotations

import asyncio
import json

from effort import Effort
from fault_server import ONCE, cuts, response, served
from figures import Figure
from test_api_fuzz import ENDPOINTS

from beatpass_desktop.api.errors import ApiError

GROUPS = ("stats", "tracks", "albums", "identity", "downloads", "progress", "growth", "network",
          "insights", "upload days")  # fmt: skip
RESET = GROUPS[:3]
"""those whose connection is also reset in place of closed"""


def measure(effort: Effort) -> list[Figure]:
    """One reply of each endpoint group; with much effort of each endpoint there is."""
    names = GROUPS if effort.seconds is None else tuple(sorted(ENDPOINTS))
    taken, offsets = asyncio.run(cut_all(names))
    return [
        Figure(
            "replies cut at every byte: parts taken over",
            taken,
            f"of {offsets:,} cuts",
            must=0,
            aim=0,
            remarks=f"{len(names)} endpoints; with and without Content-Length, closed and reset",
        )
    ]


async def cut_all(names: tuple[str, ...]) -> tuple[int, int]:
    """How many parts of replies were taken over, of how many."""
    taken = offsets = 0
    for name in names:
        document, fetch = ENDPOINTS[name]
        body = json.dumps(document).encode()
        ways = [(True, False), (False, False), (True, True)]
        for length, reset in ways if name in RESET else ways[:2]:
            whole = response(200, body, length=length)
            async with served(retries=ONCE) as (server, session):
                for end in range(1, len(whole)):
                    server.script = [cuts(whole[:end], reset=reset)]
                    offsets += 1
                    try:
                        await fetch(session)
                    except ApiError:
                        continue
                    taken += 1
    return taken, offsets
