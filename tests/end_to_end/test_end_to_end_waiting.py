"""The fault that takes long; its tour runs beside the other tests since the session began."""

from __future__ import annotations

import pytest
from failing import FailingRun
from processes import Run

pytestmark = pytest.mark.end_to_end


def test_that_a_reply_that_never_ends_is_given_up_and_the_figures_stay(
    dripping: FailingRun, shown_before: Run
) -> None:
    dripping.check(shown_before)
