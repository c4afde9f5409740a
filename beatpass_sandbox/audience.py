"""How many people are behind a number of plays."""

from __future__ import annotations

_EXPONENT = 0.85


def unique_listeners(plays: int) -> int:
    """Unique listeners of ``plays`` plays; an assumption, since plays carry no listener.

    The more plays, the more of them are repeats: 1 → 1, 10 → 7, 1,000 → 354, 100,000 → 17,782.
    """
    return int(plays**_EXPONENT) if plays > 0 else 0
