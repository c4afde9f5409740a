"""Uploads and plays of each artist by the day: what rankings, graphs and insights read.

They hold one row for each artist and day, so a reader's cost does not grow with the catalogue.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from itertools import groupby, pairwise
from operator import itemgetter

BEST_TRACKS = 20
"""How many tracks of each artist are kept at hand, ordered by plays."""

# metadata counts those of bpm, key, scale, description, image and tags that are filled in.
_UPLOADS_BY_DAY = """
INSERT INTO uploads_by_day
SELECT c.artist_id, t.created_at / 86400, MIN(c.sequence), COUNT(*), SUM(c.position = 0),
       SUM((t.bpm IS NOT NULL) + (t.key IS NOT NULL) + (t.scale IS NOT NULL)
           + (COALESCE(t.description, '') <> '') + (COALESCE(t.image, '') <> '')
           + EXISTS (SELECT 1 FROM track_tags g WHERE g.track_id = t.id)),
       SUM(f.credited > 1), SUM(f.contribution > 0), SUM(f.contribution),
       SUM(CASE WHEN f.credited > 1 THEN f.contribution ELSE 0.0 END),
       SUM(f.plays), SUM(t.likes), SUM(t.reposts)
FROM tracks t
JOIN track_figures f ON f.track_id = t.id
JOIN credits c ON c.track_id = t.id
GROUP BY c.artist_id, t.created_at / 86400
ORDER BY c.artist_id, t.created_at / 86400
"""

_COLLABORATORS = """
INSERT INTO collaborators_by_day
SELECT DISTINCT c.artist_id, t.created_at / 86400 AS day, other.artist_id
FROM track_figures f
JOIN tracks t ON t.id = f.track_id
JOIN credits c ON c.track_id = f.track_id
JOIN credits other ON other.track_id = f.track_id AND other.artist_id <> c.artist_id
WHERE f.credited > 1
ORDER BY c.artist_id, day, other.artist_id
"""

_BEST_TRACKS = """
INSERT INTO best_tracks
SELECT artist_id, place, track_id FROM (
    SELECT c.artist_id, c.track_id,
           ROW_NUMBER() OVER (PARTITION BY c.artist_id ORDER BY f.plays DESC, c.sequence) AS place
    FROM credits c JOIN track_figures f ON f.track_id = c.track_id
) WHERE place <= ?
"""

# Spans of equal bounds and equal remainder are spread in the same way, so they are added first.
# CROSS JOIN keeps the order: tracks by artist, and with them their plays, lie close together.
_SPANS = """
SELECT c.artist_id, p.day, p.days, p.count % p.days AS rest,
       SUM(p.count / p.days) AS share, COUNT(*) AS spans,
       SUM((p.count / p.days) * (f.credited > 1)) AS shared_share, SUM(f.credited > 1) AS shared
FROM credits c
CROSS JOIN track_figures f ON f.track_id = c.track_id
CROSS JOIN plays p ON p.track_id = c.track_id
GROUP BY c.artist_id, p.day, p.days, rest
ORDER BY c.artist_id
"""


def settle_days(connection: sqlite3.Connection) -> None:
    """Rebuild the sums by day; the tracks' figures must be settled already."""
    for table in ("uploads_by_day", "plays_by_day", "collaborators_by_day", "best_tracks"):
        connection.execute(f"DELETE FROM {table}")
    connection.execute(_UPLOADS_BY_DAY)
    connection.execute(_COLLABORATORS)
    connection.execute(_BEST_TRACKS, (BEST_TRACKS,))
    spans = connection.execute(_SPANS).fetchall()
    for artist_id, rows in groupby(spans, key=itemgetter("artist_id")):
        connection.executemany(
            "INSERT INTO plays_by_day VALUES (?,?,?,?)",
            [(artist_id, *sums) for sums in _by_day(list(rows))],
        )


def _by_day(spans: list[sqlite3.Row]) -> list[tuple[int, int, int]]:
    """(day, plays, plays of collaborative tracks), spread as `play_spans.spread` does."""
    changes: dict[int, list[int]] = defaultdict(lambda: [0, 0])

    def change(day: int, plays: int, shared: int) -> None:
        changes[day][0] += plays
        changes[day][1] += shared

    for _artist_id, end, days, rest, share, count, shared_share, shared in spans:
        begin = end - days + 1
        change(begin, share, shared_share)
        change(end + 1, -share, -shared_share)
        if rest:
            change(begin, count, shared)
            change(begin + rest, -count, -shared)
    sums: list[tuple[int, int, int]] = []
    plays = shared_plays = 0
    bounds = sorted(changes)
    for day, until in pairwise(bounds):
        plays += changes[day][0]
        shared_plays += changes[day][1]
        if plays:
            sums.extend((each, plays, shared_plays) for each in range(day, until))
    return sums
