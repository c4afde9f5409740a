"""One tour of each of the sandbox's profiles, for all tests that only read what it recorded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from processes import Run, Sandbox, Surroundings
from tour_record import check_page


@dataclass(frozen=True)
class ProfileTour:
    """A tour of everything, its server, what it left behind, and the paths that it asked for."""

    sandbox: Sandbox
    surroundings: Surroundings
    run: Run
    asked: list[str]

    def page(self, name: str) -> dict[str, Any]:
        """What was recorded of one page, which is up to date."""
        page = self.run.page(name)
        check_page(page)
        assert page["freshness"] == "live"
        return page


ProfileTours = Callable[[str], ProfileTour]
"""The tour of a profile, made when it is first asked for; it complained of nothing."""
