"""The colours of both themes."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtGui import QColor

from beatpass_desktop.views.theme.contrast import MARK_RATIO, TEXT_RATIO, mixed, readable


class Hue(Enum):
    """What a colour stands for: an action, a judgement, or a page."""

    ACCENT = "accent"
    NEUTRAL = "neutral"
    GOOD = "good"
    WARN = "warn"
    BAD = "bad"
    INFO = "info"
    HOME = "home"
    ACTIVITY = "activity"
    TRACKS = "tracks"
    ALBUMS = "albums"
    FINANCES = "finances"
    LEADERBOARDS = "leaderboards"
    PROGRESS = "progress"


_BASES = {
    Hue.GOOD: "#22C55E",
    Hue.WARN: "#F59E0B",
    Hue.BAD: "#EF4444",
    Hue.INFO: "#4F9BE6",
    Hue.HOME: "#4F9BE6",
    Hue.ACTIVITY: "#06B6D4",
    Hue.TRACKS: "#3B82F6",
    Hue.ALBUMS: "#EC4899",
    Hue.FINANCES: "#10B981",
    Hue.LEADERBOARDS: "#F59E0B",
    Hue.PROGRESS: "#A855F7",
}


class HueColours(NamedTuple):
    """One hue made fit for its uses, as `#RRGGBB`.

    `mark` is for icons, bars and chart marks (3:1 on every ground); `text` for words (4.5:1 on
    surface, raised and tint); `tint` is a soft ground; `edge` a decorative line on a tint.
    """

    mark: str
    text: str
    tint: str
    edge: str


class Tokens(NamedTuple):
    """The colours of one theme, as `#RRGGBB`."""

    dark: bool
    window: str
    surface: str
    raised: str
    border: str
    control_border: str
    text: str
    muted: str
    faint: str
    accent: str
    on_accent: str

    @property
    def pressed(self) -> str:
        """The ground of a control held down."""
        return mixed(self.text, self.raised, 0.06)

    @property
    def selection(self) -> str:
        """The ground of selected rows; ordinary text stays readable on it."""
        return self.hue(Hue.ACCENT).tint

    def hue(self, hue: Hue) -> HueColours:
        """The colours of `hue` in this theme."""
        return _hue_colours(self, hue)


@lru_cache(maxsize=64)
def _hue_colours(tokens: Tokens, hue: Hue) -> HueColours:
    if hue is Hue.NEUTRAL:
        return HueColours(tokens.muted, tokens.muted, tokens.raised, tokens.border)
    base = tokens.accent if hue is Hue.ACCENT else _BASES[hue]
    towards = "#FFFFFF" if tokens.dark else "#000000"
    tint = mixed(base, tokens.surface, 0.14 if tokens.dark else 0.10)
    grounds = (tokens.surface, tokens.raised, tokens.window, tint)
    return HueColours(
        mark=readable(base, grounds, MARK_RATIO, towards),
        text=readable(base, grounds, TEXT_RATIO, towards),
        tint=tint,
        edge=mixed(base, tokens.surface, 0.32),
    )


DARK = Tokens(
    dark=True,
    window="#0D0D0F",
    surface="#17171A",
    raised="#202024",
    border="#2A2A30",
    control_border="#6B6B76",
    text="#F4F4F6",
    muted="#A6A6B0",
    faint="#74747E",
    accent="#4F9BE6",
    on_accent="#0D0D0F",
)

LIGHT = Tokens(
    dark=False,
    window="#F7F7F8",
    surface="#FFFFFF",
    raised="#F1F1F4",
    border="#E2E2E8",
    control_border="#8A8A94",
    text="#17171A",
    muted="#55555F",
    faint="#8A8A94",
    accent="#1D6FBF",
    on_accent="#FFFFFF",
)


@lru_cache(maxsize=512)
def colour(text: str, alpha: float = 1.0) -> QColor:
    """The QColor of `#RRGGBB`, cached; `alpha` is 0 to 1. Never change the result in place."""
    made = QColor(text)
    made.setAlphaF(alpha)
    return made
