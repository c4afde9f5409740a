"""The wire contract: envelopes, paging, errors, tokens, caching, limits."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any

import httpx
import pytest
from sandbox_process import NOW, RunningSandbox

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def artist_id(established: RunningSandbox) -> int:
    return established.artist_id()


def test_that_each_group_uses_its_documented_envelope(
    established: RunningSandbox, artist_id: int
) -> None:
    assert set(established.get("/users/me")) == {"status", "user"}
    assert "total_tracks" in established.get("/artist/profile")
    assert set(established.get("/artist/dashboard-stats")) == {"success", "data"}
    assert set(established.get(f"/artists/{artist_id}")) == {"status", "artist"}
    assert set(established.get(f"/artists/{artist_id}/tracks")) == {"status", "pagination"}
    assert set(established.get("/producer-intelligence/progress-data")) == {"status", "data"}


def test_that_artists_and_genres_and_albums_come_when_asked_for(
    established: RunningSandbox, artist_id: int
) -> None:
    assert "artists" not in established.get("/users/me")["user"]
    linked = established.get("/users/me", **{"with": "artists"})["user"]["artists"]
    assert [(artist["id"], artist["role"]) for artist in linked] == [(artist_id, "owner")]
    plain = established.get(f"/artists/{artist_id}")["artist"]
    full = established.get(f"/artists/{artist_id}", **{"with": "genres, albums"})["artist"]
    assert "genres" not in plain
    assert full["genres"]
    assert full["albums"]["total"] == 14


@pytest.mark.parametrize("per_page", [7, 100])
def test_that_paging_visits_every_track_once(
    established: RunningSandbox, artist_id: int, per_page: int
) -> None:
    rows = established.walk(f"/artists/{artist_id}/tracks", per_page)
    stamps = [row["created_at"] for row in rows]
    assert len({row["id"] for row in rows}) == len(rows) == 180
    assert stamps == sorted(stamps, reverse=True)


def test_that_a_page_tells_where_it_stands(established: RunningSandbox, artist_id: int) -> None:
    path = f"/artists/{artist_id}/tracks"
    last = established.get(path, perPage=50, page=4)["pagination"]
    beyond = established.get(path, perPage=50, page=10**15)["pagination"]
    capped = established.get(path, perPage=5000)["pagination"]
    assert (last["current_page"], last["from"], last["to"], last["last_page"]) == (4, 151, 180, 4)
    assert (beyond["data"], beyond["from"], beyond["to"], beyond["total"]) == ([], None, None, 180)
    assert capped["per_page"] == len(capped["data"]) == 100


@pytest.mark.parametrize(
    ("field", "value"),
    [("perPage", "many"), ("perPage", "0"), ("page", "-1"), ("page", "1.5"), ("page", "9" * 5000)],
)
def test_that_rubbish_paging_values_are_refused_by_field(
    established: RunningSandbox, artist_id: int, field: str, value: str
) -> None:
    reply = established.client.get(f"/artists/{artist_id}/albums", params={field: value})
    assert reply.status_code == 422
    assert list(reply.json()["errors"]) == [field]
    assert reply.json()["message"]


def test_that_an_unknown_period_is_refused(established: RunningSandbox, artist_id: int) -> None:
    reply = established.client.get(
        f"/artists/{artist_id}/downloads-analytics", params={"period": "2d"}
    )
    assert reply.status_code == 422
    assert "period" in reply.json()["errors"]


@pytest.mark.parametrize(
    "path",
    [
        "/artists/1",
        "/artists/zero/tracks",
        f"/artists/{2**63}",
        "/users/1",
        "/users/" + "9" * 5000,
        "/nowhere",
    ],
)
def test_that_unknown_things_are_not_found(established: RunningSandbox, path: str) -> None:
    reply = established.client.get(path)
    assert reply.status_code == 404
    assert reply.json()["message"]


def test_that_an_unsupported_method_is_refused_with_those_allowed(
    established: RunningSandbox,
) -> None:
    reply = established.client.delete("/artist/profile")
    assert reply.status_code == 405
    assert "GET" in reply.headers["Allow"]
    assert "DELETE" in reply.json()["message"]


def test_that_downloads_of_somebody_else_are_forbidden(
    established: RunningSandbox, artist_id: int
) -> None:
    tracks = established.walk(f"/artists/{artist_id}/tracks", 100)
    other = next(a["id"] for t in tracks for a in t["artists"] if a["id"] != artist_id)
    reply = established.client.get(f"/artists/{other}/downloads-analytics")
    assert reply.status_code == 403
    assert reply.json()["error"] == "forbidden"


def test_that_only_minimal_fields_come_without_a_token(
    established: RunningSandbox, artist_id: int
) -> None:
    artist = established.anonymous(f"/artists/{artist_id}").json()["artist"]
    page = established.anonymous(f"/artists/{artist_id}/tracks?perPage=100").json()["pagination"]
    assert set(artist) == {"id", "name", "image_small", "model_type"}
    assert page["total"] == 180
    assert all(set(track) == {"id", "name", "image", "model_type"} for track in page["data"])


@pytest.mark.parametrize(
    "path",
    [
        "/users/me",
        "/artist/profile",
        "/artist/dashboard-stats",
        "/artists/{id}/albums",
        "/artists/{id}/downloads-analytics",
        "/producer-intelligence/progress-data",
    ],
)
def test_that_private_endpoints_need_a_token(
    established: RunningSandbox, artist_id: int, path: str
) -> None:
    reply = established.anonymous(path.format(id=artist_id))
    assert reply.status_code == 401
    assert reply.json()["message"] == "Unauthenticated."
    assert reply.json().get("error") == ("unauthorized" if "intelligence" in path else None)


@pytest.mark.parametrize("authorization", ["Bearer wrong", "Bearer", "Basic abc", "rubbish"])
def test_that_an_invalid_token_is_refused_even_where_none_is_needed(
    established: RunningSandbox, artist_id: int, authorization: str
) -> None:
    reply = established.anonymous(f"/artists/{artist_id}", Authorization=authorization)
    assert reply.status_code == 401
    assert reply.json() == {"message": "Unauthenticated."}


def test_that_an_unchanged_body_is_not_sent_again(
    established: RunningSandbox, artist_id: int
) -> None:
    path = f"/artists/{artist_id}/tracks"
    first = established.client.get(path)
    tag = first.headers["ETag"]
    again = established.client.get(path, headers={"If-None-Match": f'"other", W/{tag}'})
    other = established.client.get(path, params={"page": 2}, headers={"If-None-Match": tag})
    assert re.fullmatch(r'"[0-9a-f]+"', tag)
    assert (again.status_code, again.content, again.headers["ETag"]) == (304, b"", tag)
    assert other.status_code == 200


def test_that_bodies_are_compressed_only_when_accepted(
    established: RunningSandbox, artist_id: int
) -> None:
    path = f"/artists/{artist_id}/tracks"
    plain = established.client.get(path, headers={"Accept-Encoding": "identity"})
    with established.client.stream("GET", path, headers={"Accept-Encoding": "gzip"}) as reply:
        packed = b"".join(reply.iter_raw())
    assert "Content-Encoding" not in plain.headers
    assert reply.headers["Content-Encoding"] == "gzip"
    assert len(packed) < len(plain.content) / 3
    assert gzip.decompress(packed) == plain.content
    assert reply.headers["ETag"] == plain.headers["ETag"]


def test_that_every_reply_is_dated_by_the_sandbox_clock(established: RunningSandbox) -> None:
    for path in ("/users/me", "/nowhere"):
        dates = established.client.get(path).headers.get_list("Date")
        assert [parsedate_to_datetime(date) for date in dates] == [datetime.fromisoformat(NOW)]


def test_that_the_clock_runs_unless_it_is_fixed(start_sandbox: Callable[..., Any]) -> None:
    with start_sandbox("--profile", "no-artist", now="2030-01-01T00:00:00") as fixed:
        date = parsedate_to_datetime(fixed.client.get("/users/me").headers["Date"])
    assert date == datetime(2030, 1, 1, tzinfo=UTC)


def test_that_covers_are_images(established: RunningSandbox, artist_id: int) -> None:
    track = established.get(f"/artists/{artist_id}/tracks", perPage=1)["pagination"]["data"][0]
    reply = httpx.get(established.origin + track["image"], trust_env=False)
    assert reply.headers["Content-Type"] == "image/png"
    assert reply.content.startswith(b"\x89PNG\r\n\x1a\n")


def test_that_the_log_lists_requests_without_the_token(established: RunningSandbox) -> None:
    established.client.get("/users/me", params={"with": "artists"})
    reply = httpx.get(established.origin + "/_sandbox/log", trust_env=False)
    latest = reply.json()["requests"][-1]
    assert (latest["method"], latest["path"]) == ("GET", "/api/v1/users/me")
    assert (latest["query"], latest["status"]) == ("with=artists", 200)
    assert datetime.fromisoformat(latest["time"]).tzinfo is not None
    assert established.token not in reply.text
    health = httpx.get(established.origin + "/_sandbox/health", trust_env=False)
    assert health.json() == {"status": "ok", "profile": "established"}


def test_that_requests_over_the_limit_are_refused_until_the_window_moves(
    start_sandbox: Callable[..., Any],
) -> None:
    with start_sandbox("--profile", "no-artist", "--rate-limit", "3") as sandbox:
        replies = [sandbox.client.get("/users/me") for _ in range(4)]
        anonymous = sandbox.anonymous("/artists/1")
        health = httpx.get(sandbox.origin + "/_sandbox/health", trust_env=False)
    assert [reply.status_code for reply in replies] == [200, 200, 200, 429]
    assert [r.headers["X-RateLimit-Remaining"] for r in replies] == ["2", "1", "0", "0"]
    assert {r.headers["X-RateLimit-Limit"] for r in replies} == {"3"}
    wait = int(replies[3].headers["Retry-After"])
    reset = int(replies[3].headers["X-RateLimit-Reset"])
    assert 1 <= wait <= 60
    assert reset == int(datetime.fromisoformat(NOW).timestamp()) + wait
    assert replies[3].json() == {"message": "Too Many Attempts.", "retry_after": wait}
    assert anonymous.status_code == 404
    assert health.status_code == 200
