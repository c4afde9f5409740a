"""Charts of lines over time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from beatpass_desktop.views.charts.axis_text import DayLabels
from beatpass_desktop.views.charts.chart import Chart
from beatpass_desktop.views.charts.data import Dataset, Series
from beatpass_desktop.views.theme.tokens import Hue

if TYPE_CHECKING:
    from beatpass_desktop.views.charts.plot import Plot
    from beatpass_desktop.views.widgets.menu import Menu


class LineChart(Chart):
    """Values over dates: one line, or several with a legend. Drag to zoom, double-click to reset.

    Draws a million points as smoothly as a hundred. Example: `set_data(dates, plays)`. Signals and
    arguments: see Chart.
    """

    _from_zero = True
    _upside_down = False
    _dates: Sequence[date] = ()

    def set_value_axis(self, *, from_zero: bool = True, upside_down: bool = False) -> None:
        """How the axis at the side runs; to be said before the chart is shown.

        `from_zero` keeps the zero in view; figures far from it, such as ranks, go without.
        `upside_down` puts the least on top.
        """
        self._from_zero, self._upside_down = from_zero, upside_down

    def set_data(
        self,
        dates: Sequence[date],
        values: Sequence[float | None],
        *,
        exact: Sequence[str] = (),
    ) -> None:
        """Show one line over ascending `dates` (dates, or local times); None leaves a gap."""
        self.set_series(
            dates, [Series(self._name, self._hue, values)], exact=(exact,) if exact else ()
        )

    def set_series(
        self,
        dates: Sequence[date],
        series: Sequence[Series | tuple[str, Hue, Sequence[float | None]]],
        *,
        exact: Sequence[Sequence[str]] = (),
    ) -> None:
        """Show several lines (name, hue, values) over the same ascending dates."""
        self._dates = dates
        rows = tuple(Series(*row) for row in series)
        self._set_data(Dataset(DayLabels(dates), rows, (), tuple(exact), self._write))

    def reset_zoom(self) -> None:
        """Show the whole time again."""
        if self.plot is not None:
            self.plot.reset_zoom()

    def _build_plot(self) -> Plot:
        from beatpass_desktop.views.charts.line_plot import LinePlot

        return LinePlot(
            self._theme,
            self._write_axis,
            whole=self._whole,
            from_zero=self._from_zero,
            upside_down=self._upside_down,
        )

    def _fill(self, plot: Plot) -> None:
        plot.show_lines(self._data, self._dates)

    def _add_entries(self, menu: Menu) -> None:
        plot = self.plot
        if plot is not None and plot.is_zoomed:
            menu.add_entry(self.tr("Show the whole time"), self.reset_zoom, "refresh-cw")
