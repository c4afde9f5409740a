"""Facts that the sync room tells: what changed, what is being fetched, what failed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from beatpass_desktop.domain.failures import Failure
from beatpass_desktop.domain.resources import ResourceKey


@dataclass(frozen=True, slots=True)
class ResourcesChanged:
    """These data sets (or only their age) were written; the commit is done."""

    keys: frozenset[ResourceKey]


@dataclass(frozen=True, slots=True)
class FetchStarted:
    """A data set is being fetched."""

    key: ResourceKey


@dataclass(frozen=True, slots=True)
class FetchProgressed:
    """A long data set is being fetched: `done` of `total` rows have come."""

    key: ResourceKey
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class FetchEnded:
    """A fetch is over. `failure` is None when it succeeded or was given up."""

    key: ResourceKey
    failure: Failure | None


@dataclass(frozen=True, slots=True)
class RequestsPaused:
    """Requests wait until `until` (UTC) because the server said so; None: they go on."""

    until: datetime | None


@dataclass(frozen=True, slots=True)
class ConnectionChanged:
    """Whether the server could be reached at the last attempt."""

    online: bool
    since: datetime


@dataclass(frozen=True, slots=True)
class AccountChanged:
    """Who is signed in, and which artist is current; 0 where there is none."""

    account: int
    artist: int
    failure: Failure | None = None
    """why the identity could not be had or was refused"""


@dataclass(frozen=True, slots=True)
class CatalogueShrank:
    """A complete reply would hide more than a fifth of a catalogue; it waits for a decision."""

    key: ResourceKey
    stored: int
    listed: int


Event = (
    ResourcesChanged
    | FetchStarted
    | FetchProgressed
    | FetchEnded
    | RequestsPaused
    | ConnectionChanged
    | AccountChanged
    | CatalogueShrank
)

Listener = Callable[[Event], None]
