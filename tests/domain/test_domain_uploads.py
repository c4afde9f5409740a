"""Shades and streaks."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from beatpass_desktop.domain.downloads import DownloadPeriod
from beatpass_desktop.domain.uploads import current_streak, intensity, longest_streak

TODAY = date(2026, 1, 2)


def ago(*days: int) -> set[date]:
    return {TODAY - timedelta(days=day) for day in days}


@pytest.mark.parametrize(
    ("count", "level"),
    [(0, 0), (1, 1), (2, 1), (3, 2), (4, 2), (5, 3), (6, 3), (7, 4), (90, 4)],
)
def test_that_shades_are_those_of_the_help_centre(count: int, level: int) -> None:
    assert intensity(count) == level


@pytest.mark.parametrize(
    ("days", "current", "longest"),
    [
        ((), 0, 0),
        ((0,), 1, 1),
        ((1, 2, 3), 3, 3),
        ((2, 3), 0, 2),
        ((0, 1, 3, 4, 5, 6), 2, 4),
        ((0, 2, 4), 1, 1),
    ],
)
def test_that_streaks_are_days_on_end_also_across_the_year(
    days: tuple[int, ...], current: int, longest: int
) -> None:
    assert current_streak(ago(*days), TODAY) == current
    assert longest_streak(ago(*days)) == longest


def test_that_all_time_is_the_instance_without_parameters() -> None:
    assert [period.params for period in DownloadPeriod] == ["7d", "30d", "90d", ""]
    assert [DownloadPeriod.of(period.params) for period in DownloadPeriod] == list(DownloadPeriod)
    with pytest.raises(ValueError, match="14d"):
        DownloadPeriod.of("14d")
