"""The fault that takes long; its tour runs beside the other tests since the session began."""

from __future__ import annotations

import pytest
from failing import FailingRun
from processes import Sandbox, Surroundings

pytestmark = pytest.mark.end_to_end


def test_that_a_reply_that_never_ends_is_given_up_and_the_figures_stay(
    dripping: FailingRun, established: Sandbox, synced: Surroundings
) -> None:
    dripping.check(synced.tour(*established.arguments, "--offline"))
