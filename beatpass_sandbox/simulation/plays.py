"""Plays as a daily random process: interest halves every six months, as contribution does."""

from __future__ import annotations

import math
import random

PlayRow = tuple[int, int, int, int]

_HALF_LIFE_DAYS = 182.625
_DECAY = math.log(2) / _HALF_LIFE_DAYS
_LAUNCH_BOOST = 2.0
_LAUNCH_DAYS = 5.0
_WEEKDAYS = (1.1, 1.2, 0.9, 0.88, 0.92, 0.95, 1.05)
# A compact history keeps these trailing spans apart (days before today, oldest first).
_COMPACT_BOUNDS = (365, 90, 60, 30, 7, 0)


class PlayProcess:
    """Draws the plays of tracks up to and including ``today`` (a day number).

    ``strength`` is everywhere the plays a day of a new track, its launch aside.
    """

    def __init__(self, source: random.Random, today: int) -> None:
        self._source = source
        self._today = today

    def daily(self, track_id: int, first_day: int, strength: float) -> list[PlayRow]:
        """One row for each day with plays since ``first_day``."""
        rows: list[PlayRow] = []
        fall = math.exp(-_DECAY)
        launch_fall = math.exp(-1 / _LAUNCH_DAYS)
        level, launch = strength, _LAUNCH_BOOST
        for day in range(first_day, self._today + 1):
            count = self._poisson(level * (1 + launch) * _WEEKDAYS[day % 7])
            if count:
                rows.append((track_id, day, 1, count))
            level *= fall
            launch *= launch_fall
        return rows

    def compact(self, track_id: int, first_day: int, strength: float) -> list[PlayRow]:
        """The same process summed over a few trailing spans instead of single days."""
        rows: list[PlayRow] = []
        start = first_day
        for bound in _COMPACT_BOUNDS:
            end = self._today - bound
            if end < start:
                continue
            expected = strength * self._integral(start - first_day, end + 1 - first_day)
            count = self._poisson(expected)
            if count:
                rows.append((track_id, end, end + 1 - start, count))
            start = end + 1
        return rows

    def today(self, first_day: int, strength: float) -> int:
        """The plays of today alone."""
        age = self._today - first_day
        level = strength * math.exp(-_DECAY * age)
        launch = _LAUNCH_BOOST * math.exp(-age / _LAUNCH_DAYS)
        return self._poisson(level * (1 + launch) * _WEEKDAYS[self._today % 7])

    @staticmethod
    def _integral(low: float, high: float) -> float:
        launch = _DECAY + 1 / _LAUNCH_DAYS
        return (math.exp(-_DECAY * low) - math.exp(-_DECAY * high)) / _DECAY + _LAUNCH_BOOST * (
            math.exp(-launch * low) - math.exp(-launch * high)
        ) / launch

    def _poisson(self, mean: float) -> int:
        return poisson(self._source, mean)


def poisson(source: random.Random, mean: float) -> int:
    """A Poisson-distributed count (from 30 on approximated by a normal one)."""
    if mean > 30:
        return max(0, round(source.gauss(mean, math.sqrt(mean))))
    limit = math.exp(-mean)
    product = source.random()
    count = 0
    while product > limit:
        product *= source.random()
        count += 1
    return count
