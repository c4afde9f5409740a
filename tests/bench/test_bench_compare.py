"""What comes of two revisions that take turns."""

from __future__ import annotations

import pytest
from compare import LEAST_ROUNDS, WORKS, compared, only_one_side, parsed, table

UNITS = {"switch": "ms", "open": "ms", "search": "ms"}


def test_that_a_revision_is_enough() -> None:
    found = parsed(["main"])
    assert (found.revision, found.works, found.rounds) == ("main", list(WORKS), LEAST_ROUNDS)


def test_that_works_can_be_chosen() -> None:
    assert parsed(["v1.0.0", "chart", "--rounds", "7"]).works == ["chart"]


@pytest.mark.parametrize("arguments", [[], ["main", "--rounds", "2"]])
def test_that_nothing_is_compared_with_nothing_or_by_one_run(arguments: list[str]) -> None:
    with pytest.raises(SystemExit):
        parsed(arguments)


def test_that_ratios_are_of_runs_that_followed_one_another() -> None:
    # The machine became slower with each round; within each, this side took half the time.
    pairs = [({"switch": 10.0 * n}, {"switch": 5.0 * n}) for n in (1, 2, 9)]
    [figure] = compared(pairs, UNITS)
    assert (figure.other, figure.this) == (20, 10)
    assert (figure.ratio, figure.least, figure.most) == (0.5, 0.5, 0.5)


def test_that_what_one_revision_cannot_do_is_named_and_not_compared() -> None:
    pairs = [({"open": 4.0}, {"open": 3.0, "search": 9.0})] * 5
    assert [figure.work for figure in compared(pairs, UNITS)] == ["open"]
    assert only_one_side(pairs) == ["search"]


def test_that_a_ratio_to_nothing_is_left_out() -> None:
    assert compared([({"open": 0.0}, {"open": 3.0})] * 5, UNITS) == []


def test_that_the_table_names_both_sides() -> None:
    figures = compared([({"open": 200.0}, {"open": 100.0})] * 5, UNITS)
    header, line = table(figures, "v1.0.0").splitlines()
    assert header.split() == ["work", "v1.0.0", "this", "checkout", "ratio", "from", "to"]
    assert line.split() == ["open", "200", "ms", "100", "ms", "0.50", "0.50", "0.50"]
