"""What each data set's endpoint is known from (`docs/api-contract.md` has the whole contract)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import NamedTuple

from beatpass_desktop.domain.resources import Resource


class Basis(StrEnum):
    """Where a path and its body are known from."""

    DOCUMENTED = "documented"
    """both stand in the published OpenAPI file"""
    GUIDE = "guide"
    """both stand in the published developer guide"""
    ASSUMED = "assumed"
    """the path is published, the body is our assumption"""


class Endpoint(NamedTuple):
    """One endpoint; fields in the domain's words.

    `apart` names those with a basis of their own, `unsent` those of its domain type that it does
    not send, or only of the few rows that have one.
    """

    method: str
    path: str
    basis: Basis
    apart: Mapping[str, Basis] = MappingProxyType({})
    unsent: frozenset[str] = frozenset()

    def basis_of(self, field: str) -> Basis:
        """The basis of a field; of one inside another, that of the outer."""
        return self.apart.get(field.partition(".")[0].removesuffix("[]"), self.basis)


_INTELLIGENCE = "producer-intelligence"
_GUIDE_OF_TRACKS = (
    "created_at", "price", "exclusive_price", "bpm", "key", "scale", "plays", "licensing_type",
    "exclusive_status", "reposts", "likes", "tags", "genres", "album",
)  # fmt: skip


def _apart(basis: Basis, *fields: str) -> Mapping[str, Basis]:
    return MappingProxyType(dict.fromkeys(fields, basis))


ENDPOINTS: Mapping[Resource, Endpoint] = MappingProxyType(
    {
        Resource.IDENTITY: Endpoint(
            "GET", "users/me", Basis.DOCUMENTED, _apart(Basis.ASSUMED, "artists")
        ),
        Resource.PROFILE: Endpoint("GET", "artist/profile", Basis.GUIDE),
        Resource.STATS: Endpoint("GET", "artist/dashboard-stats", Basis.GUIDE),
        Resource.ARTIST: Endpoint("GET", "artists/{artist}", Basis.DOCUMENTED),
        Resource.FOLLOWERS: Endpoint("GET", "artists/{artist}/followers", Basis.DOCUMENTED),
        Resource.DOWNLOADS: Endpoint("GET", "artists/{artist}/downloads-analytics", Basis.ASSUMED),
        Resource.DOWNLOADS_PAGE: Endpoint(
            "GET", "artists/{artist}/downloads-analytics", Basis.ASSUMED
        ),
        Resource.UPLOAD_DAYS: Endpoint(
            "GET", f"{_INTELLIGENCE}/artist/{{artist}}/contribution-graph", Basis.ASSUMED
        ),
        Resource.PLATFORM_DAYS: Endpoint(
            "GET",
            f"{_INTELLIGENCE}/platform/contribution-graph",
            Basis.ASSUMED,
            unsent=frozenset({"days[].tracks"}),
        ),
        Resource.EARNINGS: Endpoint("GET", "producer/earnings", Basis.ASSUMED),
        Resource.LEADERBOARD: Endpoint("GET", f"{_INTELLIGENCE}/leaderboard", Basis.ASSUMED),
        Resource.STRIPE: Endpoint("GET", "artist/stripe-connect/status", Basis.ASSUMED),
        Resource.FINANCES: Endpoint("GET", "artist/stripe-connect/finances", Basis.ASSUMED),
        Resource.TRANSACTIONS: Endpoint(
            "GET",
            "artist/unified-transactions",
            Basis.ASSUMED,
            unsent=frozenset({"split.failure_reason"}),
        ),
        Resource.PROGRESS: Endpoint("GET", f"{_INTELLIGENCE}/progress-data", Basis.ASSUMED),
        Resource.ALBUMS: Endpoint(
            "GET",
            "artists/{artist}/albums",
            Basis.DOCUMENTED,
            _apart(Basis.ASSUMED, "created_at", "plays"),
        ),
        Resource.ALBUM_TRACKS: Endpoint("GET", "albums/{album}", Basis.DOCUMENTED),
        Resource.TRACKS: Endpoint(
            "GET",
            "artists/{artist}/tracks",
            Basis.DOCUMENTED,
            _apart(Basis.GUIDE, *_GUIDE_OF_TRACKS),
        ),
        Resource.NETWORK: Endpoint("GET", f"{_INTELLIGENCE}/collaboration-network", Basis.ASSUMED),
        Resource.OPPORTUNITIES: Endpoint(
            "GET", f"{_INTELLIGENCE}/collaboration-opportunities", Basis.ASSUMED
        ),
        Resource.COLLABORATIVE_TRACKS: Endpoint(
            "GET", "artist/{artist}/collaborative-tracks", Basis.GUIDE
        ),
        Resource.UPLOAD_INSIGHTS: Endpoint(
            # Whether uploading is permitted is told by the status.
            "GET",
            "artist/upload-insights",
            Basis.GUIDE,
            unsent=frozenset({"permitted"}),
        ),
        Resource.PERFORMANCE: Endpoint("GET", "artist/track-performance", Basis.GUIDE),
        Resource.GROWTH: Endpoint("POST", f"{_INTELLIGENCE}/tracks/growth-batch", Basis.ASSUMED),
        Resource.INSIGHTS: Endpoint(
            "GET", f"{_INTELLIGENCE}/insights/tracks/{{track}}", Basis.GUIDE
        ),
        Resource.CHART: Endpoint(
            "GET", f"{_INTELLIGENCE}/insights/tracks/{{track}}/charts", Basis.ASSUMED
        ),
    }
)
