"""Leaderboards of the sandbox's profiles, as a tour records them."""

from __future__ import annotations

from typing import Any

import pytest
from profile_tours import ProfileTours
from tour_record import values

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]


def leaderboards(tours: ProfileTours, profile: str) -> dict[str, Any]:
    """What a tour records of the page."""
    page = tours(profile).page("leaderboards")
    assert page["state"] == "ready"
    return page


def test_that_rank_top_three_and_the_rest_agree(tours: ProfileTours) -> None:
    page = leaderboards(tours, "established")
    rank, _, total = values(page)["Your Rank"].partition(" of ")
    assert rank.startswith("#")
    assert total == values(page)["Producers Ranked"]
    titles = [card["title"] for card in page["cards"]]
    assert [title.split()[0] for title in titles[3:]] == ["#1", "#2", "#3"]
    (table,) = page["tables"]
    assert [row[0] for row in table["rows"][:3]] == ["#4", "#5", "#6"]
    assert table["row_count"] == int(total) - 3
    assert any(text.startswith("History begins today") for text in page["texts"])


def test_that_the_published_form_is_shown_without_a_total(tours: ProfileTours) -> None:
    page = leaderboards(tours, "quirky")
    assert values(page)["Your Rank"].startswith("#")
    assert " of " not in values(page)["Your Rank"]
    assert values(page)["Producers Ranked"] == "—"
    assert page["tables"][0]["row_count"] > 0


def test_that_a_new_artist_is_not_ranked_and_told_the_way(tours: ProfileTours) -> None:
    page = leaderboards(tours, "new-artist")
    assert [values(page)[title] for title in ("Your Rank", "Your Score")] == ["—", "—"]
    assert "Upload a track" in page["texts"]
    assert "No rank on record yet" in page["texts"]


def test_that_the_first_of_all_stands_on_the_podium(tours: ProfileTours) -> None:
    page = leaderboards(tours, "legend")
    assert values(page)["Your Rank"].startswith("#1 of ")
    assert "Show my row" in page["texts"]
