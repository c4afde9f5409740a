"""A tour of real figures: online, without the server, and without any request."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from processes import Run, Sandbox, Surroundings, running_sandbox
from profile_tours import ProfileTours
from tour_record import check_page, png_size, values

from beatpass_desktop.domain.resources import Page

pytestmark = [pytest.mark.end_to_end, pytest.mark.xdist_group("profiles")]

UNKNOWN = "—"
LICENCES = {
    "standard": "Standard",
    "standard_exclusive": "Standard + exclusive",
    "exclusive_only": "Exclusive only",
}


@pytest.fixture(scope="module")
def first(tours: ProfileTours) -> tuple[Surroundings, Run]:
    """A tour with a token, and the surroundings that it left behind."""
    tour = tours("established")
    return tour.surroundings, tour.run


def shown(pages: list[dict[str, Any]]) -> list[tuple[Any, Any]]:
    """The figures and rows of every page."""
    return [(page["cards"], page["tables"]) for page in pages]


def test_that_a_tour_records_every_page_in_the_schema_with_its_picture(
    first: tuple[Surroundings, Run],
) -> None:
    _, run = first
    pages = run.pages()
    names = [page["name"] for page in pages]
    assert names == [page.value for page in Page]
    for page in pages:
        check_page(page)
        assert (page["state"], page["freshness"]) == ("ready", "live")
        assert page["banners"] == []
        assert png_size(run.tour / page["screenshot"]) == (1280, 832)
    expected = [f"{number:02}-{name}.png" for number, name in enumerate(names, 1)]
    assert [page["screenshot"] for page in pages] == expected
    assert run.complaints == []
    assert run.stdout == ""


def test_that_the_figures_are_those_that_the_server_sends(
    established: Sandbox, first: tuple[Surroundings, Run]
) -> None:
    artist = established.get("/artist/profile")
    stats = established.get("/artist/dashboard-stats")["data"]
    followers = established.get(f"/artists/{artist['id']}/followers", perPage=1)["pagination"]
    albums = established.get(f"/artists/{artist['id']}/albums")["pagination"]
    downloads = established.get(f"/artists/{artist['id']}/downloads-analytics", period="all")
    level = established.get("/producer-intelligence/progress-data")["data"]["level"]
    growth = f"{stats['play_growth_percentage']:+.1f}\N{NO-BREAK SPACE}%".replace("-", "−")
    home, tracks = first[1].page("home"), first[1].page("tracks")
    assert values(home) == {
        "Tracks": f"{stats['total_tracks']:,}",
        "Total Plays": f"{stats['total_plays']:,}",
        "Albums": f"{albums['total']:,}",
        "Downloads": f"{downloads['data']['total_downloads']:,}",
        "Followers": f"{followers['total']:,}",
        "Level": f"{level['number']}",
        "Growth": growth,
        "View Profile": artist["name"],
    }
    assert values(tracks)["Total Tracks"] == f"{stats['total_tracks']:,}"
    assert values(tracks)["Total Plays"] == f"{stats['total_plays']:,}"
    assert values(tracks)["Growth Rate"] == growth
    assert any(level["title"] in text and f"{level['xp']:,} XP" in text for text in home["texts"])


def test_that_the_table_shows_the_newest_rows_that_the_server_sends(
    established: Sandbox, first: tuple[Surroundings, Run]
) -> None:
    artist = established.get("/artist/profile")["id"]
    sent: list[dict[str, Any]] = []
    for page in (1, 2):
        listing = established.get(f"/artists/{artist}/tracks", perPage=100, page=page)
        sent += listing["pagination"]["data"]
    (table,) = first[1].page("tracks")["tables"]
    assert table["name"] == "Tracks"
    assert table["row_count"] == len(sent) == 180
    newest = sorted((track["created_at"] for track in sent), reverse=True)[:20]
    by_cells = {tuple(_cells(track)): track["created_at"] for track in sent}
    at = {name: table["columns"].index(name) for name in table["columns"]}
    rows = [
        tuple(row[at[name]] for name in ("Name", "Plays", "Length", "BPM", "Key", "Licence"))
        for row in table["rows"]
    ]
    assert [by_cells[row] for row in rows] == newest


def _cells(track: dict[str, Any]) -> list[str]:
    """Name, plays, length, BPM, key and licence as they are to be shown."""
    seconds = track["duration"] // 1000
    return [
        track["name"],
        f"{track['plays']:,}",
        f"{seconds // 60}:{seconds % 60:02}",
        str(track["bpm"]) if track.get("bpm") else UNKNOWN,
        " ".join(part for part in (track.get("key"), track.get("scale")) if part) or UNKNOWN,
        LICENCES[track["licensing_type"]],
    ]


def test_that_offline_shows_the_same_without_a_token_and_without_a_request(
    established: Sandbox, first: tuple[Surroundings, Run]
) -> None:
    surroundings, online = first
    before = len(established.requests_seen())
    offline = surroundings.tour(*established.arguments, "--offline")
    assert len(established.requests_seen()) == before
    for before_page, after_page in zip(shown(online.pages()), shown(offline.pages()), strict=True):
        assert after_page == before_page
    for page in offline.pages():
        check_page(page)
        assert page["freshness"] == "offline"
        assert_offline_banner_with_time(page)


def test_that_everything_stays_readable_when_the_server_is_gone(
    surroundings: Surroundings,
) -> None:
    with running_sandbox() as sandbox:
        online = surroundings.tour(*sandbox.arguments, token=sandbox.token)
        sandbox.stop()
        stopped_at = datetime.now(UTC).isoformat()
        gone = surroundings.tour(*sandbox.arguments, token=sandbox.token)
    assert shown(gone.pages()) == shown(online.pages())
    for page, before in zip(gone.pages(), online.pages(), strict=True):
        check_page(page)
        assert (page["state"], page["freshness"]) == ("ready", "offline")
        assert before["updated_at"] <= page["updated_at"] < stopped_at
        assert_offline_banner_with_time(page)


def assert_offline_banner_with_time(page: dict[str, Any]) -> None:
    """The one banner says offline and since when (en_US, UTC)."""
    moment = datetime.fromisoformat(page["updated_at"])
    clock = f"{moment.hour % 12 or 12}:{moment.minute:02}"
    (banner,) = page["banners"]
    assert banner.startswith("Offline: showing data from ")
    assert clock in banner


def test_that_the_data_folder_holds_everything_that_is_written(
    first: tuple[Surroundings, Run],
) -> None:
    surroundings, _ = first
    assert [file for file in surroundings.home.rglob("*") if file.is_file()] == []
    written = [file for file in surroundings.data.rglob("*") if file.is_file()]
    assert surroundings.store in written
    assert all(file.stat().st_mode & 0o077 == 0 for file in written)


def test_that_another_token_never_sees_what_is_stored(
    established: Sandbox, first: tuple[Surroundings, Run]
) -> None:
    surroundings, online = first
    name = values(online.page("home"))["View Profile"]
    refused = surroundings.tour(*established.arguments, token="wrong-token")
    for page in refused.pages():
        check_page(page)
        assert (page["state"], page["freshness"]) == ("signed-out", "never")
        assert (page["cards"], page["tables"]) == ([], [])
        assert any("sign in" in banner for banner in page["banners"])
        assert name not in str(page)
