"""Rankings, scores and the figures behind them in words."""

from __future__ import annotations

import re

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.domain.leaderboards import ALL_TIME, MONTH, WEEK, Category, Entry, Ranking
from beatpass_desktop.models import formatting

_MOST_DIGITS = 4
_FIGURE_FIRST = re.compile(r"([+-]?\d[\d,]{0,15})(?:\.(\d{1,6}))?\s+(\D.*)")
FIGURE_GAP = "  ·  "
"""between the figures behind a score"""


def _tr(text: str) -> str:
    return QCoreApplication.translate("leaderboards", text)


def category_name(category: Category) -> str:
    """The name of a category."""
    return {
        Category.OVERALL: _tr("Overall"),
        Category.QUALITY: _tr("Quality"),
        Category.UPLOADS: _tr("Uploads"),
        Category.PLAYS: _tr("Plays"),
        Category.POINTS: _tr("Points"),
        Category.EARNINGS: _tr("Earnings"),
        Category.COLLABORATION: _tr("Collaboration"),
    }[category]


def period_name(period: str) -> str:
    """The name of a period; what is none stands as it is."""
    named = {ALL_TIME: _tr("All time"), MONTH: _tr("30 days"), WEEK: _tr("7 days")}.get(period)
    if named is not None:
        return named
    year, _, half = period.partition("-H")
    words = {"1": _tr("January to June {}"), "2": _tr("July to December {}")}.get(half)
    return period if words is None else words.format(year)


def ranking_name(ranking: Ranking) -> str:
    """Category and period in one line."""
    return f"{category_name(ranking.category)} · {period_name(ranking.period)}"


def score_text(score: float | None, label: str | None = None) -> str:
    """The label that came with a score, else its number."""
    if label and label.strip():
        return formatting.one_line(label)
    return formatting.UNKNOWN if score is None else number_text(score)


def score_parts(score: float, label: str | None) -> tuple[str, str]:
    """A score as its label writes it, and what the label says it counts: "83.30", "Overall Score".

    A label that does not begin with this very score says something else, and stands whole.
    """
    label = formatting.one_line(label or "").strip()
    written = _FIGURE_FIRST.match(label)
    if written is None:
        return number_text(score), label
    whole, fraction, counted = written.groups(default="")
    digits = len(fraction)
    if abs(float(f"{whole.replace(',', '')}.{fraction or 0}") - score) > 0.51 * 10**-digits:
        return number_text(score), label
    return formatting.decimal(score, digits), counted


def number_text(value: float) -> str:
    """A number with the decimals it came with, four at most."""
    if float(value).is_integer() and abs(value) < 2**53:
        return formatting.number(int(value))
    digits = len(f"{value:.{_MOST_DIGITS}f}".rstrip("0").partition(".")[2])
    return formatting.decimal(value, digits)


def tier_name(tier: str | None) -> str:
    """The name of a tier; an unknown one stands as it came, — when none did."""
    if not tier or not tier.strip():
        return formatting.UNKNOWN
    return {
        "diamond": _tr("Diamond"),
        "platinum": _tr("Platinum"),
        "gold": _tr("Gold"),
        "silver": _tr("Silver"),
        "bronze": _tr("Bronze"),
    }.get(tier, formatting.one_line(tier))


def figures_text(entry: Entry) -> str:
    """The figures behind a score, in one line; those of unknown names as they came."""
    return FIGURE_GAP.join(_figure_text(name, value) for name, value in entry.metadata)


def _figure_text(name: str, value: float | str) -> str:
    if isinstance(value, str):
        return f"{formatting.one_line(name)}: {formatting.isolated(formatting.one_line(value))}"
    one, many = _FIGURES.get(name, ("", ""))
    if not many:
        return f"{formatting.one_line(name)}: {number_text(value)}"
    return _tr(one if value == 1 else many).format(number_text(value))


def _noop(text: str) -> str:
    """Marks a text for translation."""
    return text


_FIGURES = {
    "tracks": (_noop("{} track"), _noop("{} tracks")),
    "filled_fields": (_noop("{} metadata field filled"), _noop("{} metadata fields filled")),
    "plays": (_noop("{} play"), _noop("{} plays")),
    "level": (_noop("level {}"), _noop("level {}")),
    "achievements": (_noop("{} achievement"), _noop("{} achievements")),
    "contribution": (_noop("{} contribution point"), _noop("{} contribution points")),
    "contributing_tracks": (_noop("{} contributing track"), _noop("{} contributing tracks")),
    "collaborators": (_noop("{} collaborator"), _noop("{} collaborators")),
    "collaborative_tracks": (_noop("{} track together"), _noop("{} tracks together")),
    "collaborative_plays": (_noop("{} play together"), _noop("{} plays together")),
    "collaborative_contribution": (
        _noop("{} contribution point together"),
        _noop("{} contribution points together"),
    ),
    "collaboration_achievements": (
        _noop("{} collaboration achievement"),
        _noop("{} collaboration achievements"),
    ),
    "points_rank": (_noop("points #{}"), _noop("points #{}")),
    "plays_rank": (_noop("plays #{}"), _noop("plays #{}")),
    "uploads_rank": (_noop("uploads #{}"), _noop("uploads #{}")),
    "quality_rank": (_noop("quality #{}"), _noop("quality #{}")),
    "collaboration_rank": (_noop("collaboration #{}"), _noop("collaboration #{}")),
    "earnings_rank": (_noop("earnings #{}"), _noop("earnings #{}")),
}
