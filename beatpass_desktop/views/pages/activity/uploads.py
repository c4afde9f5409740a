"""Activity: the year's uploads, day by day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from beatpass_desktop.domain import links
from beatpass_desktop.domain.uploads import STEPS, intensity
from beatpass_desktop.models import formatting
from beatpass_desktop.models.pictures import Pictures
from beatpass_desktop.models.upload_calendar import UploadCalendarModel
from beatpass_desktop.views.charts.chart_table import ChartTableModel
from beatpass_desktop.views.charts.data import Dataset, Series
from beatpass_desktop.views.charts.heat_cell import LEVELS, Mark
from beatpass_desktop.views.charts.heat_legend import HeatLegend
from beatpass_desktop.views.charts.heat_map import HeatMap
from beatpass_desktop.views.pages.activity.day import DayDetails, day_line
from beatpass_desktop.views.pages.section_age import show_age
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.buttons import LinkButton
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.freshness_chip import FreshnessChip
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone, plain_tooltip
from beatpass_desktop.views.widgets.pill import Pill
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.select import Select
from beatpass_desktop.views.widgets.switch import Switch

if TYPE_CHECKING:
    from beatpass_desktop.views.widgets.data_table import DataTable

_TABLE_HEIGHT = 320


class ActivityUploads(Section):
    """The heat map with its year, X-Ray, legend, streaks and the details of a day.

    Attributes:
        heat_map: the map.
        details: the day that was chosen; hidden while there is none.
        year: the choice of the year.
        x_ray: whether the platform's uploads are shown too.
        table_switch: whether a table stands in the place of the map.

    Signals:
        link_requested: a web address is to be opened.
    """

    link_requested = Signal(str)

    def __init__(
        self,
        theme: Theme,
        model: UploadCalendarModel,
        now: Callable[[], datetime],
        pictures: Pictures | None = None,
    ) -> None:
        super().__init__(theme, self.tr("Activity Overview"), in_card=True)
        self._model = model
        self._now = now
        self._chosen: date | None = None
        self._steps: tuple[int, ...] = STEPS
        self._build_controls(theme)
        self._failure = PlainLabel(theme, "", TextStyle.SECONDARY, Hue.WARN)
        self._failure.setWordWrap(True)
        self.heat_map = HeatMap(theme, self._describe)
        self.heat_map.day_chosen.connect(self.choose)
        self.heat_map.dismissed.connect(lambda: self.choose(None))
        self._rows = ChartTableModel(self.tr("Day (UTC)"), with_total=False)
        self._table: DataTable | None = None
        self._legend = HeatLegend(theme, self.tr("Your uploads"), Hue.PROGRESS)
        self._legend.set_steps(STEPS)
        self._platform_legend = HeatLegend(theme, self.tr("Platform"), Hue.ACTIVITY, second=True)
        self._nothing = PlainLabel(theme, "", TextStyle.BODY, Tone.MUTED)
        self._nothing.setWordWrap(True)
        self._upload = LinkButton(theme, self.tr("Upload a track"), "external-link")
        self._upload.clicked.connect(lambda: self.link_requested.emit(links.upload()))
        self.details = DayDetails(theme, model, pictures)
        self.details.hide()
        self.details.link_requested.connect(self.link_requested)
        self.details.close_requested.connect(self._on_close_requested)
        for widget in (self._failure, self.heat_map, self._legend, self._platform_legend):
            self.add(widget)
        self.body.addLayout(self._build_streaks(theme))
        for part in (self._nothing, self._upload, self.details):
            self.add(part)
        model.changed.connect(self._show)
        model.freshness_changed.connect(self.show_age)
        self._space()
        self._show()
        self.show_age()

    def choose(self, day: date | None) -> None:
        """Show the details of a day, or none."""
        self._chosen = day
        self.heat_map.set_chosen(day)
        if day is not None:
            self.details.show_day(day)
        self.details.setVisible(day is not None)

    def show_age(self) -> None:
        """Say how old the year is."""
        freshness = self._model.freshness
        show_age(self._chip, freshness, is_refreshing=self._model.is_refreshing, now=self._now())
        self._failure.setText(freshness.reason)
        self._failure.setVisible(bool(freshness.reason))

    def table(self) -> DataTable:
        """The days as a table, built when it is first asked for."""
        if self._table is None:
            from beatpass_desktop.views.widgets.data_table import DataTable

            table = self._table = DataTable(self._theme)
            table.setModel(self._rows)
            table.setAccessibleName(self.tr("Uploads by day"))
            table.header.setStretchLastSection(True)
            table.set_default_widths({0: 260, 1: 140, 2: 140})
            table.setMinimumHeight(self._theme.px(_TABLE_HEIGHT))
            self.body.insertWidget(self.body.indexOf(self.heat_map) + 1, table)
        return self._table

    def _build_controls(self, theme: Theme) -> None:
        self.year = Select(theme, self.tr("Year"))
        self.year.activated.connect(lambda: self._model.show_year(self.year.currentData()))
        self.x_ray = Switch(theme, self.tr("X-Ray"))
        self.x_ray.setAccessibleDescription(
            self.tr("Shows the platform's uploads on days on which you uploaded nothing")
        )
        self.x_ray.setToolTip(plain_tooltip(self.x_ray.accessibleDescription()))
        self.x_ray.toggled.connect(self._model.show_platform)
        self.table_switch = Switch(theme, self.tr("Show as table"))
        self.table_switch.toggled.connect(self._show)
        self._guide = LinkButton(theme, self.tr("How uploads are counted"))
        self._guide.clicked.connect(self._on_guide_clicked)
        self._chip = FreshnessChip(theme)
        holder = QWidget()
        self._controls = FlowLayout(holder)
        for widget in (self.year, self._chip, self.x_ray, self.table_switch, self._guide):
            self._controls.addWidget(widget)
        self.add(holder)

    def _build_streaks(self, theme: Theme) -> FlowLayout:
        self._total = Pill(theme, "", Hue.PROGRESS, "music")
        self._current = Pill(theme, "", Hue.LEADERBOARDS, "zap")
        self._longest = Pill(theme, "", Hue.NEUTRAL, "award")
        self._streaks = FlowLayout()
        for pill in (self._total, self._current, self._longest):
            self._streaks.addWidget(pill)
        return self._streaks

    def _show(self) -> None:
        model = self._model
        self._show_years()
        most = max((model.platform or {}).values(), default=0)
        self._steps = _steps_to(most)
        if self._chosen is not None and self._chosen.year != model.year:
            self._chosen = None
            self.details.hide()
        known_to = None if model.days is None else model.today
        self.heat_map.show_year(model.year, self._marks(), known_to, self._summary())
        as_table = self.table_switch.isChecked()
        self._rows.show(self._dataset())
        if as_table or self._table is not None:
            self.table().setVisible(as_table)
        self.heat_map.setVisible(not as_table)
        self._legend.setVisible(not as_table)
        self._platform_legend.setVisible(not as_table and model.with_platform)
        self._platform_legend.set_steps(self._steps)
        self._show_streaks()
        if self._chosen is not None:
            self.choose(self._chosen)

    def _show_years(self) -> None:
        years = self._model.years
        if self._model.year not in years:
            years = sorted({*years, self._model.year}, reverse=True)
        if years != [self.year.itemData(at) for at in range(self.year.count())]:
            self.year.clear()
            for year in years:
                self.year.addItem(str(year), year)
            self.year.updateGeometry()
        self.year.setCurrentIndex(years.index(self._model.year))

    def _marks(self) -> dict[date, Mark]:
        marks: dict[date, Mark] = {}
        for day, count in (self._model.platform or {}).items():
            if count:
                level = min(LEVELS, intensity(count, self._steps))
                marks[day] = Mark(level, Hue.ACTIVITY, second=True)
        for day, found in (self._model.days or {}).items():
            if found.count:
                marks[day] = Mark(intensity(found.count), Hue.PROGRESS)
        return marks

    def _show_streaks(self) -> None:
        model, number = self._model, formatting.number
        year = str(model.year)
        self._total.set_text(self.tr("Uploads in {}: {}").format(year, number(model.total)))
        self._current.set_text(
            self.tr("Current streak: {}").format(self._days(model.streaks.current))
        )
        longest = self._days(model.streaks.longest)
        self._longest.set_text(self.tr("Longest streak in {}: {}").format(year, longest))
        is_empty = model.days is not None and not any(d.count for d in model.days.values())
        if model.days is None:
            self._nothing.setText(
                ""
                if model.freshness.reason
                else self.tr("This year is not here yet; it comes with the next refresh.")
            )
        else:
            self._nothing.setText(self.tr("No uploads in {} yet.").format(year) if is_empty else "")
        if is_empty and model.year != model.today.year:
            self._nothing.setText(self.tr("No uploads in {}.").format(year))
        self._nothing.setVisible(bool(self._nothing.text()))
        self._upload.setVisible(is_empty and model.year == model.today.year)

    def _days(self, count: int | None) -> str:
        if count is None:
            return formatting.UNKNOWN
        return (
            self.tr("1 day") if count == 1 else self.tr("{} days").format(formatting.number(count))
        )

    def _summary(self) -> str:
        model = self._model
        total = formatting.number(model.total)
        text = self.tr("Uploads in {}: {}").format(model.year, total)
        busiest = max((model.days or {}).values(), key=lambda day: day.count, default=None)
        if busiest is not None and busiest.count:
            most = formatting.number(busiest.count)
            day = formatting.long_date(date.fromisoformat(busiest.day))
            text = self.tr("{}; most on {}: {}").format(text, day, most)
        return text

    def _dataset(self) -> Dataset:
        """The days on which something was uploaded, the latest first."""
        model = self._model
        own = {day: found.count for day, found in (model.days or {}).items() if found.count}
        days = sorted({*own, *(model.platform or {})}, reverse=True)
        known = model.days is not None
        series = [
            Series(
                self.tr("Your uploads"),
                Hue.PROGRESS,
                [own.get(day, 0) if known else None for day in days],
            )
        ]
        if model.with_platform:
            everybody = model.platform
            counts = [None if everybody is None else everybody.get(day, 0) for day in days]
            series.append(Series(self.tr("Platform"), Hue.ACTIVITY, counts))
        return Dataset([formatting.long_date(day) for day in days], tuple(series))

    def _describe(self, day: date) -> str:
        return f"{formatting.long_date(day)}\n{day_line(self._model, day)}"

    def _space(self) -> None:
        super()._space()
        if hasattr(self, "_streaks"):
            px = self._theme.px
            self._controls.setSpacing(px(Space.M))
            self._streaks.setSpacing(px(Space.S))
            if self._table is not None:
                self._table.setMinimumHeight(px(_TABLE_HEIGHT))

    def _on_close_requested(self) -> None:
        self.choose(None)
        self.heat_map.setFocus()

    def _on_guide_clicked(self) -> None:
        from beatpass_desktop.views.pages.activity.guide import ActivityGuide

        ActivityGuide(self._theme, self).open()


def _steps_to(most: int) -> tuple[int, ...]:
    """The counts from which each shade begins, in equal parts up to the busiest day."""
    if most <= STEPS[-1]:
        return STEPS
    return tuple(1 + at * most // LEVELS for at in range(LEVELS))
