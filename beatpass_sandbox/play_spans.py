"""Plays by the day, also where the history keeps only the sum of several days."""

from __future__ import annotations

from collections.abc import Iterable


def spread(count: int, days: int) -> list[int]:
    """``count`` plays over ``days`` days, as even as whole numbers allow.

    The earliest days get what is left over: interest in a track falls with time.
    """
    share, rest = divmod(count, days)
    return [share + 1] * rest + [share] * (days - rest)


def daily_plays(spans: Iterable[tuple[int, int, int]], first: int, last: int) -> list[int]:
    """Plays of each day number from ``first`` to ``last``.

    ``spans`` are rows of the table ``plays``: last day of the span, its days, its plays.
    """
    plays = [0] * (last - first + 1)
    for end, days, count in spans:
        begin = end - days + 1
        for day, share in enumerate(spread(count, days), start=begin):
            if first <= day <= last:
                plays[day - first] += share
    return plays
