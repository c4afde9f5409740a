"""How a headline figure stands on a card."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

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


def show_growth(card: StatCard, rate: FigureValue | None, accessible: str = "") -> None:
    """Show below a count of plays how they grew, in percent; nothing when that is not known.

    BeatPass compares month over month, from any day on; "this month" would be the calendar's.
    """
    if not isinstance(rate, int | float):
        card.set_detail()
        return
    period = QCoreApplication.translate("figures", "this period")
    card.set_detail(period, pill=formatting.percent(rate), trend=trend(rate), accessible=accessible)


def new_lately(count: FigureValue | None) -> str:
    """How many were added in the last 30 days; empty when that is not known."""
    if not isinstance(count, int):
        return ""
    if count == 0:
        return QCoreApplication.translate("figures", "None new in 30 days")
    text = QCoreApplication.translate("figures", "{} in 30 days")
    return text.format(formatting.signed_number(count))


def new_this_month(count: int | None) -> str:
    """How many were added this calendar month; empty when that is not known."""
    if count is None:
        return ""
    if count == 0:
        return QCoreApplication.translate("figures", "None new this month")
    text = QCoreApplication.translate("figures", "{} this month")
    return text.format(formatting.signed_number(count))


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
