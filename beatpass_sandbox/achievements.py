"""The published achievements: 36 of the 39 are named, each with condition, XP and rarity."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from beatpass_sandbox.rules import DAYS_PER_MONTH


@dataclass(slots=True)
class Standing:
    """Where an artist stands at one moment.

    Each ``…_share`` is rank ÷ number ranked: 0.05 is within the top 5 %; None is unranked.
    """

    tracks: int = 0
    collaborators: int = 0
    genres: int = 0
    accuracy: float = 0.0
    pictures: int = 0
    links: int = 0
    has_bio: bool = False
    joining_rank: int = 0
    age_days: float = 0.0
    uploads_share: float | None = None
    overall_share: float | None = None
    best_plays_share: float | None = None
    best_genre_share: float | None = None
    best_composite_share: float | None = None
    diversity_share: float | None = None
    top_earner: bool = False
    seasons: set[str] = field(default_factory=set)


Measure = Callable[[Standing], float]


@dataclass(frozen=True, slots=True)
class Achievement:
    """One achievement; ``progress`` maps a standing to 0 … 1, where 1 unlocks it."""

    id: int
    name: str
    description: str
    category: str
    rarity: str
    xp: int
    progress: Measure


def _top(attribute: str, percent: float) -> Measure:
    def progress(standing: Standing) -> float:
        share: float | None = getattr(standing, attribute)
        return 0.0 if share is None else min(1.0, percent / 100 / share)

    return progress


def _count(attribute: str, wanted: float) -> Measure:
    return lambda standing: min(1.0, max(0.0, getattr(standing, attribute) / wanted))


def _over(attribute: str, percent: float) -> Measure:
    def progress(standing: Standing) -> float:
        value: float = getattr(standing, attribute)
        return 1.0 if value > percent else min(0.99, value / percent)

    return progress


def _months(count: int) -> Measure:
    return _count("age_days", count * DAYS_PER_MONTH)


def _season(name: str) -> Measure:
    return lambda standing: 1.0 if name in standing.seasons else 0.0


def _all_of(*measures: Measure) -> Measure:
    return lambda standing: min(measure(standing) for measure in measures)


def _early(standing: Standing) -> float:
    return 1.0 if 0 < standing.joining_rank <= 30 else 0.0


SEASONS = {
    "Shadow Regent": ((10, 30), (10, 31), (11, 1)),
    "Santa's Helper": ((12, 23), (12, 24), (12, 25), (12, 26)),
    "Opening Act": ((12, 31), (1, 1), (1, 2)),
    "Lover Boy": ((2, 13), (2, 14), (2, 15)),
}

_Row = tuple[str, str, str, str, int, Measure]
_ROWS: tuple[_Row, ...] = (
    ("Track Producer", "Be in the top 50% of producers by track count", "upload", "common", 500,
     _top("uploads_share", 50)),
    ("Prolific Creator", "Be in the top 25% of producers by track count", "upload", "rare", 1500,
     _top("uploads_share", 25)),
    ("Production Master", "Be in the top 10% of producers by track count", "upload", "epic", 3000,
     _top("uploads_share", 10)),
    ("Studio Legend", "Be in the top 5% of producers by track count", "upload", "legendary", 5000,
     _top("uploads_share", 5)),
    ("Rising Star", "Have a track in the top 25% by plays", "trending", "common", 1000,
     _top("best_plays_share", 25)),
    ("Chart Topper", "Have a track in the top 10% by plays", "trending", "rare", 2000,
     _top("best_plays_share", 10)),
    ("Viral Hit", "Have a track in the top 5% by plays", "trending", "epic", 3500,
     _top("best_plays_share", 5)),
    ("Metadata Whiz", "Keep metadata accuracy over 70%", "metadata", "common", 800,
     _over("accuracy", 70)),
    ("Metadata Maven", "Keep metadata accuracy over 80%", "metadata", "rare", 1500,
     _over("accuracy", 80)),
    ("Metadata Architect", "Keep metadata accuracy over 90%", "metadata", "epic", 2500,
     _over("accuracy", 90)),
    ("Photogenic", "Add your first profile picture", "profile", "common", 200,
     _count("pictures", 1)),
    ("Oracle", "Fill in your bio", "profile", "common", 300, _count("has_bio", 1)),
    ("Linked", "Add more than 3 links to your profile", "profile", "common", 400,
     _count("links", 4)),
    ("Model", "Add more than 5 pictures to your profile", "profile", "common", 500,
     _count("pictures", 6)),
    ("Genre Specialist", "Have a top 10% track within a genre", "genre", "rare", 1500,
     _top("best_genre_share", 10)),
    ("Genre Master", "Be in the top 20% by diversity, with 3 or more genres", "genre", "epic", 2500,
     _all_of(_top("diversity_share", 20), _count("genres", 3))),
    ("Genre Virtuoso", "Be in the top 10% by diversity, with 5 or more genres", "genre",
     "legendary", 4000, _all_of(_top("diversity_share", 10), _count("genres", 5))),
    ("Collaboration Enthusiast", "Release your first collaboration", "collaboration", "common", 500,
     _count("collaborators", 1)),
    ("Team Player", "Collaborate with 10 producers", "collaboration", "rare", 1500,
     _count("collaborators", 10)),
    ("Bridge Builder", "Collaborate with 25 producers", "collaboration", "epic", 3000,
     _count("collaborators", 25)),
    ("Network Spider", "Collaborate with 50 producers", "collaboration", "legendary", 5000,
     _count("collaborators", 50)),
    ("Rising Talent", "Be in the top 25% overall, with 5 or more tracks", "composite", "rare", 2000,
     _all_of(_top("overall_share", 25), _count("tracks", 5))),
    ("Elite Producer", "Be in the top 15% overall, with 10 or more tracks", "composite", "epic",
     3500, _all_of(_top("overall_share", 15), _count("tracks", 10))),
    ("Legendary Producer", "Be in the top 5% overall, with 20 or more tracks", "composite",
     "legendary", 6000, _all_of(_top("overall_share", 5), _count("tracks", 20))),
    ("Track Excellence", "Have a top 10% track by composite score", "excellence", "rare", 1800,
     _top("best_composite_share", 10)),
    ("Early Adopter", "Be among the first 30 artist profiles", "milestone", "epic", 1000, _early),
    ("Rising", "Reach a profile age of 3 months", "milestone", "common", 150, _months(3)),
    ("Seasoned", "Reach a profile age of 6 months", "milestone", "rare", 300, _months(6)),
    ("OG", "Reach a profile age of 1 year", "milestone", "rare", 600, _months(12)),
    ("Veteran", "Reach a profile age of 2 years", "milestone", "epic", 1000, _months(24)),
    ("Legacy", "Reach a profile age of 3 years", "milestone", "epic", 1500, _months(36)),
    ("Top Biller", "Own the top-earning track overall", "milestone", "common", 800,
     _count("top_earner", 1)),
    ("Shadow Regent", "Upload between 30 October and 1 November", "seasonal", "common", 200,
     _season("Shadow Regent")),
    ("Santa's Helper", "Upload between 23 and 26 December", "seasonal", "common", 200,
     _season("Santa's Helper")),
    ("Opening Act", "Upload between 31 December and 2 January", "seasonal", "common", 200,
     _season("Opening Act")),
    ("Lover Boy", "Upload between 13 and 15 February", "seasonal", "common", 200,
     _season("Lover Boy")),
)  # fmt: skip

ACHIEVEMENTS = tuple(
    Achievement(place, name, description, category, rarity, xp, progress)
    for place, (name, description, category, rarity, xp, progress) in enumerate(_ROWS, start=1)
)
