"""Activity: who downloaded what, over a period."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.downloads import DownloadPeriod
from beatpass_desktop.domain.figures import Figure
from beatpass_desktop.models import formatting
from beatpass_desktop.models.activity import ActivityModel
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.views.charts.bars import BarChart
from beatpass_desktop.views.charts.chart import Chart
from beatpass_desktop.views.charts.lines import LineChart
from beatpass_desktop.views.pages.activity.recent import RecentDownloads
from beatpass_desktop.views.pages.figure_text import count
from beatpass_desktop.views.pages.section_age import show_age
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.card import Card
from beatpass_desktop.views.widgets.card_grid import CardGrid
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.labels import PlainLabel
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.stat_card import StatCard

_BESIDE = 820
"""width from which chart and list stand side by side"""
_MOST_BARS = 120
"""days from which a line tells more than bars"""


class ActivityDownloads(Section):
    """Period, cards, daily chart and the latest downloads.

    Attributes:
        cards: the figures, in order.
        period: the choice of the period.
        recent: the latest downloads.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        activity: ActivityModel,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(theme, self.tr("Downloads & Engagement"))
        self._activity = activity
        self._model = activity.downloads
        self._now = now
        self._build_controls(theme)
        self._failure = PlainLabel(theme, "", TextStyle.SECONDARY, Hue.WARN)
        self._failure.setWordWrap(True)
        self.add(self._failure)
        self.add(self._build_cards(theme))
        self._charts = QWidget()
        self._chart_box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self._charts)
        self._chart_box.setContentsMargins(0, 0, 0, 0)
        self._bars: BarChart | None = None
        self._lines: LineChart | None = None
        self.recent = RecentDownloads(theme, self._model, now, pictures)
        self.recent.link_requested.connect(self.link_requested)
        self._nothing = EmptyState(theme, "download", "", hue=Hue.ACTIVITY)
        self._nothing.action_requested.connect(self._on_action_requested)
        self._without = Card(theme)
        self._without.body.addWidget(self._nothing)
        self._both = QWidget()
        self._row = ResponsiveRow(self._both)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self._charts, 1)
        self._row.addWidget(self.recent, 1)
        self.add(self._both)
        self.add(self._without)
        self._model.changed.connect(self._show)
        self._model.freshness_changed.connect(self.show_age)
        self._space()
        self._show()
        self.show_age()

    @property
    def chart(self) -> Chart | None:
        """The chart in view; None before one has been needed."""
        shown = (c for c in (self._bars, self._lines) if c is not None and not c.isHidden())
        return next(shown, None)

    def is_settled(self) -> bool:
        """Whether everything in view has been drawn."""
        return self.chart is None or self._both.isHidden() or self.chart.is_settled()

    def show_age(self) -> None:
        """Say how old the period is, and how long ago each download was."""
        model = self._model
        freshness = model.freshness
        show_age(self._chip, freshness, is_refreshing=model.is_refreshing, now=self._now())
        self._failure.setText(freshness.reason)
        self._failure.setVisible(bool(freshness.reason))
        self.recent.show_times()

    def _build_controls(self, theme: Theme) -> None:
        self.period = Segmented(
            theme,
            [
                (DownloadPeriod.WEEK, self.tr("7D")),
                (DownloadPeriod.MONTH, self.tr("30D")),
                (DownloadPeriod.QUARTER, self.tr("90D")),
                (DownloadPeriod.ALL, self.tr("All")),
            ],
        )
        self.period.setAccessibleName(self.tr("Period of the downloads"))
        self.period.set_current(self._model.period)
        self.period.current_changed.connect(self._model.show_period)
        self._chip = FreshnessChip(theme)
        holder = QWidget()
        self._controls = FlowLayout(holder)
        self._controls.addWidget(self.period)
        self._controls.addWidget(self._chip)
        self.add(holder)

    def _build_cards(self, theme: Theme) -> CardGrid:
        self._total = StatCard(theme, "download", self.tr("Downloads"), Hue.ACTIVITY)
        self._users = StatCard(theme, "users", self.tr("Unique Users"), Hue.ALBUMS)
        self._week = StatCard(theme, "calendar", self.tr("This Week"), Hue.FINANCES)
        self._top = StatCard(theme, "trophy", self.tr("Top Track"), Hue.LEADERBOARDS)
        self.cards = [self._total, self._users, self._week, self._top]
        grid = CardGrid(theme, columns=(1, 2, 4))
        for card in self.cards:
            grid.add(card)
        return grid

    def _show(self) -> None:
        model = self._model
        self.period.set_current(model.period)
        figures = model.figures
        count(self._total, figures.total_downloads)
        count(self._users, figures.unique_users)
        count(self._week, figures.this_week)
        self._week.set_detail(self._week_words(figures.this_week))
        top = figures.top_track
        self._top.set_value(formatting.one_line(top.name) if top and top.name else None)
        downloads = top.downloads if top else None
        if downloads is None:
            self._top.set_detail()
        elif downloads == 1:
            self._top.set_detail(self.tr("1 download"))
        else:
            self._top.set_detail(self.tr("{} downloads").format(formatting.number(downloads)))
        words = self._period_words()
        self._total.set_detail(words if figures.total_downloads is not None else "")
        self._users.set_detail(words if figures.unique_users is not None else "")
        is_empty = not model.recent and not any(number for _, number in model.daily)
        self._both.setVisible(not is_empty)
        self._without.setVisible(is_empty)
        if is_empty:
            self._nothing.set_texts(*self._empty_words())
        else:
            self._show_chart()

    def _week_words(self, downloads: int | None) -> str:
        if downloads is None:
            return ""
        return self.tr("download") if downloads == 1 else self.tr("downloads")

    def _period_words(self) -> str:
        return {
            DownloadPeriod.WEEK: self.tr("in 7 days"),
            DownloadPeriod.MONTH: self.tr("in 30 days"),
            DownloadPeriod.QUARTER: self.tr("in 90 days"),
            DownloadPeriod.ALL: self.tr("all time"),
        }[self._model.period]

    def _empty_words(self) -> tuple[str, str, str]:
        model = self._model
        if not model.is_known:
            reason = model.freshness.reason or self.tr("They come with the next refresh.")
            return self.tr("The downloads of this period are not here yet"), reason, ""
        if model.figures.total_downloads:
            return (
                self.tr("No list of downloads"),
                self.tr("BeatPass counted downloads but did not send which."),
                "",
            )
        if self._may_have_older():
            return (
                self.tr("No downloads yet"),
                self.tr("Nobody has downloaded a track in this period."),
                self.tr("Show all time"),
            )
        if self._has_tracks():
            return (
                self.tr("No downloads yet"),
                self.tr("Share your artist page so that people find your tracks."),
                self.tr("Open your artist page"),
            )
        return (
            self.tr("No downloads yet"),
            self.tr("They appear here once you have uploaded a track and somebody licenses it."),
            self.tr("Upload a track"),
        )

    def _may_have_older(self) -> bool:
        """Whether a longer period may have downloads where this one has none."""
        is_all = self._model.period is DownloadPeriod.ALL
        return not is_all and self._activity.value(Figure.DOWNLOADS) != 0

    def _has_tracks(self) -> bool:
        return bool(self._activity.value(Figure.TRACKS))

    def _on_action_requested(self) -> None:
        if self._may_have_older():
            self.period.set_current(DownloadPeriod.ALL)
        elif self._has_tracks():
            self.link_requested.emit(links.artist(self._activity.who.artist))
        else:
            self.link_requested.emit(links.upload())

    def _show_chart(self) -> None:
        daily = self._model.daily
        days, counts = [day for day, _ in daily], [number for _, number in daily]
        as_line = len(daily) > _MOST_BARS
        if as_line:
            if self._lines is None:
                self._lines = LineChart(self._theme, **self._chart_look())
                self._place(self._lines)
            self._lines.set_data(days, counts)
        else:
            if self._bars is None:
                self._bars = BarChart(self._theme, **self._chart_look())
                self._place(self._bars)
            labels = [formatting.short_date(day) for day in days]
            ticks = [formatting.short_date(day, with_year=False) for day in days]
            self._bars.set_data(labels, counts, ticks=ticks)
        if self._bars is not None:
            self._bars.setVisible(not as_line)
        if self._lines is not None:
            self._lines.setVisible(as_line)

    def _chart_look(self) -> dict[str, Any]:
        return {
            "title": self.tr("Downloads per day"),
            "subtitle": self.tr("Each day begins at midnight UTC"),
            "hue": Hue.ACTIVITY,
            "value_title": self.tr("Downloads"),
            "label_title": self.tr("Day (UTC)"),
        }

    def _place(self, chart: Chart) -> None:
        chart.set_message(self.tr("BeatPass did not send the days"))
        self._chart_box.addWidget(chart)

    def _space(self) -> None:
        super()._space()
        if hasattr(self, "_row"):
            self._controls.setSpacing(self._theme.px(Space.M))
            self._row.setSpacing(self._theme.px(Space.M))
            self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._row.set_beside(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()
