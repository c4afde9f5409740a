"""How a track's plays change from one period to the next."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class TrackGrowth:
    """The growth of one track, as `growth-batch` tells it. `growth_rate` is percent."""

    track_id: int
    growth_rate: float | None = None
    plays_this_period: int | None = None
    plays_previous_period: int | None = None
