"""What a figure says of itself."""

from __future__ import annotations

import pytest
from figures import Figure, plain_table


@pytest.mark.parametrize(
    ("value", "reached"), [(10.0, "aim"), (20.0, "must"), (40.0, "missed"), (None, "")]
)
def test_that_a_figure_names_the_better_limit_that_it_reached(
    value: float | None, reached: str
) -> None:
    assert Figure("open", value, "ms", must=33, aim=16).reached == reached


def test_that_more_can_be_better() -> None:
    assert Figure("faster", 60, "×", must=50, aim=150, more_is_better=True).reached == "must"


def test_that_what_could_not_be_measured_has_a_line_that_says_why() -> None:
    line = plain_table([Figure("size", None, "MB", 80, 55, remarks="not built here")]).splitlines()[
        1
    ]
    assert line.split() == ["size", "–", "≤", "80", "≤", "55", "not", "built", "here"]
