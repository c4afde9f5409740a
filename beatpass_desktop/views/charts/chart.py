"""The frame of every chart: title, the plot or its table, and what stands there without data."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from beatpass_desktop.models import formatting
from beatpass_desktop.views.charts.axis_text import compact
from beatpass_desktop.views.charts.data import Dataset, exact_number
from beatpass_desktop.views.charts.legend import Legend
from beatpass_desktop.views.charts.loading import PlotLibrary
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.theme.tokens import Hue
from beatpass_desktop.views.widgets.empty_state import EmptyState
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.section import Section
from beatpass_desktop.views.widgets.switch import Switch
from beatpass_desktop.views.widgets.tab_order import put_after

if TYPE_CHECKING:
    from beatpass_desktop.views.charts.chart_table import ChartTableModel
    from beatpass_desktop.views.charts.plot import Plot
    from beatpass_desktop.views.widgets.data_table import DataTable
    from beatpass_desktop.views.widgets.menu import Menu

_HEIGHT = 240
_MOST_TOLD = 8


class _Awaited(QWidget):
    """Stands where the plot will be.

    Signals:
        seen: it has come into view.
    """

    seen = Signal()

    def paintEvent(self, event: QPaintEvent) -> None:
        self.seen.emit()


class Chart(Section):
    """A titled chart that can also be read as a table, copied, and followed by the keyboard.

    Building one loads nothing: the plotting library is loaded when the chart first comes into
    view, beside the event loop, so charts below the fold cost nothing until somebody scrolls
    there. The table, the accessible texts and copying the values work without it.

    `hue` is that of a single series, `height` that of the plot in logical pixels. `write_axis`
    writes the figures at the side, `write` those in tooltip and table; `whole` values have no
    gridline between 1 and 2.
    `value_title` stands above the figures and `below` under the lower axis, where it is not
    obvious what they are; `label_title` heads the labels in the table. `in_sequence` labels, such
    as months, have a first and a last one; others are named one by one.

    Attributes:
        plot: the drawn chart; None until it has come into view.

    Signals:
        drawn: the plot stands on the screen.
        pointed: the marker stands at another index, or nowhere (None).
    """

    drawn = Signal()
    pointed = Signal(object)

    _with_total = False

    def __init__(
        self,
        theme: Theme,
        title: str,
        subtitle: str = "",
        *,
        hue: Hue = Hue.ACCENT,
        value_title: str = "",
        label_title: str = "",
        below: str = "",
        height: int = _HEIGHT,
        whole: bool = True,
        write: Callable[[float], str] = exact_number,
        write_axis: Callable[[float], str] = compact,
        in_sequence: bool = True,
        in_card: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(theme, title, subtitle, in_card=in_card, parent=parent)
        self._title = title
        self._name = value_title or title
        self._hue = hue
        self._height = height
        self._whole = whole
        self._write = write
        self._write_axis = write_axis
        self._in_sequence = in_sequence
        self._label_title = label_title
        self._library: PlotLibrary | None = None
        self._rows: ChartTableModel | None = None
        self._table: DataTable | None = None
        self._data = Dataset(write=write)
        self._summary: str | None = None
        self.plot: Plot | None = None
        self.table_switch = Switch(theme, self.tr("Show as table"))
        self.table_switch.toggled.connect(self._show)
        self.add_action(self.table_switch)
        self._legend = Legend(theme)
        self._value_title = PlainLabel(theme, value_title, TextStyle.SECONDARY, Tone.MUTED)
        self._below = PlainLabel(theme, below, TextStyle.SECONDARY, Tone.MUTED)
        self._below.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._nothing = EmptyState(
            theme, "activity", self.tr("Nothing to draw yet"), hue=Hue.NEUTRAL
        )
        self._awaited = _Awaited()
        self._awaited.seen.connect(self._on_seen)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._awaited)
        self._stack.addWidget(self._nothing)
        self._stack.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        for widget in (self._legend, self._value_title, self._stack, self._below):
            self.add(widget, int(widget is self._stack))
        theme.changed.connect(self._fit)
        self._fit()
        self._show()

    @property
    def data(self) -> Dataset:
        """What is shown."""
        return self._data

    def set_message(self, title: str, sentence: str = "") -> None:
        """What stands in the chart's place while it has no data."""
        self._nothing.set_texts(title, sentence)
        self._tell()

    def is_settled(self) -> bool:
        """Whether what is in view has been drawn. A chart that nobody sees waits for nothing."""
        return self._library is None or self.plot is not None

    def table(self) -> DataTable:
        """The values as a table, built when it is first asked for."""
        if self._table is None:
            self._table = self._build_table()
        return self._table

    def summary(self) -> str:
        """The chart in a sentence, for who cannot see it."""
        if not self._data.count:
            return self._nothing.accessibleName()
        if self._summary is None:
            self._summary = self._summed_up()
        return self._summary

    def _summed_up(self) -> str:
        data = self._data
        if not self._in_sequence:
            return self._listed()
        first, last = data.labels[0], data.labels[-1]
        parts = [self.tr("{} to {}").format(first, last) if data.count > 1 else first]
        for at, series in enumerate(data.series):
            best = _highest(series.values)
            if best is not None:
                text = self.tr("highest {}: {}").format(data.labels[best], data.text(at, best))
                parts.append(f"{series.name}, {text}" if len(data.series) > 1 else text)
        return "; ".join(parts)

    def _listed(self) -> str:
        """Each label with its values, as far as a sentence has room."""
        data = self._data
        parts = []
        for at in range(min(data.count, _MOST_TOLD)):
            label, *values = data.told(at).splitlines()
            parts.append(f"{label}: {', '.join(values)}")
        if data.count > _MOST_TOLD:
            more = formatting.number(data.count - _MOST_TOLD)
            parts.append(self.tr("and {} more").format(more))
        return "; ".join(parts)

    def copy_values(self) -> None:
        """Put the table on the clipboard."""
        table = self.table()
        table.selectAll()
        table.copy_selection()
        table.clearSelection()

    def copy_picture(self) -> None:
        """Put the chart as it stands on the clipboard."""
        QGuiApplication.clipboard().setPixmap(self.grab())

    @abstractmethod
    def _build_plot(self) -> Plot:
        """Make the plot; the plotting library is loaded."""

    def _fill(self, plot: Plot) -> None:
        """Put the data on the plot."""
        plot.show_data(self._data)

    def _set_data(self, data: Dataset) -> None:
        self._data = data
        self._summary = None
        self._legend.set_series(data.series)
        if self._rows is not None:
            self._rows.show(data)
        if self.plot is not None:
            self._fill(self.plot)
        self._show()

    def _show(self) -> None:
        """Plot, table or message, whichever it is the turn of."""
        has_data = self._data.count > 0
        as_table = has_data and self.table_switch.isChecked()
        if as_table:
            shown: QWidget = self.table()
        elif has_data:
            shown = self.plot or self._awaited
        else:
            shown = self._nothing
        self._stack.setCurrentWidget(shown)
        self.table_switch.setVisible(has_data)
        drawn = has_data and not as_table
        self._legend.setVisible(drawn and len(self._data.series) > 1)
        self._value_title.setVisible(drawn and bool(self._value_title.text()))
        self._below.setVisible(drawn and bool(self._below.text()))
        self._tell()

    def _tell(self) -> None:
        """Say what stands there to who cannot see it."""
        at = self.plot.index if self.plot is not None else None
        summary = self.summary()
        name = f"{self._title}: {summary}"
        if at is not None:
            told = self._data.told(at, with_total=self._with_total)
            name = ", ".join(told.splitlines())
        for widget in (self.plot, self._awaited):
            if widget is not None and widget.accessibleName() != name:
                widget.setAccessibleName(name)
                widget.setAccessibleDescription(summary if at is not None else "")

    def _build_table(self) -> DataTable:
        from beatpass_desktop.views.charts.chart_table import ChartTableModel
        from beatpass_desktop.views.widgets.data_table import DataTable

        self._rows = ChartTableModel(self._label_title, self._with_total)
        self._rows.show(self._data)
        table = DataTable(self._theme)
        table.setModel(self._rows)
        table.setAccessibleName(self._title)
        table.header.setStretchLastSection(True)
        table.set_default_widths({0: 200, **dict.fromkeys(range(1, 12), 140)})
        table.context_menu_requested.connect(lambda _, at: self._open_menu(at))
        self._stack.addWidget(table)
        put_after(self.table_switch, table)
        return table

    def _open_menu(self, where: QPoint) -> None:
        from beatpass_desktop.views.widgets.menu import Menu

        menu = Menu(self._theme, self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.add_entry(self.tr("Copy as picture"), self.copy_picture, "copy")
        menu.add_entry(self.tr("Copy values"), self.copy_values, "copy")
        as_table = self.table_switch.isChecked()
        menu.add_entry(
            self.tr("Show as chart") if as_table else self.tr("Show as table"),
            self.table_switch.toggle,
            "activity" if as_table else "columns-3",
        )
        self._add_entries(menu)
        menu.popup(where)

    def _add_entries(self, menu: Menu) -> None:
        """Entries of the context menu that only some charts have."""

    def _fit(self) -> None:
        self.body.setSpacing(self._theme.px(Space.S))
        self._stack.setMinimumHeight(self._theme.px(self._height))

    def _on_seen(self) -> None:
        if self._library is None:
            self._library = PlotLibrary()
            self._library.loaded.connect(self._on_loaded)
            # In a turn of its own: this one is painting.
            QTimer.singleShot(0, self, self._library.load)

    def _on_loaded(self) -> None:
        plot = self.plot = self._build_plot()
        plot.pointed.connect(self._on_pointed)
        self._stack.addWidget(plot)
        put_after(self.table_switch, plot)
        self._fill(plot)
        self._show()
        self.drawn.emit()

    def _on_pointed(self, index: int | None) -> None:
        self._tell()
        self.pointed.emit(index)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        if self._data.count:
            self._open_menu(event.globalPos())


def _highest(values: Sequence[float | None]) -> int | None:
    known = [value for value in values if value is not None and value == value]
    return list(values).index(max(known)) if known else None
