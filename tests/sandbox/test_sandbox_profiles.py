"""What each profile stands for, and who else is on its platform."""

from __future__ import annotations

from typing import Any

import pytest
from simulated import SimulatedPlatform, platform

PROGRESS = "/producer-intelligence/progress-data"
LEADERBOARD = "/producer-intelligence/leaderboard"


def level(of: SimulatedPlatform) -> dict[str, Any]:
    data: dict[str, Any] = of.get(PROGRESS)["data"]["level"]
    return data


def overall_rank(of: SimulatedPlatform) -> int:
    board = of.get(LEADERBOARD, {"category": "overall", "period": "all-time"})["data"]
    return int(board["me"]["rank"])


def uploads(of: SimulatedPlatform) -> list[int]:
    return [
        of.rows("SELECT tracks FROM artist_figures WHERE artist_id = ?", artist_id)[0][0]
        for artist_id in of.artist_ids
    ]


def test_that_an_established_producer_is_well_placed_but_not_first() -> None:
    established = platform("established")
    assert uploads(established) == [180]
    assert 5 <= overall_rank(established) <= 15
    assert 45 <= level(established)["number"] <= 60
    stats = established.get("/artist/dashboard-stats")["data"]
    assert stats["total_plays"] > 4_000
    assert stats["recent_uploads"] > 0


def test_that_a_legend_leads_at_the_highest_level_with_a_margin() -> None:
    legend = platform("legend")
    assert overall_rank(legend) == 1
    assert level(legend)["number"] == 100
    assert level(legend)["xp"] > 110_000
    assert level(legend)["xp_to_next"] == 0


def test_that_an_incomplete_account_belongs_to_a_smaller_producer() -> None:
    assert uploads(platform("stripe-incomplete")) == [64]
    assert 1 < level(platform("stripe-incomplete"))["number"] < 50


def test_that_one_user_has_three_artists_of_different_size_and_currency() -> None:
    several = platform("multi-artist")
    user = several.get("/users/{id}", {"with": "artists"}, id="me")["user"]  # type: ignore[arg-type]
    assert [artist["id"] for artist in user["artists"]] == list(several.artist_ids)
    assert uploads(several) == [220, 58, 17]
    currencies = [
        {
            row["currency"]
            for row in several.rows(
                "SELECT t.currency FROM credits c JOIN tracks t ON t.id = c.track_id"
                " JOIN credits p ON p.track_id = c.track_id AND p.position = 0"
                " WHERE c.artist_id = ?1 AND p.artist_id = ?1",
                artist_id,
            )
        }
        for artist_id in several.artist_ids
    ]
    assert currencies == [{"USD"}, {"EUR"}, {"USD"}]


@pytest.mark.parametrize("name", ["established", "no-artist"])
def test_that_some_artists_are_not_to_be_ranked(name: str) -> None:
    found = platform(name)
    listed = {
        entry["artist"]["id"]
        for category in ("uploads", "points")
        for entry in found.get(LEADERBOARD, {"category": category})["data"]["entries"]
    }
    for condition, tracks in (
        ("administrator", True),
        ("NOT has_profile", True),
        ("has_profile AND f.tracks = 0", False),
    ):
        rows = found.rows(
            "SELECT a.id, f.tracks FROM artists a JOIN artist_figures f ON f.artist_id = a.id"
            f" WHERE {condition}"
        )
        assert rows
        assert any(row["tracks"] for row in rows) == tracks
        assert not listed & {row["id"] for row in rows}
