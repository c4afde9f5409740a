"""The gate every request passes, in virtual time."""

from __future__ import annotations

import asyncio
import random
from bisect import bisect_left

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from virtual_time import VirtualTime

from beatpass_desktop.api.budget import GROUPS, OVERALL, Budget, Ticket, never

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover


async def _tick() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


def _most_in_any_minute(times: list[float]) -> int:
    """Sliding window [t, t + 60) over sorted times."""
    return max(bisect_left(times, time + 60.0) - index for index, time in enumerate(times))


async def test_that_a_hundred_thousand_requests_never_exceed_300_in_any_minute() -> None:
    clock = VirtualTime()
    budget = clock.budget(overall=300, concurrent=300)
    rng = random.Random(4711)
    times: list[float] = []

    async def send(count: int) -> None:
        for _ in range(count):
            ticket = await budget.take()
            times.append(clock.now)
            if rng.random() < 0.01:
                clock.now += rng.random()
            budget.settle(ticket)

    sender = asyncio.create_task(send(100_000))
    while not sender.done():
        await asyncio.sleep(0)
        due = clock.next_timer()
        if due is not None:
            clock.advance(max(0.0, due - clock.now))
    await sender
    assert len(times) == 100_000
    # The 301st from any request comes a minute later at the earliest.
    assert min(later - first for first, later in zip(times, times[300:], strict=False)) >= 60.0
    # A few seconds of waiting too much would be a wasted limit.
    assert times[-1] - times[0] < 100_000 / 300 * 60.0 * 1.01


@settings(max_examples=60, deadline=None, database=None)
@given(
    plan=st.lists(
        st.tuples(
            st.floats(0, 30),
            st.floats(0, 90),
            st.sampled_from([None, "social", "growth", "authenticated"]),
        ),
        min_size=1,
        max_size=120,
    ),
    share=st.floats(0, 1),
)
def test_that_no_minute_of_the_server_sees_more_than_the_limit(
    plan: list[tuple[float, float, str | None]], share: float
) -> None:
    """Requests take their time; the server counts each at some moment between start and end."""
    arrivals: list[tuple[float, str | None]] = []
    limits = (("social", 4), ("growth", 3), ("authenticated", 9))

    async def run() -> None:
        clock = VirtualTime()
        budget = clock.budget(overall=12, concurrent=5, groups=dict(limits))

        async def request(start: float, length: float, group: str | None) -> None:
            ticket = await budget.take(never, group)
            arrivals.append((clock.now + share * length, group))
            clock.call_later(length, lambda: budget.settle(ticket))

        tasks = []
        for start, length, group in plan:
            clock.advance(start)
            tasks.append(asyncio.create_task(request(start, length, group)))
            await _tick()
        while not all(task.done() for task in tasks):
            due = clock.next_timer()
            assert due is not None, "nothing would ever wake the waiting requests"
            clock.advance(max(0.0, due - clock.now))
            await _tick()

    asyncio.run(run())
    assert len(arrivals) == len(plan)
    assert _most_in_any_minute(sorted(time for time, _ in arrivals)) <= 12
    for group, limit in limits:
        times = sorted(time for time, name in arrivals if name == group)
        assert not times or _most_in_any_minute(times) <= limit


@pytest.mark.parametrize(("group", "limit"), sorted(GROUPS.items()))
async def test_that_the_strictest_published_limit_applies_to_a_group(
    group: str, limit: int
) -> None:
    clock = VirtualTime()
    budget = clock.budget(overall=OVERALL)
    allowed = min(limit, OVERALL)
    for _ in range(allowed):
        budget.settle(await budget.take(group=group))
    held_up = asyncio.create_task(budget.take(group=group))
    await _tick()
    assert not held_up.done()
    clock.advance(60.1)
    await _tick()
    assert held_up.done()


async def test_that_ten_requests_are_under_way_at_a_time() -> None:
    clock = VirtualTime()
    budget = clock.budget(concurrent=10)
    tickets: list[Ticket] = []

    async def start() -> None:
        tickets.append(await budget.take())

    tasks = [asyncio.create_task(start()) for _ in range(25)]
    await _tick()
    assert len(tickets) == 10
    budget.settle(tickets[0])
    await _tick()
    assert len(tickets) == 11
    for _ in range(24):
        budget.settle(tickets.pop())
        await _tick()
    await asyncio.gather(*tasks)


async def test_that_a_full_group_does_not_hold_up_the_others() -> None:
    clock = VirtualTime()
    budget = clock.budget(groups={"growth": 1})
    budget.settle(await budget.take(group="growth"))
    held_up = asyncio.create_task(budget.take(group="growth"))
    await _tick()
    await asyncio.wait_for(budget.take(), 1)
    assert not held_up.done()
    clock.advance(59)
    await _tick()
    assert not held_up.done()
    clock.advance(2)
    await held_up


async def test_that_urgency_is_asked_at_the_moment_it_counts() -> None:
    clock = VirtualTime()
    budget = clock.budget(concurrent=1)
    busy = await budget.take()
    order: list[str] = []
    visible = "home"

    async def request(page: str) -> None:
        ticket = await budget.take(lambda: page == visible)
        order.append(page)
        budget.settle(ticket)

    tasks = [asyncio.create_task(request(page)) for page in ("home", "tracks", "albums")]
    await _tick()
    visible = "albums"
    budget.settle(busy)
    await asyncio.gather(*tasks)
    assert order == ["albums", "home", "tracks"]


async def test_that_a_cancelled_wait_gives_its_leave_back() -> None:
    clock = VirtualTime()
    budget = clock.budget(concurrent=1)
    busy = await budget.take()
    first = asyncio.create_task(budget.take())
    second = asyncio.create_task(budget.take())
    await _tick()
    budget.settle(busy)
    first.cancel()  # its leave was granted in the line above
    await _tick()
    assert first.cancelled()
    budget.settle(await second)


async def test_that_a_longer_pause_is_not_shortened() -> None:
    clock = VirtualTime()
    budget = clock.budget()
    told: list[float | None] = []
    forget = budget.subscribe(told.append)
    budget.pause(60)
    budget.pause(10)
    budget.pause(60.5)
    budget.pause(90)
    clock.advance(89)
    assert told == [60, 90]
    clock.advance(1)
    assert told == [60, 90, None]
    forget()
    budget.pause(5)
    assert told == [60, 90, None]
    clock.advance(5)


async def test_that_a_late_429_of_before_the_pause_does_not_pause_again() -> None:
    clock = VirtualTime()
    budget = clock.budget()
    early, late = await budget.take(), await budget.take()
    budget.limited(early, 5)
    budget.limited(late, None)
    assert budget.paused_for == 5
    clock.advance(5)
    budget.limited(late, None)
    assert budget.paused_for is None
    budget.limited(late, 7)
    assert budget.paused_for == 7


async def test_that_a_success_makes_the_next_429_the_first_again() -> None:
    clock = VirtualTime()
    budget = clock.budget()
    for _ in range(5):
        budget.limited(await budget.take(), None)
        assert budget.paused_for is not None
        clock.advance(budget.paused_for)
    budget.accepted()
    budget.limited(await budget.take(), None)
    assert budget.paused_for is not None
    assert budget.paused_for <= 2


async def test_that_the_limit_holds_across_a_restart() -> None:
    clock = VirtualTime()
    budget = clock.budget(overall=3)
    budget.settle(await budget.take())
    clock.advance(10)
    budget.settle(await budget.take())
    under_way = await budget.take()
    clock.advance(5)
    ages = budget.ages()
    assert ages == (15, 5, 0)
    budget.settle(under_way)
    next_budget = clock.budget(overall=3, recent=ages)
    waiting = asyncio.create_task(next_budget.take())
    clock.advance(44)
    await _tick()
    assert not waiting.done()
    clock.advance(2)
    await waiting


async def test_that_a_wait_for_the_limits_is_announced_to_whoever_looks() -> None:
    clock = VirtualTime()
    budget = clock.budget(overall=1, recent=[20.0])
    told: list[float | None] = []
    budget.subscribe(told.append)
    unseen = asyncio.create_task(budget.take(never))
    await _tick()
    assert told == []
    seen = asyncio.create_task(budget.take())
    await _tick()
    assert told == [pytest.approx(40.0, abs=0.1)]
    clock.advance(41.0)
    await _tick()
    assert told[1:] == [None]
    budget.settle(seen.result())
    unseen.cancel()
    await _tick()


async def test_that_nobody_is_told_of_a_wait_that_was_given_up() -> None:
    clock = VirtualTime()
    budget = clock.budget(overall=1, recent=[20.0])
    told: list[float | None] = []
    budget.subscribe(told.append)
    given_up = asyncio.create_task(budget.take())
    await _tick()
    given_up.cancel()
    await _tick()
    assert told == [pytest.approx(40.0, abs=0.1), None]


async def test_that_an_unknown_group_is_a_mistake() -> None:
    with pytest.raises(KeyError):
        await Budget().take(group="nonsense")


async def test_that_the_real_clock_wakes_what_waits() -> None:
    budget = Budget(overall=1, recent=[59.95])
    ticket = await asyncio.wait_for(budget.take(), 2)
    budget.settle(ticket)
