"""The choice of a statement's period."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import QLocale, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from beatpass_desktop.domain.statements import (
    Period,
    PeriodKind,
    TaxYearStart,
    calendar_year,
    month,
    tax_year,
)
from beatpass_desktop.views.theme.metrics import Space, TextStyle
from beatpass_desktop.views.theme.theme import Theme
from beatpass_desktop.views.widgets.date_field import DateField
from beatpass_desktop.views.widgets.flow import FlowLayout
from beatpass_desktop.views.widgets.labels import PlainLabel, Tone
from beatpass_desktop.views.widgets.segmented import Segmented
from beatpass_desktop.views.widgets.select import Select

_LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


class PeriodChoice(QWidget):
    """A month, a calendar year, a tax year or two days.

    Signals:
        changed: another period was chosen.

    Attributes:
        kind: which of the four.
        month, month_year, year, tax_day, tax_month, tax_year, first, last: the fields of each.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: PeriodKind,
        start: TaxYearStart,
        years: Sequence[int],
        today: date,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._years = years
        self._today = today
        self.kind = Segmented(
            theme,
            [
                (PeriodKind.MONTH, self.tr("Month")),
                (PeriodKind.YEAR, self.tr("Calendar year")),
                (PeriodKind.TAX_YEAR, self.tr("Tax year")),
                (PeriodKind.CUSTOM, self.tr("Other dates")),
            ],
        )
        self.kind.setAccessibleName(self.tr("Period"))
        self.kind.set_current(kind)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(self.kind)
        self._rows = {
            PeriodKind.MONTH: self._build_month(),
            PeriodKind.YEAR: self._build_year(),
            PeriodKind.TAX_YEAR: self._build_tax_year(start),
            PeriodKind.CUSTOM: self._build_dates(),
        }
        for row in self._rows.values():
            self._column.addWidget(row)
        self._show_row()
        self.kind.current_changed.connect(self._on_kind_changed)
        theme.changed.connect(self._space)
        self._space()

    def period(self) -> Period | None:
        """What is chosen; None when it ends before it begins."""
        match self.chosen_kind():
            case PeriodKind.MONTH:
                return month(self.month_year.currentData(), self.month.currentData())
            case PeriodKind.YEAR:
                return calendar_year(self.year.currentData())
            case PeriodKind.TAX_YEAR:
                return tax_year(self.tax_year.currentData(), self.tax_year_start())
        first, last = self.first.day(), self.last.day()
        return Period(first, last) if first <= last < date.max else None

    def chosen_kind(self) -> PeriodKind:
        """Which of the four is chosen."""
        chosen = self.kind.current()
        assert isinstance(chosen, PeriodKind)
        return chosen

    def tax_year_start(self) -> TaxYearStart:
        """The day on which tax years begin."""
        return TaxYearStart(self.tax_month.currentData(), self.tax_day.currentData())

    def _build_month(self) -> QWidget:
        before = self._today.replace(day=1) - timedelta(days=1)
        self.month = self._months(self.tr("Month"), before.month)
        self.month_year = self._year_select(self.tr("Year of the month"), before.year)
        return self._row(self.month, self.month_year)

    def _build_year(self) -> QWidget:
        self.year = self._year_select(self.tr("Calendar year"), self._today.year - 1)
        return self._row(self.year)

    def _build_tax_year(self, start: TaxYearStart) -> QWidget:
        self.tax_day = Select(self._theme, self.tr("Day on which the tax year begins"))
        self.tax_month = self._months(self.tr("Month in which the tax year begins"), start.month)
        self._fill_days(start.day)
        self.tax_day.currentIndexChanged.connect(self._on_tax_start_changed)
        self.tax_month.currentIndexChanged.connect(self._on_tax_start_changed)
        self.tax_year = Select(self._theme, self.tr("Tax year"))
        self._fill_tax_years(start.year_of(self._today) - 1)
        self.tax_year.currentIndexChanged.connect(self.changed)
        begins = PlainLabel(self._theme, self.tr("begins on"), TextStyle.BODY, Tone.MUTED)
        return self._row(self.tax_year, begins, self.tax_day, self.tax_month)

    def _build_dates(self) -> QWidget:
        self.first = DateField(self._theme, self.tr("First day"))
        self.last = DateField(self._theme, self.tr("Last day"))
        self.first.set_day(self._today.replace(day=1))
        self.last.set_day(self._today)
        for field in (self.first, self.last):
            field.dateChanged.connect(self.changed)
        to = PlainLabel(self._theme, self.tr("to"), TextStyle.BODY, Tone.MUTED)
        return self._row(self.first, to, self.last)

    def _months(self, name: str, chosen: int) -> Select:
        select = Select(self._theme, name)
        locale = QLocale()
        for number in range(1, 13):
            select.addItem(locale.standaloneMonthName(number), number)
        select.setCurrentIndex(chosen - 1)
        select.currentIndexChanged.connect(self.changed)
        return select

    def _year_select(self, name: str, chosen: int) -> Select:
        select = Select(self._theme, name)
        for year in sorted({*self._years, chosen}, reverse=True):
            select.addItem(str(year), year)
        select.setCurrentIndex(select.findData(chosen))
        select.currentIndexChanged.connect(self.changed)
        return select

    def _fill_days(self, chosen: int) -> None:
        self.tax_day.blockSignals(True)
        self.tax_day.clear()
        days = _LONGEST_MONTHS[self.tax_month.currentData() - 1]
        for day in range(1, days + 1):
            self.tax_day.addItem(str(day), day)
        self.tax_day.setCurrentIndex(min(chosen, days) - 1)
        self.tax_day.blockSignals(False)

    def _fill_tax_years(self, chosen: int) -> None:
        start = self.tax_year_start()
        self.tax_year.blockSignals(True)
        self.tax_year.clear()
        years = {*self._years, self._years[-1] - 1, chosen}
        for year in sorted(years, reverse=True):
            if start.in_year(year) <= self._today:
                is_whole = start == TaxYearStart()
                text = str(year) if is_whole else f"{year}/{(year + 1) % 100:02}"
                self.tax_year.addItem(text, year)
        self.tax_year.setCurrentIndex(max(self.tax_year.findData(chosen), 0))
        self.tax_year.blockSignals(False)

    def _row(self, *parts: QWidget) -> QWidget:
        row = QWidget()
        layout = FlowLayout(row)
        layout.setSpacing(self._theme.px(Space.S))
        for part in parts:
            layout.addWidget(part)
        return row

    def _show_row(self) -> None:
        for kind, row in self._rows.items():
            row.setVisible(kind == self.kind.current())

    def _space(self) -> None:
        self._column.setSpacing(self._theme.px(Space.M))

    def _on_kind_changed(self, _: object) -> None:
        self._show_row()
        self.changed.emit()

    def _on_tax_start_changed(self) -> None:
        self._fill_days(self.tax_day.currentData())
        self._fill_tax_years(self.tax_year.currentData())
        self.changed.emit()
