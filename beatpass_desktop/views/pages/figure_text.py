"""How a headline figure stands on a card."""

from __future__ import annotations

from beatpass_desktop.domain.figures import FigureValue
from beatpass_desktop.models import formatting
from beatpass_desktop.views.widgets.pill import Trend
from beatpass_desktop.views.widgets.stat_card import StatCard


def count(card: StatCard, value: FigureValue | None) -> None:
    """Show a count, or — when BeatPass did not send one."""
    card.set_value(formatting.number(value) if isinstance(value, int) else None)


def amount(card: StatCard, text: str, exact: str = "") -> None:
    """Show a formatted figure with its exact value in the tooltip."""
    card.set_value(None if text == formatting.UNKNOWN else text, exact=exact)


def exact_growth(value: FigureValue | None) -> str:
    """A growth rate in percent with all the digits that were sent."""
    return "" if value is None else f"{value} %"


def trend(value: FigureValue | None) -> Trend:
    """The direction of a growth rate."""
    if not isinstance(value, int | float):
        return Trend.NONE
    if round(value, 1) == 0:
        return Trend.FLAT
    return Trend.UP if value > 0 else Trend.DOWN
