"""Following artists changes what other endpoints say, within the published limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from sandbox_process import RunningSandbox, running_sandbox

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file in which `sandbox` keeps its data."""
    return tmp_path_factory.mktemp("following") / "sandbox.db"


@pytest.fixture(scope="module")
def sandbox(database: Path) -> Iterator[RunningSandbox]:
    with running_sandbox("--rate-limit", "100000", "--db", str(database)) as running:
        yield running


@pytest.fixture(scope="module")
def others(sandbox: RunningSandbox) -> list[int]:
    """Artists the signed-in one has worked with."""
    network = sandbox.get("/producer-intelligence/collaboration-network")["data"]
    return [artist["id"] for artist in network["collaborators"]]


def followers(sandbox: RunningSandbox, artist_id: int) -> int:
    listing = sandbox.get(f"/artists/{artist_id}/followers", perPage=1)
    return int(listing["pagination"]["total"])


def is_followed(sandbox: RunningSandbox, artist_id: int) -> bool:
    return bool(sandbox.get(f"/artists/{artist_id}/follow-status")["following"])


def post(sandbox: RunningSandbox, artist_id: int | str, action: str) -> tuple[int, str]:
    """Status and message of an action."""
    reply = sandbox.client.post(f"/artists/{artist_id}/{action}")
    return reply.status_code, reply.json().get("message", "")


def test_that_following_and_unfollowing_move_the_followers_by_one(
    sandbox: RunningSandbox, others: list[int]
) -> None:
    artist_id = others[0]
    before = followers(sandbox, artist_id)
    assert not is_followed(sandbox, artist_id)
    assert post(sandbox, artist_id, "follow")[0] == 200
    assert is_followed(sandbox, artist_id)
    assert followers(sandbox, artist_id) == before + 1
    newest = sandbox.get(f"/artists/{artist_id}/followers", perPage=1)["pagination"]["data"][0]
    assert newest["id"] == sandbox.get("/users/me")["user"]["id"]
    assert post(sandbox, artist_id, "unfollow")[0] == 200
    assert not is_followed(sandbox, artist_id)
    assert followers(sandbox, artist_id) == before


def test_that_the_network_shows_who_is_followed(sandbox: RunningSandbox, others: list[int]) -> None:
    def followed() -> set[int]:
        network = sandbox.get("/producer-intelligence/collaboration-network")["data"]
        return {artist["id"] for artist in network["collaborators"] if artist["following"]}

    before = followed()
    post(sandbox, others[1], "follow")
    assert followed() == before | {others[1]}
    post(sandbox, others[1], "unfollow")
    assert followed() == before


def test_that_following_twice_conflicts_and_counts_once(
    sandbox: RunningSandbox, others: list[int]
) -> None:
    post(sandbox, others[2], "follow")
    before = followers(sandbox, others[2])
    assert post(sandbox, others[2], "follow") == (409, "You are already following this artist.")
    assert followers(sandbox, others[2]) == before


def test_that_unfollowing_somebody_not_followed_is_not_found(
    sandbox: RunningSandbox, others: list[int]
) -> None:
    before = followers(sandbox, others[3])
    assert post(sandbox, others[3], "unfollow") == (404, "You are not following this artist.")
    assert followers(sandbox, others[3]) == before


def test_that_nobody_follows_themselves(sandbox: RunningSandbox) -> None:
    own = sandbox.artist_id()
    before = followers(sandbox, own)
    assert post(sandbox, own, "follow") == (422, "You cannot follow your own artist.")
    assert not is_followed(sandbox, own)
    assert followers(sandbox, own) == before


@pytest.mark.parametrize("action", ["follow", "unfollow"])
@pytest.mark.parametrize("artist_id", ["1", str(2**63)])
def test_that_unknown_artists_are_not_found(
    sandbox: RunningSandbox, action: str, artist_id: str
) -> None:
    assert post(sandbox, artist_id, action)[0] == 404


def test_that_following_needs_a_token(sandbox: RunningSandbox, others: list[int]) -> None:
    assert sandbox.anonymous(f"/artists/{others[0]}/follow-status").status_code == 401
    for action in ("follow", "unfollow"):
        reply = sandbox.client.post(
            f"/artists/{others[0]}/{action}", headers={"Authorization": "Bearer wrong"}
        )
        assert reply.status_code == 401


def test_that_nobody_follows_more_than_5000_artists(
    sandbox: RunningSandbox, database: Path, others: list[int]
) -> None:
    user_id = sandbox.get("/users/me")["user"]["id"]
    connection = sqlite3.connect(database)
    with connection:
        (followed,) = connection.execute(
            "SELECT COUNT(*) FROM follows WHERE user_id = ?", (user_id,)
        ).fetchone()
        connection.executemany(
            "INSERT INTO follows (artist_id, followed_at, user_id) VALUES (?, 0, ?)",
            [(-number, user_id) for number in range(1, 5_000 - followed)],
        )
    assert post(sandbox, others[4], "follow")[0] == 200
    status, message = post(sandbox, others[5], "follow")
    assert (status, "5,000" in message) == (422, True)
    assert is_followed(sandbox, others[4])
    assert not is_followed(sandbox, others[5])
    with connection:
        connection.execute("DELETE FROM follows WHERE user_id = ?", (user_id,))
    connection.close()


def test_that_too_many_changes_a_minute_have_to_wait_and_change_nothing(
    without_artist: RunningSandbox,
) -> None:
    board = without_artist.get("/producer-intelligence/leaderboard", category="plays")
    artist_id = board["data"]["entries"][0]["artist"]["id"]
    for _ in range(15):
        assert post(without_artist, artist_id, "follow")[0] == 200
        assert post(without_artist, artist_id, "unfollow")[0] == 200
    refused = without_artist.client.post(f"/artists/{artist_id}/follow")
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["Retry-After"]) <= 60
    assert refused.json()["retry_after"] == int(refused.headers["Retry-After"])
    assert not is_followed(without_artist, artist_id)
