"""Contrast between colours, as WCAG 2.2 defines it. Colours are `#RRGGBB`."""

from __future__ import annotations

from collections.abc import Iterable

TEXT_RATIO = 4.5
"""least contrast of text with what is behind it (WCAG 1.4.3)"""
MARK_RATIO = 3.0
"""least contrast of controls, icons and chart marks (WCAG 1.4.11)"""

_STEPS = 64


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _linear(channel: int) -> float:
    value = channel / 255
    return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4


def luminance(colour: str) -> float:
    """Relative luminance, 0 (black) to 1 (white)."""
    red, green, blue = _channels(colour)
    return 0.2126 * _linear(red) + 0.7152 * _linear(green) + 0.0722 * _linear(blue)


def contrast(first: str, second: str) -> float:
    """Contrast ratio, 1 to 21."""
    one, other = luminance(first), luminance(second)
    return (max(one, other) + 0.05) / (min(one, other) + 0.05)


def mixed(colour: str, into: str, share: float) -> str:
    """`share` (0 to 1) of `colour` over `into`."""
    pairs = zip(_channels(colour), _channels(into), strict=True)
    return "#" + "".join(f"{round(a * share + b * (1 - share)):02X}" for a, b in pairs)


def readable(colour: str, grounds: Iterable[str], ratio: float, towards: str) -> str:
    """`colour`, moved towards white or black only as far as all `grounds` need for `ratio`."""
    levels = [luminance(ground) for ground in grounds]
    for step in range(_STEPS + 1):
        candidate = mixed(towards, colour, step / _STEPS)
        own = luminance(candidate)
        if all((max(own, at) + 0.05) / (min(own, at) + 0.05) >= ratio for at in levels):
            return candidate
    return towards
