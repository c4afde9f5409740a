"""Days that pass: what they add, and that they pass the same in parts, wholly, or not at all."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sandbox_process import NOW, ROOT, SERVE
from simulated import SimulatedPlatform
from small_platforms import digest, law, moments, names, seeds, simulated

from beatpass_sandbox.simulation.passing import advance
from beatpass_sandbox.simulation.profiles import PROFILES

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

DAY = 86_400


@settings(law, max_examples=4)
@given(names, seeds, moments)
def test_that_the_same_seed_and_time_give_the_same_bytes(
    name: str, seed: int, now: datetime
) -> None:
    first = digest(simulated(name, seed, now, 3))
    assert digest(simulated(name, seed, now, 3)) == first
    assert digest(simulated(name, seed + 1, now, 3)) != first


@settings(law, max_examples=4)
@given(names, seeds, moments, st.lists(st.integers(1, 5), min_size=2, max_size=5))
def test_that_days_pass_the_same_at_once_and_in_parts(
    name: str, seed: int, now: datetime, parts: list[int]
) -> None:
    at_once = simulated(name, seed, now, sum(parts))
    assert digest(simulated(name, seed, now, *parts)) == digest(at_once)
    assert at_once.as_of == int(now.timestamp()) + sum(parts) * DAY


@law
@given(names, seeds, moments, st.integers(1, 40))
def test_that_what_was_earned_is_kept_and_what_follows_is_dated_after(
    name: str, seed: int, now: datetime, days: int
) -> None:
    platform = simulated(name, seed, now)
    before = unlocked(platform)
    start = platform.as_of
    advance(platform.database, seed, days)
    after = unlocked(platform)
    assert before.items() <= after.items()
    assert all(start <= after[key] <= platform.as_of for key in after.keys() - before.keys())


def unlocked(platform: SimulatedPlatform) -> dict[tuple[int, int], int]:
    return {
        (row["artist_id"], row["achievement_id"]): row["unlocked_at"]
        for row in platform.rows("SELECT * FROM achievements WHERE unlocked_at IS NOT NULL")
    }


@law
@given(names, seeds, moments, st.integers(1, 20))
def test_that_the_past_stays_as_it_was_when_days_pass(
    name: str, seed: int, now: datetime, days: int
) -> None:
    platform = simulated(name, seed, now)
    before = history(platform)
    advance(platform.database, seed, days)
    after = history(platform)
    for table, rows in before.items():
        assert rows <= after[table], table


def history(platform: SimulatedPlatform) -> dict[str, Counter[tuple[object, ...]]]:
    return {
        table: Counter(tuple(row) for row in platform.rows(f"SELECT {columns} FROM {table}"))
        for table, columns in {
            "plays": "*",
            "follows": "*",
            "downloads": "*",
            "credits": "*",
            "users": "*",
            "artists": "*",
            "appeal": "*",
            "tracks": "id, name, created_at, bpm, key, scale, description, album_id",
        }.items()
    }


def test_that_no_time_at_all_cannot_pass() -> None:
    platform = simulated("established", 1, datetime(2026, 11, 23, tzinfo=UTC))
    before = digest(platform)
    with pytest.raises(ValueError, match="at least one day"):
        advance(platform.database, 1, 0)
    assert digest(platform) == before


def test_that_days_pass_wholly_or_not_at_all(monkeypatch: pytest.MonkeyPatch) -> None:
    platform = simulated("established", 1, datetime(2026, 11, 23, tzinfo=UTC))
    before = digest(platform)
    platform.database.execute(
        "CREATE TEMP TRIGGER refuse BEFORE UPDATE ON origin BEGIN"
        " SELECT RAISE(ABORT, 'no space left'); END"
    )
    with pytest.raises(sqlite3.IntegrityError, match="no space left"):
        advance(platform.database, 1, 2)
    assert digest(platform) == before


def sizes(platform: SimulatedPlatform) -> dict[str, int]:
    return {
        table: platform.rows(f"SELECT COUNT(*) FROM {table}")[0][0]
        for table in ("plays", "follows", "users", "tracks")
    }


@pytest.mark.parametrize("name", sorted(PROFILES))
def test_that_new_things_happen_to_a_producer_as_time_passes(name: str) -> None:
    platform = simulated(name, 1, datetime(2026, 11, 23, 12, tzinfo=UTC))
    before = sizes(platform)
    advance(platform.database, 1, 60)
    after = sizes(platform)
    assert all(after[table] > before[table] for table in before)
    if PROFILES[name].uploads:
        later = int((datetime(2026, 11, 23, 12, tzinfo=UTC) + timedelta(days=1)).timestamp())
        (artist_id, *_) = platform.artist_ids
        (downloads,) = platform.rows(
            "SELECT COUNT(*) FROM downloads d JOIN credits c ON c.track_id = d.track_id"
            " WHERE c.artist_id = ? AND d.downloaded_at > ?",
            artist_id,
            later,
        )[0]
        assert downloads > 0


def figures(sandbox: Any) -> dict[str, Any]:
    artist = sandbox.artist_id()
    return {
        "stats": sandbox.get("/artist/dashboard-stats")["data"],
        "tracks": sandbox.walk(f"/artists/{artist}/tracks", 100),
        "followers": sandbox.get(f"/artists/{artist}/followers")["pagination"]["total"],
        "xp": sandbox.get("/producer-intelligence/progress-data")["data"]["level"]["xp"],
    }


@pytest.mark.end_to_end
def test_that_a_kept_database_catches_up_with_a_later_now_by_the_same_days(
    start_sandbox: Callable[..., Any], tmp_path: Path
) -> None:
    options = ("--tracks", "30", "--db")
    later = (datetime.fromisoformat(NOW) + timedelta(days=9, hours=5)).isoformat()
    with start_sandbox(*options, str(tmp_path / "kept.db")) as sandbox:
        before = figures(sandbox)
    with start_sandbox(*options, str(tmp_path / "kept.db"), now=later) as sandbox:
        caught_up = figures(sandbox)
    with start_sandbox(*options, str(tmp_path / "served.db")) as sandbox:
        reply = httpx.post(
            sandbox.origin + "/_sandbox/advance", json={"days": 9}, trust_env=False, timeout=60
        )
        assert reply.status_code == 200
        assert figures(sandbox) == caught_up
    plays = {track["id"]: track["plays"] for track in caught_up["tracks"]}
    assert caught_up["stats"]["total_plays"] == sum(plays.values())
    assert caught_up["stats"]["total_plays"] > before["stats"]["total_plays"]
    assert caught_up["xp"] > before["xp"]
    assert all(plays[track["id"]] >= track["plays"] for track in before["tracks"])


@pytest.mark.end_to_end
def test_that_a_kept_database_does_not_go_back_in_time(
    start_sandbox: Callable[..., Any], tmp_path: Path
) -> None:
    file = str(tmp_path / "kept.db")
    with start_sandbox("--profile", "new-artist", "--db", file):
        pass
    before = Path(file).read_bytes()
    refused = subprocess.run(
        [*SERVE, "--profile", "new-artist", "--db", file, "--now", "2026-11-22T12:00:00"],
        capture_output=True,
        text=True,
        timeout=20,
        cwd=ROOT,
    )
    assert refused.returncode == 1
    assert "reached 2026-11-23 12:00:00 UTC, which is later than --now" in refused.stderr
    assert "Traceback" not in refused.stderr
    assert Path(file).read_bytes() == before


@pytest.mark.end_to_end
def test_that_the_real_clock_goes_on_from_where_time_was_let_pass_to(tmp_path: Path) -> None:
    command = [*SERVE, "--profile", "new-artist", "--db", str(tmp_path / "kept.db")]
    dates = []
    for days in (40, 1):
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as process:
            assert process.stdout is not None
            origin = json.loads(process.stdout.readline())["base_url"].removesuffix("/api/v1")
            reply = httpx.post(
                origin + "/_sandbox/advance", json={"days": days}, trust_env=False, timeout=60
            )
            process.terminate()
        dates.append(datetime.fromisoformat(reply.json()["now"]))
    assert timedelta(days=1) <= dates[1] - dates[0] < timedelta(days=3)
    assert dates[0] > datetime.now(UTC) + timedelta(days=39)
