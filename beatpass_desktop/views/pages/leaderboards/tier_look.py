"""How tiers look."""

from __future__ import annotations

from typing import NamedTuple

from beatpass_desktop.views.theme.tokens import Hue


class TierLook(NamedTuple):
    """The hue and the icon of a tier; its name stands beside them."""

    hue: Hue
    icon: str


_LOOKS = {
    "diamond": TierLook(Hue.ACTIVITY, "sparkles"),
    "platinum": TierLook(Hue.INFO, "star"),
    "gold": TierLook(Hue.LEADERBOARDS, "trophy"),
    "silver": TierLook(Hue.NEUTRAL, "award"),
    "bronze": TierLook(Hue.NEUTRAL, "award"),
}
_UNKNOWN = TierLook(Hue.NEUTRAL, "award")


def tier_look(tier: str) -> TierLook:
    """The look of a tier by the name that BeatPass sends; unknown ones look plain."""
    return _LOOKS.get(tier, _UNKNOWN)
