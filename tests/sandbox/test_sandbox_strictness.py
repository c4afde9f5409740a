"""What the sandbox refuses: values, bodies, methods, and more requests than fit."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
from sandbox_process import RunningSandbox

from beatpass_sandbox.operations import OPERATIONS

pytestmark = pytest.mark.end_to_end

GROWTH = "/producer-intelligence/tracks/growth-batch"
LEADERBOARD = "/producer-intelligence/leaderboard"
RESTRICTED = [
    (operation, query)
    for operation in OPERATIONS
    if operation.method == "GET"
    for query in operation.query
    if query.schema != {"type": "string"}
]


@pytest.mark.parametrize(
    ("operation", "query"),
    RESTRICTED,
    ids=[f"{operation.path}?{query.name}" for operation, query in RESTRICTED],
)
def test_that_a_forbidden_value_is_refused_by_name_in_the_form_of_its_group(
    established: RunningSandbox, operation: Any, query: Any
) -> None:
    path = operation.path.replace("{id}", "1").replace("{splitId}", "1")
    reply = established.client.get(path, params={query.name: "~forbidden~"})
    body = reply.json()
    assert reply.status_code == 422
    assert list(body["errors"]) == [query.name]
    assert all(isinstance(text, str) for text in body["errors"][query.name])
    if path.startswith("/producer-intelligence/"):
        assert (body["success"], body["error"]) == (False, "validation_failed")
    else:
        assert (body["status"], body["message"]) == ("error", "The given data was invalid.")


def test_that_names_nobody_knows_are_passed_over(established: RunningSandbox) -> None:
    plain = established.get(LEADERBOARD)
    assert established.get(LEADERBOARD, sort="up", page="~") == plain


def test_that_of_a_repeated_value_the_last_counts(established: RunningSandbox) -> None:
    path = f"/artists/{established.artist_id()}/tracks"
    for pages, status in (["~", "2"], 200), (["2", "~"], 422):
        reply = established.client.get(path, params={"page": pages})
        assert reply.status_code == status
        if status == 200:
            assert reply.json()["pagination"]["current_page"] == 2


def test_that_the_token_is_looked_at_before_the_values(established: RunningSandbox) -> None:
    reply = established.anonymous("/producer-intelligence/artist/1/contribution-graph?year=~")
    assert reply.status_code == 401
    assert reply.json()["error"] == "unauthorized"


@pytest.mark.parametrize(
    "content",
    [
        b"{",
        b"[1]",
        b'"text"',
        b"null",
        b'{"track_ids": [NaN]}',
        b'{"track_ids": [' + b"9" * 5_000 + b"]}",
        b'{"track_ids": ["\\ud800"]}',
        b"[" * 200_000,
        b"\xff\xfe",
        b"{}",
        b'{"track_ids": []}',
        b'{"track_ids": ["1"]}',
        b'{"track_ids": [true]}',
        b'{"track_ids": {"0": 1}}',
        json.dumps({"track_ids": list(range(1, 102))}).encode(),
    ],
    ids=lambda content: content[:24].decode("latin-1"),
)
def test_that_a_wrong_body_is_refused(established: RunningSandbox, content: bytes) -> None:
    reply = established.client.post(
        GROWTH, content=content, headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 422
    assert reply.json()["error"] == "validation_failed"
    assert reply.json()["errors"]


def test_that_a_wrong_item_is_named_by_its_place(established: RunningSandbox) -> None:
    reply = established.client.post(GROWTH, json={"track_ids": [1, "2"]})
    assert list(reply.json()["errors"]) == ["track_ids.1"]


@pytest.mark.parametrize("kind", ["text/plain", "application/x-www-form-urlencoded", None])
def test_that_a_body_must_say_that_it_is_json(
    established: RunningSandbox, kind: str | None
) -> None:
    headers = {} if kind is None else {"Content-Type": kind}
    reply = established.client.post(GROWTH, content=b'{"track_ids": [1]}', headers=headers)
    assert reply.status_code == 415
    assert "application/json" in reply.json()["message"]


def test_that_json_may_name_its_charset(established: RunningSandbox) -> None:
    reply = established.client.post(
        GROWTH,
        content=b'{"track_ids": [1]}',
        headers={"Content-Type": "Application/JSON; charset=utf-8"},
    )
    assert reply.status_code == 200


def test_that_a_huge_body_is_refused(established: RunningSandbox) -> None:
    content = b'{"padding": "' + b" " * (1 << 20) + b'"}'
    reply = established.client.post(
        GROWTH, content=content, headers={"Content-Type": "application/json"}
    )
    assert reply.status_code == 413
    assert reply.json()["message"]


def test_that_reading_is_refused_where_something_is_sent_and_the_other_way(
    established: RunningSandbox,
) -> None:
    read = established.client.get(GROWTH)
    sent = established.client.post(LEADERBOARD, json={})
    assert (read.status_code, read.headers["Allow"]) == (405, "POST")
    assert sent.status_code == 405
    assert "GET" in sent.headers["Allow"]


def test_that_an_unknown_path_is_not_found_in_the_form_of_its_group(
    established: RunningSandbox,
) -> None:
    reply = established.client.get("/producer-intelligence/nothing")
    assert reply.status_code == 404
    assert (reply.json()["success"], reply.json()["error"]) == (False, "not_found")


def test_that_the_document_is_served_at_both_places(established: RunningSandbox) -> None:
    replies = [
        httpx.get(url + "/openapi.json", trust_env=False)
        for url in (established.origin, established.base_url)
    ]
    assert replies[0].json() == replies[1].json()
    assert replies[0].json()["openapi"] == "3.1.0"


def test_that_a_group_has_a_limit_of_its_own_and_the_strictest_is_told(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--profile", "new-artist", "--group-limit", "leaderboards=2") as sandbox:
        replies = [sandbox.client.get(LEADERBOARD) for _ in range(3)]
        elsewhere = sandbox.client.get("/users/me")
    assert [reply.status_code for reply in replies] == [200, 200, 429]
    assert {reply.headers["X-RateLimit-Limit"] for reply in replies} == {"2"}
    assert [reply.headers["X-RateLimit-Remaining"] for reply in replies] == ["1", "0", "0"]
    wait = int(replies[2].headers["Retry-After"])
    assert replies[2].json() == {"message": "Too Many Attempts.", "retry_after": wait}
    assert elsewhere.status_code == 200
    assert elsewhere.headers["X-RateLimit-Limit"] == "300"
    assert elsewhere.headers["X-RateLimit-Remaining"] == "297"


def test_that_the_published_limits_hold_without_options(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--profile", "new-artist") as sandbox:
        limits = {
            path: sandbox.client.get(path).headers["X-RateLimit-Limit"]
            for path in ("/users/me", LEADERBOARD, "/producer-intelligence/collaboration-network")
        }
    assert limits == {
        "/users/me": "300",
        LEADERBOARD: "300",
        "/producer-intelligence/collaboration-network": "120",
    }


@pytest.mark.parametrize("option", ["social", "social=0", "social=x", "general=5", "x=5"])
def test_that_a_wrong_group_limit_is_a_usage_error(
    start_sandbox: Callable[..., Any], option: str
) -> None:
    with pytest.raises(AssertionError, match="group-limit"):
        start_sandbox("--group-limit", option).__enter__()
