"""Growth in words: its zones, as the status sentence, the cards and the guide name them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.rules import GrowthZone
from beatpass_desktop.views.theme.tokens import Hue


class ZoneWords(NamedTuple):
    """A zone: its name, its span in percent, what it means, its hue and icon."""

    name: str
    span: str
    meaning: str
    hue: Hue
    icon: str


def zone_words(zone: GrowthZone) -> ZoneWords:
    """How a zone is named and explained."""

    def tr(text: str) -> str:
        return QCoreApplication.translate("growth", text)

    return {
        GrowthZone.EXCEPTIONAL: ZoneWords(
            tr("Exceptional growth"),
            tr("above +15 %"),
            tr("Your plays are rising much faster than in the period before."),
            Hue.GOOD,
            "sparkles",
        ),
        GrowthZone.STRONG: ZoneWords(
            tr("Strong growth"),
            tr("+5 to +15 %"),
            tr("Clearly more plays than in the period before."),
            Hue.GOOD,
            "trending-up",
        ),
        GrowthZone.GROWING: ZoneWords(
            tr("Growing"),
            tr("0 to +5 %"),
            tr("A little more plays than in the period before."),
            Hue.GOOD,
            "arrow-up-right",
        ),
        GrowthZone.SLIGHT_DECLINE: ZoneWords(
            tr("Slight decline"),
            tr("−5 to 0 %"),
            tr("A little fewer plays than in the period before; small swings are normal."),
            Hue.WARN,
            "arrow-down",
        ),
        GrowthZone.NEEDS_ATTENTION: ZoneWords(
            tr("Needs attention"),
            tr("below −5 %"),
            tr("Clearly fewer plays than in the period before."),
            Hue.BAD,
            "trending-down",
        ),
    }[zone]
