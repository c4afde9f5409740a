"""What holds on every simulated platform, whatever its seed, profile, and time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from simulated import SimulatedPlatform
from small_platforms import law, moments, names, ordinary, seeds, simulated, spans, with_artist

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

DAY = 86_400
DAYS_PER_MONTH = 365.25 / 12
MONTHS = {"Rising": 3, "Seasoned": 6, "OG": 12, "Veteran": 24, "Legacy": 36}
WINDOWS = {
    "Shadow Regent": {(10, 30), (10, 31), (11, 1)},
    "Santa's Helper": {(12, 23), (12, 24), (12, 25), (12, 26)},
    "Opening Act": {(12, 31), (1, 1), (1, 2)},
    "Lover Boy": {(2, 13), (2, 14), (2, 15)},
}
COLLABORATORS = {"Collaboration Enthusiast": 1, "Team Player": 10, "Bridge Builder": 25}
OUT_OF_TIME = {
    "follows before the artist joined, or in the future": """
        SELECT 1 FROM follows f JOIN artists a ON a.id = f.artist_id
        WHERE f.followed_at < a.joined_at OR f.followed_at > :as_of""",
    "follows before the listener joined": """
        SELECT 1 FROM follows f JOIN users u ON u.id = f.user_id
        WHERE f.followed_at < u.joined_at""",
    "downloads before the upload, or in the future": """
        SELECT 1 FROM downloads d JOIN appeal t ON t.track_id = d.track_id
        WHERE d.downloaded_at < t.uploaded_at OR d.downloaded_at > :as_of""",
    "downloads before the listener joined": """
        SELECT 1 FROM downloads d JOIN users u ON u.id = d.user_id
        WHERE d.downloaded_at < u.joined_at""",
    "uploads before a credited artist joined, or in the future": """
        SELECT 1 FROM credits c JOIN appeal t ON t.track_id = c.track_id
        JOIN artists a ON a.id = c.artist_id
        WHERE t.uploaded_at < a.joined_at OR t.uploaded_at > :as_of""",
    "plays before the upload, or in the future": """
        SELECT 1 FROM plays p JOIN appeal t ON t.track_id = p.track_id
        WHERE p.day - p.days + 1 < t.uploaded_at / 86400 OR p.day > :as_of / 86400""",
    "achievements before the artist joined, in the future, or without a profile": """
        SELECT 1 FROM achievements e JOIN artists a ON a.id = e.artist_id
        WHERE e.unlocked_at < a.joined_at OR e.unlocked_at > :as_of OR NOT a.has_profile""",
    "users of the future": "SELECT 1 FROM users WHERE joined_at > :as_of",
}
TRACKS_NEEDED = {"Rising Talent": 5, "Elite Producer": 10, "Legendary Producer": 20}
ACCURACY = {"Metadata Whiz": 70, "Metadata Maven": 80, "Metadata Architect": 90}


@law
@given(names, seeds, moments, spans)
def test_that_plays_of_tracks_add_up(
    name: str, seed: int, now: datetime, passed: list[int]
) -> None:
    platform = simulated(name, seed, now, *passed)
    wrong = platform.rows(
        "SELECT f.track_id FROM track_figures f"
        " WHERE f.plays <> (SELECT COALESCE(SUM(count), 0) FROM plays p"
        " WHERE p.track_id = f.track_id)"
        " OR f.plays_30 + f.plays_previous_30 > f.plays"
    )
    assert wrong == []
    for artist in platform.rows("SELECT * FROM artist_figures"):
        total = platform.rows(
            "SELECT COUNT(*), COALESCE(SUM(f.plays), 0) FROM credits c"
            " JOIN track_figures f ON f.track_id = c.track_id WHERE c.artist_id = ?",
            artist["artist_id"],
        )[0]
        assert (artist["tracks"], artist["plays"]) == tuple(total)


@law
@given(with_artist, seeds, moments, spans)
def test_that_xp_equals_its_sources(name: str, seed: int, now: datetime, passed: list[int]) -> None:
    platform = simulated(name, seed, now, *passed)
    progress = platform.get("/producer-intelligence/progress-data")["data"]
    stats = platform.get("/artist/dashboard-stats")["data"]
    sources = {source["source"]: source for source in progress["xp_sources"]}
    earned = [item for item in progress["achievements"]["items"] if item["unlocked"]]
    assert progress["level"]["xp"] == sum(source["xp"] for source in sources.values())
    assert sources["track_uploads"]["xp"] == 100 * stats["total_tracks"]
    assert sources["track_plays"]["xp"] == stats["total_plays"]
    assert sources["achievements"]["xp"] == sum(item["xp_reward"] for item in earned)
    assert sources["achievements"]["count"] == progress["achievements"]["unlocked"] == len(earned)


@law
@given(with_artist, seeds, moments, spans)
def test_that_downloads_nest_by_period_and_add_up_by_day(
    name: str, seed: int, now: datetime, passed: list[int]
) -> None:
    platform = simulated(name, seed, now, *passed)
    for artist_id in platform.artist_ids:
        analytics = [
            platform.get("/artists/{id}/downloads-analytics", {"period": period}, id=artist_id)[
                "data"
            ]
            for period in ("7d", "30d", "90d", "all")
        ]
        totals = [data["total_downloads"] for data in analytics]
        assert totals == sorted(totals)
        assert {data["this_week"] for data in analytics} == {totals[0]}
        for data in analytics:
            assert data["total_downloads"] == sum(day["count"] for day in data["daily"])
            assert data["unique_users"] <= data["total_downloads"]


@law
@given(names, seeds, moments, spans)
def test_that_nothing_happens_before_its_time_or_in_the_future(
    name: str, seed: int, now: datetime, passed: list[int]
) -> None:
    platform = simulated(name, seed, now, *passed)
    for event, statement in OUT_OF_TIME.items():
        found = platform.database.execute(statement, {"as_of": platform.as_of}).fetchone()
        assert found is None, event


class Career:
    """What an artist did, read from the rows of the platform."""

    def __init__(self, platform: SimulatedPlatform, artist_id: int) -> None:
        rows = platform.rows(
            "SELECT t.track_id, t.uploaded_at, f.complete FROM credits c"
            " JOIN appeal t ON t.track_id = c.track_id"
            " JOIN track_figures f ON f.track_id = c.track_id"
            " WHERE c.artist_id = ? ORDER BY t.uploaded_at, t.track_id",
            artist_id,
        )
        self.uploads: list[int] = [row["uploaded_at"] for row in rows]
        self.accuracy = 100 * sum(row["complete"] for row in rows) / max(1, len(rows))
        (artist,) = platform.rows("SELECT * FROM artists WHERE id = ?", artist_id)
        self.joined_at: int = artist["joined_at"]
        self.has_bio = bool(artist["bio"])
        self.links = self._added(platform, "artist_links", artist_id)
        self.pictures = self._added(platform, "artist_pictures", artist_id)
        self.met: dict[int, int] = {}
        for row in platform.rows(
            "SELECT o.artist_id, t.uploaded_at FROM credits c"
            " JOIN credits o ON o.track_id = c.track_id AND o.artist_id <> c.artist_id"
            " JOIN appeal t ON t.track_id = c.track_id"
            " WHERE c.artist_id = ? ORDER BY t.uploaded_at",
            artist_id,
        ):
            self.met.setdefault(row["artist_id"], row["uploaded_at"])
        self.earned: dict[str, int] = {}
        self.locked: dict[str, float] = {}
        for row in platform.rows("SELECT * FROM achievements WHERE artist_id = ?", artist_id):
            name = NAMES[row["achievement_id"]]
            if row["unlocked_at"] is None:
                self.locked[name] = row["progress"]
            else:
                self.earned[name] = row["unlocked_at"]

    @staticmethod
    def _added(platform: SimulatedPlatform, table: str, artist_id: int) -> list[int]:
        rows = platform.rows(f"SELECT added_at FROM {table} WHERE artist_id = ?", artist_id)
        return sorted(row["added_at"] for row in rows)

    def dates(self) -> Iterator[tuple[str, int | None]]:
        """When each achievement that has a definite date was due; None when it never was."""
        for name, months in MONTHS.items():
            yield name, self.joined_at + round(months * DAYS_PER_MONTH * DAY)
        for name, window in WINDOWS.items():
            inside = [moment for moment in self.uploads if month_and_day(moment) in window]
            yield name, inside[0] if inside else None
        for name, count in COLLABORATORS.items():
            yield name, nth(sorted(self.met.values()), count)
        yield "Photogenic", nth(self.pictures, 1)
        yield "Model", nth(self.pictures, 6)
        yield "Linked", nth(self.links, 4)
        yield "Oracle", self.joined_at if self.has_bio else None


def catalogue_of_achievements() -> dict[int, str]:
    platform = simulated("new-artist", 0, datetime(2026, 1, 1, tzinfo=UTC))
    progress = platform.get("/producer-intelligence/progress-data")["data"]
    return {item["id"]: item["name"] for item in progress["achievements"]["items"]}


NAMES = catalogue_of_achievements()


def month_and_day(moment: int) -> tuple[int, int]:
    day = datetime.fromtimestamp(moment, UTC)
    return day.month, day.day


def nth(dates: list[int], number: int) -> int | None:
    return dates[number - 1] if len(dates) >= number else None


@law
@given(ordinary, seeds, moments, spans)
def test_that_achievements_follow_their_conditions(
    name: str, seed: int, now: datetime, passed: list[int]
) -> None:
    platform = simulated(name, seed, now, *passed)
    for (artist_id,) in platform.rows("SELECT id FROM artists WHERE has_profile"):
        career = Career(platform, artist_id)
        assert len(career.earned) + len(career.locked) == len(NAMES)
        assert all(0 <= progress < 1 for progress in career.locked.values())
        for achievement, due in career.dates():
            if due is None or due > platform.as_of + 1:
                assert achievement in career.locked, achievement
            else:
                assert abs(career.earned[achievement] - due) <= 1, achievement
        for achievement, percent in ACCURACY.items():
            assert career.accuracy <= percent or achievement in career.earned
        for achievement, count in TRACKS_NEEDED.items():
            if achievement in career.earned:
                uploaded = [m for m in career.uploads if m <= career.earned[achievement]]
                assert len(uploaded) >= count
        if not career.uploads:
            assert not any("top" in text for text in descriptions(platform, career.earned))


def descriptions(platform: SimulatedPlatform, earned: dict[str, int]) -> list[str]:
    progress = platform.get("/producer-intelligence/progress-data")["data"]
    return [
        item["description"] for item in progress["achievements"]["items"] if item["name"] in earned
    ]


@law
@given(ordinary, seeds, moments)
def test_that_those_who_lead_by_uploads_have_earned_it(name: str, seed: int, now: datetime) -> None:
    platform = simulated(name, seed, now, 1)
    tracks = {
        row["artist_id"]: row["tracks"]
        for row in platform.rows(
            "SELECT f.* FROM artist_figures f JOIN artists a ON a.id = f.artist_id"
            " WHERE a.has_profile AND f.tracks > 0"
        )
    }
    for artist_id, count in tracks.items():
        share = (1 + sum(other > count for other in tracks.values())) / len(tracks)
        earned = Career(platform, artist_id).earned
        for achievement, percent in (
            ("Track Producer", 50),
            ("Prolific Creator", 25),
            ("Production Master", 10),
        ):
            assert share > percent / 100 or achievement in earned


@law
@given(with_artist, seeds, moments, st.integers(1, 9), spans)
def test_that_paging_visits_each_row_once(
    name: str, seed: int, now: datetime, size: int, passed: list[int]
) -> None:
    platform = simulated(name, seed, now, *passed)
    for artist_id in platform.artist_ids:
        for path, rows in (
            ("tracks", "SELECT track_id FROM credits WHERE artist_id = ?"),
            ("albums", "SELECT id FROM albums WHERE artist_id = ?"),
            ("followers", "SELECT user_id FROM follows WHERE artist_id = ?"),
        ):
            expected = sorted(row[0] for row in platform.rows(rows, artist_id))
            pages = list(walk(platform, f"/artists/{{id}}/{path}", artist_id, size))
            visited = [row["id"] for page in pages for row in page["data"]]
            assert sorted(visited) == expected
            assert {page["total"] for page in pages} == {len(expected)}
            assert all(len(page["data"]) == size for page in pages[:-1])


def walk(
    platform: SimulatedPlatform, path: str, artist_id: int, size: int
) -> Iterator[dict[str, Any]]:
    page, last = 1, 1
    while page <= last:
        query = {"page": str(page), "perPage": str(size)}
        listing: dict[str, Any] = platform.get(path, query, id=artist_id)["pagination"]
        yield listing
        last = listing["last_page"]
        page += 1
