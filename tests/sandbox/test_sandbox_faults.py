"""Scripted faults, seen from the other end of a real connection."""

from __future__ import annotations

import json
import socket
import time
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest
from sandbox_process import NOW, RunningSandbox, running_sandbox

pytestmark = pytest.mark.end_to_end

PROGRESS = "/producer-intelligence/progress-data"
OFFSETS = (0, 1, 2, 500, -1)
"""Where bodies are cut; −1 stands for just before the last byte."""


@pytest.fixture(scope="module")
def serving() -> Iterator[RunningSandbox]:
    with running_sandbox("--profile", "new-artist", "--rate-limit", "100000") as sandbox:
        yield sandbox


@pytest.fixture
def sandbox(serving: RunningSandbox) -> Iterator[RunningSandbox]:
    yield serving
    assert httpx.delete(faults_url(serving), trust_env=False).json() == {"rules": []}


@pytest.fixture(scope="module")
def golden(serving: RunningSandbox) -> bytes:
    return serving.client.get(PROGRESS, headers={"Accept-Encoding": "identity"}).content


def faults_url(sandbox: RunningSandbox) -> str:
    return sandbox.origin + "/_sandbox/faults"


def script(sandbox: RunningSandbox, *rules: dict[str, Any]) -> httpx.Response:
    return httpx.put(faults_url(sandbox), json=list(rules), trust_env=False)


@dataclass
class Wire:
    """What came over a plain socket until its end."""

    head: str
    body: bytes
    was_reset: bool


def exchange(sandbox: RunningSandbox, path: str) -> Wire:
    """A GET on a connection of its own, read to the end, whichever that is."""
    address = urlsplit(sandbox.base_url)
    assert address.hostname is not None
    assert address.port is not None
    received = b""
    was_reset = False
    with socket.create_connection((address.hostname, address.port), timeout=10) as connection:
        request = (
            f"GET {address.path}{path} HTTP/1.1\r\nHost: {address.netloc}\r\n"
            f"Authorization: Bearer {sandbox.token}\r\nAccept-Encoding: gzip\r\n\r\n"
        )
        connection.sendall(request.encode())
        try:
            while data := connection.recv(65_536):
                received += data
        except ConnectionResetError:
            was_reset = True
    head, _, body = received.partition(b"\r\n\r\n")
    return Wire(head.decode().lower(), body, was_reset)


@pytest.mark.parametrize("at", OFFSETS)
def test_that_a_reset_comes_after_so_many_bytes_of_the_body(
    sandbox: RunningSandbox, golden: bytes, at: int
) -> None:
    offset = at % len(golden)
    script(sandbox, {"path": PROGRESS, "mode": "reset", "at": offset})
    wire = exchange(sandbox, PROGRESS)
    assert wire.was_reset
    assert wire.body == golden[:offset]
    assert f"content-length: {len(golden)}" in wire.head


@pytest.mark.parametrize("at", OFFSETS)
@pytest.mark.parametrize("framing", ["length", "close"])
def test_that_a_body_is_truncated_with_and_without_its_length_told(
    sandbox: RunningSandbox, golden: bytes, framing: str, at: int
) -> None:
    offset = at % len(golden)
    script(sandbox, {"path": PROGRESS, "mode": "truncate", "framing": framing, "at": offset})
    wire = exchange(sandbox, PROGRESS)
    assert not wire.was_reset
    assert wire.body == golden[:offset]
    assert (f"content-length: {len(golden)}" in wire.head) == (framing == "length")
    assert ("connection: close" in wire.head) == (framing == "close")
    assert "transfer-encoding" not in wire.head


def test_that_chunks_end_without_the_last_one(sandbox: RunningSandbox, golden: bytes) -> None:
    script(sandbox, {"path": PROGRESS, "mode": "truncate", "framing": "chunked", "at": 16})
    wire = exchange(sandbox, PROGRESS)
    assert "transfer-encoding: chunked" in wire.head
    assert wire.body == b"10\r\n" + golden[:16] + b"\r\n"


def test_that_the_sandbox_goes_on_after_cut_connections(
    sandbox: RunningSandbox, golden: bytes
) -> None:
    rules = [{"path": PROGRESS, "mode": mode, "times": 1} for mode in ("reset", "truncate")]
    script(sandbox, *rules)
    for _ in rules:
        with pytest.raises(httpx.TransportError):
            sandbox.client.get(PROGRESS)
    assert sandbox.client.get(PROGRESS).content == golden


@pytest.mark.parametrize(("fields", "status"), [({}, 200), ({"status": 503}, 503)])
def test_that_a_web_page_comes_instead_of_json(
    sandbox: RunningSandbox, fields: dict[str, Any], status: int
) -> None:
    script(sandbox, {"path": "*", "mode": "html", **fields})
    reply = sandbox.client.get("/users/me")
    assert reply.status_code == status
    assert reply.headers["Content-Type"].startswith("text/html")
    assert reply.text.startswith("<!DOCTYPE html>")


def test_that_a_status_comes_in_the_form_of_its_group(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "status": 403})
    assert sandbox.client.get("/users/me").json() == {"message": "Forbidden"}
    assert sandbox.client.get(PROGRESS).json() == {
        "success": False,
        "error": "forbidden",
        "message": "Forbidden",
    }


def test_that_maintenance_tells_when_to_come_back(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "status": 503, "retry_after": 120})
    reply = sandbox.client.get("/users/me")
    assert (reply.status_code, reply.headers["Retry-After"]) == (503, "120")
    assert "maintenance" in reply.json()["message"]


@pytest.mark.parametrize(
    ("fields", "header", "told"),
    [
        ({}, "60", 60),
        ({"retry_after": 7}, "7", 7),
        ({"retry_after": -1}, "-1", -1),
        ({"retry_after": "soon"}, "soon", None),
        ({"retry_after": "١٢"}, "١٢", None),
        ({"retry_after": None}, None, None),
    ],
)
def test_that_a_refusal_says_when_to_come_back_as_scripted(
    sandbox: RunningSandbox, fields: dict[str, Any], header: str | None, told: int | None
) -> None:
    script(sandbox, {"path": "*", "mode": "rate_limited", **fields})
    reply = sandbox.client.get("/users/me")
    assert reply.status_code == 429
    assert reply.headers.get("Retry-After") == header
    assert reply.json()["message"] == "Too Many Attempts."
    assert reply.json().get("retry_after") == told


def test_that_a_refusal_can_name_a_date(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "mode": "rate_limited", "retry_after": "http-date"})
    date = parsedate_to_datetime(sandbox.client.get("/users/me").headers["Retry-After"])
    assert date == datetime.fromisoformat(NOW) + timedelta(minutes=1)


def test_that_a_slow_body_drips_and_is_whole_in_the_end(sandbox: RunningSandbox) -> None:
    whole = sandbox.client.get("/users/me").content
    script(sandbox, {"path": "/users/me", "mode": "slow", "bytes_per_second": 200})
    begin = time.monotonic()
    with sandbox.client.stream("GET", "/users/me") as reply:
        drops = list(reply.iter_raw())
    assert b"".join(drops) == whole
    assert len(drops) > 1
    assert max(map(len, drops)) <= 40
    assert time.monotonic() - begin >= (len(whole) - 20) / 200


def test_that_latency_delays_the_real_reply(sandbox: RunningSandbox, golden: bytes) -> None:
    script(sandbox, {"path": PROGRESS, "latency_ms": 150})
    begin = time.monotonic()
    assert sandbox.client.get(PROGRESS).content == golden
    assert time.monotonic() - begin >= 0.15


def leaves(value: Any) -> Iterator[Any]:
    if isinstance(value, dict | list):
        for item in value.values() if isinstance(value, dict) else value:
            yield from leaves(item)
    else:
        yield value


def test_that_every_leaf_gets_another_type(sandbox: RunningSandbox, golden: bytes) -> None:
    tag = sandbox.client.get(PROGRESS).headers["ETag"]
    script(sandbox, {"path": PROGRESS, "mode": "wrong_types"})
    reply = sandbox.client.get(PROGRESS, headers={"If-None-Match": tag})
    right, wrong = list(leaves(json.loads(golden))), list(leaves(reply.json()))
    assert reply.status_code == 200
    assert "ETag" not in reply.headers
    assert len(right) == len(wrong)
    assert all(type(a) is not type(b) for a, b in zip(right, wrong, strict=True))
    assert sandbox.client.get(PROGRESS).content == reply.content


def test_that_a_redirection_leads_to_another_origin(sandbox: RunningSandbox) -> None:
    script(
        sandbox,
        {"path": "/users/me", "mode": "redirect", "location": "http://127.0.0.2:1/", "status": 308},
        {"path": "*", "mode": "redirect", "location": "/elsewhere"},
    )
    reply = sandbox.client.get("/users/me")
    other = sandbox.client.get("/artist/profile")
    assert (reply.status_code, reply.headers["Location"]) == (308, "http://127.0.0.2:1/")
    assert (other.status_code, other.headers["Location"]) == (302, "/elsewhere")


def test_that_a_small_reply_unpacks_to_more_than_300_megabytes(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "mode": "gzip_bomb"})
    unpacker = zlib.decompressobj(wbits=31)
    packed = unpacked = 0
    with sandbox.client.stream("GET", "/users/me") as reply:
        assert reply.headers["Content-Encoding"] == "gzip"
        for chunk in reply.iter_raw():
            packed += len(chunk)
            unpacked += len(unpacker.decompress(chunk))
    assert unpacker.eof
    assert unpacked == 300 << 20
    assert packed < 500_000


def test_that_a_small_bomb_is_json(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "mode": "gzip_bomb", "decoded_bytes": 5_000})
    reply = sandbox.client.get("/users/me")
    assert len(reply.content) == 5_000
    assert reply.json() == {"status": "success"}


def test_that_a_rule_applies_so_many_times_and_the_next_one_then(sandbox: RunningSandbox) -> None:
    script(
        sandbox,
        {"path": "/users/*", "status": 500, "times": 2},
        {"path": "/api/v1/users/me", "status": 404, "times": 1},
    )
    statuses = [sandbox.client.get("/users/me").status_code for _ in range(4)]
    rows = httpx.get(faults_url(sandbox), trust_env=False).json()["rules"]
    assert statuses == [500, 500, 404, 200]
    assert [row["remaining"] for row in rows] == [0, 0]
    assert rows[0] == {"path": "/users/*", "status": 500, "times": 2, "remaining": 0}


def test_that_a_rule_is_for_its_path_and_method_alone(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "/users/me", "method": "POST", "status": 500})
    assert sandbox.client.get("/users/me").status_code == 200
    assert sandbox.client.post("/users/me").status_code == 500
    assert sandbox.client.post("/users/you").status_code == 405


def test_that_a_rate_strikes_the_same_requests_again(sandbox: RunningSandbox) -> None:
    def struck() -> list[bool]:
        script(sandbox, {"path": "*", "status": 500, "rate": 0.3})
        return [sandbox.client.get("/users/me").status_code == 500 for _ in range(40)]

    first = struck()
    assert struck() == first
    assert 4 <= sum(first) <= 20


def test_that_control_paths_never_fail(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "status": 500})
    health = httpx.get(sandbox.origin + "/_sandbox/health", trust_env=False)
    assert health.status_code == 200


def test_that_failed_requests_are_logged(sandbox: RunningSandbox) -> None:
    script(sandbox, {"path": "*", "status": 502})
    sandbox.client.get("/users/me")
    log = httpx.get(sandbox.origin + "/_sandbox/log", trust_env=False).json()["requests"]
    assert (log[-1]["path"], log[-1]["status"]) == ("/api/v1/users/me", 502)


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ({"path": "*", "status": 500}, "rules"),
        ([{"status": 500}], "rules.0.path"),
        ([{"path": "*"}], "rules.0"),
        ([{"path": "*", "status": 500}, {"path": "*", "mode": "explode"}], "rules.1.mode"),
        ([{"path": "*", "status": "500"}], "rules.0.status"),
        ([{"path": "*", "status": 200}], "rules.0.status"),
        ([{"path": "*", "status": 500, "mode": "reset"}], "rules.0.status"),
        ([{"path": "*", "status": 200, "mode": "redirect", "location": "/"}], "rules.0.status"),
        ([{"path": "*", "mode": "redirect"}], "rules.0.location"),
        ([{"path": "*", "mode": "html", "at": 3}], "rules.0.at"),
        ([{"path": "*", "status": 404, "retry_after": 3}], "rules.0.retry_after"),
        ([{"path": "*", "status": 429, "retry_after": "1\r\nX: y"}], "rules.0.retry_after"),
        ([{"path": "*", "status": 500, "rate": 0}], "rules.0.rate"),
        ([{"path": "*", "status": 500, "rate": 1.5}], "rules.0.rate"),
        ([{"path": "*", "status": 500, "times": True}], "rules.0.times"),
        ([{"path": "*", "latency_ms": -1}], "rules.0.latency_ms"),
        ([{"path": "*", "status": 500, "tiems": 1}], "rules.0.tiems"),
    ],
)
def test_that_wrong_rules_are_refused_and_change_nothing(
    sandbox: RunningSandbox, rules: Any, field: str
) -> None:
    script(sandbox, {"path": "/kept", "status": 500})
    reply = httpx.put(faults_url(sandbox), json=rules, trust_env=False)
    kept = httpx.get(faults_url(sandbox), trust_env=False).json()["rules"]
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == [field]
    assert [rule["path"] for rule in kept] == ["/kept"]


def test_that_time_passes_by_whole_days(start_sandbox: Callable[..., Any]) -> None:
    with start_sandbox("--profile", "new-artist") as sandbox:
        reply = httpx.post(
            sandbox.origin + "/_sandbox/advance", json={"days": 3}, trust_env=False, timeout=60
        )
        date = parsedate_to_datetime(sandbox.client.get("/users/me").headers["Date"])
    assert reply.status_code == 200
    assert date == datetime.fromisoformat(NOW) + timedelta(days=3)
    assert datetime.fromisoformat(reply.json()["now"]) == date


@pytest.mark.parametrize("body", [{}, {"days": 0}, {"days": 3_651}, {"days": "1"}, {"days": 1.5}])
def test_that_time_does_not_pass_by_anything_else(
    sandbox: RunningSandbox, body: dict[str, Any]
) -> None:
    reply = httpx.post(sandbox.origin + "/_sandbox/advance", json=body, trust_env=False)
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == ["days"]
    assert parsedate_to_datetime(reply.headers["Date"]) == datetime.fromisoformat(NOW)
