"""The token is nowhere but in the Authorization header."""

from __future__ import annotations

import logging
import traceback

import pytest
from fault_server import TOKEN, cuts, drips, replies, response, served

from beatpass_desktop.api import errors

ECHO = {"message": f"Token {TOKEN} is wrong", "errors": {"token": [f"{TOKEN}!"]}}


@pytest.fixture
def everything(caplog: pytest.LogCaptureFixture) -> pytest.LogCaptureFixture:
    caplog.set_level(logging.DEBUG)
    return caplog


@pytest.mark.parametrize(
    "answer",
    [
        replies(200, {"a": 1}, headers={"X-Echo": TOKEN}),
        replies(401, ECHO),
        replies(403, ECHO),
        replies(422, ECHO),
        replies(500, ECHO),
        replies(200, {"status": "error", **ECHO}),
        replies(200, f'{{"{TOKEN}": '.encode()),
        replies(200, b"<html>", content_type=f"text/{TOKEN}"),
        replies(302, headers={"Location": f"http://{TOKEN}.example/"}, content_type=None),
        replies(302, headers={"Location": f"/api/v1/{TOKEN}"}, content_type=None),
        cuts(b""),
        cuts(response(200, {"a": TOKEN})[:-3]),
        cuts(f"{TOKEN}\r\n\r\n".encode()),
        drips(response(200, {}), 0.2),
    ],
)
async def test_that_neither_logs_nor_errors_hold_the_token(
    answer: object, everything: pytest.LogCaptureFixture
) -> None:
    async with served(answer, deadline=0.3, attempt_deadline=0.2) as (server, session):  # type: ignore[arg-type]
        error: BaseException | None = None
        try:
            await session.get("users/me")
        except errors.ApiError as failure:
            error = failure
        assert TOKEN not in repr(vars(session))
    assert server.seen[0].headers["authorization"] == f"Bearer {TOKEN}"
    while error is not None:
        assert TOKEN not in f"{error} {error!r} {vars(error)} {error.args}"
        assert TOKEN not in "".join(traceback.format_exception(error))
        error = error.__cause__ or error.__context__
    for record in everything.records:
        assert TOKEN not in record.getMessage()
        assert TOKEN not in repr(record.args)


async def test_that_requests_are_logged_without_query_and_body(
    everything: pytest.LogCaptureFixture,
) -> None:
    async with served(replies(200, {"name": "Dawn"})) as (_, session):
        await session.get("users/me", {"q": "private"})
    ours = [record for record in everything.records if record.name == "beatpass_desktop.api"]
    assert [record.getMessage().partition(":")[0] for record in ours] == ["GET users/me"]
    assert not [record for record in everything.records if record.name.startswith("http")]
    assert "private" not in everything.text
    assert "Dawn" not in everything.text


async def test_that_a_session_without_a_token_reports_as_usual() -> None:
    async with served(replies(422, ECHO), token=None) as (_, session):
        with pytest.raises(errors.Invalid) as caught:
            await session.get("users/me")
    assert caught.value.fields == {"token": (f"{TOKEN}!",)}
    assert str(caught.value).startswith("Token")
