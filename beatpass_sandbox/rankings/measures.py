"""What each listed producer achieved in a span of days, from the event tables."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from dataclasses import dataclass

from beatpass_sandbox import experience
from beatpass_sandbox.achievements import ACHIEVEMENTS
from beatpass_sandbox.rankings.periods import Span

_DAY = 86_400
_ACHIEVEMENTS = {achievement.id: achievement for achievement in ACHIEVEMENTS}
_COLLABORATION = ",".join(str(a.id) for a in ACHIEVEMENTS if a.category == "collaboration")

# Listed: artists with a profile and a public track at the span's end, no administrators.
_MEASURES = f"""
WITH uploaded AS (
    SELECT artist_id, SUM(uploads) AS uploads, SUM(metadata) AS metadata,
           SUM(collaborative) AS collaborative, SUM(contributing) AS contributing,
           SUM(contribution) AS contribution,
           SUM(collaborative_contribution) AS collaborative_contribution
    FROM uploads_by_day WHERE day BETWEEN :first AND :last GROUP BY artist_id
), played AS (
    SELECT artist_id, SUM(plays) AS plays, SUM(collaborative_plays) AS collaborative_plays
    FROM plays_by_day WHERE day BETWEEN :first AND :last GROUP BY artist_id
), partnered AS (
    SELECT artist_id, COUNT(DISTINCT partner_id) AS collaborators
    FROM collaborators_by_day WHERE day BETWEEN :first AND :last GROUP BY artist_id
), unlocked AS (
    SELECT artist_id, COUNT(*) AS achievements
    FROM achievements
    WHERE unlocked_at / {_DAY} BETWEEN :first AND :last AND achievement_id IN ({_COLLABORATION})
    GROUP BY artist_id
)
SELECT a.id, COALESCE(u.uploads, 0), COALESCE(u.metadata, 0), COALESCE(u.collaborative, 0),
       COALESCE(u.contributing, 0), COALESCE(u.contribution, 0.0),
       COALESCE(u.collaborative_contribution, 0.0), COALESCE(p.plays, 0),
       COALESCE(p.collaborative_plays, 0), COALESCE(c.collaborators, 0),
       COALESCE(n.achievements, 0)
FROM artists a
LEFT JOIN uploaded u ON u.artist_id = a.id
LEFT JOIN played p ON p.artist_id = a.id
LEFT JOIN partnered c ON c.artist_id = a.id
LEFT JOIN unlocked n ON n.artist_id = a.id
WHERE a.has_profile AND NOT a.administrator
  AND EXISTS (SELECT 1 FROM uploads_by_day x WHERE x.artist_id = a.id AND x.day <= :last)
ORDER BY a.id
"""

_CONTRIBUTION = """
SELECT COALESCE(SUM(contribution), 0.0) FROM uploads_by_day WHERE day BETWEEN :first AND :last
"""


@dataclass(frozen=True, slots=True)
class Measures:
    """A producer's sums over a span of days.

    Uploads and contribution are those of the tracks uploaded in it, plays and achievements
    those that happened in it. Contribution is always today's.
    """

    artist_id: int
    uploads: int
    metadata: int
    collaborative_tracks: int
    contributing_tracks: int
    contribution: float
    collaborative_contribution: float
    plays: int
    collaborative_plays: int
    collaborators: int
    collaboration_achievements: int


@dataclass(frozen=True, slots=True)
class Points:
    """A producer's XP in total, and how many achievements are unlocked."""

    xp: int
    achievements: int


def measure(database: sqlite3.Connection, span: Span) -> list[Measures]:
    """The sums of every producer who is listed at the end of ``span``; none for an empty one."""
    if span.first > span.last:
        return []
    rows = database.execute(_MEASURES, {"first": span.first, "last": span.last})
    return [Measures(*row) for row in rows]


def platform_contribution(database: sqlite3.Connection, span: Span) -> float:
    """Contribution of all artists, also of those who are not listed."""
    total: float = database.execute(
        _CONTRIBUTION, {"first": span.first, "last": span.last}
    ).fetchone()[0]
    return total


def measure_points(database: sqlite3.Connection) -> dict[int, Points]:
    """The XP of every artist, by the sources that `experience` adds up."""
    unlocked: dict[int, list[int]] = defaultdict(list)
    for artist_id, achievement_id in database.execute(
        "SELECT artist_id, achievement_id FROM achievements WHERE unlocked_at IS NOT NULL"
    ):
        unlocked[artist_id].append(achievement_id)
    found: dict[int, Points] = {}
    for figures in database.execute("SELECT * FROM artist_figures").fetchall():
        artist_id = figures["artist_id"]
        achieved = [_ACHIEVEMENTS[number] for number in unlocked[artist_id]]
        found[artist_id] = Points(experience.total(figures, achieved), len(achieved))
    return found
