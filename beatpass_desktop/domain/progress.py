"""Level, experience points and achievements of a producer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class XpSource:
    """Experience points from one kind of action; `source` is the wire's own word."""

    source: str
    xp: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """One achievement, unlocked or not. `rarity` and `category` are the wire's own words.

    `progress` is the way to a locked one, 0 to 100.
    """

    id: str
    name: str | None = None
    description: str | None = None
    category: str | None = None
    rarity: str | None = None
    xp_reward: int | None = None
    unlocked: bool | None = None
    unlocked_at: datetime | None = None
    progress: float | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything of `GET /producer-intelligence/progress-data`.

    The fields of the level stand beside the others, so that a reply that carries only some of them
    leaves the rest as they were. `level_progress` is the way to the next level, 0 to 100;
    `updated_at` (UTC) is when the server computed all this.
    """

    level: int | None = None
    level_title: str | None = None
    xp: int | None = None
    xp_to_next: int | None = None
    level_progress: float | None = None
    xp_sources: tuple[XpSource, ...] | None = None
    achievements_unlocked: int | None = None
    achievements_total: int | None = None
    achievements_xp: int | None = None
    achievements: tuple[Achievement, ...] | None = None
    updated_at: datetime | None = None
