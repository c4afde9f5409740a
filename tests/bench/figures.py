"""What a benchmark hands over: figures with what they must and should reach, and their tables."""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

_HEADER = ("work", "measured", "must", "aim", "reached", "remarks")


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured value; None where there was nothing to measure, which `remarks` explain.

    `must` and `aim` are limits in the same unit, upper ones unless `more_is_better`; None where
    the value only explains another one.
    """

    work: str
    value: float | None
    unit: str
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    remarks: str = ""

    @property
    def reached(self) -> str:
        """ "aim", "must", "missed", or nothing where there is no limit or no value."""
        if self.value is None:
            return ""
        if self.aim is not None and self._within(self.aim):
            return "aim"
        if self.must is None:
            return ""
        return "must" if self._within(self.must) else "missed"

    def _within(self, limit: float) -> bool:
        assert self.value is not None
        return self.value >= limit if self.more_is_better else self.value <= limit

    def cells(self) -> tuple[str, ...]:
        """The value and its limits as texts, in the order of the tables."""
        sign = "≥" if self.more_is_better else "≤"
        limits = ("" if x is None else f"{sign} {number(x)}" for x in (self.must, self.aim))
        measured = "–" if self.value is None else f"{number(self.value)} {self.unit}".strip()
        return self.work, measured, *limits, self.reached, self.remarks


def median(values: Sequence[float]) -> float:
    """The middle of repeated measurements."""
    return statistics.median(values)


def percentile(values: Sequence[float], percent: float) -> float:
    """The smallest value that `percent` of all do not exceed (nearest rank)."""
    ordered = sorted(values)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def plain_table(figures: Iterable[Figure]) -> str:
    """A table for a terminal."""
    return aligned([_HEADER, *(figure.cells() for figure in figures)])


def aligned(lines: Sequence[Sequence[str]]) -> str:
    """Lines of cells in columns."""
    widths = [max(len(line[at]) for line in lines) for at in range(len(lines[0]))]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def markdown_table(figures: Iterable[Figure]) -> str:
    """A table for a document."""
    lines = [_HEADER, ("---",) * len(_HEADER), *(figure.cells() for figure in figures)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def number(value: float) -> str:
    """A value with the digits that say something."""
    if value == int(value) or abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.2f}" if abs(value) < 10 else f"{value:.1f}"
