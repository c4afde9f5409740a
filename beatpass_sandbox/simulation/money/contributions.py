"""What each artist contributed to the platform at past moments."""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from beatpass_sandbox import rules
from beatpass_sandbox.simulation.producers import DAY

Contributions = Callable[[int], Mapping[int, float]]
"""Contribution points by artist at the beginning of a day (day number)."""

_HALF_LIFE = 6 * rules.DAYS_PER_MONTH * DAY
_DIGITS = 6

# Of a span of plays that reaches beyond the day, the share of its days until then counts.
_AT = """
SELECT c.artist_id, SUM(v.points)
FROM (
    SELECT t.id, contribution((:moment - t.created_at) / 86400.0, COALESCE(p.total, 0),
        (SELECT COUNT(*) FROM credits k WHERE k.track_id = t.id), t.licensing_type) AS points
    FROM tracks t
    LEFT JOIN (
        SELECT track_id, SUM(CASE WHEN day <= :day THEN count
            ELSE count * (:day - day + days) / days END) AS total
        FROM plays WHERE day - days < :day GROUP BY track_id
    ) p ON p.track_id = t.id
    WHERE t.created_at <= :moment
) v
JOIN credits c ON c.track_id = v.id
GROUP BY c.artist_id ORDER BY c.artist_id
"""

_BY_MONTH = """
SELECT c.artist_id, MIN(t.created_at) AS opened_at, MAX(t.created_at) AS closed_at,
       SUM(f.contribution) AS points, AVG(f.plays) AS plays
FROM credits c JOIN track_figures f ON f.track_id = c.track_id JOIN tracks t ON t.id = c.track_id
WHERE t.created_at <= :now AND f.contribution > 0
GROUP BY c.artist_id, t.created_at / (30 * 86400)
ORDER BY opened_at, c.artist_id
"""


def contributions_from_events(connection: sqlite3.Connection) -> Contributions:
    """By the published rule, from the tracks there were and their plays until that day."""
    connection.create_function("contribution", 4, rules.contribution, deterministic=True)

    def at(day: int) -> Mapping[int, float]:
        rows = connection.execute(_AT, {"moment": day * DAY, "day": day})
        return {artist_id: round(points, _DIGITS) for artist_id, points in rows}

    return at


def contributions_from_figures(connection: sqlite3.Connection, now: int) -> Contributions:
    """An estimate from the figures settled as of ``now``, cheap for any number of moments.

    Uploads are taken by months of upload. Decay is undone exactly, the plays of a month's
    tracks are scaled back along the half-life by which plays are drawn, and of a month that has
    begun the part of it that is over counts. At ``now`` itself the result is what was settled.
    """
    months = [_Month.of(row, now) for row in connection.execute(_BY_MONTH, {"now": now})]

    def at(day: int) -> Mapping[int, float]:
        moment = day * DAY
        found: dict[int, float] = {}
        growth = math.pow(2.0, (now - moment) / _HALF_LIFE)
        for month in months:
            if month.opened_at > moment:
                break
            points = month.points_at(moment) * growth
            found[month.artist_id] = found.get(month.artist_id, 0.0) + points
        return {artist_id: round(points, _DIGITS) for artist_id, points in found.items()}

    return at


@dataclass(frozen=True, slots=True)
class _Month:
    """One artist's uploads of a month; ``points`` and ``plays`` (of a track) are today's."""

    artist_id: int
    opened_at: int
    closed_at: int
    points: float
    plays: float
    boost: float
    played_share: float

    @staticmethod
    def of(row: sqlite3.Row, now: int) -> _Month:
        artist_id, opened_at, closed_at, points, plays = row
        return _Month(
            artist_id,
            opened_at,
            closed_at,
            points,
            plays,
            rules.popularity_boost(round(plays)),
            1 - math.pow(0.5, (now - opened_at) / _HALF_LIFE),
        )

    def points_at(self, moment: int) -> float:
        """Points of what was uploaded until ``moment``, with its plays until then; undecayed."""
        points = self.points
        if moment < self.closed_at:
            points *= (moment - self.opened_at) / (self.closed_at - self.opened_at)
        if self.played_share <= 0:
            return points
        share = (1 - math.pow(0.5, (moment - self.opened_at) / _HALF_LIFE)) / self.played_share
        return points * rules.popularity_boost(round(self.plays * share)) / self.boost
