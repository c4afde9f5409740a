"""Figures of tracks and artists, summed from the event tables as of one day."""

from __future__ import annotations

import sqlite3

from beatpass_sandbox import rules
from beatpass_sandbox.simulation.affinity import settle_affinities
from beatpass_sandbox.simulation.day_sums import settle_days
from beatpass_sandbox.simulation.producers import DAY


def _plays_since(days: int) -> str:
    """SQL for the plays of a row of `plays` in the last ``days`` days.

    A row that began earlier counts in part, divided over its days as `play_spans` does.
    """
    recent = f"(day - :today + {days})"
    return (
        f"CASE WHEN {recent} >= days THEN count WHEN {recent} <= 0 THEN 0"
        f" ELSE count / days * {recent} + MAX(0, count % days + {recent} - days) END"
    )


_TRACK_FIGURES = f"""
INSERT INTO track_figures
SELECT t.id,
       COALESCE(p.total, 0), COALESCE(p.last_30, 0), COALESCE(p.last_60 - p.last_30, 0),
       contribution((:now - t.created_at) / 86400.0, COALESCE(p.total, 0), c.credited,
                    t.licensing_type),
       c.credited,
       t.bpm IS NOT NULL AND t.key IS NOT NULL AND t.scale IS NOT NULL
           AND COALESCE(t.description, '') <> ''
           AND EXISTS (SELECT 1 FROM track_tags g WHERE g.track_id = t.id)
FROM tracks t
JOIN (SELECT track_id, COUNT(*) credited FROM credits GROUP BY track_id) c ON c.track_id = t.id
LEFT JOIN (
    SELECT track_id, SUM(count) total, SUM({_plays_since(30)}) last_30,
           SUM({_plays_since(60)}) last_60
    FROM plays GROUP BY track_id
) p ON p.track_id = t.id
ORDER BY t.id
"""

_ARTIST_FIGURES = """
INSERT INTO artist_figures
SELECT a.id, COUNT(f.track_id), COALESCE(SUM(f.plays > 0), 0), COALESCE(SUM(f.complete), 0),
       COALESCE(SUM(f.credited > 1), 0), COALESCE(SUM(t.created_at > :now - 30 * 86400), 0),
       COALESCE(SUM(f.plays), 0), COALESCE(SUM(f.plays_30), 0),
       COALESCE(SUM(f.plays_previous_30), 0), COALESCE(SUM(f.contribution), 0.0), NULL
FROM artists a
LEFT JOIN credits c ON c.artist_id = a.id
LEFT JOIN track_figures f ON f.track_id = c.track_id
LEFT JOIN tracks t ON t.id = c.track_id
GROUP BY a.id ORDER BY a.id
"""

# SQLite takes the bare column from the row that holds the maximum.
_TOP_TRACKS = """
UPDATE artist_figures SET top_track_id = best.track_id
FROM (
    SELECT c.artist_id, f.track_id, MAX(f.plays * 1000000000 - c.sequence) AS standing
    FROM credits c JOIN track_figures f ON f.track_id = c.track_id
    WHERE f.plays > 0 GROUP BY c.artist_id
) best
WHERE best.artist_id = artist_figures.artist_id
"""


def settle(connection: sqlite3.Connection, now: int) -> None:
    """Recompute every figure as of ``now`` (Unix seconds)."""
    connection.create_function("contribution", 4, rules.contribution, deterministic=True)
    moment = {"now": now, "today": now // DAY}
    connection.execute("DELETE FROM artist_figures")
    connection.execute("DELETE FROM track_figures")
    connection.execute(_TRACK_FIGURES, moment)
    connection.execute(_ARTIST_FIGURES, {"now": now})
    connection.execute(_TOP_TRACKS)
    settle_affinities(connection)
    settle_days(connection)
