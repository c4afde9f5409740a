"""Facts that the sync room tells: what changed, what is being fetched, what failed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple

from beatpass_desktop.domain.failures import Failure
from beatpass_desktop.domain.resources import ResourceKey


class ResourcesChanged(NamedTuple):
    """These data sets (or only their age) were written; the commit is done."""

    keys: frozenset[ResourceKey]


class FetchStarted(NamedTuple):
    """A data set is being fetched."""

    key: ResourceKey


class FetchProgressed(NamedTuple):
    """A long data set is being fetched: `done` of `total` rows have come."""

    key: ResourceKey
    done: int
    total: int


class FetchEnded(NamedTuple):
    """A fetch is over. `failure` is None when it succeeded or was given up."""

    key: ResourceKey
    failure: Failure | None


class RequestsPaused(NamedTuple):
    """Requests wait until `until` (UTC) because the server said so; None: they go on."""

    until: datetime | None


class ConnectionChanged(NamedTuple):
    """Whether the server could be reached at the last attempt."""

    online: bool
    since: datetime


class AccountChanged(NamedTuple):
    """Who is signed in, and which artist is current; 0 where there is none."""

    account: int
    artist: int
    failure: Failure | None = None
    """why the identity could not be had or was refused"""


class CatalogueShrank(NamedTuple):
    """A complete reply would hide more than a fifth of a catalogue; it waits for a decision."""

    key: ResourceKey
    stored: int
    listed: int


class FollowStarted(NamedTuple):
    """A wish to follow or unfollow an artist is under way."""

    artist: int


class FollowEnded(NamedTuple):
    """That wish is over. `failure` is None when it came true."""

    artist: int
    failure: Failure | None


class OnboardingStarted(NamedTuple):
    """A link to set up the Stripe account of an artist is being asked for."""

    artist: int


class OnboardingReady(NamedTuple):
    """The link has come. `url` may be opened: `links.onboarding` let it through for `server`."""

    url: str
    artist: int
    server: str


class OnboardingFailed(NamedTuple):
    """There is no link; `failure` is None when asking was given up."""

    failure: Failure | None
    artist: int


Event = (
    ResourcesChanged
    | FetchStarted
    | FetchProgressed
    | FetchEnded
    | RequestsPaused
    | ConnectionChanged
    | AccountChanged
    | CatalogueShrank
    | FollowStarted
    | FollowEnded
    | OnboardingStarted
    | OnboardingReady
    | OnboardingFailed
)

Listener = Callable[[Event], None]
