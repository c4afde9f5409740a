"""Growth in words: its zones, as the status sentence, the cards and the guide name them."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.rules import GrowthZone
from beatpass_desktop.views.pages.figure_text import trend
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.pill import Trend


class ZoneWords(NamedTuple):
    """A zone: its name, its span in percent, what it means, its hue and icon."""

    name: str
    span: str
    meaning: str
    hue: Hue
    icon: str


def trend_word(rate: float | None) -> str:
    """Where plays go, as far as the written figure tells; empty while nobody knows."""
    return {
        Trend.UP: _tr("Rising"),
        Trend.DOWN: _tr("Falling"),
        Trend.FLAT: _tr("Steady"),
        Trend.NONE: "",
    }[trend(rate)]


def zone_words(zone: GrowthZone) -> ZoneWords:
    """How a zone is named and explained."""
    return {
        GrowthZone.EXCEPTIONAL: ZoneWords(
            _tr("Exceptional growth"),
            _tr("above +15 %"),
            _tr("Your plays are rising much faster than in the period before."),
            Hue.GOOD,
            "sparkles",
        ),
        GrowthZone.STRONG: ZoneWords(
            _tr("Strong growth"),
            _tr("+5 to +15 %"),
            _tr("Clearly more plays than in the period before."),
            Hue.GOOD,
            "trending-up",
        ),
        GrowthZone.GROWING: ZoneWords(
            _tr("Growing"),
            _tr("0 to +5 %"),
            _tr("A little more plays than in the period before."),
            Hue.GOOD,
            "arrow-up-right",
        ),
        GrowthZone.SLIGHT_DECLINE: ZoneWords(
            _tr("Slight decline"),
            _tr("−5 to 0 %"),
            _tr("A little fewer plays than in the period before; small swings are normal."),
            Hue.WARN,
            "arrow-down",
        ),
        GrowthZone.NEEDS_ATTENTION: ZoneWords(
            _tr("Needs attention"),
            _tr("below −5 %"),
            _tr("Clearly fewer plays than in the period before."),
            Hue.BAD,
            "trending-down",
        ),
    }[zone]


def _tr(text: str) -> str:
    return QCoreApplication.translate("growth", text)
