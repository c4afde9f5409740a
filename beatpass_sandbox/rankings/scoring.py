"""Published weights, thresholds and formulas of the leaderboards."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal, get_args

Category = Literal["overall", "quality", "uploads", "plays", "points", "earnings", "collaboration"]
CATEGORIES: tuple[Category, ...] = get_args(Category)

WEIGHTS: Mapping[Category, int] = {
    "points": 25,
    "plays": 20,
    "uploads": 15,
    "quality": 15,
    "collaboration": 15,
    "earnings": 10,
}
"""Percent of the overall score."""

METADATA_FIELDS = 6
"""Fields that quality looks at: BPM, key, scale, description, tags, image."""

_TIERS = ("diamond", "platinum", "gold", "silver")
_LOWEST_TIER = "bronze"
# No thresholds are published for points. Those of collaboration can only count collaborators:
# a single one gives 10 points.
_THRESHOLDS: Mapping[Category, tuple[int, ...]] = {
    "overall": (80, 65, 50, 30),
    "quality": (95, 85, 75, 60),
    "uploads": (100, 50, 25, 10),
    "plays": (100_000, 50_000, 10_000, 1_000),
    "earnings": (15, 10, 5, 2),
    "collaboration": (5, 3, 2, 1),
}


def tier(category: Category, value: float) -> str | None:
    """The tier of a score (of collaboration: of the number of collaborators).

    None for a category without published tiers.
    """
    thresholds = _THRESHOLDS.get(category)
    if thresholds is None:
        return None
    reached = (name for name, least in zip(_TIERS, thresholds, strict=True) if value >= least)
    return next(reached, _LOWEST_TIER)


def rank_score(rank: int | None) -> int:
    """100 minus the rank, never below 0; 0 for a producer who is not ranked."""
    return 0 if rank is None else max(0, 100 - rank)


def overall_score(ranks: Mapping[Category, int | None]) -> float:
    """The weighted mean of the rank scores, from 0 to 99, with two decimals at most."""
    return sum(weight * rank_score(ranks.get(name)) for name, weight in WEIGHTS.items()) / 100


def quality_score(filled: int, tracks: int) -> float:
    """Percent of the metadata of ``tracks`` (1 or more) tracks that is filled in."""
    return round(100 * filled / (METADATA_FIELDS * tracks), 2)


def share_score(own: float, total: float) -> float:
    """Platform share in percent; 0 on a platform without contribution."""
    return round(100 * own / total, 4) if total > 0 else 0.0


def collaboration_score(
    collaborators: int, plays: int, contribution: float, achievements: int
) -> float:
    """Points for unique collaborators, and what collaborative tracks achieved."""
    return round(10 * collaborators + 0.01 * plays + 2 * contribution + 5 * achievements, 2)
