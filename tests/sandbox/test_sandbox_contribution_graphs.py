"""Contribution graphs count the rows of the catalogue by the day of their upload."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

import pytest
from sandbox_process import RunningSandbox
from simulated import platform

from beatpass_sandbox.replies import ApiError

ARTIST = "/producer-intelligence/artist/{id}/contribution-graph"
PLATFORM = "/producer-intelligence/platform/contribution-graph"
YEARS = range(2020, 2027)


def artist_year(artist_id: int, year: int, profile: str = "established") -> dict[str, Any]:
    data: dict[str, Any] = platform(profile).get(ARTIST, {"year": str(year)}, id=artist_id)["data"]
    return data


def platform_year(year: int) -> dict[str, Any]:
    data: dict[str, Any] = platform("established").get(PLATFORM, {"year": str(year)})["data"]
    return data


@pytest.mark.end_to_end
def test_that_a_year_counts_the_rows_of_the_catalogue_by_date(established: RunningSandbox) -> None:
    artist_id = established.artist_id()
    uploads: dict[str, list[int]] = defaultdict(list)
    for track in established.walk(f"/artists/{artist_id}/tracks", 100):
        uploads[track["created_at"][:10]].append(track["id"])
    seen: dict[str, int] = {}
    for year in YEARS:
        graph = established.get(ARTIST.format(id=artist_id), year=year)["data"]
        assert graph["year"] == year
        assert graph["total"] == sum(day["count"] for day in graph["days"])
        for day in graph["days"]:
            assert day["date"].startswith(str(year))
            assert {track["created_at"][:10] for track in day["tracks"]} == {day["date"]}
            assert {track["id"] for track in day["tracks"]} <= set(uploads[day["date"]])
            assert len(day["tracks"]) == min(5, day["count"])
            seen[day["date"]] = day["count"]
    assert seen == {date: len(track_ids) for date, track_ids in uploads.items()}


@pytest.mark.end_to_end
def test_that_it_is_this_year_when_none_is_asked_for(established: RunningSandbox) -> None:
    for path in (ARTIST.format(id=established.artist_id()), PLATFORM):
        assert established.get(path) == established.get(path, year=2026)


def test_that_the_platform_counts_every_track_once() -> None:
    rows = platform("established").rows(
        "SELECT strftime('%Y-%m-%d', created_at, 'unixepoch') AS date FROM tracks"
    )
    expected = Counter(row["date"] for row in rows)
    days = {d["date"]: d["count"] for year in YEARS for d in platform_year(year)["days"]}
    assert days == expected


def test_that_no_artist_uploads_more_on_a_day_than_the_platform() -> None:
    artist_id = platform("established").artist_ids[0]
    for year in YEARS:
        days = {day["date"]: day["count"] for day in platform_year(year)["days"]}
        for day in artist_year(artist_id, year)["days"]:
            assert 0 < day["count"] <= days[day["date"]]


def test_that_a_collaboration_counts_for_each_credited_artist() -> None:
    place = platform("established")
    (shared,) = place.rows(
        "SELECT t.id, strftime('%Y', t.created_at, 'unixepoch') AS year"
        " FROM tracks t JOIN track_figures f ON f.track_id = t.id"
        " WHERE f.credited > 1 ORDER BY t.id DESC LIMIT 1"
    )
    for row in place.rows("SELECT artist_id FROM credits WHERE track_id = ?", shared["id"]):
        days = artist_year(row["artist_id"], int(shared["year"]))["days"]
        assert shared["id"] in {track["id"] for day in days for track in day["tracks"]}


def test_that_oddly_dated_tracks_stand_on_no_other_day() -> None:
    place = platform("quirky")
    artist_id = place.artist_ids[0]
    total = 0
    for year in range(2000, 2101):
        graph = artist_year(artist_id, year, "quirky")
        total += graph["total"]
        for day in graph["days"]:
            assert day["count"] >= len(day["tracks"]) > 0
            assert {track["created_at"][:10] for track in day["tracks"]} == {day["date"]}
    (within,) = place.rows(
        "SELECT COUNT(*) FROM credits c JOIN tracks t ON t.id = c.track_id WHERE c.artist_id = ?"
        " AND strftime('%Y', t.created_at, 'unixepoch') BETWEEN '2000' AND '2100'",
        artist_id,
    )
    assert total == within[0]


def test_that_years_without_uploads_are_empty() -> None:
    artist_id = platform("established").artist_ids[0]
    for year in (2000, 2100):
        assert artist_year(artist_id, year) == {"year": year, "total": 0, "days": []}
        assert platform_year(year) == {"year": year, "total": 0, "days": []}


@pytest.mark.end_to_end
@pytest.mark.parametrize("year", ["1999", "2101", "26", "next", "", "-2024", "2026.0"])
def test_that_other_years_are_refused(established: RunningSandbox, year: str) -> None:
    for path in (ARTIST.format(id=established.artist_id()), PLATFORM):
        reply = established.client.get(path, params={"year": year})
        assert reply.status_code == 422
        assert list(reply.json()["errors"]) == ["year"]


@pytest.mark.end_to_end
def test_that_the_artist_must_exist_and_the_caller_be_known(established: RunningSandbox) -> None:
    unknown = established.client.get(ARTIST.format(id=1))
    assert unknown.status_code == 404
    assert unknown.json()["error"] == "not_found"
    assert established.anonymous(PLATFORM).status_code == 401
    with pytest.raises(ApiError):
        artist_year(2**62, 2026)
