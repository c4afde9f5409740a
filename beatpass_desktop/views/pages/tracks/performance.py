"""Tracks, below the catalogue: plays by upload month, and the most played tracks."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.months import without_gaps
from beatpass_desktop.domain.performance import MonthPlays, RankedTrack
from beatpass_desktop.models import formatting
from beatpass_desktop.models.performance import PerformanceModel
from beatpass_desktop.views.charts import axis_text
from beatpass_desktop.views.charts.bars import BarChart
from beatpass_desktop.views.pages.figure_text import trend
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.pill import Trend
from beatpass_desktop.views.widgets.rank_row import RankRow
from beatpass_desktop.views.widgets.responsive_row import ResponsiveRow
from beatpass_desktop.views.widgets.row_list import RowList
from beatpass_desktop.views.widgets.section import Section

_BESIDE = 820
"""width from which chart and list stand side by side"""


class TrackPerformance(QWidget):
    """A chart and a ranking of the whole catalogue.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(self, theme: Theme, model: PerformanceModel) -> None:
        super().__init__()
        self._theme = theme
        self._model = model
        self.chart = BarChart(
            theme,
            self.tr("Plays by upload month"),
            self.tr("What the tracks of each month have been played so far"),
            hue=Hue.TRACKS,
            value_title=self.tr("Plays"),
            label_title=self.tr("Uploaded"),
        )
        self.chart.set_message(
            self.tr("No uploads to draw yet"),
            self.tr("The chart begins with the first month in which a track was uploaded."),
        )
        self._insights = PlainLabel(theme, "", TextStyle.SECONDARY, Tone.MUTED)
        self._insights.setWordWrap(True)
        self.chart.add(self._insights)
        self.ranking = Section(theme, self.tr("Most played"), in_card=True)
        self._none = EmptyState(
            theme, "play", self.tr("No plays yet"), self.tr("Your most played tracks stand here.")
        )
        self._list = RowList()
        self.ranking.add(self._none, 1)
        self.ranking.body.addLayout(self._list)
        self.ranking.body.addStretch(1)
        self._row = ResponsiveRow(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.addWidget(self.chart, 3)
        self._row.addWidget(self.ranking, 2)
        self._shown: tuple[list[MonthPlays], list[RankedTrack]] | None = None
        model.changed.connect(self._show)
        theme.changed.connect(self._space)
        self._space()
        self._show()

    def rows(self) -> list[RankRow]:
        """The lines of the ranking in order."""
        return self.ranking.findChildren(RankRow)

    def _show(self) -> None:
        months, ranked = self._model.months(), self._model.most_played()
        if (months, ranked) != self._shown:
            self._shown = (months, ranked)
            self._show_months(_without_gaps(months))
            self._show_ranking(ranked)
        self._insights.setText(self._insight_words())
        self._insights.setVisible(bool(self._insights.text()))

    def _show_months(self, months: list[MonthPlays]) -> None:
        self.chart.set_data(
            [axis_text.month(month.month) for month in months],
            [month.plays for month in months],
            exact=[self._month_words(month) for month in months],
            ticks=[axis_text.short_month(month.month) for month in months],
        )

    def _month_words(self, month: MonthPlays) -> str:
        plays = self.tr("{} plays").format(formatting.number(month.plays))
        if month.tracks == 1:
            return self.tr("{}, 1 track").format(plays)
        return self.tr("{}, {} tracks").format(plays, formatting.number(month.tracks))

    def _show_ranking(self, ranked: list[RankedTrack]) -> None:
        for row in self.rows():
            self._list.drop(row)
        self._none.setVisible(not ranked)
        most = max((track.plays for track in ranked), default=0)
        for rank, track in enumerate(ranked, 1):
            self._list.addWidget(self._rank_row(rank, track, track.plays / most if most else 0))

    def _rank_row(self, rank: int, track: RankedTrack, share: float) -> RankRow:
        name = formatting.one_line(track.name or "") or self.tr("Untitled")
        figure = formatting.number(track.plays)
        way = Trend.NONE if track.growth is None else trend(track.growth)
        growth = formatting.percent(track.growth)
        spoken = self.tr("{}. {}: {} plays").format(rank, name, figure)
        row = RankRow(
            self._theme,
            rank,
            name,
            figure,
            share,
            hue=Hue.TRACKS,
            trend=way,
            trend_text=growth,
            accessible=spoken if track.growth is None else f"{spoken}, {growth}",
        )
        row.clicked.connect(lambda: self.link_requested.emit(links.track(track.id)))
        return row

    def _insight_words(self) -> str:
        """What BeatPass says of the uploads; only what it has sent."""
        insights = self._model.upload_insights
        if insights is None:
            return ""
        parts = []
        best = insights.best_performing_month
        if best is not None and best.month is not None:
            parts.append(self.tr("Best month: {}").format(axis_text.month(best.month)))
        if insights.uploads_this_month is not None:
            uploads = formatting.number(insights.uploads_this_month)
            parts.append(self.tr("Uploads this month: {}").format(uploads))
        if insights.average_plays_per_upload is not None:
            average = formatting.decimal(insights.average_plays_per_upload)
            parts.append(self.tr("Plays per upload: {}").format(average))
        if insights.upload_frequency_days is not None:
            days = formatting.decimal(insights.upload_frequency_days)
            parts.append(self.tr("Days between uploads: {}").format(days))
        if insights.recommended_upload_time:
            time = formatting.one_line(insights.recommended_upload_time)
            parts.append(self.tr("Recommended upload time: {}").format(formatting.isolated(time)))
        return "  ·  ".join(parts)

    def _space(self) -> None:
        self._row.setSpacing(self._theme.px(Space.L))
        self._turn()

    def _turn(self) -> None:
        beside = self.width() >= self._theme.px(_BESIDE)
        self._row.set_beside(beside)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._turn()


def _without_gaps(months: list[MonthPlays]) -> list[MonthPlays]:
    """The months with those between them in which nothing was uploaded: no tracks, no plays."""
    known = {month.month: month for month in months}
    return [known.get(name) or MonthPlays(name, 0, 0) for name in without_gaps(known)]
