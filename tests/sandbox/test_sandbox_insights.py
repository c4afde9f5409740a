"""Insights and charts: the same plays in sum, by the day, and by the track."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_process import RunningSandbox
from simulated import SimulatedPlatform, platform

from beatpass_sandbox import rules
from beatpass_sandbox.audience import unique_listeners
from beatpass_sandbox.play_spans import daily_plays, spread

PREFIX = "/producer-intelligence/insights"
SPANS = {"7-days": ("7d", 7), "30-days": ("30d", 30), "90-days": ("90d", 90), "1-year": ("1y", 365)}
TODAY = date(2026, 11, 23)


def insights(place: SimulatedPlatform, kind: str, number: int, period: str) -> dict[str, Any]:
    path = f"{PREFIX}/{kind}/{{id}}"
    data: dict[str, Any] = place.get(path, {"period": period}, id=number)["data"]
    return data


def chart(place: SimulatedPlatform, kind: str, number: int, timeframe: str) -> dict[str, Any]:
    path = f"{PREFIX}/{kind}/{{id}}/charts"
    data: dict[str, Any] = place.get(path, {"timeframe": timeframe}, id=number)["data"]
    return data


def own(place: SimulatedPlatform) -> list[tuple[str, int]]:
    """The main artist, its albums, and some of its tracks."""
    artist_id = place.artist_ids[0]
    albums = place.rows("SELECT id FROM albums WHERE artist_id = ?", artist_id)
    tracks = place.rows(
        "SELECT track_id FROM credits WHERE artist_id = ? AND sequence % 9 = 0", artist_id
    )
    return [
        ("artists", artist_id),
        *(("albums", row["id"]) for row in albums),
        *(("tracks", row["track_id"]) for row in tracks),
    ]


@pytest.mark.parametrize("profile", ["established", "quirky"])
@pytest.mark.parametrize("period", SPANS)
def test_that_the_chart_of_a_period_sums_to_its_plays(profile: str, period: str) -> None:
    place = platform(profile)
    timeframe, days = SPANS[period]
    labels = [(TODAY - timedelta(days=back)).isoformat() for back in reversed(range(days))]
    for kind, number in own(place):
        drawn = chart(place, kind, number, timeframe)
        plays = insights(place, kind, number, period)["plays"]
        assert drawn["labels"] == labels
        assert sum(drawn["plays"]) == plays["period"] <= plays["total"]
        assert len(drawn["plays"]) == days


def test_that_charts_of_artist_and_album_are_the_sums_of_their_tracks() -> None:
    place = platform("established")
    artist_id = place.artist_ids[0]
    (album,) = place.rows("SELECT id FROM albums WHERE artist_id = ? LIMIT 1", artist_id)
    members = {
        ("artists", artist_id): "SELECT track_id FROM credits WHERE artist_id = ?",
        ("albums", album["id"]): "SELECT id FROM tracks WHERE album_id = ?",
    }
    for (kind, number), statement in members.items():
        charts = [
            chart(place, "tracks", row[0], "1y")["plays"] for row in place.rows(statement, number)
        ]
        assert chart(place, kind, number, "1y")["plays"] == [
            sum(day) for day in zip(*charts, strict=True)
        ]


def test_that_growth_compares_with_as_many_days_before() -> None:
    place = platform("established")
    for kind, number in own(place):
        drawn = chart(place, kind, number, "90d")["plays"]
        now, before = sum(drawn[-30:]), sum(drawn[-60:-30])
        shown = insights(place, kind, number, "30-days")
        assert shown["growth"]["plays_change"] == rules.growth_percentage(now, before)
        assert shown["growth"]["listeners_change"] == rules.growth_percentage(
            unique_listeners(now), unique_listeners(before)
        )


def test_that_periods_nest_and_listeners_never_outnumber_plays() -> None:
    place = platform("established")
    for kind, number in own(place):
        shown = [insights(place, kind, number, period) for period in SPANS]
        periods = [each["plays"]["period"] for each in shown]
        assert periods == sorted(periods)
        for each in shown:
            assert 0 <= each["listeners"]["unique"] <= each["plays"]["period"]
            assert each["listeners"]["unique"] <= each["listeners"]["total"]
            assert each["listeners"]["total"] <= each["plays"]["total"]


@pytest.mark.end_to_end
def test_that_totals_are_those_of_the_catalogue(established: RunningSandbox) -> None:
    artist_id = established.artist_id()
    tracks = established.walk(f"/artists/{artist_id}/tracks", 100)
    whole = established.get(f"{PREFIX}/artists/{artist_id}")["data"]
    assert whole["plays"]["total"] == sum(track["plays"] for track in tracks)
    assert whole["engagement"] == {
        "likes": sum(track["likes_count"] for track in tracks),
        "reposts": sum(track["reposts_count"] for track in tracks),
    }
    for track in tracks[:40]:
        shown = established.get(f"{PREFIX}/tracks/{track['id']}")["data"]
        assert shown["plays"]["total"] == track["plays"]
        assert shown["engagement"]["likes"] == track["likes_count"]
    for album in established.walk(f"/artists/{artist_id}/albums", 100):
        shown = established.get(f"{PREFIX}/albums/{album['id']}")["data"]
        assert shown["plays"]["total"] == album["plays"]


@pytest.mark.end_to_end
def test_that_thirty_days_are_shown_when_nothing_is_asked_for(established: RunningSandbox) -> None:
    path = f"{PREFIX}/artists/{established.artist_id()}"
    growth = established.get("/artist/dashboard-stats")["data"]["play_growth_percentage"]
    shown = established.get(path)
    assert shown == established.get(path, period="30-days")
    assert shown["data"]["growth"]["plays_change"] == growth
    assert established.get(path + "/charts") == established.get(path + "/charts", timeframe="30d")


@pytest.mark.end_to_end
@pytest.mark.parametrize("kind", ["tracks", "albums", "artists"])
def test_that_only_own_work_is_shown(established: RunningSandbox, kind: str) -> None:
    place = platform("established")
    mine = place.artist_ids[0]
    strange = {
        "tracks": "SELECT id FROM tracks WHERE id NOT IN"
        " (SELECT track_id FROM credits WHERE artist_id = ?) LIMIT 1",
        "albums": "SELECT id FROM albums WHERE artist_id <> ? LIMIT 1",
        "artists": "SELECT id FROM artists WHERE id <> ? LIMIT 1",
    }
    (other,) = place.rows(strange[kind], mine)
    for ending in ("", "/charts"):
        refusals = {
            403: ("forbidden", established.client.get(f"{PREFIX}/{kind}/{other[0]}{ending}")),
            404: ("not_found", established.client.get(f"{PREFIX}/{kind}/4{ending}")),
            401: ("unauthorized", established.anonymous(f"{PREFIX}/{kind}/{other[0]}{ending}")),
        }
        for status, (code, reply) in refusals.items():
            assert reply.status_code == status
            body = reply.json()
            assert (body["success"], body["error"]) == (False, code)
            assert body["message"]


@pytest.mark.end_to_end
@pytest.mark.parametrize(
    ("ending", "query"),
    [("", {"period": "30d"}), ("", {"period": ""}), ("/charts", {"timeframe": "30-days"})],
)
def test_that_other_periods_are_refused(
    established: RunningSandbox, ending: str, query: dict[str, str]
) -> None:
    path = f"{PREFIX}/artists/{established.artist_id()}{ending}"
    reply = established.client.get(path, params=query)
    assert reply.status_code == 422
    assert (reply.json()["success"], reply.json()["error"]) == (False, "validation_failed")


@given(st.integers(0, 10**9), st.integers(1, 2_000))
def test_that_spreading_keeps_the_sum_and_is_even(count: int, days: int) -> None:
    shares = spread(count, days)
    assert sum(shares) == count
    assert len(shares) == days
    assert shares == sorted(shares, reverse=True)
    assert shares[0] - shares[-1] <= 1


_SPANS = st.lists(
    st.tuples(st.integers(0, 300), st.integers(1, 200), st.integers(0, 10_000)), max_size=8
)


@given(_SPANS, st.integers(-200, 299))
def test_that_days_of_neighbouring_windows_add_up_to_all_plays(
    spans: list[tuple[int, int, int]], cut: int
) -> None:
    before, after = daily_plays(spans, -200, cut), daily_plays(spans, cut + 1, 300)
    assert before + after == daily_plays(spans, -200, 300)
    assert sum(before + after) == sum(count for _end, _days, count in spans)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_that_more_plays_have_no_fewer_listeners(one: int, other: int) -> None:
    low, high = sorted((one, other))
    assert unique_listeners(low) <= unique_listeners(high) <= high
    assert (unique_listeners(high) == 0) == (high == 0)
