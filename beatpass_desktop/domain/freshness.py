"""How old what is shown is, and how that is called."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple


class Attempt(StrEnum):
    """How the last attempt to fetch a data set ended."""

    NONE = "none"
    SUCCEEDED = "succeeded"
    FAILED = "failed"
    """the server answered, but what came could not be used"""
    UNREACHED = "unreached"
    """the server could not be reached"""


class FreshnessState(StrEnum):
    """The four words of the freshness chip, best first."""

    LIVE = "live"
    STALE = "stale"
    OFFLINE = "offline"
    NEVER = "never"


class Age(NamedTuple):
    """What is known of one stored data set. Times are UTC."""

    fetched_at: datetime | None = None
    attempt: Attempt = Attempt.NONE
    attempted_at: datetime | None = None
    reason: str = ""

    def state(self, now: datetime, fresh_for: timedelta) -> FreshnessState:
        """The word for this data set at `now` when it stays fresh for `fresh_for`."""
        if self.fetched_at is None:
            return FreshnessState.NEVER
        if self.attempt is Attempt.UNREACHED:
            return FreshnessState.OFFLINE
        if self.attempt is Attempt.FAILED or not self.is_fresh(now, fresh_for):
            return FreshnessState.STALE
        return FreshnessState.LIVE

    def is_fresh(self, now: datetime, fresh_for: timedelta) -> bool:
        """Whether the data is within its time, whatever the last attempt brought.

        Data from the future (the clock was turned back) is not fresh.
        """
        if self.fetched_at is None:
            return False
        return timedelta(0) <= now - self.fetched_at < fresh_for


UNSTORED = Age()
"""of what has never been fetched"""


class Freshness(NamedTuple):
    """The freshness of a page: the worst word among its data sets, the age of the oldest."""

    state: FreshnessState
    updated_at: datetime | None
    reason: str = ""


NEVER = Freshness(FreshnessState.NEVER, None)

_WORST_FIRST = (FreshnessState.OFFLINE, FreshnessState.STALE, FreshnessState.LIVE)


def combined(
    ages: Iterable[tuple[Age, timedelta]], now: datetime, *, offline: bool = False
) -> Freshness:
    """The freshness of a page from the ages of its data sets and how long each stays fresh.

    Data sets that were never stored do not count while others are there. `offline` is the app's
    own choice to make no requests: everything stored is then offline.
    """
    states: list[FreshnessState] = []
    times: list[datetime] = []
    reason = ""
    for age, fresh_for in ages:
        reason = reason or age.reason
        if age.fetched_at is None:
            continue
        times.append(age.fetched_at)
        states.append(FreshnessState.OFFLINE if offline else age.state(now, fresh_for))
    if not times:
        return Freshness(FreshnessState.NEVER, None, reason)
    worst = next(state for state in _WORST_FIRST if state in states)
    return Freshness(worst, min(times), reason)
