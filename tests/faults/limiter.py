"""Simulated requests against the published limits, in virtual time."""

from __future__ import annotations

import asyncio
import random

from effort import Effort
from figures import Figure
from virtual_time import VirtualTime

_OVERALL = 300
_AT_ONCE = 20_000


def measure(effort: Effort) -> list[Figure]:
    """Send as much as the budget gives leave for."""
    over = sent = 0
    parts = Effort(max(1, effort.count // _AT_ONCE), effort.seconds)
    for number in parts.rounds():
        times = asyncio.run(_sent(_AT_ONCE, random.Random(effort.seed + number)))
        sent += len(times)
        pairs = zip(times, times[_OVERALL:], strict=False)
        over += sum(later - first < 60.0 for first, later in pairs)
    return [
        Figure(
            "requests beyond the published limit",
            over,
            f"of {sent:,} simulated",
            must=0,
            aim=0,
            remarks=f"{_OVERALL} in any sliding minute",
        )
    ]


async def _sent(count: int, rng: random.Random) -> list[float]:
    clock = VirtualTime()
    budget = clock.budget(overall=_OVERALL, concurrent=_OVERALL)
    times: list[float] = []

    async def send() -> None:
        for _ in range(count):
            ticket = await budget.take()
            times.append(clock.now)
            if rng.random() < 0.05:
                clock.now += rng.random() * rng.choice((0.1, 1, 30))
            budget.settle(ticket)

    sender = asyncio.create_task(send())
    while not sender.done():
        await asyncio.sleep(0)
        due = clock.next_timer()
        if due is not None:
            clock.advance(max(0.0, due - clock.now))
    await sender
    return times
