"""BeatPass's published rules, for explanations and estimates. What the API sends always wins."""

from __future__ import annotations

from enum import StrEnum

METADATA_FIELDS = ("bpm", "key", "scale", "tags", "description")
"""What a track needs for complete metadata (help centre, XP rules: +50 XP)."""


class GrowthZone(StrEnum):
    """The zones of the growth guide (help centre, Tracks)."""

    EXCEPTIONAL = "exceptional"
    STRONG = "strong"
    GROWING = "growing"
    SLIGHT_DECLINE = "slight_decline"
    NEEDS_ATTENTION = "needs_attention"


def growth_zone(percent: float) -> GrowthZone:
    """The zone of a growth rate in percent."""
    if percent > 15:
        return GrowthZone.EXCEPTIONAL
    if percent > 5:
        return GrowthZone.STRONG
    if percent >= 0:
        return GrowthZone.GROWING
    if percent >= -5:
        return GrowthZone.SLIGHT_DECLINE
    return GrowthZone.NEEDS_ATTENTION
