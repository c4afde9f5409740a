"""Charts of bars."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from beatpass_desktop.views.charts.chart import Chart
from beatpass_desktop.views.charts.data import Dataset, Series
from beatpass_desktop.views.theme.tokens import Hue

if TYPE_CHECKING:
    from beatpass_desktop.views.charts.plot import Plot


class _Bars(Chart):
    def _build_plot(self) -> Plot:
        from beatpass_desktop.views.charts.bar_plot import BarPlot

        return BarPlot(self._theme, self._write_axis, whole=self._whole, stacked=self._with_total)


class BarChart(_Bars):
    """A bar for each label, all in one hue.

    Example: `BarChart(theme, tr("Downloads per day"), value_title=tr("Downloads"))`, then
    `set_data(["1 Mar", "2 Mar"], [3, None])`. Signals and arguments: see Chart.
    """

    def set_data(
        self,
        labels: Sequence[str],
        values: Sequence[float | None],
        *,
        exact: Sequence[str] = (),
        ticks: Sequence[str] = (),
    ) -> None:
        """Show `values` over `labels`; None draws no bar and reads as an em dash.

        `exact` are the values in words where a number is not enough, such as money; `ticks` are
        shorter labels for the axis.
        """
        series = Series(self._name, self._hue, values)
        words = (exact,) if exact else ()
        self._set_data(Dataset(labels, (series,), ticks, words, self._write))


class StackedBarChart(_Bars):
    """Bars that are made up of several series, each in its hue, with a legend and totals.

    Example: `set_series(months, [Series(tr("Sales"), Hue.FINANCES, sales), …])`. Negative values
    hang below the line. Signals and arguments: see Chart.
    """

    _with_total = True

    def set_series(
        self,
        labels: Sequence[str],
        series: Sequence[Series | tuple[str, Hue, Sequence[float | None]]],
        *,
        exact: Sequence[Sequence[str]] = (),
        totals: Sequence[str] = (),
        ticks: Sequence[str] = (),
    ) -> None:
        """Show `series` (name, hue, values) over `labels`, the first one at the bottom.

        `exact` are the values of each series in words and `totals` those of all, where a number is
        not enough, such as money.
        """
        rows = tuple(Series(*row) for row in series)
        self._set_data(Dataset(labels, rows, ticks, tuple(exact), self._write, totals))
