"""The release feed: fetched by the rules for every request, believed only when signed."""

from __future__ import annotations

import asyncio
import base64
import gc
import json
import sys
from typing import Any

import pytest
from fault_server import Answer, FaultServer, cuts, drips, replies, response
from release_feeds import NOTES, Signer, file, release

from beatpass_desktop.api import release_feed
from beatpass_desktop.api.errors import ApiError, Refused, Undecodable
from beatpass_desktop.api.release_feed import fetch, release_in

SIGNER = Signer()


async def fetched(server: FaultServer) -> str:
    return await fetch(f"http://127.0.0.1:{server.port}/releases.json", user_agent="us/1")


async def fails(server: FaultServer) -> bool:
    """Whether fetching fails; the error and all that it refers to are let go."""
    try:
        await fetched(server)
    except ApiError:
        return True
    return False


async def test_that_a_signed_feed_is_fetched_without_a_token_and_read() -> None:
    async with FaultServer([replies(200, SIGNER.feed())]) as server:
        found = release_in(await fetched(server), SIGNER.key)
    assert (found.version, found.day.isoformat(), found.notes) == ("9.10.0", "2026-11-30", NOTES)
    assert [one.system for one in found.files] == ["linux", "windows", "macos"]
    assert (found.files[0].size, found.files[0].sha256) == (50_000_000, "0f" * 32)
    (seen,) = server.seen
    assert (seen.method, seen.target) == ("GET", "/releases.json")
    assert seen.headers["user-agent"] == "us/1"
    assert not {"authorization", "cookie", "referer"} & set(seen.headers)


@pytest.mark.parametrize(
    "answer",
    [
        replies(302, headers={"Location": "/elsewhere.json"}),
        replies(301, headers={"Location": "https://evil.example/releases.json"}),
        replies(404, {"message": "nothing here"}),
        replies(429, {}),
        replies(500, b""),
        replies(200, b"<html>", content_type="text/html"),
        replies(200, b" " * 70_000),
        replies(200, b'{"format": 1'),
        cuts(response(200, SIGNER.feed())[:-10]),
    ],
    ids=["redirect", "redirect away", "404", "429", "500", "page", "large", "not JSON", "cut"],
)
async def test_that_an_answer_that_is_no_feed_is_a_failure_after_one_request(
    answer: Answer,
) -> None:
    before = asyncio.all_tasks()
    async with FaultServer([answer, replies(200, SIGNER.feed())]) as server:
        assert await fails(server)
    assert len(server.seen) == 1
    gc.collect()
    while asyncio.all_tasks() - before:  # the reader of a body that was given up
        await asyncio.sleep(0)


async def test_that_a_slow_answer_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(release_feed, "_DEADLINE", 0.3)
    begun = asyncio.get_running_loop().time()
    async with FaultServer([drips(response(200, SIGNER.feed()), 0.1)]) as server:
        assert await fails(server)
    assert asyncio.get_running_loop().time() - begun < 10


@pytest.mark.parametrize(
    "address",
    ["http://open.beatpass.ca/releases.json", "file:///etc/passwd", "https://a:b@x.example/r", "x"],
)
async def test_that_an_unsafe_address_is_not_asked(address: str) -> None:
    with pytest.raises(Refused, match="cannot be used"):
        await fetch(address, user_agent="us/1")


def _altered(**changes: Any) -> dict[str, Any]:
    feed = SIGNER.feed()
    return feed | changes


@pytest.mark.parametrize(
    "feed",
    [
        Signer().feed(),
        _altered(release=json.dumps(release(version="9.11.0"))),
        _altered(release=SIGNER.feed()["release"] + " "),
        _altered(signature=""),
        _altered(signature="no base64"),
        _altered(signature="é"),
        _altered(signature=base64.b64encode(bytes(64)).decode()),
        _altered(signature=SIGNER.feed()["signature"][:-8]),
        _altered(release="\ud800"),
    ],
    ids=["another key", "altered", "a blank more", "empty", "no base64", "not ASCII", "zeros",
         "short", "surrogate"],
)  # fmt: skip
def test_that_a_feed_whose_signature_is_not_good_is_refused(feed: dict[str, Any]) -> None:
    with pytest.raises(Refused, match="not signed"):
        release_in(json.dumps(feed), SIGNER.key)


@pytest.mark.parametrize("key", ["", "x", "é", base64.b64encode(bytes(31)).decode()])
def test_that_without_a_good_key_nothing_is_believed(key: str) -> None:
    with pytest.raises(Refused, match="not signed"):
        release_in(json.dumps(SIGNER.feed()), key)


def test_that_without_the_library_that_verifies_nothing_is_believed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    with pytest.raises(Refused, match="cannot be verified here"):
        release_in(json.dumps(SIGNER.feed()), SIGNER.key)


@pytest.mark.parametrize("missing", ["format", "release", "signature"])
def test_that_an_unsigned_feed_is_refused(missing: str) -> None:
    feed = SIGNER.feed()
    del feed[missing]
    with pytest.raises(Undecodable, match="format"):
        release_in(json.dumps(feed), SIGNER.key)


@pytest.mark.parametrize("text", ["[]", "null", "1", '"x"', json.dumps(_altered(format=2))])
def test_that_another_format_is_refused(text: str) -> None:
    with pytest.raises(ApiError):
        release_in(text, SIGNER.key)


@pytest.mark.parametrize(
    "changes",
    [
        {"version": "newest"},
        {"version": 2},
        {"date": "soon"},
        {"notes": "https://evil.example/"},
        {"notes": "http://open.beatpass.ca/"},
        {"notes": "javascript:alert(1)"},
        {"files": []},
        {"files": {}},
        {"files": [1]},
        {"files": [file(), file(sha256="0f")]},
        {"files": [file(sha256="0F" * 32)]},
        {"files": [file(size=0)]},
        {"files": [file(size="1")]},
        {"files": [file(url="http://open.beatpass.ca/x")]},
        {"files": [file(url="https://x/ y")]},
        {"files": [file(system="Linux 2")]},
    ],
    ids=str,
)
def test_that_a_signed_feed_is_read_strictly(changes: dict[str, Any]) -> None:
    with pytest.raises(Undecodable):
        release_in(json.dumps(SIGNER.feed(**changes)), SIGNER.key)


@pytest.mark.parametrize("told", ["[]", "null", "{", "{}", '{"version": "1.2", "version": "1.3"}'])
def test_that_a_signed_text_that_tells_of_no_release_is_refused(told: str) -> None:
    with pytest.raises(ApiError):
        release_in(json.dumps(SIGNER.envelope(told)), SIGNER.key)
