"""Level, experience points and achievements of a producer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Level:
    """The producer level. `progress_percentage` is the way to the next level, 0 to 100."""

    number: int | None = None
    title: str | None = None
    xp: int | None = None
    xp_to_next: int | None = None
    progress_percentage: float | None = None


@dataclass(frozen=True, slots=True)
class XpSource:
    """Experience points from one kind of action; `source` is the wire's own word."""

    source: str
    xp: int | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Achievement:
    """One achievement, unlocked or not. `rarity` and `category` are the wire's own words."""

    id: str
    name: str | None = None
    description: str | None = None
    category: str | None = None
    rarity: str | None = None
    xp_reward: int | None = None
    unlocked: bool | None = None
    unlocked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Progress:
    """Everything of `GET /producer-intelligence/progress-data`."""

    level: Level | None = None
    xp_sources: tuple[XpSource, ...] | None = None
    achievements_unlocked: int | None = None
    achievements_total: int | None = None
    achievements_xp: int | None = None
    achievements: tuple[Achievement, ...] | None = None
