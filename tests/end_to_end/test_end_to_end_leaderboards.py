"""Leaderboards of the sandbox's profiles, as a tour records them."""

from __future__ import annotations

from typing import Any

import pytest
from processes import Surroundings
from tour_record import check_page, values

pytestmark = pytest.mark.end_to_end


def leaderboards(surroundings: Surroundings, profile: str) -> dict[str, Any]:
    """What a tour records of the page."""
    run = surroundings.tour(f"--sandbox={profile}")
    assert run.complaints == []
    page = next(page for page in run.pages() if page["name"] == "leaderboards")
    check_page(page)
    assert (page["state"], page["freshness"]) == ("ready", "live")
    return page


def test_that_rank_top_three_and_the_rest_agree(surroundings: Surroundings) -> None:
    page = leaderboards(surroundings, "established")
    rank, _, total = values(page)["Your Rank"].partition(" of ")
    assert rank.startswith("#")
    assert total == values(page)["Producers Ranked"]
    titles = [card["title"] for card in page["cards"]]
    assert [title.split()[0] for title in titles[3:]] == ["#1", "#2", "#3"]
    (table,) = page["tables"]
    assert [row[0] for row in table["rows"][:3]] == ["#4", "#5", "#6"]
    assert table["row_count"] == int(total) - 3
    assert any(text.startswith("History begins today") for text in page["texts"])


def test_that_the_published_form_is_shown_without_a_total(surroundings: Surroundings) -> None:
    page = leaderboards(surroundings, "quirky")
    assert values(page)["Your Rank"].startswith("#")
    assert " of " not in values(page)["Your Rank"]
    assert values(page)["Producers Ranked"] == "—"
    assert page["tables"][0]["row_count"] > 0


def test_that_a_new_artist_is_not_ranked_and_told_the_way(surroundings: Surroundings) -> None:
    page = leaderboards(surroundings, "new-artist")
    assert [values(page)[title] for title in ("Your Rank", "Your Score")] == ["—", "—"]
    assert "Upload a track" in page["texts"]
    assert "No rank on record yet" in page["texts"]


def test_that_the_first_of_all_stands_on_the_podium(surroundings: Surroundings) -> None:
    page = leaderboards(surroundings, "legend")
    assert values(page)["Your Rank"].startswith("#1 of ")
    assert "Show my row" in page["texts"]
