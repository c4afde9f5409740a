"""Rankings of the listed producers by category and period.

Higher scores rank first. Equal scores rank by their tie-breaker (points: the number of
achievements), then by artist id, so that no two producers share a rank.

Points are ranked for all time only; the overall ranking of any period takes that one. Quality
is ranked among those who uploaded in the period: others have no metadata to judge, and no
rank score from it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache

from beatpass_sandbox import rules
from beatpass_sandbox.rankings import scoring
from beatpass_sandbox.rankings.measures import (
    Measures,
    measure,
    measure_points,
    platform_contribution,
)
from beatpass_sandbox.rankings.periods import ALL_TIME, Span, period_span
from beatpass_sandbox.rankings.scoring import Category
from beatpass_sandbox.replies import Json

_CACHED_RANKINGS = 128
_CACHED_SPANS = 16


@dataclass(frozen=True, slots=True)
class Entry:
    """A producer's place in a ranking; ``metadata`` holds the numbers behind the score."""

    artist_id: int
    score: float
    label: str
    tier: str | None
    metadata: Json
    tie_breaker: int = 0
    rank: int = 0


Ranking = tuple[Entry, ...]


@lru_cache(maxsize=_CACHED_RANKINGS)
def ranking(database: sqlite3.Connection, as_of: int, category: Category, period: str) -> Ranking:
    """The ranking at ``as_of`` (Unix seconds), best first; computed once.

    Raises ValueError for what is not a period, and for points of another one than all time.
    """
    span = period_span(period, as_of)
    if span is None or (category == "points" and period != ALL_TIME):
        raise ValueError(f"{category} are not ranked for {period!r}")
    if category == "overall":
        return _overall(database, as_of, period, span)
    measured = _measured(database, as_of, span)
    match category:
        case "quality":
            return _ranked(_quality(sums) for sums in measured if sums.uploads)
        case "uploads":
            return _ranked(_uploads(sums) for sums in measured)
        case "plays":
            return _ranked(_plays(sums) for sums in measured)
        case "points":
            return _points(database, measured)
        case "earnings":
            total = platform_contribution(database, span)
            return _ranked(_earnings(sums, total) for sums in measured)
        case "collaboration":
            return _ranked(_collaboration(sums) for sums in measured)


@lru_cache(maxsize=_CACHED_SPANS)
def _measured(database: sqlite3.Connection, as_of: int, span: Span) -> tuple[Measures, ...]:
    """The sums of a span; ``as_of`` tells apart those before and after time has passed."""
    return tuple(measure(database, span))


def _ranked(entries: Iterable[Entry]) -> Ranking:
    ordered = sorted(entries, key=lambda e: (-e.score, -e.tie_breaker, e.artist_id))
    return tuple(replace(entry, rank=rank) for rank, entry in enumerate(ordered, start=1))


def _entry(category: Category, artist_id: int, score: float, label: str, metadata: Json) -> Entry:
    return Entry(artist_id, score, label, scoring.tier(category, score), metadata)


def _counted(number: int, unit: str) -> str:
    return f"{number:,} {unit}" if number == 1 else f"{number:,} {unit}s"


def _quality(sums: Measures) -> Entry:
    score = scoring.quality_score(sums.metadata, sums.uploads)
    metadata = {"tracks": sums.uploads, "filled_fields": sums.metadata}
    return _entry("quality", sums.artist_id, score, f"{score:.1f} % Complete", metadata)


def _uploads(sums: Measures) -> Entry:
    label = _counted(sums.uploads, "Track")
    return _entry("uploads", sums.artist_id, sums.uploads, label, {"tracks": sums.uploads})


def _plays(sums: Measures) -> Entry:
    label = _counted(sums.plays, "Play")
    return _entry("plays", sums.artist_id, sums.plays, label, {"plays": sums.plays})


def _points(database: sqlite3.Connection, measured: Iterable[Measures]) -> Ranking:
    points = measure_points(database)
    return _ranked(
        Entry(
            artist_id=sums.artist_id,
            score=points[sums.artist_id].xp,
            label=f"{points[sums.artist_id].xp:,} XP",
            tier=scoring.tier("points", points[sums.artist_id].xp),
            metadata={
                "level": rules.level_for_xp(points[sums.artist_id].xp),
                "achievements": points[sums.artist_id].achievements,
            },
            tie_breaker=points[sums.artist_id].achievements,
        )
        for sums in measured
    )


def _earnings(sums: Measures, total: float) -> Entry:
    score = scoring.share_score(sums.contribution, total)
    metadata = {
        "contribution": round(sums.contribution, 2),
        "contributing_tracks": sums.contributing_tracks,
        "plays": sums.plays,
    }
    return _entry("earnings", sums.artist_id, score, f"{score:.1f} % Platform Share", metadata)


def _collaboration(sums: Measures) -> Entry:
    score = scoring.collaboration_score(
        sums.collaborators,
        sums.collaborative_plays,
        sums.collaborative_contribution,
        sums.collaboration_achievements,
    )
    return Entry(
        artist_id=sums.artist_id,
        score=score,
        label=_counted(sums.collaborators, "Collaborator"),
        tier=scoring.tier("collaboration", sums.collaborators),
        metadata={
            "collaborators": sums.collaborators,
            "collaborative_tracks": sums.collaborative_tracks,
            "collaborative_plays": sums.collaborative_plays,
            "collaborative_contribution": round(sums.collaborative_contribution, 4),
            "collaboration_achievements": sums.collaboration_achievements,
        },
    )


def _overall(database: sqlite3.Connection, as_of: int, period: str, span: Span) -> Ranking:
    ranks: dict[Category, dict[int, int]] = {
        name: {
            entry.artist_id: entry.rank
            for entry in ranking(database, as_of, name, ALL_TIME if name == "points" else period)
        }
        for name in scoring.WEIGHTS
    }
    entries: list[Entry] = []
    for sums in _measured(database, as_of, span):
        own = {name: places.get(sums.artist_id) for name, places in ranks.items()}
        score = scoring.overall_score(own)
        metadata = {f"{name}_rank": rank for name, rank in own.items() if rank is not None}
        label = f"{score:.2f} Overall Score"
        entries.append(_entry("overall", sums.artist_id, score, label, metadata))
    return _ranked(entries)
