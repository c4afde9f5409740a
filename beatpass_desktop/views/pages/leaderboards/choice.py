"""Which ranking: the category, and how far back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.leaderboards import ALL_TIME, MONTH, WEEK, Category, half_years
from beatpass_desktop.models import leaderboard_words as words
from beatpass_desktop.models.leaderboards import LeaderboardsModel
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import Button, ButtonKind
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.tab_row import TabRow

_HALF_YEARS = 8
"""the current one and those of the four years before it"""
_HALF = "half-year"
_ICONS = {
    Category.OVERALL: "trophy",
    Category.QUALITY: "circle-check",
    Category.UPLOADS: "music",
    Category.PLAYS: "play",
    Category.POINTS: "star",
    Category.EARNINGS: "wallet",
    Category.COLLABORATION: "users",
}


class LeaderboardChoice(QWidget):
    """Tabs for the categories above the periods.

    Signals:
        guide_requested: how the ranking works is to be explained.
    """

    guide_requested = Signal()

    def __init__(self, theme: Theme, model: LeaderboardsModel, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self._now = now
        self.categories = TabRow(
            theme,
            [(it, _ICONS[it], words.category_name(it)) for it in Category],
            Hue.LEADERBOARDS,
        )
        self.categories.setAccessibleName(self.tr("Category"))
        self.periods = Segmented(
            theme,
            [
                *((period, words.period_name(period)) for period in (ALL_TIME, MONTH, WEEK)),
                (_HALF, self.tr("Half-year")),
            ],
        )
        self.periods.setAccessibleName(self.tr("Period"))
        self.half_years = Select(theme, self.tr("Which half-year"))
        for period in half_years(now().date(), _HALF_YEARS):
            self.half_years.addItem(words.period_name(period), period)
        self._reason = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._row = FlowLayout()
        self.guide = Button(theme, self.tr("How it works"), ButtonKind.GHOST, "circle-help")
        self.guide.clicked.connect(self.guide_requested)
        for widget in (self.periods, self.half_years, self._reason, self.guide):
            self._row.addWidget(widget)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.categories)
        self._column.addLayout(self._row)
        self._show()
        self.categories.current_changed.connect(model.choose_category)
        self.periods.current_changed.connect(self._on_period_changed)
        self.half_years.activated.connect(self._on_half_year_chosen)
        model.changed.connect(self._show)
        theme.changed.connect(self._space)
        self._space()

    def _show(self) -> None:
        ranking, period = self._model.ranking, self._model.period
        self.categories.set_current(ranking.category)
        has_periods = ranking.category.has_periods
        shown = period if has_periods else ALL_TIME
        is_half = shown not in (ALL_TIME, MONTH, WEEK)
        if is_half:
            self._take_half_year(shown)
        self.periods.set_current(_HALF if is_half else shown)
        self.half_years.setVisible(is_half)
        self.periods.setEnabled(has_periods)
        reason = "" if has_periods else self.tr("Points are ranked for all time only")
        self._reason.setText(reason)
        self._reason.setVisible(bool(reason))
        self.periods.setToolTip(plain_tooltip(reason))
        self.periods.setAccessibleDescription(reason)

    def _take_half_year(self, period: str) -> None:
        """A half-year remembered from long ago is offered as well."""
        if self.half_years.findData(period) < 0:
            self.half_years.addItem(words.period_name(period), period)
        self.half_years.setCurrentIndex(self.half_years.findData(period))

    def _on_period_changed(self, period: str) -> None:
        # The words of a category without periods change nothing.
        if self._model.ranking.category.has_periods:
            half = self.half_years.currentData()
            self._model.choose_period(half if period == _HALF else period)

    def _on_half_year_chosen(self, index: int) -> None:
        self._model.choose_period(self.half_years.itemData(index))

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.M))
        self._row.setSpacing(self._theme.px(Space.M))
