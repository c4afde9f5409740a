"""Every work of `make faults`, with a few rounds each."""

from __future__ import annotations

import importlib

import pytest
from effort import Effort
from run import WORKS

# Measuring coverage would make it take twice as long.
pytestmark = pytest.mark.no_cover

_ROUNDS = {"kills": 2, "power_cuts": 20, "bit_flips": 20, "fuzzed_replies": 500, "limiter": 20_000,
           "account_switches": 5}  # fmt: skip
_ELSEWHERE = {"cut_replies", "canary"}
"""the first has a test of its own below, the second in tests/end_to_end"""


@pytest.mark.parametrize("work", sorted(set(WORKS) - _ELSEWHERE))
def test_that_a_fault_costs_nothing(work: str) -> None:
    figures = importlib.import_module(work).measure(Effort(_ROUNDS.get(work, 1)))
    assert figures
    assert [figure for figure in figures if figure.reached == "missed"] == []


def test_that_a_file_system_that_does_not_sync_is_caught() -> None:
    figures = importlib.import_module("power_cuts").measure(Effort(1))
    controls = [figure for figure in figures if "control" in figure.work]
    assert len(controls) == 2
    assert all(control.value > 0 for control in controls)


async def test_that_replies_cut_anywhere_are_not_taken() -> None:
    taken, offsets = await importlib.import_module("cut_replies").cut_all(("growth", "tracks"))
    assert taken == 0
    assert offsets > 500
