"""One account's requests as the server sees them, and what becomes of its answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from fault_server import (
    JSON,
    TOKEN,
    replies,
    served,
)

from beatpass_desktop.api import errors
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


async def test_that_what_outlasted_all_tries_is_tried_once_until_something_succeeds() -> None:
    down = [replies(503, {})] * 4
    script = [*down, replies(503, {}), replies(200, {}), replies(503, {}), replies(200, {"a": 1})]
    async with served(*script) as (server, session):
        for seen in (4, 5):
            with pytest.raises(errors.Maintenance):
                await session.get("artist/profile")
            assert len(server.seen) == seen
        await session.get("artist/profile")
        assert (await session.get("artist/profile")).document == {"a": 1}
    assert len(server.seen) == 8


async def test_that_what_would_fail_again_is_not_tried_again() -> None:
    async with served(replies(404, {})) as (server, session):
        with pytest.raises(errors.NotFound):
            await session.get("artist/profile")
    assert len(server.seen) == 1
