"""429s, pauses and the order in which requests go on, seen through a session."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from fault_server import Answer, FaultServer, replies, response, sends, session_at
from virtual_time import VirtualTime

from beatpass_desktop.api.budget import Budget, never
from beatpass_desktop.api.session import Session

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
OK = replies(200, {"a": 1})


def limited(headers: dict[str, str] | None = None, body: object = None) -> Answer:
    """A 429."""
    return replies(429, body or {"message": "Too Many Attempts."}, headers=headers)


async def _until(predicate: Callable[[], bool]) -> None:
    while not predicate():
        await asyncio.sleep(0.001)


@pytest.mark.parametrize(
    ("headers", "body", "wait"),
    [
        ({"Retry-After": "60"}, None, 60),
        ({"Retry-After": "0"}, None, 1),
        ({"Retry-After": "1000000000"}, None, 900),
        ({"Retry-After": "Mon, 23 Nov 2026 10:02:00 GMT"}, None, 120),
        ({"Retry-After": "Mon, 23 Nov 2020 10:02:00 GMT"}, None, 1),
        ({"Retry-After": "soon"}, {"retry_after": 30}, 30),
        ({}, {"message": "x", "retry_after": 5}, 5),
    ],
)
async def test_that_a_429_pauses_as_long_as_it_says(
    headers: dict[str, str], body: object, wait: float
) -> None:
    clock = VirtualTime()
    told: list[datetime | None] = []
    async with (
        FaultServer([limited(headers, body), OK]) as server,
        session_at(
            server.base_url, budget=clock.budget(), on_pause=told.append, now=lambda: NOW
        ) as session,
    ):
        caller = asyncio.create_task(session.get("users/me"))
        await _until(lambda: bool(told))
        assert told == [NOW + timedelta(seconds=wait)]
        clock.advance(wait - 0.01)
        await asyncio.sleep(0.02)
        assert len(server.seen) == 1
        clock.advance(0.02)
        assert (await caller).document == {"a": 1}
    assert told == [NOW + timedelta(seconds=wait), None]


@pytest.mark.parametrize("junk", [None, "soon", "-5", "1.5", "٣٠", "1e9", ""])
async def test_that_429s_without_a_time_pause_longer_and_longer(junk: str | None) -> None:
    clock = VirtualTime()
    told: list[datetime | None] = []
    raw = response(429, {}, headers={} if junk is None else {"Retry-After": "JUNK"})
    refusal = sends(raw.replace(b"JUNK", (junk or "").encode()))
    async with (
        FaultServer([*[refusal] * 6, OK]) as server,
        session_at(
            server.base_url, budget=clock.budget(), on_pause=told.append, now=lambda: NOW
        ) as session,
    ):
        caller = asyncio.create_task(session.get("users/me"))
        for count in range(1, 7):
            await _until(lambda count=count: len(told) == 2 * count - 1)
            until = told[-1]
            assert until is not None
            wait = (until - NOW).total_seconds()
            assert 2.0 ** (count - 1) <= wait <= 2.0**count
            clock.advance(wait + 0.001)  # `until` is told in whole microseconds
        await caller
    assert len(server.seen) == 7


async def test_that_many_429s_at_once_are_one_pause() -> None:
    clock = VirtualTime()
    told: list[datetime | None] = []
    script = [limited({"Retry-After": "60"})] * 10 + [OK]
    async with (
        FaultServer(script) as server,
        session_at(server.base_url, budget=clock.budget(), on_pause=told.append) as session,
    ):
        callers = [asyncio.create_task(session.get("users/me")) for _ in range(30)]
        await _until(lambda: len(server.seen) == 10)
        await asyncio.sleep(0.05)
        assert len(told) == 1
        assert len(server.seen) == 10
        clock.advance(60)
        await asyncio.gather(*callers)
    assert len(told) == 2
    assert told[1] is None
    assert len(server.seen) == 40


async def test_that_a_storm_of_429s_is_met_with_one_request_a_pause() -> None:
    clock = VirtualTime()
    paused: list[datetime | None] = []
    async with (
        FaultServer([limited({"Retry-After": "1"})]) as server,
        session_at(server.base_url, budget=clock.budget(), on_pause=paused.append) as session,
    ):
        caller = asyncio.create_task(session.get("users/me"))
        for count in range(1, 1_001):
            await _until(lambda count=count: len(paused) == 2 * count - 1)
            clock.advance(1.0)
        await _until(lambda: len(server.seen) == 1_001)
        assert not caller.done()
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller


async def test_that_a_pause_holds_for_every_session_of_the_budget() -> None:
    clock = VirtualTime()
    budget = clock.budget()
    async with (
        FaultServer([limited({"Retry-After": "60"}), OK]) as server,
        session_at(server.base_url, budget=budget) as first,
        session_at(server.base_url, budget=budget) as second,
    ):
        one = asyncio.create_task(first.get("users/me"))
        await _until(lambda: budget.paused_for is not None)
        two = asyncio.create_task(second.get("users/me"))
        await asyncio.sleep(0.02)
        assert len(server.seen) == 1
        assert budget.paused_for == 60.0
        clock.advance(60)
        await asyncio.gather(one, two)
    assert budget.paused_for is None


async def test_that_a_pause_does_not_use_up_the_deadline() -> None:
    clock = VirtualTime()
    async with (
        FaultServer([limited({"Retry-After": "60"}), OK]) as server,
        session_at(server.base_url, budget=clock.budget(), deadline=0.3) as session,
    ):
        caller = asyncio.create_task(session.get("users/me"))
        await _until(lambda: clock.is_waiting)
        await asyncio.sleep(0.4)
        clock.advance(60)
        assert (await caller).document == {"a": 1}


async def test_that_nothing_left_of_the_limit_pauses_until_its_reset() -> None:
    clock = VirtualTime()
    told: list[datetime | None] = []
    used_up = {
        "X-RateLimit-Remaining": "0",
        "X-RateLimit-Reset": str(int(NOW.timestamp()) + 42),
        "Date": "Mon, 23 Nov 2026 10:00:00 GMT",
    }
    async with (
        FaultServer([replies(200, {}, headers=used_up), OK]) as server,
        session_at(
            server.base_url, budget=clock.budget(), on_pause=told.append, now=lambda: NOW
        ) as session,
    ):
        await session.get("users/me")
        assert told == [NOW + timedelta(seconds=42)]
        caller = asyncio.create_task(session.get("users/me"))
        clock.advance(42)
        await caller


async def test_that_after_a_pause_the_visible_page_goes_first() -> None:
    clock = VirtualTime()
    async with (
        FaultServer([limited({"Retry-After": "60"}), OK]) as server,
        session_at(server.base_url, budget=clock.budget(concurrent=1)) as session,
    ):
        first = asyncio.create_task(session.get("first", urgent=never))
        await _until(lambda: clock.is_waiting)
        visible = "artists/2"
        paths = [f"artists/{number}" for number in range(4)]
        rest = [
            asyncio.create_task(session.get(path, urgent=lambda path=path: path == visible))
            for path in paths
        ]
        await asyncio.sleep(0)
        clock.advance(60)
        await asyncio.gather(first, *rest)
    # `first` took its place in the queue before it was limited, and again after.
    assert server.paths[:2] == ["first", visible]
    assert sorted(server.paths[2:]) == ["artists/0", "artists/1", "artists/3", "first"]


async def test_that_a_wait_nobody_wants_any_more_sends_nothing() -> None:
    clock = VirtualTime()
    async with (
        FaultServer([limited({"Retry-After": "60"}), OK]) as server,
        session_at(server.base_url, budget=clock.budget()) as session,
    ):
        caller = asyncio.create_task(session.get("users/me"))
        await _until(lambda: clock.is_waiting)
        caller.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller
        clock.advance(60)
        await asyncio.sleep(0.02)
    assert len(server.seen) == 1


async def test_that_a_closed_session_is_told_of_no_more_pauses() -> None:
    told: list[datetime | None] = []
    budget = Budget()
    session = Session(
        "http://127.0.0.1:1/", None, user_agent="x", budget=budget, on_pause=told.append
    )
    await session.aclose()
    await session.aclose()
    budget.pause(0.01)
    await asyncio.sleep(0.05)
    assert told == []
    assert budget.paused_for is None
