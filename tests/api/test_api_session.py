"""One account's requests as the server sees them, and what becomes of its answers."""

from __future__ import annotations

import asyncio
import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fault_server import (
    JSON,
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
from beatpass_desktop.domain.failures import FailureKind


async def test_that_a_request_carries_the_documented_headers() -> None:
    async with served(replies(200, {"a": 1.5})) as (server, session):
        reply = await session.get("users/me", {"with": "artists", "page": 2})
    seen = server.seen[0]
    assert (seen.method, seen.target) == ("GET", "/api/v1/users/me?with=artists&page=2")
    assert seen.headers["accept"] == "application/json"
    assert seen.headers["authorization"] == f"Bearer {TOKEN}"
    assert seen.headers["user-agent"] == "BeatPass-Desktop/test"
    assert "if-none-match" not in seen.headers
    assert reply.status == 200
    assert reply.document == {"a": Decimal("1.5")}


async def test_that_a_token_is_stripped_of_white_space() -> None:
    async with served(replies(200, {}), token=f"  {TOKEN}\n") as (server, session):
        await session.get("users/me")
    assert server.seen[0].headers["authorization"] == f"Bearer {TOKEN}"


@pytest.mark.parametrize("token", ["two words", "line\nbreak", "naïve", "nul\0"])
async def test_that_a_token_no_header_can_carry_is_not_sent(token: str) -> None:
    async with served(replies(200, {}), token=token) as (server, session):
        with pytest.raises(errors.Unauthorised, match="characters"):
            await session.get("users/me")
    assert server.seen == []


@pytest.mark.parametrize("token", [None, "", "  "])
async def test_that_without_a_token_no_authorization_is_sent(token: str | None) -> None:
    async with served(replies(200, {}), token=token) as (server, session):
        assert not session.signed_in
        await session.get("users/me")
    assert "authorization" not in server.seen[0].headers


async def test_that_an_unchanged_document_is_a_304_with_its_etag_and_time() -> None:
    date = {"Date": "Mon, 23 Nov 2026 10:00:00 GMT"}
    first = replies(200, {}, headers={"ETag": '"v1"', **date})
    async with served(first, replies(304, headers=date, content_type=None)) as (server, session):
        fresh = await session.get("artist/profile")
        again = await session.get("artist/profile", etag=fresh.etag)
    assert fresh.etag == '"v1"'
    assert server.seen[1].headers["if-none-match"] == '"v1"'
    assert (again.status, again.document, again.etag) == (304, None, '"v1"')
    assert again.server_time == datetime(2026, 11, 23, 10, tzinfo=UTC)


async def test_that_a_304_nobody_asked_for_is_refused() -> None:
    async with served(replies(304, content_type=None)) as (_, session):
        with pytest.raises(errors.Undecodable):
            await session.get("artist/profile")


async def test_that_an_etag_no_header_can_carry_is_left_out() -> None:
    async with served(replies(200, {})) as (server, session):
        await session.get("artist/profile", etag='"a"\r\nX-Evil: 1')
    assert "if-none-match" not in server.seen[0].headers
    assert "x-evil" not in server.seen[0].headers


async def test_that_a_post_sends_json_once() -> None:
    async with served(replies(500, {}), replies(201, {"ok": True})) as (server, session):
        with pytest.raises(errors.ServerError):
            await session.post("artists/1/follow", {"a": [1]})
        assert len(server.seen) == 1
        assert json.loads(server.seen[0].body) == {"a": [1]}
        assert (await session.post("artists/1/follow")).document == {"ok": True}


async def test_that_a_post_may_be_answered_with_nothing() -> None:
    async with served(replies(204, content_type=None)) as (_, session):
        assert (await session.post("artists/1/follow")).document is None


async def test_that_a_post_is_not_sent_again_after_a_429() -> None:
    limited = replies(429, {}, headers={"Retry-After": "1"})
    async with served(limited) as (server, session):
        with pytest.raises(errors.Limited) as caught:
            await session.post("artists/1/follow")
    assert caught.value.failure.kind is FailureKind.LIMITED
    assert len(server.seen) == 1


@pytest.mark.parametrize(
    ("status", "kind"),
    [
        (400, errors.Refused),
        (401, errors.Unauthorised),
        (403, errors.Forbidden),
        (404, errors.NotFound),
        (405, errors.Refused),
        (408, errors.TimedOut),
        (409, errors.Conflict),
        (410, errors.NotFound),
        (422, errors.Invalid),
        (500, errors.ServerError),
        (501, errors.ServerError),
        (502, errors.ServerError),
        (503, errors.Maintenance),
        (504, errors.ServerError),
    ],
)
async def test_that_each_error_status_has_its_place_in_the_tree(
    status: int, kind: type[errors.ApiError]
) -> None:
    async with served(replies(status, {"message": "Because."})) as (_, session):
        with pytest.raises(kind) as caught:
            await session.get("artist/profile")
    failure = caught.value.failure
    assert type(caught.value) is kind
    assert caught.value.status == status
    assert failure.reached
    assert failure.sentence
    assert failure.details == f"GET artist/profile: status {status}; Because."


@pytest.mark.parametrize("status", [401, 403, 404, 409, 410, 422])
async def test_that_a_web_page_never_speaks_for_the_api(status: int) -> None:
    page = replies(status, b"<html>Please log in</html>", content_type="text/html")
    async with served(page) as (_, session):
        with pytest.raises(errors.Refused, match="not the BeatPass API"):
            await session.get("artist/profile")


@pytest.mark.parametrize(("status", "content_type"), [(407, JSON), (511, "text/html")])
async def test_that_a_proxy_asking_to_sign_in_signs_nobody_out(
    status: int, content_type: str
) -> None:
    async with served(replies(status, b"", content_type=content_type)) as (_, session):
        with pytest.raises(errors.Refused, match="proxy"):
            await session.get("artist/profile")


async def test_that_an_empty_401_signs_nobody_out() -> None:
    async with served(replies(401, content_type=None)) as (_, session):
        with pytest.raises(errors.Refused):
            await session.get("artist/profile")


async def test_that_a_web_page_with_a_5xx_is_still_a_server_error() -> None:
    page = replies(502, b"<html>Bad Gateway</html>", content_type="text/html")
    async with served(page) as (server, session):
        with pytest.raises(errors.ServerError):
            await session.get("artist/profile")
    assert len(server.seen) == 4


async def test_that_field_errors_are_told_by_field() -> None:
    body = {
        "message": "The given data was invalid.",
        "errors": {"period": ["Unknown.", "Too long."], "page": "Not a number.", "x": [1, None]},
    }
    async with served(replies(422, body)) as (_, session):
        with pytest.raises(errors.Invalid, match="given data") as caught:
            await session.get("artist/profile")
    assert caught.value.fields == {
        "period": ("Unknown.", "Too long."),
        "page": ("Not a number.",),
        "x": (),
    }


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"success": False, "message": "No.", "error": "unauthorized"}, errors.Unauthorised),
        ({"success": False, "message": "No.", "error": "forbidden"}, errors.Forbidden),
        ({"success": False, "message": "No.", "error": "not_found"}, errors.NotFound),
        ({"success": False, "message": "No.", "error": "validation_failed"}, errors.Invalid),
        ({"success": False, "message": "No.", "error": "server_error"}, errors.ServerError),
        ({"status": "error", "message": "No."}, errors.ServerError),
        ({"success": False, "error": 7}, errors.ServerError),
    ],
)
async def test_that_an_error_body_with_status_200_is_an_error(
    body: object, kind: type[errors.ApiError]
) -> None:
    async with served(replies(200, body)) as (_, session):
        with pytest.raises(kind):
            await session.get("artist/profile")


async def test_that_a_server_message_is_shortened_and_kept_on_one_line() -> None:
    async with served(replies(403, {"message": "No\n\x07 " + "a" * 5000})) as (_, session):
        with pytest.raises(errors.Forbidden) as caught:
            await session.get("artist/profile")
    assert len(caught.value.failure.sentence) == 300
    assert caught.value.failure.sentence.startswith("No aaa")


async def test_that_what_fails_for_a_moment_is_tried_again() -> None:
    script = [replies(500), replies(503), replies(504), replies(200, {"a": 1})]
    async with served(*script) as (server, session):
        assert (await session.get("artist/profile")).document == {"a": 1}
    assert len(server.seen) == 4


async def test_that_after_four_tries_it_is_given_up() -> None:
    async with served(replies(503, {})) as (server, session):
        with pytest.raises(errors.Maintenance):
            await session.get("artist/profile")
    assert len(server.seen) == 4


async def test_that_what_would_fail_again_is_not_tried_again() -> None:
    async with served(replies(404, {})) as (server, session):
        with pytest.raises(errors.NotFound):
            await session.get("artist/profile")
    assert len(server.seen) == 1


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
