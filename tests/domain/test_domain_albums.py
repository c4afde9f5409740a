"""How albums are sorted, filtered and summed up."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from beatpass_desktop.domain.album_summary import summed_up
from beatpass_desktop.domain.album_table import (
    AlbumColumn,
    AlbumFilter,
    AlbumRow,
    AlbumSort,
    ReleaseState,
    filtered,
    ordered,
)
from beatpass_desktop.domain.text import folded

TODAY = date(2026, 11, 23)


def album(number: int, name: str | None = None, **values: Any) -> AlbumRow:
    empty = dict.fromkeys(("image", "track_ids", "plays", "release_date", "created_at"))
    return AlbumRow(number, number, name, name and folded(name), **{**empty, **values})


def created(day: int, month: int = 11, year: int = 2026) -> datetime:
    return datetime(year, month, day, 12, tzinfo=UTC)


ROWS = [
    album(1, "Été", plays=5, track_ids=(1, 2), release_date="2026-11-23", created_at=created(1)),
    album(2, "beta", plays=9, track_ids=(), release_date="2026-11-24", created_at=created(2, 10)),
    album(3, "Alpha", release_date=None),
    album(4, None, plays=0, track_ids=(3,), release_date="2025-01-01", created_at=created(3, 9)),
]


@pytest.mark.parametrize(
    ("sort", "ids"),
    [
        (AlbumSort(), [1, 2, 4, 3]),
        (AlbumSort(AlbumColumn.CREATED, False), [4, 2, 1, 3]),
        (AlbumSort(AlbumColumn.NAME, False), [3, 2, 1, 4]),
        (AlbumSort(AlbumColumn.NAME, True), [1, 2, 3, 4]),
        (AlbumSort(AlbumColumn.PLAYS, True), [2, 1, 4, 3]),
        (AlbumSort(AlbumColumn.TRACKS, False), [2, 4, 1, 3]),
        (AlbumSort(AlbumColumn.RELEASED, True), [2, 1, 4, 3]),
    ],
)
def test_that_unknown_values_stand_last_in_both_directions(sort: AlbumSort, ids: list[int]) -> None:
    assert [row.id for row in ordered(ROWS, sort)] == ids


@pytest.mark.parametrize("descending", [True, False])
def test_that_equal_albums_stand_in_the_order_they_were_stored_in(descending: bool) -> None:
    rows = [album(number, "Same", plays=1) for number in (2, 1, 3)]
    found = [row.id for row in ordered(rows, AlbumSort(AlbumColumn.PLAYS, descending))]
    assert found == ([3, 2, 1] if descending else [1, 2, 3])


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [
        (AlbumFilter(), [1, 2, 3, 4]),
        (AlbumFilter("ete"), [1]),
        (AlbumFilter("  T  "), [1, 2]),
        (AlbumFilter("alpha beta"), []),
        (AlbumFilter(year=2026), [1, 2]),
        (AlbumFilter(state=ReleaseState.RELEASED), [1, 4]),
        (AlbumFilter(state=ReleaseState.UPCOMING), [2]),
        (AlbumFilter(state=ReleaseState.UNDATED), [3]),
        (AlbumFilter("t", 2026, ReleaseState.UPCOMING), [2]),
    ],
)
def test_that_every_part_of_a_filter_must_be_passed(wanted: AlbumFilter, ids: list[int]) -> None:
    assert [row.id for row in filtered(ROWS, wanted, TODAY)] == ids
    assert wanted.is_set is (len(ids) < len(ROWS))


def test_that_an_album_is_out_from_the_day_of_its_release_on() -> None:
    assert ROWS[1].release_state(TODAY) is ReleaseState.UPCOMING
    assert ROWS[1].release_state(date(2026, 11, 24)) is ReleaseState.RELEASED


def test_that_albums_are_summed_up() -> None:
    summary = summed_up([ROWS[0], ROWS[1], ROWS[3]], TODAY)
    assert (summary.this_month, summary.tracks, summary.plays) == (1, 3, 14)
    assert summary.top is ROWS[1]
    assert summary.without_plays == 0
    assert summary.average_tracks(3) == 1


def test_that_a_sum_of_which_a_part_was_not_sent_is_not_known() -> None:
    summary = summed_up(ROWS, TODAY)
    assert (summary.this_month, summary.tracks, summary.plays) == (None, None, None)
    assert summary.without_plays == 1
    assert summary.top is ROWS[1]
    assert summary.average_tracks(4) is None


def test_that_without_a_play_there_is_no_top_album() -> None:
    assert summed_up([ROWS[3]], TODAY).top is None
    assert summed_up([], TODAY).average_tracks(0) is None
