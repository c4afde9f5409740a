"""Leaderboards: ranks follow scores, scores follow the events, by the published rules."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sandbox_process import RunningSandbox
from simulated import SimulatedPlatform, copied_platform, platform

from beatpass_sandbox.achievements import ACHIEVEMENTS
from beatpass_sandbox.rankings import scoring
from beatpass_sandbox.rankings.periods import period_span
from beatpass_sandbox.replies import ApiError
from beatpass_sandbox.simulation.passing import advance

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

PATH = "/producer-intelligence/leaderboard"
CATEGORIES = ("overall", "quality", "uploads", "plays", "points", "earnings", "collaboration")
PARTS = {
    "points": 25, "plays": 20, "uploads": 15, "quality": 15, "collaboration": 15, "earnings": 10,
}  # fmt: skip
PERIODS = ("all-time", "30d", "7d", "2026-H2", "2025-H1")
HALF_YEARS = [f"{year}-H{half}" for year in range(2020, 2027) for half in (1, 2)]
BOARDS = [(c, p) for c in CATEGORIES for p in PERIODS if c != "points" or p == "all-time"]


@cache
def board(profile: str, category: str, period: str) -> dict[str, Any]:
    data: dict[str, Any] = platform(profile).get(PATH, {"category": category, "period": period})[
        "data"
    ]
    return data


def scores(category: str, period: str) -> dict[int, float]:
    entries = board("established", category, period)["entries"]
    return {entry["artist"]["id"]: entry["score"] for entry in entries}


@pytest.mark.parametrize(("category", "period"), BOARDS)
def test_that_ranks_count_up_and_follow_scores_then_the_published_tie_rule(
    category: str, period: str
) -> None:
    shown = board("established", category, period)
    entries = shown["entries"]
    order = [
        (
            -entry["score"],
            -entry["metadata"]["achievements"] if category == "points" else 0,
            entry["artist"]["id"],
        )
        for entry in entries
    ]
    assert (shown["category"], shown["period"]) == (category, period)
    assert [entry["rank"] for entry in entries] == list(range(1, len(entries) + 1))
    assert shown["total_producers"] == len(entries) > 10
    assert order == sorted(order)
    assert len({entry["artist"]["id"] for entry in entries}) == len(entries)


@pytest.mark.parametrize(("category", "period"), BOARDS)
def test_that_the_own_place_is_that_of_the_own_entry(category: str, period: str) -> None:
    own = platform("established").artist_ids[0]
    shown = board("established", category, period)
    entry = next((e for e in shown["entries"] if e["artist"]["id"] == own), None)
    assert shown.get("me") == (entry and {"rank": entry["rank"], "score": entry["score"]})


def test_that_points_are_the_xp_of_the_progress_page() -> None:
    progress = platform("established").get("/producer-intelligence/progress-data")["data"]
    own = platform("established").artist_ids[0]
    entry = next(
        e for e in board("established", "points", "all-time")["entries"] if e["artist"]["id"] == own
    )
    assert entry["score"] == progress["level"]["xp"]
    assert entry["metadata"]["level"] == progress["level"]["number"]
    assert entry["metadata"]["achievements"] == progress["achievements"]["unlocked"]


def test_that_only_artists_with_a_profile_and_a_track_are_listed_and_no_administrators() -> None:
    everybody = platform("established").rows(
        "SELECT a.id, a.has_profile, a.administrator, COUNT(c.track_id) AS tracks FROM artists a"
        " LEFT JOIN credits c ON c.artist_id = a.id GROUP BY a.id"
    )
    expected = {
        row["id"]
        for row in everybody
        if row["has_profile"] and row["tracks"] and not row["administrator"]
    }
    assert any(row["administrator"] and row["tracks"] for row in everybody)
    assert len(expected) < len(everybody)
    assert set(scores("uploads", "all-time")) == expected


def test_that_an_artist_without_a_profile_is_not_listed() -> None:
    best = board("established", "plays", "all-time")["entries"][0]["artist"]["id"]
    changed = copied_platform("established")
    changed.database.execute("UPDATE artists SET has_profile = 0 WHERE id = ?", (best,))
    entries = changed.get(PATH, {"category": "plays"})["data"]["entries"]
    assert best not in {entry["artist"]["id"] for entry in entries}


def filled_fields(place: SimulatedPlatform, track_id: int) -> int:
    (track,) = place.rows("SELECT * FROM tracks WHERE id = ?", track_id)
    tagged = place.rows("SELECT 1 FROM track_tags WHERE track_id = ? LIMIT 1", track_id)
    fields = [track[name] for name in ("bpm", "key", "scale", "description", "image")]
    return sum(bool(value) for value in [*fields, tagged])


@pytest.mark.parametrize("days", [None, 30])
def test_that_every_score_can_be_recomputed_from_the_events(days: int | None) -> None:
    place = platform("established")
    first = 0 if days is None else place.today + 1 - days
    credited: dict[int, list[int]] = defaultdict(list)
    for row in place.rows("SELECT track_id, artist_id FROM credits"):
        credited[row["track_id"]].append(row["artist_id"])
    recent = [
        row["id"]
        for row in place.rows("SELECT id FROM tracks WHERE created_at / 86400 >= ?", first)
    ]
    value = {
        row["track_id"]: row["contribution"]
        for row in place.rows("SELECT track_id, contribution FROM track_figures")
    }
    played: dict[int, int] = defaultdict(int)
    for row in place.rows("SELECT * FROM plays"):
        begin = row["day"] - row["days"] + 1
        share, rest = divmod(row["count"], row["days"])
        for place_in_span in range(row["days"]):
            if begin + place_in_span >= first:
                played[row["track_id"]] += share + (place_in_span < rest)
    unlocked: dict[int, int] = defaultdict(int)
    collaborative = {a.id for a in ACHIEVEMENTS if a.category == "collaboration"}
    for row in place.rows("SELECT * FROM achievements WHERE unlocked_at / 86400 >= ?", first):
        unlocked[row["artist_id"]] += row["achievement_id"] in collaborative

    uploads: dict[int, int] = defaultdict(int)
    filled: dict[int, int] = defaultdict(int)
    contribution: dict[int, float] = defaultdict(float)
    shared_contribution: dict[int, float] = defaultdict(float)
    partners: dict[int, set[int]] = defaultdict(set)
    plays: dict[int, int] = defaultdict(int)
    shared_plays: dict[int, int] = defaultdict(int)
    for track_id in recent:
        fields = filled_fields(place, track_id)
        for artist_id in credited[track_id]:
            uploads[artist_id] += 1
            filled[artist_id] += fields
            contribution[artist_id] += value[track_id]
            if len(credited[track_id]) > 1:
                shared_contribution[artist_id] += value[track_id]
                partners[artist_id] |= set(credited[track_id]) - {artist_id}
    for track_id, count in played.items():
        for artist_id in credited[track_id]:
            plays[artist_id] += count
            shared_plays[artist_id] += count * (len(credited[track_id]) > 1)

    period = "all-time" if days is None else f"{days}d"
    listed = scores("uploads", period)
    assert listed == {artist_id: uploads[artist_id] for artist_id in listed}
    assert scores("plays", period) == {artist_id: plays[artist_id] for artist_id in listed}
    assert scores("quality", period) == {
        artist_id: pytest.approx(100 * filled[artist_id] / 6 / uploads[artist_id], abs=0.01)
        for artist_id in listed
        if uploads[artist_id]
    }
    total = sum(contribution.values())
    assert scores("earnings", period) == {
        artist_id: pytest.approx(100 * contribution[artist_id] / total, abs=0.001)
        for artist_id in listed
    }
    assert scores("collaboration", period) == {
        artist_id: pytest.approx(
            10 * len(partners[artist_id])
            + 0.01 * shared_plays[artist_id]
            + 2 * shared_contribution[artist_id]
            + 5 * unlocked[artist_id],
            abs=0.011,
        )
        for artist_id in listed
    }


@pytest.mark.parametrize("period", PERIODS)
def test_that_the_overall_score_weighs_the_ranks_of_the_six_categories(period: str) -> None:
    ranks = {
        name: {
            entry["artist"]["id"]: entry["rank"]
            for entry in board("established", name, "all-time" if name == "points" else period)[
                "entries"
            ]
        }
        for name in PARTS
    }
    for entry in board("established", "overall", period)["entries"]:
        artist_id = entry["artist"]["id"]
        own = {name: ranks[name].get(artist_id) for name in PARTS}
        expected = sum(
            weight * max(0, 100 - rank)
            for name, weight in PARTS.items()
            if (rank := own[name]) is not None
        )
        assert entry["score"] == pytest.approx(expected / 100)
        assert entry["metadata"] == {
            f"{name}_rank": rank for name, rank in own.items() if rank is not None
        }


@pytest.mark.parametrize("category", ["uploads", "plays"])
def test_that_periods_nest_and_half_years_add_up_to_all_time(category: str) -> None:
    week, month, ever = (scores(category, period) for period in ("7d", "30d", "all-time"))
    halves = [scores(category, period) for period in HALF_YEARS]
    assert sum(week.values()) > 0
    for artist_id, total in ever.items():
        assert week[artist_id] <= month[artist_id] <= total
        assert sum(half.get(artist_id, 0) for half in halves) == total


@pytest.mark.parametrize("period", ["2010-H2", "2027-H1", "2099-H2"])
@pytest.mark.parametrize("category", ["overall", "plays"])
def test_that_a_half_year_without_the_platform_has_no_producers(category: str, period: str) -> None:
    shown = board("established", category, period)
    assert (shown["entries"], shown["total_producers"]) == ([], 0)
    assert "me" not in shown


def test_that_shares_are_of_the_whole_platform_and_labelled_so() -> None:
    entries = board("established", "earnings", "all-time")["entries"]
    assert 90 < sum(entry["score"] for entry in entries) <= 100.001
    for entry in entries:
        assert entry["score_label"] == f"{entry['score']:.1f} % Platform Share"
        assert set(entry["metadata"]) == {"contribution", "contributing_tracks", "plays"}


@pytest.mark.parametrize(
    ("category", "thresholds"),
    [
        ("overall", (80, 65, 50, 30)),
        ("quality", (95, 85, 75, 60)),
        ("uploads", (100, 50, 25, 10)),
        ("plays", (100_000, 50_000, 10_000, 1_000)),
        ("earnings", (15, 10, 5, 2)),
        ("collaboration", (5, 3, 2, 1)),
    ],
)
def test_that_tiers_follow_the_published_thresholds(
    category: scoring.Category, thresholds: tuple[int, ...]
) -> None:
    names = ("diamond", "platinum", "gold", "silver", "bronze")
    for number, least in enumerate(thresholds):
        assert scoring.tier(category, least) == names[number]
        assert scoring.tier(category, least - 0.01) == names[number + 1]
    for entry in board("established", category, "all-time")["entries"]:
        value = entry["score"]
        if category == "collaboration":
            value = entry["metadata"]["collaborators"]
        assert entry["tier"] == names[sum(value < least for least in thresholds)]


def test_that_points_have_no_tier() -> None:
    assert all("tier" not in e for e in board("established", "points", "all-time")["entries"])


def test_that_the_board_is_dated_in_steps_of_five_minutes() -> None:
    at = datetime(2026, 11, 23, 12, 3, 20, tzinfo=UTC)
    place = platform("established")
    stamps = [
        place.get(PATH, {"category": "plays"}, at=at + timedelta(minutes=minutes))["data"][
            "updated_at"
        ]
        for minutes in (0, 1, 2)
    ]
    assert stamps == [
        "2026-11-23T12:00:00.000000Z",
        "2026-11-23T12:00:00.000000Z",
        "2026-11-23T12:05:00.000000Z",
    ]


def test_that_rankings_move_on_when_time_passes() -> None:
    place = copied_platform("established")
    before = place.get(PATH, {"category": "plays"})["data"]
    advance(place.database, 1, 30)
    after = place.get(PATH, {"category": "plays"})["data"]
    stats = place.get("/artist/dashboard-stats")["data"]
    progress = place.get("/producer-intelligence/progress-data")["data"]
    assert after["me"]["score"] == stats["total_plays"] >= before["me"]["score"]
    points = place.get(PATH, {"category": "points"})["data"]
    assert points["me"]["score"] == progress["level"]["xp"]


def test_that_a_user_without_a_listed_artist_has_no_place() -> None:
    for place in (platform("new-artist"), without_artists()):
        shown = place.get(PATH, {"category": "overall"})["data"]
        assert "me" not in shown
        assert shown["entries"]


def without_artists() -> SimulatedPlatform:
    changed = copied_platform("established")
    changed.database.execute("DELETE FROM memberships")
    return changed


@pytest.mark.parametrize("query", [{}, {"category": "plays", "period": "30d"}])
def test_that_the_quirky_profile_answers_in_the_published_form(query: dict[str, str]) -> None:
    shown = platform("quirky").get(PATH, query)
    assert set(shown) == {"weekly", "monthly", "allTime"}
    assert all(entry["rank"] >= 1 for entries in shown.values() for entry in entries)
    assert shown["allTime"]


@given(st.sampled_from(CATEGORIES), st.floats(0, 1e6), st.floats(0, 1e6))
def test_that_a_higher_score_never_has_a_lower_tier(
    category: scoring.Category, one: float, other: float
) -> None:
    order = (None, "bronze", "silver", "gold", "platinum", "diamond")
    low, high = sorted((one, other))
    assert order.index(scoring.tier(category, low)) <= order.index(scoring.tier(category, high))


_RANKS = st.one_of(st.none(), st.integers(1, 500))


@given(st.fixed_dictionaries(dict.fromkeys(PARTS, _RANKS)), st.sampled_from(sorted(PARTS)))
def test_that_the_overall_score_is_bounded_and_rises_with_every_better_rank(
    ranks: dict[scoring.Category, int | None], improved: scoring.Category
) -> None:
    score = scoring.overall_score(ranks)
    better = scoring.overall_score({**ranks, improved: 1})
    assert 0 <= score <= better <= 99
    assert score == pytest.approx(
        sum(w * max(0, 100 - (ranks[n] or 100)) for n, w in scoring.WEIGHTS.items()) / 100
    )


@given(st.integers(2000, 2098), st.integers(1, 2))
def test_that_half_years_follow_each_other_without_a_gap(year: int, half: int) -> None:
    as_of = int(datetime(2100, 1, 1, tzinfo=UTC).timestamp())
    following = f"{year + half // 2}-H{half % 2 + 1}"
    this, after = period_span(f"{year}-H{half}", as_of), period_span(following, as_of)
    assert this is not None
    assert after is not None
    assert after.first == this.last + 1
    assert this.last - this.first in (180, 181, 183)


@pytest.mark.end_to_end
def test_that_the_board_is_served(established: RunningSandbox) -> None:
    shown = established.get(PATH, category="uploads", period="all-time")["data"]
    total = established.get("/artist/profile")["total_tracks"]
    assert shown["me"]["score"] == total
    earned = established.get(PATH, category="earnings", period="all-time")["data"]["me"]
    share = established.get("/producer/earnings")["data"]["platform_share"]
    assert earned["score"] == pytest.approx(share, abs=0.0002)
    published = established.get(PATH)
    assert set(published) == {"weekly", "monthly", "allTime"}
    overall = established.get(PATH, category="overall")["data"]
    assert published["allTime"] == overall["entries"]


@pytest.mark.end_to_end
@pytest.mark.parametrize(
    ("query", "field"),
    [
        ({"category": "fame"}, "category"),
        ({"period": "2026-H3"}, "period"),
        ({"period": "90d"}, "period"),
        ({"period": ""}, "period"),
        ({"category": "points", "period": "30d"}, "period"),
    ],
)
def test_that_what_is_not_ranked_is_refused(
    established: RunningSandbox, query: dict[str, str], field: str
) -> None:
    reply = established.client.get(PATH, params=query)
    assert reply.status_code == 422
    assert set(reply.json()["errors"]) == {field}
    assert reply.json()["error"] == "validation_failed"


@pytest.mark.end_to_end
def test_that_it_needs_a_token(established: RunningSandbox) -> None:
    assert established.anonymous(PATH).status_code == 401


@pytest.mark.end_to_end
def test_that_the_same_figures_come_one_by_one(established: RunningSandbox) -> None:
    prefix = "/producer-intelligence/"
    whole = established.get(prefix + "progress-data")["data"]
    assert established.get(prefix + "achievements")["data"] == whole["achievements"]
    assert established.get(prefix + "xp-sources")["data"] == whole["xp_sources"]
    assert established.get(prefix + "producer-level")["data"] == whole["level"]
    assert established.get(prefix + "dashboard") == {
        "xp": whole["level"]["xp"],
        "level": whole["level"]["number"],
        "achievements": whole["achievements"]["items"],
        "stats": established.get("/artist/dashboard-stats")["data"],
    }


@pytest.mark.parametrize("part", ["dashboard", "achievements", "xp-sources", "producer-level"])
def test_that_progress_needs_an_artist(part: str) -> None:
    with pytest.raises(ApiError) as refused:
        without_artists().get(f"/producer-intelligence/{part}")
    assert refused.value.status == 404
