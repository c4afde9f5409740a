"""Growth of single tracks adds up to the growth of the artist."""

from __future__ import annotations

from typing import Any

import httpx
import pytest
from sandbox_process import RunningSandbox

pytestmark = pytest.mark.end_to_end

PATH = "/producer-intelligence/tracks/growth-batch"


@pytest.fixture(scope="module")
def artist_id(established: RunningSandbox) -> int:
    return established.artist_id()


@pytest.fixture(scope="module")
def track_ids(established: RunningSandbox, artist_id: int) -> list[int]:
    return [row["id"] for row in established.walk(f"/artists/{artist_id}/tracks", 100)]


def ask(sandbox: RunningSandbox, body: object) -> httpx.Response:
    return sandbox.client.post(PATH, json=body)


def growth(sandbox: RunningSandbox, track_ids: list[int]) -> list[dict[str, Any]]:
    reply = ask(sandbox, {"track_ids": track_ids})
    assert reply.status_code == 200, reply.text
    assert set(reply.json()) == {"growth"}
    rows: list[dict[str, Any]] = reply.json()["growth"]
    return rows


def test_that_the_growth_of_all_tracks_sums_to_that_of_the_artist(
    established: RunningSandbox, track_ids: list[int]
) -> None:
    rows = [
        row
        for start in range(0, len(track_ids), 100)
        for row in growth(established, track_ids[start : start + 100])
    ]
    now = sum(row["plays_this_period"] for row in rows)
    before = sum(row["plays_previous_period"] for row in rows)
    stats = established.get("/artist/dashboard-stats")["data"]
    assert [row["track_id"] for row in rows] == track_ids
    assert stats["play_growth_percentage"] == round((now - before) / before * 100, 1)


def test_that_the_rate_is_the_change_in_percent_and_null_without_a_past(
    established: RunningSandbox, track_ids: list[int]
) -> None:
    rows = growth(established, track_ids[:100])
    for row in rows:
        now, before = row["plays_this_period"], row["plays_previous_period"]
        expected = round((now - before) / before * 100, 1) if before else None
        assert row["growth_rate"] == expected
    assert {row["growth_rate"] is None for row in rows} == {True, False}


def test_that_plays_of_a_period_are_at_most_all_plays(
    established: RunningSandbox, artist_id: int
) -> None:
    tracks = established.get(f"/artists/{artist_id}/tracks", perPage=100)["pagination"]["data"]
    plays = {track["id"]: track["plays"] for track in tracks}
    for row in growth(established, list(plays)):
        known = row["plays_this_period"] + row["plays_previous_period"]
        assert 0 <= known <= plays[row["track_id"]]


def test_that_foreign_and_unknown_tracks_are_left_out_and_repeated_ones_come_once(
    established: RunningSandbox, track_ids: list[int]
) -> None:
    matches = established.get("/producer-intelligence/collaboration-opportunities")["data"]
    stranger = matches["recommendations"][0]["artist"]["id"]
    listing = established.get(f"/artists/{stranger}/tracks", perPage=1)["pagination"]
    foreign = listing["data"][0]["id"]
    asked = [foreign, track_ids[5], 1, -4, 0, 2**63, 10**30, track_ids[2], track_ids[5]]
    answered = [row["track_id"] for row in growth(established, asked)]
    assert answered == [track_ids[5], track_ids[2]]


@pytest.mark.parametrize(
    "body",
    [
        {},
        {"track_ids": []},
        {"track_ids": list(range(1, 102))},
        {"track_ids": ["7"]},
        {"track_ids": [1.5]},
        {"track_ids": [True]},
        {"track_ids": [None]},
        {"track_ids": "1,2,3"},
        {"track_ids": {"0": 1}},
        {"track_ids": None},
    ],
)
def test_that_a_list_that_cannot_be_right_is_refused(
    established: RunningSandbox, body: object
) -> None:
    reply = ask(established, body)
    assert reply.status_code == 422
    assert reply.json()["error"] == "validation_failed"
    assert reply.json()["success"] is False
    assert all(field.startswith("track_ids") for field in reply.json()["errors"])


def test_that_a_hundred_ids_may_be_asked_for(
    established: RunningSandbox, track_ids: list[int]
) -> None:
    assert len(growth(established, track_ids[:100])) == 100


def test_that_growth_needs_a_token(established: RunningSandbox) -> None:
    reply = httpx.post(established.base_url + PATH, json={"track_ids": [1]}, trust_env=False)
    assert (reply.status_code, reply.json()["error"]) == (401, "unauthorized")


def test_that_somebody_without_an_artist_owns_no_track(without_artist: RunningSandbox) -> None:
    assert growth(without_artist, [1, 2, 3]) == []
