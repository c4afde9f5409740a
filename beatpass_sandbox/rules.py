"""BeatPass's published formulas for levels, contribution and growth."""

from __future__ import annotations

import math
from itertools import pairwise

XP_PER_TRACK = 100
XP_PER_PLAY = 1
XP_PER_COMPLETE_TRACK = 50
XP_PER_COLLABORATION = 25
MAXIMUM_LEVEL = 100
DAYS_PER_MONTH = 365.25 / 12

_TITLES = (
    (50, "Legendary Producer"),
    (40, "Master"),
    (30, "Expert"),
    (20, "Professional"),
    (15, "Advanced"),
    (10, "Experienced"),
    (7, "Skilled"),
    (5, "Intermediate"),
    (3, "Apprentice"),
    (1, "Novice"),
)

# Published points of the popularity boost; between them it runs along log10 of the plays.
_BOOST_POINTS = (
    (10, 1.67),
    (100, 1.91),
    (1_000, 2.25),
    (10_000, 2.50),
    (100_000, 2.67),
)
_MAXIMUM_BOOST = 3.0


def xp_for_level(level: int) -> int:
    """Total XP at which ``level`` (1 to 100) begins."""
    return round(100 * math.pow(level - 1, 1.5))


def level_for_xp(xp: int) -> int:
    """The level reached with ``xp`` points in total."""
    level = min(MAXIMUM_LEVEL, int((max(xp, 0) / 100) ** (2 / 3)) + 1)
    while level < MAXIMUM_LEVEL and xp_for_level(level + 1) <= xp:
        level += 1
    while level > 1 and xp_for_level(level) > xp:
        level -= 1
    return level


def title_for_level(level: int) -> str:
    """The published title of a level."""
    return next(title for first, title in _TITLES if level >= first)


def time_decay(age_days: float) -> float:
    """Weight of a track by age: halves every six months."""
    return math.pow(0.5, max(age_days, 0.0) / DAYS_PER_MONTH / 6)


def popularity_boost(plays: int) -> float:
    """1.0 without plays, rising with the logarithm of the plays to 3.0 at most."""
    if plays <= 0:
        return 1.0
    first_plays, first_boost = _BOOST_POINTS[0]
    if plays <= first_plays:
        return 1.0 + (first_boost - 1.0) * math.log(1 + plays) / math.log(1 + first_plays)
    for (low, low_boost), (high, high_boost) in pairwise(_BOOST_POINTS):
        if plays <= high:
            share = math.log(plays / low) / math.log(high / low)
            return low_boost + (high_boost - low_boost) * share
    last_plays, last_boost = _BOOST_POINTS[-1]
    slope = last_boost - _BOOST_POINTS[-2][1]
    return min(_MAXIMUM_BOOST, last_boost + slope * math.log10(plays / last_plays))


def contribution(age_days: float, plays: int, credited: int, licensing_type: str) -> float:
    """Contribution points of a track for each of its ``credited`` producers."""
    if licensing_type == "exclusive_only":
        return 0.0
    return time_decay(age_days) * popularity_boost(plays) / max(credited, 1)


def growth_percentage(this_period: int, previous_period: int) -> float | None:
    """Change in percent with one decimal; None when there is nothing to compare with."""
    if previous_period <= 0:
        return None
    return round((this_period - previous_period) / previous_period * 100, 1)
