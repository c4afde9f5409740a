"""The Progress page on a tour of the sandbox, profile by profile."""

from __future__ import annotations

from typing import Any

import pytest
from profile_tours import ProfileTours
from tour_record import values

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]

CARDS = ["Total XP", "XP to next level", "Unlocked", "Locked", "XP earned"]


def achievements(page: dict[str, Any]) -> dict[str, Any]:
    [table] = [table for table in page["tables"] if table["name"] == "Achievements"]
    return dict(table)


@pytest.mark.parametrize("profile", ["established", "legend", "quirky", "new-artist"])
def test_that_a_tour_shows_level_points_and_achievements(tours: ProfileTours, profile: str) -> None:
    page = tours(profile).page("progress")
    assert page["state"] == "ready"
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
