"""What an artist is worth to the platform."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Earnings:
    """`GET /producer/earnings`: contribution points and the share of all points, in percent."""

    contribution: float | None = None
    platform_share: float | None = None
