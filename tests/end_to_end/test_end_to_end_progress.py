"""The Progress page on a tour of the sandbox, profile by profile."""

from __future__ import annotations

from typing import Any

import pytest
from processes import Surroundings
from tour_record import check_page, values

pytestmark = pytest.mark.end_to_end

CARDS = ["Total XP", "XP to next level", "Unlocked", "Locked", "XP earned"]


def progress_of(surroundings: Surroundings, profile: str) -> dict[str, Any]:
    """What a tour of a profile records of the page."""
    run = surroundings.tour(f"--sandbox={profile}")
    assert run.complaints == []
    [page] = [page for page in run.pages() if page["name"] == "progress"]
    check_page(page)
    return page


def achievements(page: dict[str, Any]) -> dict[str, Any]:
    [table] = [table for table in page["tables"] if table["name"] == "Achievements"]
    return dict(table)


@pytest.mark.parametrize("profile", ["established", "legend", "quirky", "new-artist"])
def test_that_a_tour_shows_level_points_and_achievements(
    surroundings: Surroundings, profile: str
) -> None:
    page = progress_of(surroundings, profile)
    assert (page["state"], page["freshness"]) == ("ready", "live")
    shown = values(page)
    assert list(shown) == CARDS
    assert "—" not in shown.values()
    table = achievements(page)
    unlocked, locked = int(shown["Unlocked"]), int(shown["Locked"])
    assert unlocked + locked == table["row_count"]
    assert f"{unlocked} of {unlocked + locked} unlocked" in page["texts"]
    assert [row[1] for row in table["rows"]].count("Unlocked") == min(unlocked, 20)
    assert {"How XP works", "Refresh", "XP actions", "+100 XP"} <= set(page["texts"])
    at_maximum = any("Maximum level" in (card["detail"] or "") for card in page["cards"])
    assert at_maximum == (profile == "legend")
    begins = any("Nothing earned yet" in text for text in page["texts"])
    assert begins == (profile == "new-artist")
