"""Track performance and upload insights agree with the catalogue."""

from __future__ import annotations

from collections import Counter, defaultdict
from datetime import datetime
from typing import Any

import pytest
from sandbox_process import NOW, RunningSandbox
from simulated import copied_platform, platform

from beatpass_sandbox.replies import ApiError

PERFORMANCE = "/artist/track-performance"
UPLOADS = "/artist/upload-insights"


@pytest.fixture(scope="module")
def tracks(established: RunningSandbox) -> list[dict[str, Any]]:
    return established.walk(f"/artists/{established.artist_id()}/tracks", 100)


@pytest.mark.end_to_end
def test_that_the_most_played_tracks_are_listed_best_first(
    established: RunningSandbox, tracks: list[dict[str, Any]]
) -> None:
    rows = established.get(PERFORMANCE)["data"]
    by_id = {track["id"]: track for track in tracks}
    top = established.get("/artist/dashboard-stats")["data"]["top_track"]
    assert [row["plays"] for row in rows] == sorted((t["plays"] for t in tracks), reverse=True)[:20]
    assert (rows[0]["track_id"], rows[0]["plays"]) == (top["id"], top["plays"])
    assert rows[0]["contribution_value"] == top["contribution_value"]
    for row in rows:
        track = by_id[row["track_id"]]
        age = datetime.fromisoformat(NOW) - datetime.fromisoformat(track["created_at"])
        assert row["track_name"] == track["name"]
        assert row["plays"] == track["plays"]
        assert row["upload_date"] == track["created_at"]
        assert row["months_since_upload"] == int(age.total_seconds() / 86_400 / 30.4375)
        assert row["last_updated"] == "2026-11-23T00:00:00.000000Z"


@pytest.mark.end_to_end
def test_that_upload_insights_count_the_rows_of_the_catalogue(
    established: RunningSandbox, tracks: list[dict[str, Any]]
) -> None:
    shown = established.get(UPLOADS)["data"]
    uploads = Counter(track["created_at"][:7] for track in tracks)
    plays: dict[str, int] = defaultdict(int)
    for track in tracks:
        plays[track["created_at"][:7]] += track["plays"]
    best = max(plays, key=lambda month: (plays[month], month))
    days = sorted(datetime.fromisoformat(track["created_at"]).date() for track in tracks)
    assert shown["total_uploads"] == len(tracks)
    assert shown["uploads_this_month"] == uploads["2026-11"]
    assert shown["uploads_last_month"] == uploads["2026-10"]
    assert shown["average_plays_per_upload"] == round(sum(plays.values()) / len(tracks), 2)
    assert shown["best_performing_month"] == {
        "month": best,
        "total_plays": plays[best],
        "track_count": uploads[best],
    }
    assert shown["upload_frequency_days"] == pytest.approx(
        (days[-1] - days[0]).days / (len(tracks) - 1), abs=0.05
    )


def test_that_the_weekday_with_the_most_plays_is_recommended() -> None:
    place = platform("established")
    path = "/producer-intelligence/insights/artists/{id}/charts"
    drawn = place.get(path, {"timeframe": "90d"}, id=place.artist_ids[0])["data"]
    plays: dict[str, int] = defaultdict(int)
    for day, count in list(zip(drawn["labels"], drawn["plays"], strict=True))[-84:]:
        plays[datetime.fromisoformat(day).strftime("%A")] += count
    weekday, _, time = place.get(UPLOADS)["data"]["recommended_upload_time"].partition(" ")
    assert plays[weekday] == max(plays.values())
    assert time == "18:00 UTC"


def test_that_a_new_artist_has_advice_but_no_best_month() -> None:
    place = platform("new-artist")
    shown = place.get(UPLOADS)["data"]
    assert place.get(PERFORMANCE)["data"] == []
    assert (shown["total_uploads"], shown["average_plays_per_upload"]) == (0, 0)
    assert shown["recommended_upload_time"].endswith("18:00 UTC")
    assert not {"best_performing_month", "upload_frequency_days"} & set(shown)


def test_that_upload_insights_need_upload_access() -> None:
    place = copied_platform("new-artist")
    place.database.execute("UPDATE artists SET upload_access = 0")
    with pytest.raises(ApiError) as refused:
        place.get(UPLOADS)
    assert (refused.value.status, refused.value.body["error"]) == (403, "forbidden")


@pytest.mark.parametrize("path", [PERFORMANCE, UPLOADS])
def test_that_performance_needs_an_artist(path: str) -> None:
    place = copied_platform("new-artist")
    place.database.execute("DELETE FROM memberships")
    with pytest.raises(ApiError) as refused:
        place.get(path)
    assert refused.value.status == 404


@pytest.mark.end_to_end
@pytest.mark.parametrize("path", [PERFORMANCE, UPLOADS])
def test_that_performance_needs_a_token(established: RunningSandbox, path: str) -> None:
    assert established.anonymous(path).status_code == 401
