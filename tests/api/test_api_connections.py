"""The connections of a session: redirects, cookies, proxies, cancelling, closing."""

from __future__ import annotations

import asyncio

import pytest
from fault_server import (
    TOKEN,
    FaultServer,
    holds,
    replies,
    response,
    sends,
    served,
    session_at,
)

from beatpass_desktop.api import errors
from beatpass_desktop.api.session import BadBaseUrl, Session


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
async def test_that_a_redirect_within_the_origin_is_followed(status: int) -> None:
    moved = replies(status, headers={"Location": "/api/v1/elsewhere?page=2"}, content_type=None)
    async with served(moved, replies(200, {"a": 1})) as (server, session):
        assert (await session.get("artists/1", {"page": 1})).document == {"a": 1}
    assert server.paths == ["artists/1?page=1", "elsewhere?page=2"]
    assert server.seen[1].headers["authorization"] == f"Bearer {TOKEN}"


async def test_that_a_redirect_to_another_port_is_refused_without_a_request_there() -> None:
    async with FaultServer([replies(200, {})]) as other:
        away = replies(302, headers={"Location": f"{other.base_url}/users/me"}, content_type=None)
        async with served(away) as (server, session):
            with pytest.raises(errors.Refused, match=rf"http://127\.0\.0\.1:{other.port}"):
                await session.get("users/me")
        assert len(server.seen) == 1
        assert (other.connections, other.seen) == (0, [])


@pytest.mark.parametrize(
    "location",
    ["", "ftp://127.0.0.1/x", "http://user@127.0.0.1/", "http://[", "//evil.example/x", "/a b"],
)
async def test_that_an_odd_redirect_is_refused(location: str) -> None:
    moved = replies(302, headers={"Location": location}, content_type=None)
    async with served(moved) as (server, session):
        with pytest.raises(errors.Refused):
            await session.get("users/me")
    assert 1 <= len(server.seen) <= 4


async def test_that_a_redirect_loop_ends() -> None:
    moved = replies(302, headers={"Location": "/api/v1/users/me"}, content_type=None)
    async with served(moved) as (server, session):
        with pytest.raises(errors.Refused, match="circles"):
            await session.get("users/me")
    assert len(server.seen) == 4


async def test_that_a_redirected_post_is_refused() -> None:
    moved = replies(307, headers={"Location": "/api/v1/elsewhere"}, content_type=None)
    async with served(moved) as (server, session):
        with pytest.raises(errors.Refused):
            await session.post("artists/1/follow", {})
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    "path",
    ["https://evil.example/x", "//evil.example", "/users/me", "a/../../b", "a?b", "", "a\\b"],
)
async def test_that_only_paths_below_the_base_url_are_asked(path: str) -> None:
    async with served(replies(200, {})) as (server, session):
        with pytest.raises(errors.Refused):
            await session.get(path)
    assert server.seen == []


async def test_that_cookies_are_not_kept() -> None:
    cookie = replies(200, {}, headers={"Set-Cookie": "session=1; Path=/"})
    async with served(cookie) as (server, session):
        await session.get("users/me")
        await session.get("users/me")
    assert "cookie" not in server.seen[1].headers


async def test_that_proxy_variables_of_the_environment_do_not_apply(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with FaultServer([replies(200, {})]) as proxy:
        for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://127.0.0.1:{proxy.port}")
        async with served(replies(200, {})) as (server, session):
            await session.get("users/me")
        assert len(server.seen) == 1
        assert proxy.connections == 0


async def test_that_a_cancelled_caller_costs_no_slot() -> None:
    release = asyncio.Event()
    answer = holds(release, replies(200, {"a": 1}))
    async with FaultServer([answer]) as server, session_at(server.base_url) as session:
        callers = [asyncio.create_task(session.get("users/me")) for _ in range(10)]
        while len(server.seen) < 10:
            await asyncio.sleep(0.001)
        for caller in callers:
            caller.cancel()
        assert all(caller.cancelled() for caller in await _ended(callers))
        release.set()
        for round_ in range(30):
            callers = [asyncio.create_task(session.get("users/me")) for _ in range(10)]
            await asyncio.sleep(0.0005 * (round_ % 5))
            for caller in callers:
                caller.cancel()
            await _ended(callers)
        everybody = await asyncio.gather(*[session.get("users/me") for _ in range(20)])
        assert [reply.document for reply in everybody] == [{"a": 1}] * 20


async def _ended(tasks: list[asyncio.Task[object]]) -> list[asyncio.Task[object]]:
    await asyncio.wait(tasks)
    return tasks


async def test_that_closing_ends_what_is_under_way_in_about_a_second() -> None:
    answer = holds(asyncio.Event(), replies(200, {}))
    async with FaultServer([answer]) as server:
        async with session_at(server.base_url) as session:
            caller = asyncio.create_task(session.get("users/me"))
            while not server.seen:
                await asyncio.sleep(0.001)
            started = asyncio.get_running_loop().time()
        assert asyncio.get_running_loop().time() - started < 1.5
        with pytest.raises(errors.Refused, match="closed"):
            await caller
        with pytest.raises(errors.Refused, match="closed"):
            await session.get("users/me")


async def test_that_closing_lets_a_quick_answer_come() -> None:
    release = asyncio.Event()
    answer = holds(release, replies(200, {"a": 1}))
    async with FaultServer([answer]) as server:
        async with session_at(server.base_url) as session:
            caller = asyncio.create_task(session.get("users/me"))
            while not server.seen:
                await asyncio.sleep(0.001)
            release.set()
        assert (await caller).document == {"a": 1}


async def test_that_a_cancelled_exchange_task_cancels_when_the_session_is_open() -> None:
    answer = holds(asyncio.Event(), replies(200, {}))
    async with FaultServer([answer]) as server, session_at(server.base_url) as session:
        caller = asyncio.create_task(session.get("users/me"))
        while not server.seen:
            await asyncio.sleep(0.001)
        for task in asyncio.all_tasks():
            if "_exchange" in repr(task.get_coro()):
                task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await caller


async def test_that_connections_are_used_again() -> None:
    async with served(replies(200, {})) as (server, session):
        for _ in range(5):
            await session.get("users/me")
    assert server.connections == 1


async def test_that_a_base_url_that_is_not_safe_is_refused() -> None:
    from beatpass_desktop.api.budget import Budget

    with pytest.raises(BadBaseUrl):
        Session("http://open.beatpass.ca/api/v1", None, user_agent="x", budget=Budget())


async def test_that_a_chunked_reply_is_read() -> None:
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
    )
    async with served(sends(head + b'3\r\n{"a\r\n5\r\n": 1}\r\n0\r\n\r\n')) as (_, session):
        assert (await session.get("users/me")).document == {"a": 1}


async def test_that_an_answer_before_the_last_is_not_mistaken_for_it() -> None:
    async with served(sends(response(200, {"n": 1})), sends(response(200, {"n": 2}))) as (
        _,
        session,
    ):
        assert (await session.get("users/me")).document == {"n": 1}
        assert (await session.get("users/me")).document == {"n": 2}
