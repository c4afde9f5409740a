"""Collaborations agree with the credits in the catalogue."""

from __future__ import annotations

from collections import Counter
from typing import Any

import httpx
import pytest
from sandbox_process import RunningSandbox, running_sandbox

pytestmark = pytest.mark.end_to_end

Row = dict[str, Any]


def partners(tracks: list[Row], artist_id: int) -> Counter[int]:
    """How often each other artist is credited on tracks of one."""
    credited = [artist["id"] for track in tracks for artist in track["artists"]]
    return Counter(other for other in credited if other != artist_id)


def credits_shared(sandbox: RunningSandbox, artist_id: int) -> Counter[int]:
    return partners(sandbox.walk(f"/artists/{artist_id}/tracks", 100), artist_id)


@pytest.fixture(scope="module")
def artist_id(established: RunningSandbox) -> int:
    return established.artist_id()


@pytest.fixture(scope="module")
def shared(established: RunningSandbox, artist_id: int) -> list[Row]:
    """The artist's tracks with several credits, newest first."""
    rows = established.walk(f"/artists/{artist_id}/tracks", 100)
    return [row for row in rows if len(row["artists"]) > 1]


@pytest.fixture(scope="module")
def network(established: RunningSandbox) -> Row:
    data: Row = established.get("/producer-intelligence/collaboration-network")["data"]
    return data


@pytest.fixture(scope="module")
def recommendations(established: RunningSandbox) -> list[Row]:
    data = established.get("/producer-intelligence/collaboration-opportunities")["data"]
    rows: list[Row] = data["recommendations"]
    return rows


def test_that_the_network_counts_the_shared_credits(
    network: Row, shared: list[Row], artist_id: int
) -> None:
    counted = partners(shared, artist_id)
    told = {artist["id"]: artist["track_count"] for artist in network["collaborators"]}
    assert told == counted
    assert network["total_collaborators"] == len(counted) == 9
    assert network["total_collaborations"] == len(shared)
    counts = [artist["track_count"] for artist in network["collaborators"]]
    assert counts == sorted(counts, reverse=True)


def test_that_the_network_agrees_with_the_sources_of_xp(
    established: RunningSandbox, network: Row
) -> None:
    sources = established.get("/producer-intelligence/progress-data")["data"]["xp_sources"]
    counts = {source["source"]: source["count"] for source in sources}
    assert network["total_collaborations"] == counts["collaborations"]


def test_that_collaborative_tracks_are_those_with_several_credits(
    established: RunningSandbox, shared: list[Row], artist_id: int
) -> None:
    rows = established.get(f"/artist/{artist_id}/collaborative-tracks")
    assert [
        (row["track_id"], row["title"], row["plays"], row["primary_artist"]["id"]) for row in rows
    ] == [
        (track["id"], track["name"], track["plays"], track["artists"][0]["id"]) for track in shared
    ]
    for row, track in zip(rows, shared, strict=True):
        others = [artist for artist in track["artists"] if artist["id"] != artist_id]
        assert row["collaborators"] == others


def test_that_a_collaboration_shows_from_the_other_side(
    established: RunningSandbox, network: Row, artist_id: int
) -> None:
    partner = network["collaborators"][0]
    rows = established.get(f"/artist/{partner['id']}/collaborative-tracks")
    with_us = [row for row in rows if artist_id in {other["id"] for other in row["collaborators"]}]
    assert len(with_us) == partner["track_count"]


def test_that_only_strangers_are_recommended(
    recommendations: list[Row], network: Row, artist_id: int
) -> None:
    recommended = {row["artist"]["id"] for row in recommendations}
    known = {artist["id"] for artist in network["collaborators"]} | {artist_id}
    assert len(recommended) == len(recommendations) > 0
    assert not recommended & known


def test_that_the_best_matches_come_first(recommendations: list[Row]) -> None:
    scores = [row["match_score"] for row in recommendations]
    assert scores == sorted(scores, reverse=True)
    assert all(0 <= score <= 100 for score in scores)


def test_that_match_scores_are_what_two_mixtures_of_genres_have_in_common(
    established: RunningSandbox, recommendations: list[Row], artist_id: int
) -> None:
    def mixture(identifier: int) -> tuple[int, dict[str, float]]:
        tracks = established.walk(f"/artists/{identifier}/tracks", 100)
        genres = Counter(genre["name"] for track in tracks for genre in track["genres"])
        return len(tracks), {name: count / genres.total() for name, count in genres.items()}

    _, own = mixture(artist_id)
    for row in (recommendations[0], recommendations[-1]):
        track_count, other = mixture(row["artist"]["id"])
        common = {name: min(own[name], other[name]) for name in own.keys() & other.keys()}
        assert row["track_count"] == track_count
        assert row["match_score"] == pytest.approx(100 * sum(common.values()), abs=0.5001)
        assert set(row["common_genres"]) == set(common)
        assert common[row["common_genres"][0]] == max(common.values())


def test_that_somebody_without_tracks_has_no_network_and_no_matches(
    newcomer: RunningSandbox,
) -> None:
    own = newcomer.artist_id()
    assert newcomer.get(f"/artist/{own}/collaborative-tracks") == []
    network = newcomer.get("/producer-intelligence/collaboration-network")["data"]
    assert network == {"total_collaborators": 0, "total_collaborations": 0, "collaborators": []}
    found = newcomer.get("/producer-intelligence/collaboration-opportunities")["data"]
    assert found == {"recommendations": []}


@pytest.mark.parametrize("topic", ["network", "opportunities"])
def test_that_somebody_without_an_artist_is_told_so(
    without_artist: RunningSandbox, topic: str
) -> None:
    reply = without_artist.client.get(f"/producer-intelligence/collaboration-{topic}")
    assert reply.status_code == 404
    assert reply.json()["error"] == "not_found"


def test_that_the_network_follows_the_credits_as_time_passes() -> None:
    with running_sandbox("--profile", "stripe-incomplete") as sandbox:
        own = sandbox.artist_id()
        before = credits_shared(sandbox, own)
        httpx.post(
            f"{sandbox.origin}/_sandbox/advance",
            json={"days": 60},
            trust_env=False,
            timeout=30,
        ).raise_for_status()
        after = credits_shared(sandbox, own)
        network = sandbox.get("/producer-intelligence/collaboration-network")["data"]
        told = {artist["id"]: artist["track_count"] for artist in network["collaborators"]}
        assert told == after
        assert after.total() > before.total()


def test_that_collaborations_need_a_token_and_a_known_artist(
    established: RunningSandbox, artist_id: int
) -> None:
    assert established.client.get("/artist/1/collaborative-tracks").status_code == 404
    assert established.anonymous(f"/artist/{artist_id}/collaborative-tracks").status_code == 401
    reply = established.anonymous("/producer-intelligence/collaboration-network")
    assert (reply.status_code, reply.json()["error"]) == (401, "unauthorized")
