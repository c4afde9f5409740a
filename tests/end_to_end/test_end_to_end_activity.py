"""The Activity page against the sandbox, as a tour records it."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime

import pytest
from processes import Run, Sandbox
from profile_tours import ProfileTours
from tour_record import values

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]

UNKNOWN = "—"


def artist_of(sandbox: Sandbox) -> int:
    number: int = sandbox.get("/artist/profile")["id"]
    return number


def test_that_the_page_shows_what_the_server_sends(tours: ProfileTours, shown_before: Run) -> None:
    established, page = tours("established").sandbox, tours("established").page("activity")
    artist = artist_of(established)
    month = established.get(f"/artists/{artist}/downloads-analytics", period="30d")["data"]
    stats = established.get("/artist/dashboard-stats")["data"]
    earnings = established.get("/producer/earnings")["data"]
    graph = f"/producer-intelligence/artist/{artist}/contribution-graph"
    year = datetime.now().year
    uploads = established.get(graph, year=year)["data"]
    asked = tours("established").asked
    assert page["state"] == "ready"
    assert values(page) == {
        "Total Tracks": f"{stats['total_tracks']:,}",
        "Total Plays": f"{stats['total_plays']:,}",
        "Platform Share": f"{earnings['platform_share']:.2f}\N{NO-BREAK SPACE}%",
        "Achievements": values(page)["Achievements"],
        "Downloads": f"{month['total_downloads']:,}",
        "Unique Users": f"{month['unique_users']:,}",
        "This Week": f"{month['this_week']:,}",
        "Top Track": month["top_track"]["name"],
    }
    texts = page["texts"]
    assert f"Uploads in {year}: {uploads['total']:,}" in texts
    assert month["recent"][0]["user"]["display_name"] in texts
    assert sum(text.startswith("View licence") for text in texts) <= 5
    assert "Load more" in texts
    assert not any("platform/contribution-graph" in path for path in asked)
    assert sum("downloads-analytics" in path for path in asked) == 2
    offline = shown_before.page("activity")
    assert (offline["cards"], offline["freshness"]) == (page["cards"], "offline")
    assert f"Uploads in {year}: {uploads['total']:,}" in offline["texts"]
    words = [sys.executable, "-m", "beatpass_desktop", "export", "downloads"]
    place = ["--data-dir", str(tours("established").surroundings.data), *established.arguments]
    done = subprocess.run([*words, *place], capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0, done.stderr
    assert str(month["recent"][0]["id"]) in done.stdout


@pytest.mark.parametrize("profile", ["new-artist", "quirky", "legend"])
def test_that_every_kind_of_artist_has_a_page(profile: str, tours: ProfileTours) -> None:
    sandbox, page = tours(profile).sandbox, tours(profile).page("activity")
    artist = artist_of(sandbox)
    month = sandbox.get(f"/artists/{artist}/downloads-analytics", period="30d")["data"]
    assert page["state"] == "ready"
    shown = values(page)
    assert shown["Downloads"] == f"{month['total_downloads']:,}"
    top = month.get("top_track")
    assert shown["Top Track"] == (top["name"] if top else UNKNOWN)
    if profile == "new-artist":
        assert "No downloads yet" in page["texts"]
        assert "Upload a track" in page["texts"]
