"""How experience points, levels and titles work, as published (help centre, Gamification).

For explanations and estimates; a level that the API sends is never computed again.
"""

from __future__ import annotations

import math
from enum import StrEnum

MAXIMUM_LEVEL = 100


class XpAction(StrEnum):
    """What earns experience points; the words of the wire's XP sources."""

    UPLOAD = "track_uploads"
    PLAY = "track_plays"
    METADATA = "metadata_completion"
    COLLABORATION = "collaborations"
    ACHIEVEMENT = "achievements"


XP_EARNED = {
    XpAction.UPLOAD: 100,
    XpAction.PLAY: 1,
    XpAction.METADATA: 50,
    XpAction.COLLABORATION: 25,
}
"""Points for each time; achievements have rewards of their own."""

TITLES = (
    (1, "Novice"),
    (3, "Apprentice"),
    (5, "Intermediate"),
    (7, "Skilled"),
    (10, "Experienced"),
    (15, "Advanced"),
    (20, "Professional"),
    (30, "Expert"),
    (40, "Master"),
    (50, "Legendary Producer"),
)
"""The level from which each title is held."""


def estimated_xp(level: int) -> int:
    """The points that `level` needs by the published formula, 100 × (level − 1)^1.5.

    An estimate: the published table has other values from level 15 on.
    """
    return round(100 * math.pow(level - 1, 1.5))
