"""What a chart shows, whatever draws it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from beatpass_desktop.models import formatting
from beatpass_desktop.views.theme.tokens import Hue


class Series(NamedTuple):
    """One row of values by name and hue; None is a value that nobody knows."""

    name: str
    hue: Hue
    values: Sequence[float | None]


def exact_number(value: float) -> str:
    """A value with all its digits, as the locale writes it."""
    if float(value).is_integer():
        return formatting.number(int(value))
    return formatting.decimal(value, 2)


@dataclass(frozen=True, slots=True)
class Dataset:
    """Series over the same labels.

    `labels` stand in tooltip and table, `ticks` below the axis (the labels when left out);
    `exact` are the values of each series in words and `totals` those of all series together
    (written by `write` when left out).
    """

    labels: Sequence[str] = ()
    series: tuple[Series, ...] = ()
    ticks: Sequence[str] = ()
    exact: tuple[Sequence[str], ...] = ()
    write: Callable[[float], str] = field(default=exact_number)
    totals: Sequence[str] = ()

    @property
    def count(self) -> int:
        """How many labels there are."""
        return len(self.labels)

    def tick(self, index: int) -> str:
        """What stands below the axis."""
        return (self.ticks or self.labels)[index]

    def text(self, series: int, index: int) -> str:
        """A value in words; an em dash when it is not known."""
        value = self.series[series].values[index]
        if value is None or value != value:
            return formatting.UNKNOWN
        return self.exact[series][index] if self.exact else self.write(value)

    def total(self, index: int) -> str:
        """What the known values of all series come to."""
        if self.totals:
            return self.totals[index]
        known = [value for series in self.series if (value := series.values[index]) is not None]
        return self.write(sum(known)) if known else formatting.UNKNOWN

    def told(self, index: int, *, with_total: bool = False) -> str:
        """Label and values of one place in words, a line each."""
        if len(self.series) == 1:
            return f"{self.labels[index]}\n{self.text(0, index)}"
        lines = [self.labels[index]]
        lines += [f"{row.name}: {self.text(at, index)}" for at, row in enumerate(self.series)]
        if with_total:
            total = QCoreApplication.translate("charts", "Total: {}")
            lines.append(total.format(self.total(index)))
        return "\n".join(lines)
