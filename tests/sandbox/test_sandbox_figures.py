"""Figures of one endpoint agree with the rows of another, and with the published rules."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sandbox_process import NOW, RunningSandbox

pytestmark = pytest.mark.end_to_end


@pytest.fixture(scope="module")
def artist_id(established: RunningSandbox) -> int:
    return established.artist_id()


@pytest.fixture(scope="module")
def tracks(established: RunningSandbox, artist_id: int) -> list[dict[str, Any]]:
    return established.walk(f"/artists/{artist_id}/tracks", 100)


@pytest.fixture(scope="module")
def stats(established: RunningSandbox) -> dict[str, Any]:
    data: dict[str, Any] = established.get("/artist/dashboard-stats")["data"]
    return data


@pytest.fixture(scope="module")
def progress(established: RunningSandbox) -> dict[str, Any]:
    data: dict[str, Any] = established.get("/producer-intelligence/progress-data")["data"]
    return data


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text)


def is_complete(track: dict[str, Any]) -> bool:
    return all(track[field] for field in ("bpm", "key", "scale", "tags", "description"))


def test_that_the_catalogue_has_the_size_of_the_profile(
    tracks: list[dict[str, Any]], artist_id: int
) -> None:
    partners = {artist["id"] for track in tracks for artist in track["artists"]} - {artist_id}
    assert len(tracks) == 180
    assert len(partners) == 9


def test_that_total_plays_are_the_sum_of_the_plays_of_all_tracks(
    established: RunningSandbox, stats: dict[str, Any], tracks: list[dict[str, Any]]
) -> None:
    total = sum(track["plays"] for track in tracks)
    profile = established.get("/artist/profile")
    assert stats["total_plays"] == profile["total_plays"] == total > 0
    assert stats["total_tracks"] == profile["total_tracks"] == len(tracks)
    assert stats["tracks_with_plays"] == sum(track["plays"] > 0 for track in tracks)
    assert stats["average_plays_per_track"] == round(total / len(tracks), 2)


def test_that_the_top_track_has_the_most_plays(
    stats: dict[str, Any], tracks: list[dict[str, Any]]
) -> None:
    by_id = {track["id"]: track for track in tracks}
    top = stats["top_track"]
    assert top["plays"] == max(track["plays"] for track in tracks)
    assert by_id[top["id"]]["plays"] == top["plays"]
    assert by_id[top["id"]]["name"] == top["name"]


def test_that_recent_uploads_are_those_of_the_last_30_days(
    stats: dict[str, Any], tracks: list[dict[str, Any]]
) -> None:
    since = instant(NOW) - timedelta(days=30)
    assert stats["recent_uploads"] == sum(instant(track["created_at"]) > since for track in tracks)


def test_that_total_contribution_follows_the_contribution_rule(
    stats: dict[str, Any], tracks: list[dict[str, Any]]
) -> None:
    """Bounds of the rule: decay alone below, three times the decay above."""
    decays = 0.0
    for track in tracks:
        if track["licensing_type"] != "exclusive_only":
            months = (instant(NOW) - instant(track["created_at"])).days / 30.4375
            decays += 0.5 ** (months / 6) / len(track["artists"])
    assert decays < stats["total_contribution"] < 3 * decays


def test_that_xp_equals_its_sources_and_the_sources_equal_the_catalogue(
    progress: dict[str, Any], tracks: list[dict[str, Any]], stats: dict[str, Any]
) -> None:
    sources = {source["source"]: source for source in progress["xp_sources"]}
    complete = sum(is_complete(track) for track in tracks)
    together = sum(len(track["artists"]) > 1 for track in tracks)
    assert progress["level"]["xp"] == sum(source["xp"] for source in sources.values())
    assert sources["track_uploads"] == {"source": "track_uploads", "xp": 18_000, "count": 180}
    assert sources["track_plays"]["xp"] == stats["total_plays"]
    assert sources["metadata_completion"]["count"] == complete < len(tracks)
    assert sources["metadata_completion"]["xp"] == 50 * complete
    assert sources["collaborations"]["count"] == together > 9
    assert sources["collaborations"]["xp"] == 25 * together
    assert sources["achievements"]["xp"] == progress["achievements"]["xp_earned"]


def test_that_the_level_follows_from_the_xp(progress: dict[str, Any]) -> None:
    level = progress["level"]
    begin = round(100 * (level["number"] - 1) ** 1.5)
    end = round(100 * level["number"] ** 1.5)
    assert begin <= level["xp"] < end
    assert level["xp_to_next"] == end - level["xp"]
    share = (level["xp"] - begin) / (end - begin) * 100
    assert level["progress_percentage"] == pytest.approx(share, abs=0.06)


def test_that_achievements_add_up_and_were_earned_after_joining(
    established: RunningSandbox, progress: dict[str, Any]
) -> None:
    achievements = progress["achievements"]
    unlocked = [item for item in achievements["items"] if item["unlocked"]]
    joined = instant(established.get("/artist/profile")["member_since"])
    assert achievements["total"] == len(achievements["items"]) == 36
    assert 0 < achievements["unlocked"] == len(unlocked) < 36
    assert achievements["xp_earned"] == sum(item["xp_reward"] for item in unlocked)
    for item in unlocked:
        assert joined <= instant(item["unlocked_at"]) <= instant(NOW)
    for item in achievements["items"]:
        if not item["unlocked"]:
            assert "unlocked_at" not in item
            assert 0 <= item["progress"] < 100


def test_that_achievements_follow_their_conditions(
    established: RunningSandbox,
    artist_id: int,
    progress: dict[str, Any],
    tracks: list[dict[str, Any]],
) -> None:
    unlocked = {i["name"] for i in progress["achievements"]["items"] if i["unlocked"]}
    profile = established.get(f"/artists/{artist_id}")["artist"]
    uploads = {(t.month, t.day) for t in (instant(track["created_at"]) for track in tracks)}
    assert ("Model" in unlocked) == (len(profile["profile_images"]) > 5)
    assert ("Linked" in unlocked) == (len(profile["links"]) > 3)
    assert ("Lover Boy" in unlocked) == bool(uploads & {(2, 13), (2, 14), (2, 15)})
    assert ("Opening Act" in unlocked) == bool(uploads & {(12, 31), (1, 1), (1, 2)})
    assert "Collaboration Enthusiast" in unlocked
    assert "Team Player" not in unlocked
    assert "Veteran" in unlocked
    assert "Legacy" not in unlocked


def test_that_plays_of_an_album_are_the_sum_of_its_tracks(
    established: RunningSandbox, artist_id: int, tracks: list[dict[str, Any]]
) -> None:
    albums = established.walk(f"/artists/{artist_id}/albums", 5)
    assert len(albums) == 14
    for album in albums:
        own = [t for t in tracks if t["album"] and t["album"]["id"] == album["id"]]
        assert {track["id"] for track in album["tracks"]} == {track["id"] for track in own}
        assert album["plays"] == sum(track["plays"] for track in own)
        assert {track["album"]["name"] for track in own} == {album["name"]}


def test_that_the_follower_total_counts_the_rows(
    established: RunningSandbox, artist_id: int
) -> None:
    path = f"/artists/{artist_id}/followers"
    rows = established.walk(path, 100)
    assert established.get(path, perPage=1)["pagination"]["total"] == len(rows)
    assert len({row["id"] for row in rows}) == len(rows)


def test_that_downloads_add_up_in_every_period(established: RunningSandbox, artist_id: int) -> None:
    path = f"/artists/{artist_id}/downloads-analytics"
    totals = []
    for period in ("7d", "30d", "90d", "all"):
        data = established.get(path, period=period)["data"]
        entries, page, has_more = list(data["recent"]), 1, data["has_more"]
        while has_more:
            page += 1
            following = established.get(path, period=period, page=page)["data"]
            entries += following["recent"]
            has_more = following["has_more"]
        assert data["total_downloads"] == sum(day["count"] for day in data["daily"])
        assert data["total_downloads"] == len({entry["id"] for entry in entries}) == len(entries)
        assert data["unique_users"] == len({entry["user"]["id"] for entry in entries})
        top = data["top_track"]
        assert top["downloads"] == sum(entry["track"]["id"] == top["id"] for entry in entries)
        stamps = [instant(entry["downloaded_at"]) for entry in entries]
        assert stamps == sorted(stamps, reverse=True)
        assert max(stamps) <= instant(NOW)
        totals.append(data["total_downloads"])
    assert totals == sorted(totals)
    assert established.get(path, period="all")["data"]["this_week"] == totals[0]


def test_that_nothing_was_uploaded_before_the_artist_joined_or_after_now(
    established: RunningSandbox, tracks: list[dict[str, Any]]
) -> None:
    joined = instant(established.get("/artist/profile")["member_since"])
    assert joined.tzinfo is UTC or joined.utcoffset() == timedelta(0)
    assert all(joined <= instant(track["created_at"]) <= instant(NOW) for track in tracks)
