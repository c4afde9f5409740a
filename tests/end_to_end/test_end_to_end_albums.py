"""The Albums page against the sandbox, as a tour records it."""

from __future__ import annotations

from typing import Any

import pytest
from processes import Sandbox
from profile_tours import ProfileTours
from tour_record import values

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]

UNKNOWN = "—"


def sent(sandbox: Sandbox) -> list[dict[str, Any]]:
    """The albums as the server lists them, newest first."""
    artist = sandbox.get("/artist/profile")["id"]
    reply = sandbox.get(f"/artists/{artist}/albums", perPage="100")
    rows: list[dict[str, Any]] = reply["pagination"]["data"]
    return rows


def test_that_the_page_shows_what_the_server_sends(tours: ProfileTours) -> None:
    albums = sent(tours("established").sandbox)
    page = tours("established").page("albums")
    assert page["state"] == "ready"
    top = max(albums, key=lambda album: album["plays"])
    figures = values(page)
    assert figures == {
        "Total Albums": str(len(albums)),
        "Album Tracks": f"{sum(len(album['tracks']) for album in albums):,}",
        "Album Plays": f"{sum(album['plays'] for album in albums):,}",
        "Top Album": top["name"],
    }
    (table,) = page["tables"]
    assert table["name"] == "Albums"
    assert table["columns"] == ["Name", "Tracks", "Plays", "Release date", "Created"]
    assert table["row_count"] == len(albums)
    assert [row[:3] for row in table["rows"]] == [
        [album["name"], str(len(album["tracks"])), f"{album['plays']:,}"] for album in albums[:20]
    ]


def test_that_a_new_artist_is_led_to_the_first_album(tours: ProfileTours) -> None:
    page = tours("new-artist").page("albums")
    assert (page["state"], page["cards"], page["tables"]) == ("empty", [], [])
    assert "No albums yet" in page["texts"]
    assert page["texts"].count("New album") == 1


def test_that_odd_albums_are_shown_literally(tours: ProfileTours) -> None:
    page = tours("quirky").page("albums")
    (table,) = page["tables"]
    names = [row[0] for row in table["rows"]]
    assert {UNKNOWN, "<i>Untitled</i>", "🎧"} <= set(names)
    assert max(map(len, names)) == 300
    undated = [row for row in table["rows"] if row[3] == UNKNOWN]
    assert len(undated) == 3


def test_that_a_legend_s_albums_are_all_there(tours: ProfileTours) -> None:
    page = tours("legend").page("albums")
    albums = sent(tours("legend").sandbox)
    assert page["tables"][0]["row_count"] == len(albums)
    assert UNKNOWN not in values(page).values()
